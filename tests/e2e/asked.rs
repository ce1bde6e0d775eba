//! "Why?" at the numbers of tables, charts and sentences: by mouse, by finger, by keyboard alone.

use waiting_line::scenario::Scenario;
use waiting_line::session::{Action, Session, share_link};
use waiting_line::units::Probability;

use crate::explorer::{bar, named, switch};
use crate::support::{Input, Page, Screen, Stage, Theme, key, path};

const CURVE: &str = "Response time against load";
const RESOURCES: &str = "Resources at this load";
const SPREAD: &str = "Answers within a time";
const STALENESS: &str = "Staleness over time";
const COMPARE: &str = "Before and after";
const FORMULA: &str = "dialog[open] .why-formula";

/// A page with every table open.
fn open(screen: Screen) -> Page {
    let page = Stage::release().open(screen, Theme::Light);
    page.run("document.querySelectorAll('.chart-more').forEach((it) => { it.open = true })");
    page.settle();
    page
}

/// The cell of a table in a row and a column.
fn cell(table: &str, row: usize, column: usize) -> String {
    format!("{} tbody tr:nth-child({row}) td:nth-of-type({column})", named(table))
}

/// The row of a table with this head, from 1.
fn row(page: &Page, table: &str, head: &str) -> usize {
    let rows = page.table(table);
    rows.iter().position(|cells| cells[0] == head).unwrap_or_else(|| panic!("no {head} in {rows:#?}"))
}

/// What the sheet says, which is then closed.
#[track_caller]
fn answered(page: &Page) -> String {
    page.wait_until(&format!("document.querySelector('{FORMULA}')"));
    let answer = page.text("dialog[open]");
    page.press(&[key::ESCAPE]);
    page.wait_until("!document.querySelector('dialog[open]')");
    // The focus goes back when the sheet has gone.
    page.settle();
    answer
}

#[test]
fn a_cell_of_another_load_is_explained_with_the_values_of_that_load() {
    let page = open(Screen::LAPTOP);
    let at_100 = row(&page, CURVE, "100");
    page.click(&cell(CURVE, at_100, 1));
    let answer = answered(&page);
    for part in ["at 100 users", "R = N / X − Z = 100 / 18.96/s − 1,000 ms = 4.27 s"] {
        assert!(answer.contains(part), "{part} in {answer}");
    }
    page.says("The user waits 1,050 ms at 10 users.");
    page.click(&switch("Send email"));
    page.settle();
    let columns = page.table(CURVE)[0].len();
    page.click(&cell(CURVE, at_100, columns - 1));
    let answer = answered(&page);
    for part in ["all synchronous", "at 100 users", "= 4.27 s"] {
        assert!(answer.contains(part), "{part} in {answer}");
    }
}

/// How many servers there are is set, not computed.
fn is_set(text: &str) -> bool {
    text.contains("connection") || text.ends_with("API workers")
}

/// Asks every cell of a row in one go (pressed, read, closed): those with a number and no answer. A whole table in one go
/// takes a slow machine longer than a browser's driver waits.
fn silent_cells(page: &Page, table: &str, row: usize) -> Vec<String> {
    let silent = page.run(&format!(
        "const silent = [], sheet = () => document.querySelector('dialog[open]');
         const until = async (holds) => {{
           for (const end = performance.now() + 10_000; !holds() && performance.now() < end;) await new Promise(requestAnimationFrame);
         }};
         for (const cell of document.querySelectorAll({:?} + ' tr')[{row}].querySelectorAll('td')) {{
           const asks = 'asks' in cell.dataset, text = cell.textContent;
           if (!asks) {{
             if (/^[0-9+−×]/.test(text)) silent.push(text);
             continue;
           }}
           cell.click();
           await until(() => sheet()?.querySelector('.why-name'));
           const formula = sheet()?.querySelector('.why-formula')?.textContent ?? '';
           if (!formula.includes('=') && !/end|later|–/.test(text)) silent.push(`${{text}}: ${{formula}}`);
           [...sheet().querySelectorAll('button')].find((it) => it.textContent === 'Close').click();
           await until(() => !sheet());
           await new Promise(requestAnimationFrame);
         }}
         return silent",
        named(table)
    ));
    let silent: Vec<String> = serde_json::from_value(silent).unwrap();
    silent.into_iter().filter(|text| !is_set(text)).collect()
}

