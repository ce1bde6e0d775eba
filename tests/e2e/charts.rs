//! The charts: drawn crisply, read by pointer and keys, and said in words and numbers too.

use waiting_line::queueing::response_curve;
use waiting_line::scenario::Scenario;
use waiting_line::units::format;

use crate::explorer::{latency, named, switch};
use crate::support::{Input, Page, Screen, Stage, Theme, key, path};

const READER: &str = ".chart-reader";
const CURVE: &str = "Response time against load";
const RESOURCES: &str = "Resources at this load";

fn open() -> Page {
    Stage::release().open(Screen::LAPTOP, Theme::Light)
}

/// Of each chart: the pixels it has, those it should have, and how many colours are in it.
fn canvases(page: &Page) -> Vec<(f64, f64, f64, f64, f64)> {
    let found = page.value(
        "[...document.querySelectorAll('canvas')].map((canvas) => {
           const box = canvas.getBoundingClientRect();
           const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
           const colours = new Set();
           for (let i = 0; i < data.length; i += 4) if (data[i + 3]) colours.add(data.slice(i, i + 3).join());
           return [canvas.width, canvas.height, box.width * devicePixelRatio, box.height * devicePixelRatio, colours.size];
         })",
    );
    serde_json::from_value(found).unwrap()
}

/// Every chart must be drawn, and as finely as the screen allows.
#[track_caller]
fn check_crisp(page: &Page) {
    page.settle();
    let charts = canvases(page);
    assert!(charts.len() >= 2, "{} charts", charts.len());
    for (width, height, wanted_width, wanted_height, colours) in charts {
        assert!((width - wanted_width).abs() <= 2.0, "{width} pixels across for {wanted_width}");
        assert!((height - wanted_height).abs() <= 2.0, "{height} pixels up for {wanted_height}");
        assert!(colours >= 3.0, "{colours} colours");
    }
}

#[test]
fn every_chart_has_a_pixel_for_each_of_the_screen() {
    let page = open();
    for screen in [Screen::LAPTOP, Screen::PROJECTOR, Screen { width: 390, height: 844, scale: 1.0 }] {
        page.resize(screen);
        check_crisp(&page);
    }
    check_crisp(&Stage::release().open(Screen::PHONE, Theme::Light));
}

#[test]
fn every_chart_is_drawn_anew_on_a_finer_screen() {
    // Browsers that only pretend to have another screen do not tell the page of it.
    let listen = "const ask = matchMedia.bind(window);
        window.asked = [];
        window.matchMedia = (query) => { const list = ask(query); asked.push(list); return list }";
    let page = Stage::release().with_prelude(listen).open(Screen::LAPTOP, Theme::Light);
    page.resize(Screen { scale: 2.0, ..Screen::LAPTOP });
    page.run("asked.filter((list) => list.media.includes('resolution')).forEach((list) => list.dispatchEvent(new Event('change')))");
    check_crisp(&page);
}

#[test]
fn every_chart_follows_every_change_and_does_not_grow() {
    let page = open();
    let height = |page: &Page| page.value("document.documentElement.scrollHeight").as_f64().unwrap();
    let (before, tall) = (page.pictures(), height(&page));
    for users in ["20", "40", "80", "160", "10"] {
        page.enter(&named("Users"), users);
        let after = page.pictures();
        for (chart, (after, before)) in after.iter().zip(&before).enumerate() {
            assert!(users == "10" || after != before, "chart {chart} did not change at {users}");
        }
    }
    assert_eq!(page.pictures(), before, "the same state gives the same picture");
    assert!(height(&page) <= tall + 40.0, "the page grew from {tall} to {}", height(&page));
}

/// A place on the chart, as a share of its width, in its middle.
fn across(page: &Page, share: f64) -> (f64, f64) {
    let (x, y) = page.middle(READER);
    let width = page.value("document.querySelector('.chart-reader').clientWidth").as_f64().unwrap();
    (x + (share - 0.5) * width, y)
}

#[test]
fn pointing_reads_the_curve() {
    let page = open();
    assert_eq!(page.count(".chart-tip"), 0);
    page.point_at(across(&page, 0.8));
    let tip = page.text(".chart-tip");
    for part in [" s · ", " users", "orders/s answered"] {
        assert!(tip.contains(part), "{part} in {tip}");
    }
    page.point_at(across(&page, 0.3));
    assert_ne!(page.text(".chart-tip"), tip);
    assert_eq!((page.count(".chart-cross"), page.count(".chart-dot")), (1, 1));
    page.point_at((5.0, 5.0));
    assert_eq!(page.count(".chart-tip"), 0);
    assert_eq!(page.held(&named("Users")), "10", "reading sets nothing");
}

#[test]
fn what_is_pointed_at_is_what_the_model_says() {
    let page = open();
    for share in [0.2, 0.6, 0.7, 0.9] {
        page.point_at(across(&page, share));
        let tip = page.text(".chart-tip");
        let (time, rest) = tip.split_once(" · ").unwrap();
        let users: f64 = rest.split(' ').next().unwrap().replace(',', "").parse().unwrap();
        let point = response_curve(&Scenario::online_shop(), &[users]).unwrap()[0];
        assert_eq!(time, format::time(point.response_time), "at {users} users");
        assert!(tip.contains(&format::rate(point.throughput)), "{tip}");
    }
}

