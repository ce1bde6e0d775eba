//! Explanations of the numbers in tables, charts and sentences: opened by mouse, by touch and by keyboard.

use waiting_line::scenario::Scenario;
use waiting_line::session::{Action, Session, share_link};
use waiting_line::units::Probability;

use crate::controls::{async_switch, bar, named};
use crate::support::{Page, Pointer, Screen, Site, Theme, drag_path, key};

const CURVE: &str = "Response time against load";
const RESOURCES: &str = "Resources at this load";
const SPREAD: &str = "Answers within a time";
const STALENESS: &str = "Staleness over time";
const COMPARE: &str = "Before and after";
const FORMULA: &str = "dialog[open] .why-formula";

/// Opens Explore with all tables open.
fn open(screen: Screen) -> Page {
    let page = Site::release().open(screen, Theme::Light);
    page.open_tables();
    page
}

/// Selects a cell of a table by its row and column, counted from 1.
fn cell(table: &str, row: usize, column: usize) -> String {
    format!("{} tbody tr:nth-child({row}) td:nth-of-type({column})", named(table))
}

/// Returns the row with this head, counted from 1.
fn row(page: &Page, table: &str, head: &str) -> usize {
    let rows = page.table(table);
    rows.iter().position(|cells| cells[0] == head).unwrap_or_else(|| panic!("no {head} in {rows:#?}"))
}

/// Expects the explain dialog to contain these parts, and closes it.
#[track_caller]
fn expect_explanation(page: &Page, parts: &[&str]) {
    page.expect_count(FORMULA, 1);
    page.expect_text_contains("dialog[open]", parts);
    page.press_keys(&[key::ESCAPE]);
    page.expect_count("dialog[open]", 0);
    // The focus moves back after the dialog has closed.
    page.wait_until_idle();
}

#[test]
fn a_cell_of_another_load_is_explained_with_the_values_of_that_load() {
    let page = open(Screen::LAPTOP);
    let at_100 = row(&page, CURVE, "100");
    page.click(&cell(CURVE, at_100, 1));
    let formula = "R = N / X − Z = 100 / 18.96/s − 1,000 ms = 4.27 s";
    expect_explanation(&page, &["at 100 users", formula]);
    page.expect_headline("The user waits 1,050 ms at 10 users.");
    page.click(&async_switch("Send email"));
    let columns = page.table(CURVE)[0].len();
    page.click(&cell(CURVE, at_100, columns - 1));
    expect_explanation(&page, &["all synchronous", "at 100 users", "= 4.27 s"]);
}

/// Tells whether a cell holds a number of servers, which is set and not computed.
fn is_input(text: &str) -> bool {
    text.contains("connection") || text.ends_with("API workers")
}

/// Opens and closes the explanation of every cell of a row, and returns the cells that have a number and no
/// formula.
///
/// Takes one row in one script: a command per cell would be slow, and a whole table would exceed the driver's
/// timeout.
fn unexplained_cells(page: &Page, table: &str, row: usize) -> Vec<String> {
    let unexplained = page.run(&format!(
        "const unexplained = [], dialog = () => document.querySelector('dialog[open]');
         for (const cell of harness.findAll({:?} + ' tr')[{row}].querySelectorAll('td')) {{
           const text = cell.textContent;
           if (!('asks' in cell.dataset)) {{
             if (/^[0-9+−×]/.test(text)) unexplained.push(text);
             continue;
           }}
           cell.click();
           await harness.until(() => dialog()?.querySelector('.why-name'));
           const formula = dialog().querySelector('.why-formula')?.textContent ?? '';
           if (!formula.includes('=') && !/end|later|–/.test(text))
             unexplained.push(`${{text}}: ${{formula}}`);
           [...dialog().querySelectorAll('button')].find((button) => button.textContent === 'Close').click();
           await harness.until(() => !dialog());
           await harness.nextFrame();
         }}
         return unexplained",
        named(table)
    ));
    let unexplained: Vec<String> = serde_json::from_value(unexplained).unwrap();
    unexplained.into_iter().filter(|text| !is_input(text)).collect()
}

#[test]
fn every_number_of_every_table_answers() {
    let page = open(Screen::LAPTOP);
    page.click_button("Pin as A to compare");
    page.load_preset("hybrid");
    page.click_button("100");
    page.click_button("Consumers stop, 60 s");
    page.wait_until_idle();
    for table in [CURVE, RESOURCES, SPREAD, STALENESS, COMPARE] {
        let cells = page.count(&format!("{} td", named(table)));
        assert!(cells >= 10, "{table}: {cells} cells");
        for row in 0..page.count(&format!("{} tr", named(table))) {
            let unexplained = unexplained_cells(&page, table, row);
            assert!(unexplained.is_empty(), "{table}, row {row}: {unexplained:?}");
        }
    }
}

