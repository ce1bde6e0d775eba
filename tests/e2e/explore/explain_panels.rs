//! The explain dialog and the panels below the chart: percentiles, staleness, comparison with a baseline,
//! export.

use serde_json::json;

use crate::controls::{async_switch, named};
use crate::support::{Page, Screen, Site, Theme, key};

const COMPARE: &str = "Before and after";

fn open() -> Page {
    Site::release().open(Screen::LAPTOP, Theme::Light)
}

/// The JavaScript expression for the visible numbers that can be explained.
const NUMBERS: &str = "harness.findAll('main .why').filter((number) => number.checkVisibility())";

/// Opens the explanation of a number, closes it, and returns its name and its text.
fn explain(page: &Page, index: usize) -> (String, String) {
    page.run(&format!("{NUMBERS}[{index}].click()"));
    page.wait_until("harness.find('dialog[open] .why-name')");
    let explanation = (page.text("dialog[open] .why-name"), page.text("dialog[open]"));
    page.press_keys(&[key::ESCAPE]);
    page.expect_count("dialog[open]", 0);
    page.wait_until_idle();
    explanation
}

#[test]
fn every_number_answers_with_its_law_formula_source_and_trust() {
    let page = open();
    page.load_preset("hybrid");
    let count = page.eval(&format!("{NUMBERS}.length")).as_u64().unwrap() as usize;
    assert!(count >= 20, "{count} numbers");
    for index in 0..count {
        let (name, text) = explain(&page, index);
        for part in ["=", "Law", "Trust", "Source"] {
            assert!(text.contains(part), "{name}: no {part} in {text}");
        }
    }
}

#[test]
fn the_formula_has_the_values_that_are_set() {
    let page = open();
    page.click_button("100");
    page.expect_headline("The user waits 4.27 s at 100 users.");
    page.click(".clocks .why");
    page.expect_text("dialog[open] .why-formula", "R = N / X − Z = 100 / 18.96/s − 1,000 ms = 4.27 s");
    page.press_keys(&[key::ESCAPE]);
    page.wait_until("document.activeElement.matches('.clocks .why')");
    page.press_keys(&[key::ENTER]);
    page.wait_until("harness.find('dialog[open] .why-formula')");
}

#[test]
fn what_is_pinned_stays_beside_it_in_the_link_and_on_the_device() {
    let page = open();
    page.click_button("Pin as A to compare");
    page.load_preset("hybrid");
    page.click_button("100");
    page.expect_headline("The user waits 2.12 s at 100 users.");
    let check = |page: &Page| {
        let cell = |row, column| page.cell(COMPARE, row, column);
        assert_eq!(cell("answered, mean", "A, pinned"), "1,050 ms");
        assert_eq!(cell("answered, mean", "B, now"), "2.12 s");
        assert_eq!(cell("answered, mean", "change"), "×2.0 ✕ worse");
        assert_eq!(cell("throughput", "change"), "×6.6 ✓ better");
        assert_eq!(cell("work in all", "change"), "same");
        assert!(page.main_text().contains("A, pinned"));
    };
    check(&page);
    let address = page.wait_for_address();
    page.reload();
    check(&page);
    let elsewhere = Site::release().open_at(&address, Screen::PHONE, Theme::Dark);
    check(&elsewhere);
    page.click_button("Go back to A");
    page.expect_headline("The user waits 1,050 ms at 10 users.");
    assert_eq!(page.cell(COMPARE, "answered, mean", "change"), "same");
    page.click_button("Stop comparing");
    page.expect_count(".compare-table", 0);
    page.press_keys(&[key::CONTROL, "z"]);
    page.expect_count(".compare-table", 1);
}

#[test]
fn the_spread_has_the_percentiles_and_its_table_agrees() {
    let page = open();
    page.click_button("100");
    let text = page.main_text();
    for name in ["p50", "p95", "p99"] {
        let value = page.metric(name);
        assert!(text.contains(&value), "{name} {value}");
    }
    let table = page.table("Answers within a time");
    let shares: Vec<f64> =
        table[1..].iter().map(|row| row[1].trim_end_matches(" %").parse().unwrap()).collect();
    assert!(shares.windows(2).all(|pair| pair[0] <= pair[1]), "{shares:?}");
    assert!(*shares.last().unwrap() > 99.0);
    // The percentile lines of the chart are computed when nothing else is to be done.
    page.wait_until("harness.findAll('.chart-label').some((label) => label.textContent === 'p99')");
}

