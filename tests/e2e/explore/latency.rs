//! The latency of a step: dragged, changed by keys, typed.

use crate::controls::{latency_field, latency_slider, named};
use crate::support::{Page, Pointer, Screen, Site, Theme, drag_path, key};

const EMAIL: &str = "Send email";

fn open() -> Page {
    Site::release().open(Screen::LAPTOP, Theme::Light)
}

/// Expects slider, field and headline to agree once the page is idle.
#[track_caller]
fn check(page: &Page, milliseconds: &str, headline: &str) {
    page.wait_until_idle();
    page.expect_value(&latency_slider(EMAIL), &milliseconds.replace(',', ""));
    page.expect_value(&latency_field(EMAIL), milliseconds);
    page.expect_headline(headline);
}

#[test]
fn the_end_of_a_bar_is_a_slider_that_says_its_value() {
    let page = open();
    let email = latency_slider(EMAIL);
    for (name, value) in
        [("type", "range"), ("min", "0"), ("max", "10000"), ("aria-valuetext", "400 milliseconds")]
    {
        page.expect_attribute(&email, name, value);
    }
    page.focus(&email);
    page.press_keys(&[key::SHIFT, key::RIGHT]);
    page.expect_attribute(&email, "aria-valuetext", "500 milliseconds");
}

#[test]
fn a_drag_changes_everything_at_once_and_is_one_entry_to_undo() {
    let page = open();
    let ticks = page.text(".axis-ticks");
    let (start, offset) = (page.bar_end(EMAIL), 200.0 * page.pixels_per_ms(EMAIL));
    page.drag_and_hold(Pointer::Mouse, start, &drag_path(start, (offset, 0.0)));
    check(&page, "600", "The user waits 1,250 ms at 10 users.");
    // The axis must not move under the pointer.
    page.expect_text(".axis-ticks", &ticks);
    page.pointer_up(Pointer::Mouse);
    check(&page, "600", "The user waits 1,250 ms at 10 users.");
    page.press_keys(&[key::CONTROL, "z"]);
    check(&page, "400", "The user waits 1,050 ms at 10 users.");
    // One drag must be one entry.
    page.expect_disabled("Undo");
    page.press_keys(&[key::CONTROL, "y"]);
    check(&page, "600", "The user waits 1,250 ms at 10 users.");
}

#[test]
fn escape_calls_a_drag_off() {
    let page = open();
    let (start, offset) = (page.bar_end(EMAIL), 300.0 * page.pixels_per_ms(EMAIL));
    page.drag_and_hold(Pointer::Mouse, start, &drag_path(start, (offset, 0.0)));
    check(&page, "700", "The user waits 1,350 ms at 10 users.");
    page.press_keys(&[key::ESCAPE]);
    check(&page, "400", "The user waits 1,050 ms at 10 users.");
    page.move_mouse((start.0 + 2.0 * offset, start.1));
    check(&page, "400", "The user waits 1,050 ms at 10 users.");
    page.pointer_up(Pointer::Mouse);
    check(&page, "400", "The user waits 1,050 ms at 10 users.");
    page.expect_disabled("Undo");
    page.drag_latency(Pointer::Mouse, EMAIL, 100.0);
    check(&page, "500", "The user waits 1,150 ms at 10 users.");
}

#[test]
fn a_drag_stops_at_nothing() {
    let page = open();
    page.drag_latency(Pointer::Mouse, EMAIL, -500.0);
    check(&page, "0", "The user waits 650 ms at 10 users.");
}

#[test]
fn the_axis_grows_after_a_drag_beyond_it() {
    let page = open();
    let before = page.pixels_per_ms(EMAIL);
    page.enter(&latency_field(EMAIL), "3000");
    check(&page, "3,000", "The user waits 3.65 s at 10 users.");
    let after = page.pixels_per_ms(EMAIL);
    assert!(after < before / 2.0, "{after} pixels per millisecond, before {before}");
    let (_, right, line) = page.bar_edges_and_answer_line("Update analytics");
    assert!((right - line).abs() < 2.0, "the answer line is at {line}, the last bar ends at {right}");
}

