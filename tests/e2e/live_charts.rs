//! The charts of Live, and the check by simulation on Explore: for any number of users, to be read, heard and taken away.

use waiting_line::session::{Action, Session, share_link};
use waiting_line::units::Users;

use crate::live::{link_to, scrub, wait_for, watch};
use crate::support::{Page, Screen, Stage, Theme, key};

/// The labels over a chart of Live, by its place.
fn labels(page: &Page, strip: usize) -> Vec<String> {
    let script = format!(
        "[...document.querySelectorAll('.run-strips .chart')[{strip}].querySelectorAll('[data-role=annotation]')].map((it) => it.innerText)"
    );
    serde_json::from_value(page.value(&script)).unwrap()
}

#[test]
fn any_number_of_users_can_be_watched() {
    for users in [10, 10_000, 1_000_000, 100_000_000] {
        let page = watch(&Stage::release(), users, 7_042);
        assert_eq!(page.count(".notice"), 0, "{users}: {}", page.text(".run"));
        let (headline, lead) = (page.text(".run h1"), page.text(".run .lead"));
        assert!(headline.starts_with("Theory ") && headline.contains(", simulated "), "{users}: {headline}");
        let is_held = lead.contains(" users always stand in line for a worker: they are counted, not played");
        assert_eq!(is_held, users > 10_000, "{users}: {lead}");
        for strip in 0..2 {
            let labels = labels(&page, strip);
            assert!(labels.iter().any(|label| label == "fluid"), "{users}: {labels:?}");
        }
        // The simulation agrees with the theory to three digits or so after two minutes.
        scrub(&page, 120);
        wait_for(&page, "2 min of 10 min");
        if users >= 1_000_000 {
            let numbers = page.value(
                "document.querySelector('.run h1').innerText.match(/Theory ([\\d.,]+).*simulated ([\\d.,]+)/).slice(1).map((it) => Number(it.replace(',', '')))",
            );
            let numbers: Vec<f64> = serde_json::from_value(numbers).unwrap();
            assert!((numbers[1] / numbers[0] - 1.0).abs() < 0.05, "{users}: {}", page.text(".run h1"));
        }
    }
}

#[test]
fn a_million_users_are_checked_by_simulation_at_every_load() {
    let mut session = Session::new();
    session.apply(Action::SetUsers(Users::new(1_000_000)));
    let page = Stage::release().open_at(&share_link::encode(&session), Screen::LAPTOP, Theme::Light);
    assert!(checked(&page) >= 8);
}

/// Checks by simulation and opens the table; in how many of its rows there is a margin.
fn checked(page: &Page) -> usize {
    // The runs may be over before the click is answered.
    page.run(
        "window.progressed = false;
         const check = document.querySelector('.chart-check');
         new MutationObserver(() => { progressed ||= check.querySelector('progress') !== null }).observe(check, { childList: true })",
    );
    page.click(".chart-check button");
    page.wait_until("progressed");
    page.wait_until("document.querySelector('.chart-check button')?.innerText === 'Check by simulation'");
    page.run("document.querySelector('.chart-more').open = true");
    let column = page.value(
        "[...document.querySelectorAll('.chart-table tbody tr')].map((row) =>
            [...row.cells].map((it) => it.innerText).find((it) => it.includes('±')) ?? '')",
    );
    let cells: Vec<String> = serde_json::from_value(column).unwrap();
    cells.iter().filter(|cell| cell.contains('±')).count()
}

#[test]
fn a_strip_chart_is_read_by_keys_and_by_pointing() {
    let page = watch(&Stage::release(), 100, 7_042);
    let reader = ".run-strips .chart-reader";
    let told = || {
        page.value(&format!("document.querySelector('{reader}').ariaValueText")).as_str().unwrap().to_owned()
    };
    assert_eq!(told(), "Arrow keys read the values, Escape leaves.");
    page.focus(reader);
    page.press(&[key::END]);
    page.wait_until("document.querySelector('.run-strips .chart-tip')");
    let last = told();
    assert!(last.contains(" s: ") && last.contains("p95 ") && last.contains("fluid "), "{last}");
    page.press(&[key::LEFT]);
    page.wait_until("document.querySelector('.run-strips .chart-tip')");
    assert_ne!(told(), last);
    page.press(&[key::ESCAPE]);
    page.wait_until("!document.querySelector('.run-strips .chart-tip')");
    page.run(
        "const it = document.querySelector('.run-course .chart-reader'), box = it.getBoundingClientRect();
         it.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, clientX: box.left + box.width / 2, clientY: box.top + 20 }))",
    );
    page.wait_until("document.querySelector('.run-course .chart-tip')");
}

