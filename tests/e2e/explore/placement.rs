//! The side of the answer line on which a step runs: set by its switch, by dragging its bar, by its settings.

use crate::controls::{async_switch, bar, named, settings_button};
use crate::support::{Page, Pointer, Screen, Site, Theme, drag_path, key};

const EMAIL: &str = "Send email";
const ANALYTICS: &str = "Update analytics";
const HYBRID: &str = "The user waits 500 ms at 10 users.";

fn open() -> Page {
    Site::release().open(Screen::LAPTOP, Theme::Light)
}

#[test]
fn what_is_switched_to_async_hangs_right_of_the_line() {
    let page = open();
    page.click(&async_switch(EMAIL));
    page.expect_headline("The user waits 650 ms at 10 users.");
    page.click(&async_switch(ANALYTICS));
    page.expect_headline(HYBRID);
    page.expect_text_contains(".lead", &["Another 550 ms of work now happens after the answer."]);
    // The work does not shrink.
    page.expect_text(".work", "1,050 ms of work in all");
    for step in [EMAIL, ANALYTICS] {
        let (left, _, line) = page.bar_edges_and_answer_line(step);
        assert!(left >= line - 1.0, "{step} starts at {left}, before the line at {line}");
        page.expect_attribute(&async_switch(step), "aria-checked", "true");
        page.expect_attribute(&async_switch(step), "role", "switch");
    }
    let (_, ends, line) = page.bar_edges_and_answer_line("Check inventory");
    assert!((ends - line).abs() < 2.0, "the answer line is at {line}, the last wait ends at {ends}");
}

#[test]
fn space_turns_a_switch() {
    let page = open();
    page.focus(&async_switch(EMAIL));
    page.press_keys(&[" "]);
    page.expect_headline("The user waits 650 ms at 10 users.");
    page.press_keys(&[" "]);
    page.expect_headline("The user waits 1,050 ms at 10 users.");
}

#[test]
fn a_bar_dragged_across_the_line_changes_its_side() {
    let page = open();
    let (left, right, line) = page.bar_edges_and_answer_line(EMAIL);
    let across = line - f64::midpoint(left, right) + 30.0;
    page.drag(Pointer::Mouse, &bar(EMAIL), (across, 0.0));
    page.expect_attribute(&async_switch(EMAIL), "aria-checked", "true");
    page.expect_headline("The user waits 650 ms at 10 users.");
    let (left, right, line) = page.bar_edges_and_answer_line(EMAIL);
    page.drag(Pointer::Mouse, &bar(EMAIL), (line - f64::midpoint(left, right) - 30.0, 0.0));
    page.expect_attribute(&async_switch(EMAIL), "aria-checked", "false");
    page.expect_headline("The user waits 1,050 ms at 10 users.");
    page.press_keys(&[key::CONTROL, "z"]);
    // A drag across the line can be undone.
    page.expect_attribute(&async_switch(EMAIL), "aria-checked", "true");
}

#[test]
fn a_bar_that_does_not_reach_the_line_goes_back() {
    let page = open();
    page.drag(Pointer::Mouse, &bar("Validate payment"), (40.0, 0.0));
    page.wait_until_idle();
    page.expect_attribute(&async_switch("Validate payment"), "aria-checked", "false");
    page.expect_headline("The user waits 1,050 ms at 10 users.");
    page.expect_disabled("Undo");
}

#[test]
fn publishing_takes_as_long_as_is_set() {
    let page = open();
    page.enter(&named("Publish latency"), "20");
    page.expect_headline("The user waits 1,050 ms at 10 users.");
    page.click(&async_switch(EMAIL));
    page.click(&async_switch(ANALYTICS));
    page.expect_headline("The user waits 520 ms at 10 users.");
    page.enter(&named("Publish latency"), "0");
    page.expect_headline(HYBRID);
}

#[test]
fn the_settings_know_two_more_ways_to_wait() {
    let page = open();
    page.click(&settings_button(EMAIL));
    let placement = ".details select";
    for (key, headline) in [
        ("parallel", "The user waits 917 ms at 10 users."),
        ("publish-and-wait", "The user waits 1,050 ms at 10 users."),
        ("async", "The user waits 650 ms at 10 users."),
        ("sync", "The user waits 1,050 ms at 10 users."),
    ] {
        page.select_option(placement, key);
        page.expect_headline(headline);
        page.expect_value(placement, key);
    }
}

#[test]
fn escape_calls_a_bar_back() {
    let page = open();
    let (left, right, line) = page.bar_edges_and_answer_line(EMAIL);
    let start = page.center(&bar(EMAIL));
    let across = line - f64::midpoint(left, right) + 30.0;
    page.drag_and_hold(Pointer::Mouse, start, &drag_path(start, (across, 0.0)));
    page.press_keys(&[key::ESCAPE]);
    page.pointer_up(Pointer::Mouse);
    page.wait_until_idle();
    page.expect_attribute(&async_switch(EMAIL), "aria-checked", "false");
    assert_eq!(page.bar_edges_and_answer_line(EMAIL), (left, right, line));
}

#[test]
fn what_is_published_and_waited_for_moves_the_line() {
    let page = open();
    page.load_preset("publish-and-wait");
    page.expect_headline("The user waits 1,070 ms at 10 users.");
    page.expect_metric("answered", "1,070 ms");
    page.expect_metric("completed", "1,070 ms");
    let (_, ends, line) = page.bar_edges_and_answer_line(ANALYTICS);
    assert!((ends - line).abs() < 2.0, "the answer line is at {line}, the last step ends at {ends}");
    page.expect_text("[data-kind=broker] .lane-note", "broker");
}

#[test]
fn a_bar_that_is_dragged_by_its_number_selects_no_text() {
    let page = open();
    let number = page.center(&format!("{} b", bar(EMAIL)));
    page.drag_along(Pointer::Mouse, number, &drag_path(number, (260.0, 0.0)));
    page.expect_attribute(&async_switch(EMAIL), "aria-checked", "true");
    page.expect_eval("getSelection().toString()", "");
}