#[test]
fn who_closes_an_answer_and_asks_at_once_gets_the_next_one() {
    let page = open(Screen::LAPTOP);
    // The browser fires a dialog's `close` event in a later task: all of this happens before it, in
    // microtasks.
    page.run(&format!(
        "const microtasks = async () => {{ for (let count = 0; count < 50; count++) await null }};
         const dialog = () => document.querySelector('dialog[open]');
         const cell = harness.find({:?});
         cell.click();
         await microtasks();
         [...dialog().querySelectorAll('button')].find((button) => button.textContent === 'Close').click();
         await microtasks();
         if (dialog()) throw new Error('it is still open');
         cell.click();
         await microtasks();
         if (!dialog()) throw new Error('it is not open again');
         await harness.delay(100)",
        cell(CURVE, 1, 1)
    ));
    expect_explanation(&page, &["Response time"]);
}

#[test]
fn the_keyboard_alone_asks_a_cell_and_returns_to_it() {
    let page = open(Screen::LAPTOP);
    page.focus(&named(CURVE));
    // A focus that a script has set shows no cursor before the first key.
    page.press_keys(&[key::RIGHT]);
    page.press_keys(&[key::LEFT]);
    for _ in 1..row(&page, CURVE, "100") {
        page.press_keys(&[key::DOWN]);
    }
    let cursor = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))";
    page.expect_eval(&format!("{cursor}.textContent"), "4.27 s");
    page.expect_eval(&format!("getComputedStyle({cursor}).outlineStyle"), "solid");
    page.press_keys(&[key::ENTER]);
    expect_explanation(&page, &["at 100 users", "= 4.27 s"]);
    page.wait_until("document.activeElement.role === 'grid'");
    page.press_keys(&[key::RIGHT]);
    page.press_keys(&[key::ENTER]);
    expect_explanation(&page, &["Throughput", "18.96/s"]);
    // The cursor stays at the edges of the table.
    for keys in [key::RIGHT, key::DOWN, key::LEFT, key::UP] {
        for _ in 0..20 {
            page.press_keys(&[keys]);
        }
    }
    page.expect_eval(&format!("{cursor}.parentElement.rowIndex"), 1);
    page.press_keys(&[key::TAB]);
    page.wait_until("!document.activeElement.closest('table')");
    // Without the focus there is no cursor.
    page.expect_count("td[id]", 0);
}

#[test]
fn a_finger_asks_a_cell() {
    let page = open(Screen::PHONE);
    let workers = row(&page, RESOURCES, "API workers");
    page.tap(Pointer::Touch, &cell(RESOURCES, workers, 2));
    expect_explanation(&page, &["ρ = L / c =", "Utilization law"]);
    page.tap(Pointer::Touch, &cell(SPREAD, 3, 1));
    expect_explanation(&page, &["P(W + Σ (Wᵢ + Sᵢ) ≤"]);
}

/// Returns the centre of the chart label that begins with a text.
#[track_caller]
fn label_center(page: &Page, start: &str) -> (f64, f64) {
    page.wait_until_idle();
    page.run("harness.find('.chart-reader').scrollIntoView({ block: 'center' })");
    page.center_of(&format!(
        "harness.findAll('.chart-label').find((label) => label.textContent.startsWith({start:?}))"
    ))
}

#[test]
fn a_number_in_a_chart_is_asked_where_it_is_written() {
    for (screen, pointer) in [(Screen::LAPTOP, Pointer::Mouse), (Screen::PHONE, Pointer::Touch)] {
        let page = Site::release().open(screen, Theme::Light);
        for (text, expected) in
            [("knee ", "N* = (R₀ + Z) / D"), ("you: ", "R = N / X − Z = 10 /"), ("p95 ", "= 95 %")]
        {
            page.drag_along(pointer, label_center(&page, text), &[]);
            expect_explanation(&page, &[expected]);
        }
        // An explanation sets nothing.
        page.expect_value(&named("Users"), "10");
        page.expect_disabled("Undo");
    }
}

#[test]
fn a_drag_that_begins_on_a_number_drags_the_chart() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    let start = label_center(&page, "knee ");
    page.drag_along(Pointer::Mouse, start, &drag_path(start, (60.0, 0.0)));
    page.wait_until_idle();
    page.expect_count("dialog[open]", 0);
    let users = page.number_in(&named("Users"));
    assert!(users > 39.0, "{users}");
    page.click_button("Undo");
    page.expect_value(&named("Users"), "10");
    // One drag is one entry.
    page.expect_disabled("Undo");
}

#[test]
fn a_point_that_keys_read_is_asked_by_a_key() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.focus(".chart-reader");
    page.press_keys(&[key::END]);
    page.press_keys(&["w"]);
    expect_explanation(&page, &["at 1,000 users", "R = N / X − Z = 1,000 /"]);
    page.expect_focus(".chart-reader");
    page.press_keys(&[key::END]);
    page.press_keys(&["x"]);
    expect_explanation(&page, &["Throughput", "X = N / (R + Z) = 1,000 /"]);
}