#[test]
fn keys_read_the_curve_and_set_the_load() {
    let page = open();
    page.focus(READER);
    let spoken = |page: &Page| page.attribute(READER, "aria-valuetext").as_str().unwrap().to_owned();
    assert_eq!(spoken(&page), "Arrow keys read the curve, Enter sets the load, W and X ask why");
    page.press(&[key::HOME]);
    assert_eq!(spoken(&page), "1 user: 1,050 milliseconds");
    page.press(&[key::RIGHT]);
    assert_ne!(spoken(&page), "1 user: 1,050 milliseconds");
    page.press(&[key::LEFT]);
    assert_eq!(spoken(&page), "1 user: 1,050 milliseconds");
    page.press(&[key::PAGE_UP]);
    page.press(&[key::PAGE_DOWN]);
    assert_eq!(spoken(&page), "1 user: 1,050 milliseconds");
    page.press(&[key::END]);
    let last = spoken(&page);
    assert!(last.starts_with("1,000 users: ") && last.ends_with(" seconds"), "{last}");
    assert_eq!(page.count(".chart-tip"), 1, "what is said is shown too");
    page.press(&[key::ENTER]);
    assert_eq!(page.held(&named("Users")), "1,000");
    page.press(&[key::HOME]);
    page.press(&[key::ESCAPE]);
    assert_eq!(page.count(".chart-tip"), 0);
    page.press(&[key::TAB]);
    assert_ne!(page.value("document.activeElement.className"), "chart-reader", "Tab leads out of the chart");
}

#[test]
fn the_chart_is_few_stops_for_the_keyboard() {
    let page = open();
    page.focus(READER);
    page.press(&[key::HOME]);
    let mut stops = 1;
    let end = "1,000 users";
    while !page.attribute(READER, "aria-valuetext").as_str().unwrap().starts_with(end) {
        page.press(&[key::RIGHT]);
        stops += 1;
        assert!(stops <= 61, "more than 60 points to go through");
    }
    assert!(stops >= 8, "only {stops} points can be read");
}

#[test]
fn a_click_sets_the_load_and_a_drag_is_one_entry_to_undo() {
    let page = open();
    page.point(Input::Mouse, across(&page, 0.75), &[]);
    let clicked = page.held(&named("Users"));
    assert_ne!(clicked, "10");
    page.press_button("Undo");
    assert_eq!(page.held(&named("Users")), "10");
    let (from, to) = (across(&page, 0.75), across(&page, 0.9));
    page.hold(Input::Mouse, from, &path(from, (to.0 - from.0, 0.0)));
    let dragged: u64 = page.held(&named("Users")).replace(',', "").parse().unwrap();
    let clicked: u64 = clicked.replace(',', "").parse().unwrap();
    assert!(dragged > clicked, "{dragged} users at the end of the drag, {clicked} at its start");
    page.let_go(Input::Mouse);
    page.press_button("Undo");
    assert_eq!(page.held(&named("Users")), "10");
    assert!(!page.can_press("Undo"));
}

#[test]
fn escape_calls_a_drag_on_the_chart_off() {
    let page = open();
    let (from, to) = (across(&page, 0.6), across(&page, 0.9));
    page.focus(READER);
    page.hold(Input::Mouse, from, &path(from, (to.0 - from.0, 0.0)));
    assert_ne!(page.held(&named("Users")), "10");
    page.press(&[key::ESCAPE]);
    assert_eq!(page.held(&named("Users")), "10");
    page.let_go(Input::Mouse);
    assert_eq!(page.held(&named("Users")), "10");
}

#[test]
fn the_table_behind_the_curve_holds_its_numbers() {
    let page = open();
    page.click(&switch("Update analytics"));
    page.settle();
    let table = page.table(CURVE);
    let heads =
        ["users", "mean response time", "throughput, orders/s", "p50", "p95", "p99", "all synchronous"];
    assert_eq!(table[0], heads);
    assert!(table.len() >= 8, "{table:#?}");
    let mut scenario = Scenario::online_shop();
    let ghost = scenario.clone();
    scenario.steps[3].placement = waiting_line::scenario::Placement::Async;
    for row in &table[1..] {
        let load: f64 = row[0].replace(',', "").parse().unwrap();
        let point = |scenario: &Scenario| response_curve(scenario, &[load]).unwrap()[0];
        let (now, before) = (point(&scenario), point(&ghost));
        let expected = [
            format::time(now.response_time),
            format::fine_rate(now.throughput),
            format::time(before.response_time),
        ];
        assert_eq!([&row[1], &row[2], &row[6]], expected.each_ref(), "at {load} users");
    }
    let marks = page.value(&format!(
        "[...document.querySelector({:?}).querySelectorAll('th')].every((it) => it.scope) &&
           document.querySelector({:?}).querySelector('caption').textContent",
        named(CURVE),
        named(CURVE)
    ));
    assert_eq!(marks, CURVE);
}