#[test]
fn effects_are_late_when_their_consumers_stop_and_the_answer_does_not_notice() {
    let page = open();
    assert!(page.main_text().contains("Every effect is there with the answer"));
    page.click(&async_switch("Send email"));
    page.expect_headline("The user waits 650 ms at 10 users.");
    page.click_button("Consumers stop, 60 s");
    let text = page.main_text();
    assert!(text.contains("Email is up to 60") && text.contains("more to catch up"), "{text}");
    page.expect_headline("The user waits 650 ms at 10 users.");
    let table = page.table("Staleness over time");
    assert!(table.len() > 10, "{table:?}");
    page.click_button("As usual");
    assert!(page.main_text().contains("Email is done"));
}

#[test]
fn nothing_is_wider_than_a_phone() {
    let page = Site::release().open(Screen::PHONE, Theme::Light);
    page.load_preset("hybrid");
    page.click_button("Pin as A to compare");
    page.click_button("Consumers stop, 60 s");
    page.wait_until_idle();
    // A scroll bar takes some of the width in one browser and none in the other, so this is not `innerWidth`.
    let beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    page.expect_eval(beyond, 0);
}

#[test]
fn charts_give_away_their_numbers_and_their_picture() {
    let page = Site::release().with_recorded_files().open(Screen::LAPTOP, Theme::Light);
    page.wait_until_idle();
    page.click_chart_tools("main");
    let files = page.saved_files();
    let content = |name: &str| {
        let file = files.iter().find(|(file, _)| file == name);
        let names: Vec<&String> = files.iter().map(|(file, _)| file).collect();
        &file.unwrap_or_else(|| panic!("no {name} in {names:?}")).1
    };
    for name in ["response-time", "saturation", "distribution"] {
        for kind in ["csv", "png"] {
            assert!(!content(&format!("{name}.{kind}")).is_empty(), "{name}.{kind}");
        }
    }
    let rows = page.eval(&format!(
        "decodeURIComponent({}.split(',').slice(1).join(',')).trim().split('\\r\\n')",
        json!(content("response-time.csv"))
    ));
    let rows: Vec<String> = serde_json::from_value(rows).unwrap();
    assert!(rows.len() > 200 && rows[0].starts_with("users,mean_s"), "{} rows: {}", rows.len(), rows[0]);
    let picture = content("response-time.png");
    assert!(picture.starts_with("data:image/png;base64,") && picture.len() > 10_000, "{}", picture.len());
}

/// Records the words that are drawn into the picture of the resources, and the words of the page, each with
/// its position relative to the chart's corner.
const WORDS: &str = "
    const drawn = [], context = CanvasRenderingContext2D.prototype, { fillText } = context;
    context.fillText = (text, x, y) => drawn.push([text, x, y]);
    HTMLAnchorElement.prototype.click = () => {};
    const panel = harness.find('.saturation');
    [...panel.querySelectorAll('.chart-tools button')].find((button) => button.textContent === 'PNG').click();
    context.fillText = fillText;
    const area = panel.querySelector('[data-picture]').getBoundingClientRect();
    const words = [], walker = document.createTreeWalker(panel.querySelector('.sat'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, range = document.createRange();
      if (!node.parentElement.closest('.sat-name, .sat-value, .sat-state')) continue;
      for (const match of node.data.matchAll(/[^ ]+/g)) {
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        const box = range.getBoundingClientRect();
        words.push([match[0], box.x - area.x, box.y + box.height / 2 - area.y]);
      }
    }
    return [drawn.slice(1).filter(([text]) => text), words]";

#[test]
fn the_picture_of_the_resources_has_every_word_where_the_page_has_it() {
    for (screen, preset) in [(Screen::LAPTOP, None), (Screen::LAPTOP, Some("hybrid")), (Screen::PHONE, None)]
    {
        let page = Site::release().open(screen, Theme::Light);
        if let Some(preset) = preset {
            page.load_preset(preset);
        }
        page.wait_until_idle();
        let [drawn, words]: [Vec<(String, f64, f64)>; 2] = serde_json::from_value(page.run(WORDS)).unwrap();
        assert!(words.len() > 30, "{words:?}");
        assert_eq!(drawn.len(), words.len(), "{drawn:?} for {words:?}");
        let (shift_x, shift_y) = (drawn[0].1 - words[0].1, drawn[0].2 - words[0].2);
        for ((text, x, y), (word, left, middle)) in drawn.iter().zip(&words) {
            assert_eq!(text, word);
            let distance = (x - left - shift_x).abs().max((y - middle - shift_y).abs());
            assert!(distance < 1.0, "{text} is {distance} px away");
        }
    }
}

#[test]
fn a_chart_sounds_only_when_it_is_asked_to() {
    let page = Site::release().with_counted_sounds().open(Screen::LAPTOP, Theme::Light);
    page.wait_until_idle();
    page.expect_eval("soundCount", 0);
    page.click_button("Listen");
    page.expect_eval("soundCount", 1);
    page.press_keys(&[key::ESCAPE]);
    page.expect_count(&named("Read the response-time curve"), 1);
}