#[test]
fn every_number_of_every_table_answers() {
    let page = open(Screen::LAPTOP);
    page.press_button("Pin as A to compare");
    page.load_preset("hybrid");
    page.press_button("100");
    page.press_button("Consumers stop, 60 s");
    page.settle();
    for table in [CURVE, RESOURCES, SPREAD, STALENESS, COMPARE] {
        let cells = page.count(&format!("{} td", named(table)));
        assert!(cells >= 10, "{table}: {cells} cells");
        for row in 0..page.count(&format!("{} tr", named(table))) {
            let silent = silent_cells(&page, table, row);
            assert!(silent.is_empty(), "{table}, row {row}: {silent:?}");
        }
    }
}

#[test]
fn who_closes_an_answer_and_asks_at_once_gets_the_next_one() {
    let page = open(Screen::LAPTOP);
    // The browser tells that a dialog is closed with a task of its own, which comes after all of this.
    page.run(&format!(
        "const rested = async () => {{ for (let turn = 0; turn < 50; turn++) await null }};
         const sheet = () => document.querySelector('dialog[open]');
         const ask = () => document.querySelector({:?}).click();
         ask();
         await rested();
         [...sheet().querySelectorAll('button')].find((it) => it.textContent === 'Close').click();
         await rested();
         if (sheet()) throw new Error('it is still open');
         ask();
         await rested();
         if (!sheet()) throw new Error('it is not open again');
         await new Promise((done) => setTimeout(done, 100))",
        cell(CURVE, 1, 1)
    ));
    assert!(answered(&page).contains("Response time"));
}

#[test]
fn the_keyboard_alone_asks_a_cell_and_returns_to_it() {
    let page = open(Screen::LAPTOP);
    page.focus(&named(CURVE));
    // The focus came from a script: the first key shows the cursor.
    page.press(&[key::RIGHT]);
    page.press(&[key::LEFT]);
    for _ in 1..row(&page, CURVE, "100") {
        page.press(&[key::DOWN]);
    }
    let here = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))";
    assert_eq!(page.value(&format!("{here}.textContent")), "4.27 s");
    assert_eq!(page.value(&format!("getComputedStyle({here}).outlineStyle")), "solid");
    page.press(&[key::ENTER]);
    let answer = answered(&page);
    assert!(answer.contains("at 100 users") && answer.contains("= 4.27 s"), "{answer}");
    page.wait_until("document.activeElement.role === 'grid'");
    page.press(&[key::RIGHT]);
    page.press(&[key::ENTER]);
    let answer = answered(&page);
    assert!(answer.contains("Throughput") && answer.contains("18.96/s"), "{answer}");
    // Beyond the edges the cursor stays.
    for keys in [key::RIGHT, key::DOWN, key::LEFT, key::UP] {
        for _ in 0..20 {
            page.press(&[keys]);
        }
    }
    assert_eq!(page.value(&format!("{here}.parentElement.rowIndex")), 1);
    page.press(&[key::TAB]);
    assert_eq!(page.value("document.activeElement.closest('table')"), serde_json::Value::Null);
    assert_eq!(page.count("td[id]"), 0, "without the focus there is no cursor");
}

#[test]
fn a_finger_asks_a_cell() {
    let page = open(Screen::PHONE);
    let workers = row(&page, RESOURCES, "API workers");
    page.tap(Input::Touch, &cell(RESOURCES, workers, 2));
    let answer = answered(&page);
    assert!(answer.contains("ρ = L / c =") && answer.contains("Utilization law"), "{answer}");
    page.tap(Input::Touch, &cell(SPREAD, 3, 1));
    assert!(answered(&page).contains("P(W + Σ (Wᵢ + Sᵢ) ≤"));
}

