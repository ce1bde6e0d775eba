//! The charts of Live, and the check by simulation on Explore: for any number of users, to be read, heard and
//! exported.

use serde_json::json;
use waiting_line::session::{Action, Session, share_link};
use waiting_line::units::Users;

use super::{START, link_to_live, open_live, seek, wait_for_clock};
use crate::support::{Page, Screen, Site, Theme, key};

/// Returns the annotations over one of the charts that grow with the run.
fn annotations(page: &Page, chart: usize) -> Vec<String> {
    let labels = page.eval(&format!(
        "[...harness.findAll('.run-strips .chart')[{chart}].querySelectorAll('[data-role=annotation]')]
           .map((label) => label.innerText)"
    ));
    serde_json::from_value(labels).unwrap()
}

/// Returns the numbers of the headline "Theory …, simulated …".
fn theory_and_simulated(page: &Page) -> [f64; 2] {
    let numbers = page.eval(
        "harness.text('.run h1').match(/Theory ([\\d.,]+).*simulated ([\\d.,]+)/).slice(1)
           .map((number) => Number(number.replace(',', '')))",
    );
    serde_json::from_value(numbers).unwrap()
}

#[test]
fn any_number_of_users_can_be_watched() {
    for users in [10, 10_000, 1_000_000, 100_000_000] {
        let page = open_live(&Site::release(), users, 7_042);
        page.expect_count(".notice", 0);
        page.wait_until_idle();
        let (headline, lead) = (page.text(".run h1"), page.text(".run .lead"));
        assert!(headline.starts_with("Theory ") && headline.contains(", simulated "), "{users}: {headline}");
        let is_scaled =
            lead.contains(" users always stand in line for a worker: they are counted, not played");
        assert_eq!(is_scaled, users > 10_000, "{users}: {lead}");
        for chart in 0..2 {
            let labels = annotations(&page, chart);
            assert!(labels.iter().any(|label| label == "fluid"), "{users}: {labels:?}");
        }
        seek(&page, 120);
        wait_for_clock(&page, "2 min of 10 min");
        if users >= 1_000_000 {
            page.wait_until_idle();
            let [theory, simulated] = theory_and_simulated(&page);
            assert!((simulated / theory - 1.0).abs() < 0.05, "{users}: {}", page.text(".run h1"));
        }
    }
}

#[test]
fn a_million_users_are_checked_by_simulation_at_every_load() {
    let mut session = Session::new();
    session.apply(Action::SetUsers(Users::new(1_000_000)));
    let page = Site::release().open_at(&share_link::encode(&session), Screen::LAPTOP, Theme::Light);
    assert!(check_by_simulation(&page) >= 8);
}

/// Checks the curve by simulation and returns the number of rows with a confidence interval in its table.
fn check_by_simulation(page: &Page) -> usize {
    page.wait_until("harness.find('.chart-check button')");
    // The runs may be over before the test could look for the progress bar.
    page.run(
        "window.hadProgress = false;
         const check = harness.find('.chart-check');
         new MutationObserver(() => { hadProgress ||= check.querySelector('progress') !== null })
           .observe(check, { childList: true, subtree: true })",
    );
    page.click(".chart-check button");
    page.wait_until("hadProgress");
    page.expect_text(".chart-check button", "Check by simulation");
    page.open_tables();
    let count = page.eval(
        "harness.findAll('.chart-table tbody tr')
           .filter((row) => [...row.cells].some((cell) => cell.innerText.includes('±'))).length",
    );
    count.as_u64().unwrap() as usize
}

#[test]
fn a_strip_chart_is_read_by_keys_and_by_pointing() {
    let page = open_live(&Site::release(), 100, 7_042);
    let reader = ".run-strips .chart-reader";
    let spoken = format!("harness.find({}).ariaValueText", json!(reader));
    page.expect_eval(&spoken, "Arrow keys read the values, Escape leaves.");
    page.focus(reader);
    page.press_keys(&[key::END]);
    page.wait_until("harness.find('.run-strips .chart-tip')");
    let last = page.eval(&spoken).as_str().unwrap().to_owned();
    assert!(last.contains(" s: ") && last.contains("p95 ") && last.contains("fluid "), "{last}");
    page.press_keys(&[key::LEFT]);
    page.wait_until(&format!("{spoken} !== {} && harness.find('.run-strips .chart-tip')", json!(last)));
    page.press_keys(&[key::ESCAPE]);
    page.expect_count(".run-strips .chart-tip", 0);
    page.run(
        "const reader = harness.find('.run-course .chart-reader'), box = reader.getBoundingClientRect();
         const point = { clientX: box.left + box.width / 2, clientY: box.top + 20 };
         reader.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, ...point }))",
    );
    page.wait_until("harness.find('.run-course .chart-tip')");
}

#[test]
fn the_charts_of_a_run_give_away_their_numbers_and_their_picture() {
    let page = open_live(&Site::release().with_recorded_files(), 100, 7_042);
    page.wait_until_idle();
    page.click_chart_tools(".run");
    let files = page.saved_files();
    let content = |name: &str| {
        let file = files.iter().find(|(file, _)| file == name);
        let names: Vec<&String> = files.iter().map(|(file, _)| file).collect();
        &file.unwrap_or_else(|| panic!("no {name} in {names:?}")).1
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
    let page = open_live(&Site::release().with_counted_sounds(), 40, 7_042);
    page.wait_until_idle();
    assert_eq!(page.eval("soundCount"), 0);
    page.click(".run-strips .chart-tools button");
    page.expect_eval("soundCount", 1);
}

#[test]
fn a_closed_table_costs_nothing() {
    let page = Site::release().open_at(&link_to_live(40, 7_042), Screen::LAPTOP, Theme::Light);
    wait_for_clock(&page, START);
    page.wait_until_idle();
    page.expect_count(".run tr", 0);
    page.run("harness.find('.run-places details').open = true");
    page.expect_count(".run-places tr", 6);
}

#[test]
fn a_check_by_simulation_puts_a_dot_beside_the_curve_for_each_load() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    assert!(check_by_simulation(&page) >= 8);
    page.screenshot("explore-checked");
}

#[test]
fn a_check_by_simulation_can_be_stopped_before_the_simulation_is_here() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.run(
        "const realSimulation = window.waitingLineSimulation;
         window.waitingLineSimulation = async () => {
           await harness.delay(1000);
           const simulation = await realSimulation();
           window.hasCome = true;
           return simulation;
         }",
    );
    page.click(".chart-check button");
    page.wait_until("harness.find('.chart-check progress')");
    page.click(".chart-check button");
    page.expect_count(".chart-check progress", 0);
    page.wait_until("window.hasCome");
    page.wait_until_idle();
    page.run("await harness.delay(500)");
    page.expect_text(".chart-check", "Check by simulation");
}

#[test]
fn a_check_by_simulation_can_be_stopped() {
    let page = Site::release().open(Screen::PHONE, Theme::Dark);
    page.wait_until("harness.find('.chart-check button')");
    // By script, since the runs may be over before an input has been dispatched.
    page.run(
        "const click = () => harness.find('.chart-check button').click();
         click();
         await harness.until(() => document.querySelector('.chart-check progress'));
         click()",
    );
    page.expect_count(".chart-check progress", 0);
    page.wait_until_idle();
    page.run("await harness.delay(500)");
    page.expect_text(".chart-check", "Check by simulation");
}
