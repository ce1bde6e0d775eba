//! What the numbers rest on: the answer to "why?", percentiles, spread, staleness, and the comparison with what is pinned.

use serde_json::Value;

use crate::explorer::{named, switch};
use crate::support::{Page, Screen, Stage, Theme, key};

const COMPARE: &str = "Before and after";

fn open() -> Page {
    Stage::release().open(Screen::LAPTOP, Theme::Light)
}

/// Presses the number in place `index` among all that can be asked, and says what the sheet answers: its name and formula.
fn ask(page: &Page, index: usize) -> (String, String) {
    page.run(&format!(
        "[...document.querySelectorAll('main .why')].filter((it) => it.checkVisibility())[{index}].click()"
    ));
    page.wait_until("document.querySelector('dialog[open] .why-name')");
    let answer = (page.text("dialog[open] .why-name"), page.text("dialog[open]"));
    page.press(&[key::ESCAPE]);
    page.wait_until("!document.querySelector('dialog[open]')");
    page.settle();
    answer
}

#[test]
fn every_number_answers_with_its_law_formula_source_and_trust() {
    let page = open();
    page.load_preset("hybrid");
    page.settle();
    let count =
        page.value("[...document.querySelectorAll('main .why')].filter((it) => it.checkVisibility()).length");
    let count = count.as_u64().unwrap() as usize;
    assert!(count >= 20, "{count} numbers");
    for index in 0..count {
        let (name, answer) = ask(&page, index);
        for part in ["=", "Law", "Trust", "Source"] {
            assert!(answer.contains(part), "{name}: no {part} in {answer}");
        }
    }
}

#[test]
fn the_formula_has_the_values_that_are_set() {
    let page = open();
    page.press_button("100");
    page.says("The user waits 4.27 s at 100 users.");
    page.click(".clocks .why");
    page.wait_until("document.querySelector('dialog[open] .why-formula')");
    assert_eq!(page.text(".why-formula"), "R = N / X − Z = 100 / 18.96/s − 1,000 ms = 4.27 s");
    page.press(&[key::ESCAPE]);
    page.wait_until("document.activeElement.matches('.clocks .why')");
    page.press(&[key::ENTER]);
    page.wait_until("document.querySelector('dialog[open] .why-formula')");
}

#[test]
fn what_is_pinned_stays_beside_it_in_the_link_and_on_the_device() {
    let page = open();
    page.press_button("Pin as A to compare");
    page.load_preset("hybrid");
    page.press_button("100");
    page.says("The user waits 2.12 s at 100 users.");
    let check = |page: &Page| {
        let cell = |row, column| page.cell(COMPARE, row, column);
        assert_eq!(cell("answered, mean", "A, pinned"), "1,050 ms");
        assert_eq!(cell("answered, mean", "B, now"), "2.12 s");
        assert_eq!(cell("answered, mean", "change"), "×2.0 ✕ worse");
        assert_eq!(cell("throughput", "change"), "×6.6 ✓ better");
        assert_eq!(cell("work in all", "change"), "same");
        assert!(page.words().contains("A, pinned"));
    };
    check(&page);
    // Link and device follow after half a second of rest.
    page.run("await new Promise((done) => setTimeout(done, 1500))");
    let link = page.value("location.hash");
    page.reload();
    check(&page);
    let elsewhere = Stage::release().open_at(link.as_str().unwrap(), Screen::PHONE, Theme::Dark);
    check(&elsewhere);
    page.press_button("Go back to A");
    page.says("The user waits 1,050 ms at 10 users.");
    assert_eq!(page.cell(COMPARE, "answered, mean", "change"), "same");
    page.press_button("Stop comparing");
    page.wait_until("!document.querySelector('.compare-table')");
    page.press(&[key::CONTROL, "z"]);
    page.wait_until("document.querySelector('.compare-table')");
}

#[test]
fn the_spread_has_the_percentiles_and_its_table_agrees() {
    let page = open();
    page.press_button("100");
    page.settle();
    let summary = page.words();
    for name in ["p50", "p95", "p99"] {
        let value = page.clock(name);
        assert!(summary.contains(&value), "{name} {value}");
    }
    let table = page.table("Answers within a time");
    let shares: Vec<f64> =
        table[1..].iter().map(|row| row[1].trim_end_matches(" %").parse().unwrap()).collect();
    assert!(shares.windows(2).all(|pair| pair[0] <= pair[1]), "{shares:?}");
    assert!(*shares.last().unwrap() > 99.0);
    // The lines over the load come while nothing else is to be done.
    page.wait_until("[...document.querySelectorAll('.chart-label')].some((it) => it.textContent === 'p99')");
}