/// The middle of a label over the chart that begins with a text.
fn label(page: &Page, text: &str) -> (f64, f64) {
    page.settle();
    let at = page.run(&format!(
        "const label = [...document.querySelectorAll('.chart-label')].find((it) => it.textContent.startsWith({text:?}));
         label.scrollIntoView({{ block: 'center' }});
         const box = label.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]"
    ));
    (at[0].as_f64().unwrap(), at[1].as_f64().unwrap())
}

#[test]
fn a_number_in_a_chart_is_asked_where_it_is_written() {
    for (screen, input) in [(Screen::LAPTOP, Input::Mouse), (Screen::PHONE, Input::Touch)] {
        let page = Stage::release().open(screen, Theme::Light);
        for (text, expected) in
            [("knee ", "N* = (R₀ + Z) / D"), ("you: ", "R = N / X − Z = 10 /"), ("p95 ", "= 95 %")]
        {
            page.point(input, label(&page, text), &[]);
            let answer = answered(&page);
            assert!(answer.contains(expected), "{text}: {answer}");
        }
        assert_eq!(page.held(&named("Users")), "10", "who asks sets nothing");
        assert!(!page.can_press("Undo"));
    }
}

#[test]
fn a_drag_that_begins_on_a_number_drags_the_chart() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    let from = label(&page, "knee ");
    page.point(Input::Mouse, from, &path(from, (60.0, 0.0)));
    assert_eq!(page.count("dialog[open]"), 0);
    let users: u64 = page.held(&named("Users")).replace(',', "").parse().unwrap();
    assert!(users > 39, "{users}");
    page.press_button("Undo");
    assert_eq!(page.held(&named("Users")), "10");
    assert!(!page.can_press("Undo"), "one drag is one entry");
}

#[test]
fn a_point_that_keys_read_is_asked_by_a_key() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.focus(".chart-reader");
    page.press(&[key::END]);
    page.press(&["w"]);
    let answer = answered(&page);
    assert!(answer.contains("at 1,000 users") && answer.contains("R = N / X − Z = 1,000 /"), "{answer}");
    page.wait_until("document.activeElement.className === 'chart-reader'");
    page.press(&[key::END]);
    page.press(&["x"]);
    let answer = answered(&page);
    assert!(answer.contains("Throughput") && answer.contains("X = N / (R + Z) = 1,000 /"), "{answer}");
}

#[test]
fn how_fast_a_backlog_grows_is_asked_in_the_flow_and_at_its_bar() {
    let page = open(Screen::LAPTOP);
    page.load_preset("hybrid");
    page.press_button("100");
    page.settle();
    for number in [".pill .why", ".sat-state .why"] {
        page.click(number);
        let answer = answered(&page);
        assert!(answer.contains("λ − c / D = 32.01/s − 30.0/s = 2.009/s"), "{number}: {answer}");
    }
    assert_eq!(page.text(".pill"), "email lag +2.0/s");
    page.press_button("Consumers stop, 60 s");
    page.settle();
    page.click(&cell(STALENESS, 5, 1));
    let answer = answered(&page);
    for part in ["Consumers stop, 60 s", "A(174 s) = D(246 s) =", "246 s − 174 s = 72.0 s"] {
        assert!(answer.contains(part), "{part} in {answer}");
    }
}

/// Presses the number in a part of the page that reads like this; says whether the Tab key stops at it, and what it answers.
#[track_caller]
fn told(page: &Page, place: &str, number: &str) -> (bool, String) {
    page.wait_until(&format!(
        "(() => {{
           document.querySelectorAll('[data-told]').forEach((it) => it.removeAttribute('data-told'));
           const told = [...document.querySelectorAll('{place} .why')].find((it) => it.textContent === '{number}');
           told?.setAttribute('data-told', '');
           return told;
         }})()"
    ));
    let is_stop = page.value("document.querySelector('[data-told]').tabIndex") == 0;
    page.click("[data-told]");
    (is_stop, answered(page))
}

