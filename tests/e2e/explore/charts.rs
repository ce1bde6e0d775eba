//! The charts of Explore: drawn sharply, read by pointer and keys, and given as text and tables too.

use waiting_line::queueing::response_curve;
use waiting_line::scenario::{Placement, Scenario};
use waiting_line::units::format;

use crate::controls::{async_switch, latency_field, named};
use crate::support::{Page, Pointer, Screen, Site, Theme, drag_path, key};

const READER: &str = ".chart-reader";
const CURVE: &str = "Response time against load";
const RESOURCES: &str = "Resources at this load";

fn open() -> Page {
    Site::release().open(Screen::LAPTOP, Theme::Light)
}

/// The JavaScript expression that counts the charts which are not drawn in three colours at the screen's
/// resolution, or -1 where there are fewer than two charts.
const COARSE_CHARTS: &str = "((canvases) => canvases.length < 2 ? -1 : canvases.filter((canvas) => {
    const box = canvas.getBoundingClientRect();
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let i = 0; i < data.length; i += 4) if (data[i + 3]) colours.add(data.slice(i, i + 3).join());
    return colours.size < 3 || Math.abs(canvas.width - box.width * devicePixelRatio) > 2
      || Math.abs(canvas.height - box.height * devicePixelRatio) > 2;
  }).length)(harness.findAll('canvas'))";

/// Expects every chart to be drawn at the screen's resolution.
#[track_caller]
fn check_sharp(page: &Page) {
    page.expect_eval(COARSE_CHARTS, 0);
}

#[test]
fn every_chart_has_a_pixel_for_each_of_the_screen() {
    let page = open();
    for screen in [Screen::LAPTOP, Screen::PROJECTOR, Screen { width: 390, height: 844, scale: 1.0 }] {
        page.resize(screen);
        check_sharp(&page);
    }
    check_sharp(&Site::release().open(Screen::PHONE, Theme::Light));
}

#[test]
fn every_chart_is_drawn_anew_on_a_finer_screen() {
    // Browsers that emulate another screen do not send the page the event of a media query.
    let record_queries = "const realMatchMedia = matchMedia.bind(window);
        window.mediaQueries = [];
        window.matchMedia = (query) => {
          const list = realMatchMedia(query);
          mediaQueries.push(list);
          return list;
        }";
    let page = Site::release().with_preload_script(record_queries).open(Screen::LAPTOP, Theme::Light);
    page.resize(Screen { scale: 2.0, ..Screen::LAPTOP });
    page.run(
        "mediaQueries.filter((list) => list.media.includes('resolution'))
           .forEach((list) => list.dispatchEvent(new Event('change')))",
    );
    check_sharp(&page);
}

#[test]
fn every_chart_follows_every_change_and_does_not_grow() {
    let page = open();
    let height = |page: &Page| page.eval("document.documentElement.scrollHeight").as_f64().unwrap();
    let (before, tall) = (page.canvas_checksums(), height(&page));
    for users in ["20", "40", "80", "160", "10"] {
        page.enter(&named("Users"), users);
        let after = page.canvas_checksums();
        for (chart, (after, before)) in after.iter().zip(&before).enumerate() {
            assert!(users == "10" || after != before, "chart {chart} did not change at {users}");
        }
    }
    assert_eq!(page.canvas_checksums(), before, "the same state gives the same picture");
    assert!(height(&page) <= tall + 40.0, "the page grew from {tall} to {}", height(&page));
}

/// Returns the point at a share of the chart's width and half its height.
fn point_at(page: &Page, share: f64) -> (f64, f64) {
    let (x, y) = page.center(READER);
    let width = page.eval("harness.find('.chart-reader').clientWidth").as_f64().unwrap();
    (x + (share - 0.5) * width, y)
}

/// Returns the text of the tooltip once the page is idle.
#[track_caller]
fn tooltip(page: &Page) -> String {
    page.wait_until_idle();
    page.text(".chart-tip")
}

/// The JavaScript condition that the users are no longer those of the start.
const USERS_CHANGED: &str = "harness.find('[aria-label=Users]').value !== '10'";

#[test]
fn pointing_reads_the_curve() {
    let page = open();
    page.expect_count(".chart-tip", 0);
    page.move_mouse(point_at(&page, 0.8));
    let tip = tooltip(&page);
    for part in [" s · ", " users", "orders/s answered"] {
        assert!(tip.contains(part), "{part} in {tip}");
    }
    page.move_mouse(point_at(&page, 0.3));
    assert_ne!(tooltip(&page), tip);
    page.expect_count(".chart-cross", 1);
    page.expect_count(".chart-dot", 1);
    page.move_mouse((5.0, 5.0));
    page.expect_count(".chart-tip", 0);
    page.expect_value(&named("Users"), "10");
}