#[test]
fn keys_change_it_by_ten_by_a_hundred_and_to_the_ends() {
    let page = open();
    page.focus(&latency_slider(EMAIL));
    let cases: [(&[&str], &str); 10] = [
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
    for (keys, expected) in cases {
        page.press_keys(keys);
        page.expect_value(&latency_slider(EMAIL), expected);
    }
    page.expect_headline("The user waits 650 ms at 10 users.");
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
        page.enter(&latency_field(EMAIL), typed);
        page.expect_value(&latency_field(EMAIL), expected);
    }
}

#[test]
fn a_number_counts_on_leaving_the_field_and_not_after_escape() {
    let page = open();
    let field = latency_field(EMAIL);
    page.focus(&field);
    page.press_keys(&[key::CONTROL, "a"]);
    page.type_text("700");
    page.press_keys(&[key::ESCAPE]);
    page.press_keys(&[key::TAB]);
    check(&page, "400", "The user waits 1,050 ms at 10 users.");
    page.focus(&field);
    page.press_keys(&[key::CONTROL, "a"]);
    page.type_text("700");
    page.press_keys(&[key::TAB]);
    check(&page, "700", "The user waits 1,350 ms at 10 users.");
}

/// Elements moved during a drag use no transition, pseudo-element, native control or custom property that
/// would force the browser to recalculate styles beyond the new position.
#[test]
fn what_moves_in_a_drag_has_a_plain_style() {
    let page = open();
    page.load_preset("hybrid");
    page.wait_until_idle();
    page.run(
        "window.moved = new Set();
         new MutationObserver((changes) => changes.forEach(({ target }) => moved.add(target)))
           .observe(harness.find('main'), { subtree: true, attributeFilter: ['style'] })",
    );
    let start = page.bar_end("Check inventory");
    page.drag_along(Pointer::Mouse, start, &drag_path(start, (120.0, 0.0)));
    page.wait_until_idle();
    let moved = page.eval(
        "[...moved].filter((element) => element.isConnected).map((element) => {
           const hasPseudo = (name) => getComputedStyle(element, name).content !== 'none';
           const isPlain = !hasPseudo('::before') && !hasPseudo('::after') && element.localName !== 'input'
             && getComputedStyle(element).transitionDuration === '0s'
             && !element.getAttribute('style').includes('var(--');
           return [`${element.localName}.${element.className}`, isPlain];
         })",
    );
    let moved: Vec<(String, bool)> = serde_json::from_value(moved).unwrap();
    for expected in ["span.block", "span.reach", "span.the-line-rule", "span.chart-label"] {
        assert!(moved.iter().any(|(name, _)| name == expected), "{expected} in {moved:?}");
    }
    let not_plain: Vec<&String> =
        moved.iter().filter(|(_, is_plain)| !is_plain).map(|(name, _)| name).collect();
    assert!(not_plain.is_empty(), "{not_plain:?}");
}

#[test]
fn a_page_becomes_no_wider_and_no_higher_in_a_drag() {
    let page = open();
    let size = "[document.documentElement.scrollWidth, harness.find('.lanes').getBoundingClientRect().top]";
    page.enter(&named("Client timeout"), "1.2");
    page.expect_headline("The user waits 1,050 ms at 10 users.");
    page.wait_until_idle();
    let start = page.bar_end(EMAIL);
    let before = page.eval(size);
    // Goes beyond the end of the axis, which stays in a drag, and beyond the client's timeout, which makes
    // the headline longer.
    let offset = 850.0 * page.pixels_per_ms(EMAIL);
    page.drag_and_hold(Pointer::Mouse, start, &drag_path(start, (offset, 0.0)));
    page.expect_text_contains("h1", &["give up"]);
    page.wait_until_idle();
    assert_eq!(page.eval(size), before);
    page.pointer_up(Pointer::Mouse);
}
