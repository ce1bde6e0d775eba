//! The latency of a step: dragged, by keys, typed.

use crate::explorer::{latency, named, slider};
use crate::support::{Input, Page, Screen, Stage, Theme, key, path};

const EMAIL: &str = "Send email";

fn open() -> Page {
    Stage::release().open(Screen::LAPTOP, Theme::Light)
}

/// Slider, field and sentence must agree.
#[track_caller]
fn check(page: &Page, millis: &str, sentence: &str) {
    assert_eq!(page.held(&slider(EMAIL)), millis.replace(',', ""));
    assert_eq!(page.held(&latency(EMAIL)), millis);
    page.says(sentence);
}

#[test]
fn the_end_of_a_bar_is_a_slider_that_says_its_value() {
    let page = open();
    let email = slider(EMAIL);
    assert_eq!(page.value(&format!("document.querySelector('{email}').type")), "range");
    let range = ["min", "max", "aria-valuetext"].map(|name| page.attribute(&email, name));
    assert_eq!(range, ["0", "10000", "400 milliseconds"]);
    page.focus(&email);
    page.press(&[key::SHIFT, key::RIGHT]);
    assert_eq!(page.attribute(&email, "aria-valuetext"), "500 milliseconds");
}

#[test]
fn a_drag_changes_everything_at_once_and_is_one_entry_to_undo() {
    let page = open();
    let ticks = page.text(".axis-ticks");
    let (at, by) = (page.bar_end(EMAIL), 200.0 * page.pixels_per_ms(EMAIL));
    page.hold(Input::Mouse, at, &path(at, (by, 0.0)));
    check(&page, "600", "The user waits 1,250 ms at 10 users.");
    assert_eq!(page.text(".axis-ticks"), ticks, "the axis must not move under the pointer");
    page.let_go(Input::Mouse);
    check(&page, "600", "The user waits 1,250 ms at 10 users.");
    page.press(&[key::CONTROL, "z"]);
    check(&page, "400", "The user waits 1,050 ms at 10 users.");
    assert!(!page.can_press("Undo"), "one drag must be one entry");
    page.press(&[key::CONTROL, "y"]);
    check(&page, "600", "The user waits 1,250 ms at 10 users.");
}

#[test]
fn escape_calls_a_drag_off() {
    let page = open();
    let (at, by) = (page.bar_end(EMAIL), 300.0 * page.pixels_per_ms(EMAIL));
    page.hold(Input::Mouse, at, &path(at, (by, 0.0)));
    check(&page, "700", "The user waits 1,350 ms at 10 users.");
    page.press(&[key::ESCAPE]);
    check(&page, "400", "The user waits 1,050 ms at 10 users.");
    page.point_at((at.0 + 2.0 * by, at.1));
    check(&page, "400", "The user waits 1,050 ms at 10 users.");
    page.let_go(Input::Mouse);
    check(&page, "400", "The user waits 1,050 ms at 10 users.");
    assert!(!page.can_press("Undo"), "nothing happened");
    page.drag_latency(Input::Mouse, EMAIL, 100.0);
    check(&page, "500", "The user waits 1,150 ms at 10 users.");
}

#[test]
fn a_drag_stops_at_nothing() {
    let page = open();
    page.drag_latency(Input::Mouse, EMAIL, -500.0);
    check(&page, "0", "The user waits 650 ms at 10 users.");
}

#[test]
fn the_axis_grows_after_a_drag_beyond_it() {
    let page = open();
    let before = page.pixels_per_ms(EMAIL);
    page.enter(&latency(EMAIL), "3000");
    check(&page, "3,000", "The user waits 3.65 s at 10 users.");
    let after = page.pixels_per_ms(EMAIL);
    assert!(after < before / 2.0, "{after} pixels a millisecond, before {before}");
    let (_, right, line) = page.bar_and_line("Update analytics");
    assert!((right - line).abs() < 2.0, "the line stands at {line}, the last bar ends at {right}");
}