#[test]
fn what_is_pointed_at_is_what_the_model_says() {
    let page = open();
    for share in [0.2, 0.6, 0.7, 0.9] {
        page.move_mouse(point_at(&page, share));
        let tip = tooltip(&page);
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
    let expect_spoken = |expected: &str| {
        page.wait_until_idle();
        page.expect_attribute(READER, "aria-valuetext", expected);
    };
    let first = "1 user: 1,050 milliseconds";
    expect_spoken("Arrow keys read the curve, Enter sets the load, W and X ask why");
    page.press_keys(&[key::HOME]);
    expect_spoken(first);
    page.press_keys(&[key::RIGHT]);
    page.wait_until(&format!("harness.find('.chart-reader').ariaValueText !== '{first}'"));
    page.press_keys(&[key::LEFT]);
    expect_spoken(first);
    page.press_keys(&[key::PAGE_UP]);
    page.press_keys(&[key::PAGE_DOWN]);
    expect_spoken(first);
    page.press_keys(&[key::END]);
    page.wait_until("/^1,000 users: .* seconds$/.test(harness.find('.chart-reader').ariaValueText)");
    // The spoken values are shown too.
    page.expect_count(".chart-tip", 1);
    page.press_keys(&[key::ENTER]);
    page.expect_value(&named("Users"), "1,000");
    page.press_keys(&[key::HOME]);
    page.press_keys(&[key::ESCAPE]);
    page.expect_count(".chart-tip", 0);
    page.press_keys(&[key::TAB]);
    page.wait_until("document.activeElement.className !== 'chart-reader'");
}

#[test]
fn the_chart_is_few_stops_for_the_keyboard() {
    let page = open();
    page.focus(READER);
    page.press_keys(&[key::HOME]);
    page.wait_until_idle();
    let mut stops = 1;
    while !page.attribute(READER, "aria-valuetext").as_str().unwrap().starts_with("1,000 users") {
        page.press_keys(&[key::RIGHT]);
        page.wait_until_idle();
        stops += 1;
        assert!(stops <= 61, "more than 60 points to go through");
    }
    assert!(stops >= 8, "only {stops} points can be read");
}

#[test]
fn a_click_sets_the_load_and_a_drag_is_one_entry_to_undo() {
    let page = open();
    page.drag_along(Pointer::Mouse, point_at(&page, 0.75), &[]);
    page.wait_until(USERS_CHANGED);
    let clicked = page.number_in(&named("Users"));
    page.click_button("Undo");
    page.expect_value(&named("Users"), "10");
    let (start, end) = (point_at(&page, 0.75), point_at(&page, 0.9));
    page.drag_and_hold(Pointer::Mouse, start, &drag_path(start, (end.0 - start.0, 0.0)));
    page.wait_until_idle();
    let dragged = page.number_in(&named("Users"));
    assert!(dragged > clicked, "{dragged} users at the end of the drag, {clicked} at its start");
    page.pointer_up(Pointer::Mouse);
    page.click_button("Undo");
    page.expect_value(&named("Users"), "10");
    page.expect_disabled("Undo");
}

#[test]
fn escape_calls_a_drag_on_the_chart_off() {
    let page = open();
    let (start, end) = (point_at(&page, 0.6), point_at(&page, 0.9));
    page.focus(READER);
    page.drag_and_hold(Pointer::Mouse, start, &drag_path(start, (end.0 - start.0, 0.0)));
    page.wait_until(USERS_CHANGED);
    page.press_keys(&[key::ESCAPE]);
    page.expect_value(&named("Users"), "10");
    page.pointer_up(Pointer::Mouse);
    page.wait_until_idle();
    page.expect_value(&named("Users"), "10");
}

#[test]
fn the_table_behind_the_curve_holds_its_numbers() {
    let page = open();
    page.click(&async_switch("Update analytics"));
    page.wait_until_idle();
    let table = page.table(CURVE);
    let heads =
        ["users", "mean response time", "throughput, orders/s", "p50", "p95", "p99", "all synchronous"];
    assert_eq!(table[0], heads);
    assert!(table.len() >= 8, "{table:#?}");
    let mut scenario = Scenario::online_shop();
    let baseline = scenario.clone();
    scenario.steps[3].placement = Placement::Async;
    for row in &table[1..] {
        let load: f64 = row[0].replace(',', "").parse().unwrap();
        let point = |scenario: &Scenario| response_curve(scenario, &[load]).unwrap()[0];
        let (current, synchronous) = (point(&scenario), point(&baseline));
        let expected = [
            format::time(current.response_time),
            format::precise_rate(current.throughput),
            format::time(synchronous.response_time),
        ];
        assert_eq!([&row[1], &row[2], &row[6]], expected.each_ref(), "at {load} users");
    }
    page.expect_text(&format!("{} caption", named(CURVE)), CURVE);
    page.expect_count(&format!("{} th:not([scope])", named(CURVE)), 0);
}

#[test]
fn a_table_is_there_while_it_is_open() {
    let page = open();
    let (summary, table) = (".saturation .chart-more summary", named(RESOURCES));
    page.expect_count(&table, 0);
    page.focus(summary);
    page.press_keys(&[key::ENTER]);
    page.expect_count(&table, 1);
    let before = page.table(RESOURCES);
    page.click_button("500");
    assert_ne!(page.table(RESOURCES), before, "an open table follows");
    page.click(summary);
    page.expect_count(&table, 0);
}

#[test]
fn the_table_of_resources_says_what_the_bars_show() {
    let page = open();
    page.load_preset("hybrid");
    page.click_button("500");
    let table = page.table(RESOURCES);
    let rows = page.eval(
        "harness.findAll('.sat-row').map((row) => ['.sat-name', '.sat-value', '.sat-state'].map((cell) =>
           harness.normalize(row.querySelector(cell).innerText)))",
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
    let titles = |page: &Page| {
        page.wait_until_idle();
        (page.text(".chart .panel-title"), page.text(".saturation .panel-title"))
    };
    let with_10 = titles(&page);
    page.enter(&named("Users"), "500");
    let with_500 = titles(&page);
    assert_ne!(with_10.0, with_500.0);
    assert_ne!(with_10.1, with_500.1);
    page.enter(&latency_field("Send email"), "3000");
    assert_ne!(titles(&page).1, with_500.1, "another bottleneck has another title");
    let parts = ["users", "minimum of", "maximum of", "knee is at", "client timeout", " s "];
    page.expect_text_contains(".chart-summary", &parts);
    page.wait_until(
        "harness.findAll('figure').every((figure) => figure.role === 'group'
           && ['aria-labelledby', 'aria-describedby'].every((name) =>
             document.getElementById(figure.getAttribute(name)).checkVisibility()))",
    );
}