#[test]
fn the_numbers_of_titles_and_summaries_are_asked_where_they_stand() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    let figure = |chart: &str| format!("figure:has({chart})");
    let response = ".chart:has(.chart-reader) .chart-summary";
    let saturation = figure(".sat");
    let check = |place: &str, number: &str, stops: bool, parts: &[&str]| {
        let (is_stop, answer) = told(&page, place, number);
        assert_eq!(is_stop, stops, "{number}");
        for part in parts {
            assert!(answer.contains(part), "{number}: no {part} in {answer}");
        }
    };
    check(&format!("{saturation} h2"), "26 %", false, &["ρ = L / c =", "= 26 %"]);
    check(".sat-advice", "30.0 orders/s", true, &["c / D = 12 / 400 ms = 30.0/s"]);
    check(response, "39", false, &["N* = (R₀ + Z) / D"]);
    let crossing =
        page.value(&format!("document.querySelector('{response} .why[tabindex=\"0\"]').textContent"));
    let crossing = crossing.as_str().unwrap();
    check(
        response,
        crossing,
        true,
        &[&format!("at {crossing} users"), &format!("R = N / X − Z = {crossing} /"), "> 10 s"],
    );
    check("figure h2", "2.2", true, &["p95 / p50 ="]);
    page.load_preset("hybrid");
    page.press_button("Consumers stop, 60 s");
    check("figure h2", "60.1 s", true, &["Consumers stop, 60 s", "A(30.0 s) = D("]);
    check("figure h2", "16.7 s", true, &["Time to catch up: Email", "(L − c) / (c / D − λ) = (403 − 12) / "]);
    // Whoever listens hears the sentence as it was.
    let heard = "[...document.querySelectorAll('figure[aria-labelledby]')]
        .map((it) => document.getElementById(it.getAttribute('aria-labelledby')).textContent)";
    let heard = page.value(heard).to_string();
    assert!(heard.contains("Email is up to 60.1 s late, and needs 16.7 s more to catch up"), "{heard}");
}

#[test]
fn what_has_no_end_says_why() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.load_preset("flash-sale");
    for (place, words) in [(".clocks", "no end"), (".lane[data-kind=pool] .track", "no end")] {
        let (_, answer) = told(&page, place, words);
        assert!(answer.contains("the line grows: λ − X ="), "{place}: {answer}");
    }
    page.load_preset("hybrid");
    page.press_button("100");
    let behind = "λ − c / D = 32.01/s − 30.0/s = 2.009/s";
    for (place, words) in [(".clocks", "falls behind"), ("figure h2", "ever later")] {
        let (_, answer) = told(&page, place, words);
        assert!(answer.contains(behind), "{place}: {answer}");
    }
}

#[test]
fn what_a_prediction_told_is_asked() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.press_button("far more");
    page.settle();
    let verdict = page.text(".predict-verdict");
    let times: Vec<String> = (0..2)
        .map(|it| page.text(&format!(".predict-verdict .said:nth-of-type({}) .why", 2 * it + 2)))
        .collect();
    assert!(verdict.contains(&format!("It goes from {} to {}.", times[0], times[1])), "{verdict}");
    for (time, with) in times.iter().zip(["With the values that are set", "With the values after the change"])
    {
        let (_, answer) = told(&page, ".predict-verdict", time);
        assert!(answer.contains(with) && answer.contains(&format!("= {time}")), "{time}: {answer}");
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
    for (screen, input) in [(Screen::LAPTOP, Input::Mouse), (Screen::PHONE, Input::Touch)] {
        let page = Stage::release().open_at(&link, screen, Theme::Light);
        let number = format!("{} .why", bar("Send email"));
        assert_eq!(page.text(&number), "496");
        page.tap(input, &number);
        let answer = answered(&page);
        assert!(answer.contains("D = V · S = 1.24 · 400 ms = 496 ms"), "{answer}");
        page.focus(&number);
        page.press(&[key::ENTER]);
        assert!(answered(&page).contains("= 496 ms"));
        assert_eq!(page.count(&format!("{} .why", bar("Reserve inventory"))), 0, "what is set is not asked");
    }
}