#[test]
fn keys_change_it_by_ten_by_a_hundred_and_to_the_ends() {
    let page = open();
    page.focus(&slider(EMAIL));
    let strokes: [(&[&str], &str); 10] = [
        (&[key::RIGHT], "410"),
        (&[key::UP], "420"),
        (&[key::LEFT], "410"),
        (&[key::DOWN], "400"),
        (&[key::SHIFT, key::RIGHT], "500"),
        (&[key::SHIFT, key::LEFT], "400"),
        (&[key::PAGE_UP], "500"),
        (&[key::PAGE_DOWN], "400"),
        (&[key::END], "10000"),
        (&[key::HOME], "0"),
    ];
    for (keys, expected) in strokes {
        page.press(keys);
        assert_eq!(page.held(&slider(EMAIL)), expected, "after {keys:?}");
    }
    page.says("The user waits 650 ms at 10 users.");
}

#[test]
fn numbers_are_understood_as_people_type_them() {
    let page = open();
    let cases = [
        ("250", "250"),
        ("1,5 s", "1,500"),
        ("1.5s", "1,500"),
        ("2 s", "2,000"),
        ("300 ms", "300"),
        ("1,050", "1,050"),
        ("0.5", "0.5"),
        ("10 s", "10,000"),
    ];
    for (typed, expected) in cases {
        page.enter(&latency(EMAIL), typed);
        assert_eq!(page.held(&latency(EMAIL)), expected, "{typed}");
    }
}

#[test]
fn a_number_counts_on_leaving_the_field_and_not_after_escape() {
    let page = open();
    let field = latency(EMAIL);
    page.focus(&field);
    page.press(&[key::CONTROL, "a"]);
    page.write("700");
    page.press(&[key::ESCAPE]);
    page.press(&[key::TAB]);
    check(&page, "400", "The user waits 1,050 ms at 10 users.");
    page.focus(&field);
    page.press(&[key::CONTROL, "a"]);
    page.write("700");
    page.press(&[key::TAB]);
    check(&page, "700", "The user waits 1,350 ms at 10 users.");
}

/// What moves in a drag has nothing that keeps a browser from writing its new place straight into its style: no transition, no
/// pseudo-element, no part of a native control, no token in a style of its own.
#[test]
fn what_moves_in_a_drag_has_a_plain_style() {
    let page = open();
    page.load_preset("hybrid");
    page.settle();
    page.run(
        "window.moved = new Set();
         new MutationObserver((changes) => changes.forEach(({ target }) => moved.add(target)))
           .observe(document.querySelector('main'), { subtree: true, attributeFilter: ['style'] })",
    );
    let (x, y) = page.bar_end("Check inventory");
    page.point(Input::Mouse, (x, y), &path((x, y), (120.0, 0.0)));
    page.settle();
    let found = page.value(
        "[...moved].filter((it) => it.isConnected).map((it) => {
           const parts = ['::before', '::after'].map((part) => getComputedStyle(it, part).content);
           const is_plain = parts.every((content) => content === 'none') && it.localName !== 'input'
             && getComputedStyle(it).transitionDuration === '0s' && !it.getAttribute('style').includes('var(--');
           return [`${it.localName}.${it.className}`, is_plain];
         })",
    );
    let found: Vec<(String, bool)> = serde_json::from_value(found).unwrap();
    let not_plain: Vec<&String> =
        found.iter().filter(|(_, is_plain)| !is_plain).map(|(name, _)| name).collect();
    for what in ["span.block", "span.reach", "span.the-line-rule", "span.chart-label"] {
        assert!(found.iter().any(|(name, _)| name == what), "{what} in {found:?}");
    }
    assert!(not_plain.is_empty(), "{not_plain:?}");
}

#[test]
fn a_page_becomes_no_wider_and_no_higher_in_a_drag() {
    let page = open();
    let size = "[document.documentElement.scrollWidth, document.querySelector('.lanes').getBoundingClientRect().top]";
    page.enter(&named("Client timeout"), "1.2");
    page.says("The user waits 1,050 ms at 10 users.");
    let before = page.value(size);
    let at = page.bar_end(EMAIL);
    // Beyond the end of the axis, which stays in a drag, and beyond the client's timeout, which makes the sentence longer.
    page.hold(Input::Mouse, at, &path(at, (850.0 * page.pixels_per_ms(EMAIL), 0.0)));
    page.wait_until("document.querySelector('h1').textContent.includes('give up')");
    assert_eq!(page.value(size), before);
    page.let_go(Input::Mouse);
}