#[test]
fn what_is_marked_in_the_chart_is_said_in_words() {
    let page = open();
    page.enter(&named("Users"), "100");
    page.click(&async_switch("Update analytics"));
    page.wait_until_idle();
    let labels =
        page.eval("harness.findAll('.chart-label[data-role=annotation]').map((label) => label.textContent)");
    let labels: Vec<String> = serde_json::from_value(labels).unwrap();
    for start in ["you: ", "knee ", "client gives up after 10 s", "all synchronous"] {
        assert!(labels.iter().any(|label| label.starts_with(start)), "{start} in {labels:?}");
    }
    let parts = ["At 100 users it is", "The knee is at", "client timeout of 10 s"];
    page.expect_text_contains(".chart", &parts);
    assert!(page.table(CURVE)[0].iter().any(|head| head == "all synchronous"));
}

#[test]
fn the_ghost_comes_with_the_first_published_step() {
    let page = open();
    page.wait_until_idle();
    assert!(!page.text(".chart-labels").contains("all synchronous"));
    page.click(&async_switch("Send email"));
    page.expect_text_contains(".chart-labels", &["all synchronous"]);
}

/// Returns the colour tokens of all chart labels once the page is idle, and expects each label to have its
/// token's colour.
#[track_caller]
fn inks_in_use(page: &Page) -> Vec<String> {
    page.wait_until_idle();
    let result = page.run(
        "const probe = document.body.appendChild(document.createElement('i'));
         const inks = new Set(), wrong = [];
         for (const label of harness.findAll('.chart-label')) {
           const { ink } = label.dataset;
           probe.style.color = `var(${ink})`;
           inks.add(ink);
           if (getComputedStyle(label).color !== getComputedStyle(probe).color)
             wrong.push(`${label.textContent} ${ink}`);
         }
         probe.remove();
         return [[...inks], wrong]",
    );
    let [inks, wrong]: [Vec<String>; 2] = serde_json::from_value(result).unwrap();
    assert!(wrong.is_empty(), "{wrong:?}");
    inks
}

#[test]
fn every_label_has_the_ink_that_its_figure_says() {
    let page = open();
    page.load_preset("hybrid");
    page.click_button("Consumers stop, 60 s");
    let colours = inks_in_use(&page);
    for ink in ["--ink", "--ink-2", "--ink-3", "--sync", "--async"] {
        assert!(colours.iter().any(|colour| colour == ink), "{ink} in {colours:?}");
    }
    page.click_button("Live");
    page.wait_until("harness.findAll('.run-stage .chart-label').length > 3");
    inks_in_use(&page);
}