#[test]
fn the_charts_of_a_run_give_away_their_numbers_and_their_picture() {
    let files = "window.files = [];
        HTMLAnchorElement.prototype.click = function () { window.files.push([this.download, this.href]); };";
    let page = watch(&Stage::release().with_prelude(files), 100, 7_042);
    for button in ["CSV", "PNG"] {
        page.run(&format!(
            "[...document.querySelectorAll('.run .chart-tools button')].filter((it) => it.textContent === '{button}')
               .forEach((it) => it.click())"
        ));
    }
    let files: Vec<(String, String)> = serde_json::from_value(page.value("window.files")).unwrap();
    let content = |name: &str| {
        let found = files.iter().find(|(file, _)| file == name);
        found
            .unwrap_or_else(|| panic!("no {name} in {:?}", files.iter().map(|it| &it.0).collect::<Vec<_>>()))
            .1
            .clone()
    };
    for name in ["run-response-time", "run-in-line", "run-errors"] {
        assert!(content(&format!("{name}.png")).starts_with("data:image/png;base64,"), "{name}");
        assert!(content(&format!("{name}.csv")).contains("from_s"), "{name}");
    }
    let order = files.iter().find(|(name, _)| name.starts_with("order-") && name.contains(".csv")).unwrap();
    assert!(order.1.contains("after_s"), "{}", order.1);
    let rows = content("run-response-time.csv").matches("%0D%0A").count();
    assert!(rows > 30, "{rows} rows");
}

#[test]
fn a_run_is_heard_only_when_asked_for() {
    let counted = "window.sounds = 0;
        const Native = window.AudioContext;
        window.AudioContext = class extends Native { constructor() { super(); window.sounds += 1; } };";
    let page = watch(&Stage::release().with_prelude(counted), 40, 7_042);
    assert_eq!(page.value("window.sounds"), 0);
    page.click(".run-strips .chart-tools button");
    page.wait_until("window.sounds === 1");
}

#[test]
fn a_closed_table_costs_nothing() {
    let page = Stage::release().open_at(&link_to(40, 7_042), Screen::LAPTOP, Theme::Light);
    wait_for(&page, "40 s of 10 min");
    assert_eq!(page.count(".run tr"), 0);
    page.run("document.querySelector('.run-places details').open = true");
    page.wait_until("document.querySelectorAll('.run-places tr').length === 6");
}

#[test]
fn a_check_by_simulation_puts_a_dot_beside_the_curve_for_each_load() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    assert!(checked(&page) >= 8);
    page.screenshot("explore-checked");
}

#[test]
fn a_check_by_simulation_can_be_stopped_before_the_simulation_is_here() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.run(
        "const real = window.waitingLineSimulation;
         window.waitingLineSimulation = async () => {
           await new Promise((done) => setTimeout(done, 1000));
           return real();
         }",
    );
    page.click(".chart-check button");
    page.wait_until("document.querySelector('.chart-check progress')");
    page.click(".chart-check button");
    page.wait_until("!document.querySelector('.chart-check progress')");
    page.run("await new Promise((done) => setTimeout(done, 2000))");
    assert_eq!(page.text(".chart-check"), "Check by simulation");
}

#[test]
fn a_check_by_simulation_can_be_stopped() {
    let page = Stage::release().open(Screen::PHONE, Theme::Dark);
    // By script, for the runs may be over before a press is answered.
    page.run(
        "const press = () => document.querySelector('.chart-check button').click();
         press();
         while (!document.querySelector('.chart-check progress')) await new Promise(requestAnimationFrame);
         press()",
    );
    page.wait_until("!document.querySelector('.chart-check progress')");
    page.run("await new Promise((done) => setTimeout(done, 500))");
    assert_eq!(page.text(".chart-check"), "Check by simulation");
}