#[test]
fn a_table_is_there_while_it_is_open() {
    let page = open();
    let (more, table) = (".saturation .chart-more summary", named(RESOURCES));
    assert_eq!(page.count(&table), 0);
    page.focus(more);
    page.press(&[key::ENTER]);
    page.wait_until(&format!("document.querySelector({table:?})"));
    let before = page.table(RESOURCES);
    page.press_button("500");
    page.settle();
    assert_ne!(page.table(RESOURCES), before, "it follows");
    page.click(more);
    page.wait_until(&format!("!document.querySelector({table:?})"));
}

#[test]
fn the_table_of_resources_says_what_the_bars_show() {
    let page = open();
    page.load_preset("hybrid");
    page.press_button("500");
    let table = page.table(RESOURCES);
    let rows = page.value(
        "[...document.querySelectorAll('.sat-row')].map((row) => ['.sat-name', '.sat-value', '.sat-state'].map((it) =>
           row.querySelector(it).innerText.replace(/\\s+/g, ' ')))",
    );
    let rows: Vec<[String; 3]> = serde_json::from_value(rows).unwrap();
    assert_eq!(rows.len(), 5);
    assert_eq!(table.len(), 6);
    for (cells, [name, value, state]) in table[1..].iter().zip(rows) {
        let [resource, servers, utilization, in_flight, _, word] = cells.as_slice() else {
            panic!("{cells:?}")
        };
        assert_eq!(name, format!("{resource} {servers} · {in_flight} in flight"));
        assert_eq!(value, *utilization);
        assert!(state.ends_with(word.as_str()), "{state} is not {word}");
    }
}

#[test]
fn titles_say_what_to_take_away_and_summaries_what_is_drawn() {
    let page = open();
    let titles = |page: &Page| (page.text(".chart .panel-title"), page.text(".saturation .panel-title"));
    let calm = titles(&page);
    page.enter(&named("Users"), "500");
    let late = titles(&page);
    assert_ne!(calm.0, late.0);
    assert_ne!(calm.1, late.1);
    page.enter(&latency("Send email"), "3000");
    assert_ne!(titles(&page).1, late.1, "another bottleneck, another title");
    let summary = page.text(".chart-summary");
    for part in ["users", "minimum of", "maximum of", "knee is at", "client timeout", " s "] {
        assert!(summary.contains(part), "{part} in {summary}");
    }
    let labelled = page.value(
        "[...document.querySelectorAll('figure')].every((it) => it.role === 'group'
           && document.getElementById(it.getAttribute('aria-labelledby')).checkVisibility()
           && document.getElementById(it.getAttribute('aria-describedby')).checkVisibility())",
    );
    assert_eq!(labelled, true);
}

#[test]
fn what_is_marked_in_the_chart_is_said_in_words() {
    let page = open();
    page.enter(&named("Users"), "100");
    page.click(&switch("Update analytics"));
    let marks = page.value(
        "[...document.querySelectorAll('.chart-label[data-role=annotation]')].map((it) => it.textContent)",
    );
    let marks: Vec<String> = serde_json::from_value(marks).unwrap();
    for part in ["you: ", "knee ", "client gives up after 10 s", "all synchronous"] {
        assert!(marks.iter().any(|mark| mark.starts_with(part)), "{part} in {marks:?}");
    }
    let told = page.text(".chart");
    for part in ["At 100 users it is", "The knee is at", "client timeout of 10 s"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert!(page.table(CURVE)[0].iter().any(|head| head == "all synchronous"));
}

#[test]
fn the_ghost_comes_with_the_first_published_step() {
    let page = open();
    let ghost = |page: &Page| page.text(".chart-labels").contains("all synchronous");
    assert!(!ghost(&page));
    page.click(&switch("Send email"));
    assert!(ghost(&page));
}

#[test]
fn every_label_has_the_ink_that_its_figure_says() {
    let page = open();
    page.load_preset("hybrid");
    page.press_button("Consumers stop, 60 s");
    page.settle();
    let inks = "(() => {
         const probe = document.body.appendChild(document.createElement('i'));
         const inks = {}, wrong = [];
         for (const label of document.querySelectorAll('.chart-label')) {
           probe.style.color = `var(${label.dataset.ink})`;
           inks[label.dataset.ink] = 1;
           if (getComputedStyle(label).color !== getComputedStyle(probe).color) wrong.push(label.textContent + label.dataset.ink);
         }
         probe.remove();
         return [Object.keys(inks), wrong];
       })()";
    let seen = |page: &Page| -> [Vec<String>; 2] { serde_json::from_value(page.value(inks)).unwrap() };
    let [explore, wrong] = seen(&page);
    assert!(wrong.is_empty(), "{wrong:?}");
    for ink in ["--ink", "--ink-2", "--ink-3", "--sync", "--async"] {
        assert!(explore.iter().any(|it| it == ink), "{ink} in {explore:?}");
    }
    page.press_button("Live");
    page.wait_until("document.querySelectorAll('.run-stage .chart-label').length > 3");
    let [_, wrong] = seen(&page);
    assert!(wrong.is_empty(), "{wrong:?}");
}