#[test]
fn how_fast_a_backlog_grows_is_asked_in_the_flow_and_at_its_bar() {
    let page = open(Screen::LAPTOP);
    page.load_preset("hybrid");
    page.click_button("100");
    page.wait_until_idle();
    for number in [".pill .why", ".sat-state .why"] {
        page.click(number);
        expect_explanation(&page, &["λ − c / D = 32.01/s − 30.0/s = 2.009/s"]);
    }
    page.expect_text(".pill", "email lag +2.0/s");
    page.click_button("Consumers stop, 60 s");
    page.wait_until_idle();
    page.click(&cell(STALENESS, 5, 1));
    let parts = ["Consumers stop, 60 s", "A(174 s) = D(246 s) =", "246 s − 174 s = 72.0 s"];
    expect_explanation(&page, &parts);
}

/// Clicks the number that reads like this below a selector, and expects its explanation. Returns whether it
/// is a tab stop.
#[track_caller]
fn expect_number_explained(page: &Page, selector: &str, number: &str, parts: &[&str]) -> bool {
    let element =
        format!("harness.findAll('{selector} .why').find((number) => number.textContent === '{number}')");
    let center = page.center_of(&element);
    let is_tab_stop = page.eval(&format!("{element}.tabIndex")) == 0;
    page.drag_along(Pointer::Mouse, center, &[]);
    expect_explanation(page, parts);
    is_tab_stop
}

#[test]
fn the_numbers_of_titles_and_summaries_are_asked_where_they_stand() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    let response = ".chart:has(.chart-reader) .chart-summary";
    let check = |selector: &str, number: &str, is_tab_stop: bool, parts: &[&str]| {
        assert_eq!(expect_number_explained(&page, selector, number, parts), is_tab_stop, "{number}");
    };
    check("figure:has(.sat) h2", "26 %", false, &["ρ = L / c =", "= 26 %"]);
    check(".sat-advice", "30.0 orders/s", true, &["c / D = 12 / 400 ms = 30.0/s"]);
    check(response, "39", false, &["N* = (R₀ + Z) / D"]);
    let crossing = page.text(&format!("{response} .why[tabindex='0']"));
    let parts =
        [format!("at {crossing} users"), format!("R = N / X − Z = {crossing} /"), "> 10 s".to_owned()];
    check(response, &crossing, true, &parts.each_ref().map(String::as_str));
    check("figure h2", "2.2", true, &["p95 / p50 ="]);
    page.load_preset("hybrid");
    page.click_button("Consumers stop, 60 s");
    check("figure h2", "60.1 s", true, &["Consumers stop, 60 s", "A(30.0 s) = D("]);
    check("figure h2", "16.7 s", true, &["Time to catch up: Email", "(L − c) / (c / D − λ) = (403 − 12) / "]);
    // Screen readers get the title as one sentence.
    page.wait_until(
        "harness.findAll('figure[aria-labelledby]').some((figure) =>
           document.getElementById(figure.getAttribute('aria-labelledby')).textContent
             .includes('Email is up to 60.1 s late, and needs 16.7 s more to catch up'))",
    );
}

#[test]
fn what_has_no_end_says_why() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.load_preset("flash-sale");
    for selector in [".clocks", ".lane[data-kind=pool] .track"] {
        expect_number_explained(&page, selector, "no end", &["the line grows: λ − X ="]);
    }
    page.load_preset("hybrid");
    page.click_button("100");
    for (selector, words) in [(".clocks", "falls behind"), ("figure h2", "ever later")] {
        expect_number_explained(&page, selector, words, &["λ − c / D = 32.01/s − 30.0/s = 2.009/s"]);
    }
}

#[test]
fn what_a_prediction_told_is_asked() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.click_button("far more");
    page.wait_until_idle();
    let verdict = page.text(".predict-verdict");
    let times: Vec<String> = (0..2)
        .map(|index| page.text(&format!(".predict-verdict .said:nth-of-type({}) .why", 2 * index + 2)))
        .collect();
    assert!(verdict.contains(&format!("It goes from {} to {}.", times[0], times[1])), "{verdict}");
    let values = ["With the values that are set", "With the values after the change"];
    for (time, values) in times.iter().zip(values) {
        expect_number_explained(&page, ".predict-verdict", time, &[values, &format!("= {time}")]);
    }
}

#[test]
fn a_bar_that_attempts_make_longer_says_by_how_much() {
    let mut shop = Scenario::online_shop();
    shop.steps[2].attempts.failure = Probability::new(0.2);
    shop.steps[2].attempts.retries = 2;
    let mut session = Session::new();
    session.apply(Action::LoadScenario(shop));
    let link = share_link::encode(&session);
    for (screen, pointer) in [(Screen::LAPTOP, Pointer::Mouse), (Screen::PHONE, Pointer::Touch)] {
        let page = Site::release().open_at(&link, screen, Theme::Light);
        let number = format!("{} .why", bar("Send email"));
        page.expect_text(&number, "496");
        page.tap(pointer, &number);
        expect_explanation(&page, &["D = V · S = 1.24 · 400 ms = 496 ms"]);
        page.focus(&number);
        page.press_keys(&[key::ENTER]);
        expect_explanation(&page, &["= 496 ms"]);
        // A value that is set has no explanation.
        page.expect_count(&format!("{} .why", bar("Reserve inventory")), 0);
    }
}