#[test]
fn effects_are_late_when_their_consumers_stop_and_the_answer_does_not_notice() {
    let page = open();
    assert!(page.words().contains("Every effect is there with the answer"));
    page.click(&switch("Send email"));
    page.says("The user waits 650 ms at 10 users.");
    page.press_button("Consumers stop, 60 s");
    page.settle();
    let words = page.words();
    assert!(words.contains("Email is up to 60") && words.contains("more to catch up"), "{words}");
    page.says("The user waits 650 ms at 10 users.");
    let table = page.table("Staleness over time");
    assert!(table.len() > 10, "{table:?}");
    page.press_button("As usual");
    assert!(page.words().contains("Email is done"));
}

#[test]
fn nothing_is_wider_than_a_phone() {
    let page = Stage::release().open(Screen::PHONE, Theme::Light);
    page.load_preset("hybrid");
    page.press_button("Pin as A to compare");
    page.press_button("Consumers stop, 60 s");
    page.settle();
    // A scroll bar takes some of the width in one browser, and none in the other.
    let beyond =
        page.value("(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.documentElement)");
    assert_eq!(beyond, Value::from(0));
}

/// Notes every file that the page hands over.
const FILES: &str = "window.files = [];
    HTMLAnchorElement.prototype.click = function () { window.files.push([this.download, this.href]); };";

#[test]
fn charts_give_away_their_numbers_and_their_picture() {
    let page = Stage::release().with_prelude(FILES).open(Screen::LAPTOP, Theme::Light);
    page.settle();
    for button in ["CSV", "PNG"] {
        page.run(&format!(
            "[...document.querySelectorAll('.chart-tools button')].filter((it) => it.textContent === '{button}')
               .forEach((it) => it.click())"
        ));
    }
    let files: Vec<(String, String)> = serde_json::from_value(page.value("window.files")).unwrap();
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for name in ["response-time", "saturation", "distribution"] {
        for kind in ["csv", "png"] {
            assert!(names.contains(&format!("{name}.{kind}").as_str()), "{name}.{kind} in {names:?}");
        }
    }
    let content = |name: &str| files.iter().find(|(file, _)| file == name).unwrap().1.clone();
    let rows = page.value(&format!(
        "decodeURIComponent({}.split(',').slice(1).join(',')).trim().split('\\r\\n')",
        serde_json::json!(content("response-time.csv"))
    ));
    let rows: Vec<String> = serde_json::from_value(rows).unwrap();
    assert!(rows.len() > 200 && rows[0].starts_with("users,mean_s"), "{} rows: {}", rows.len(), rows[0]);
    let picture = content("response-time.png");
    assert!(picture.starts_with("data:image/png;base64,") && picture.len() > 10_000, "{}", picture.len());
}

/// Notes what is written into a picture, and where, then what the page has where: both from the chart's corner.
const WRITTEN: &str = "
    const native = CanvasRenderingContext2D.prototype.fillText, written = [];
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) { written.push([text, x, y]); };
    HTMLAnchorElement.prototype.click = () => {};
    const panel = document.querySelector('.saturation');
    [...panel.querySelectorAll('.chart-tools button')].find((it) => it.textContent === 'PNG').click();
    CanvasRenderingContext2D.prototype.fillText = native;
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
    return [written.slice(1).filter(([text]) => text), words];";

#[test]
fn the_picture_of_the_resources_has_every_word_where_the_page_has_it() {
    for (screen, preset) in [(Screen::LAPTOP, None), (Screen::LAPTOP, Some("hybrid")), (Screen::PHONE, None)]
    {
        let page = Stage::release().open(screen, Theme::Light);
        if let Some(preset) = preset {
            page.load_preset(preset);
        }
        page.settle();
        let [written, words]: [Vec<(String, f64, f64)>; 2] =
            serde_json::from_value(page.run(WRITTEN)).unwrap();
        assert!(words.len() > 30, "{words:?}");
        assert_eq!(written.len(), words.len(), "{written:?} for {words:?}");
        let (across, down) = (written[0].1 - words[0].1, written[0].2 - words[0].2);
        for ((text, x, y), (word, left, middle)) in written.iter().zip(&words) {
            assert_eq!(text, word);
            let off = (x - left - across).abs().max((y - middle - down).abs());
            assert!(off < 1.0, "{text} is {off} px away");
        }
    }
}

#[test]
fn a_chart_sounds_only_when_it_is_asked_to() {
    let counted = "window.sounds = 0;
        const Native = window.AudioContext;
        window.AudioContext = class extends Native { constructor() { super(); window.sounds += 1; } };";
    let page = Stage::release().with_prelude(counted).open(Screen::LAPTOP, Theme::Light);
    page.settle();
    assert_eq!(page.value("window.sounds"), Value::from(0));
    page.press_button("Listen");
    page.wait_until("window.sounds === 1");
    page.press(&[key::ESCAPE]);
    assert_eq!(page.count(&named("Read the response-time curve")), 1);
}
