//! On which side of the line a step runs: by its switch, by dragging its bar, by its settings.

use crate::explorer::{bar, named, settings, switch};
use crate::support::{Input, Page, Screen, Stage, Theme, key, path};

const EMAIL: &str = "Send email";
const ANALYTICS: &str = "Update analytics";
const HYBRID: &str = "The user waits 500 ms at 10 users.";

fn open() -> Page {
    Stage::release().open(Screen::LAPTOP, Theme::Light)
}

#[test]
fn what_is_switched_to_async_hangs_right_of_the_line() {
    let page = open();
    page.click(&switch(EMAIL));
    page.says("The user waits 650 ms at 10 users.");
    page.click(&switch(ANALYTICS));
    page.says(HYBRID);
    assert!(
        page.text(".lead").contains("Another 550 ms of work now happens after the answer."),
        "{}",
        page.text(".lead")
    );
    assert_eq!(page.text(".work"), "1,050 ms of work in all", "the work does not shrink");
    for step in [EMAIL, ANALYTICS] {
        let (left, _, line) = page.bar_and_line(step);
        assert!(left >= line - 1.0, "{step} starts at {left}, before the line at {line}");
        assert_eq!(page.attribute(&switch(step), "aria-checked"), "true");
        assert_eq!(page.attribute(&switch(step), "role"), "switch");
    }
    let (_, payment_ends, line) = page.bar_and_line("Check inventory");
    assert!(
        (payment_ends - line).abs() < 2.0,
        "the line stands at {line}, the last wait ends at {payment_ends}"
    );
}

#[test]
fn space_turns_a_switch() {
    let page = open();
    page.focus(&switch(EMAIL));
    page.press(&[" "]);
    page.says("The user waits 650 ms at 10 users.");
    page.press(&[" "]);
    page.says("The user waits 1,050 ms at 10 users.");
}

#[test]
fn a_bar_dragged_across_the_line_changes_its_side() {
    let page = open();
    let (left, right, line) = page.bar_and_line(EMAIL);
    let across = line - f64::midpoint(left, right) + 30.0;
    page.drag(Input::Mouse, &bar(EMAIL), (across, 0.0));
    assert_eq!(page.attribute(&switch(EMAIL), "aria-checked"), "true");
    page.says("The user waits 650 ms at 10 users.");
    let (left, right, line) = page.bar_and_line(EMAIL);
    page.drag(Input::Mouse, &bar(EMAIL), (line - f64::midpoint(left, right) - 30.0, 0.0));
    assert_eq!(page.attribute(&switch(EMAIL), "aria-checked"), "false");
    page.says("The user waits 1,050 ms at 10 users.");
    page.press(&[key::CONTROL, "z"]);
    assert_eq!(
        page.attribute(&switch(EMAIL), "aria-checked"),
        "true",
        "a drag across the line can be undone"
    );
}

#[test]
fn a_bar_that_does_not_reach_the_line_goes_back() {
    let page = open();
    page.drag(Input::Mouse, &bar("Validate payment"), (40.0, 0.0));
    assert_eq!(page.attribute(&switch("Validate payment"), "aria-checked"), "false");
    page.says("The user waits 1,050 ms at 10 users.");
    assert!(!page.can_press("Undo"), "nothing happened");
}

#[test]
fn publishing_takes_as_long_as_is_set() {
    let page = open();
    page.enter(&named("Publish latency"), "20");
    page.says("The user waits 1,050 ms at 10 users.");
    page.click(&switch(EMAIL));
    page.click(&switch(ANALYTICS));
    page.says("The user waits 520 ms at 10 users.");
    page.enter(&named("Publish latency"), "0");
    page.says(HYBRID);
}

#[test]
fn the_settings_know_two_more_ways_to_wait() {
    let page = open();
    page.click(&settings(EMAIL));
    let list = ".details select";
    for (key, sentence) in [
        ("parallel", "The user waits 917 ms at 10 users."),
        ("publish-and-wait", "The user waits 1,050 ms at 10 users."),
        ("async", "The user waits 650 ms at 10 users."),
        ("sync", "The user waits 1,050 ms at 10 users."),
    ] {
        page.choose(list, key);
        page.says(sentence);
        assert_eq!(page.held(list), key);
    }
}

#[test]
fn escape_calls_a_bar_back() {
    let page = open();
    let (left, right, line) = page.bar_and_line(EMAIL);
    let from = page.middle(&bar(EMAIL));
    page.hold(Input::Mouse, from, &path(from, (line - f64::midpoint(left, right) + 30.0, 0.0)));
    page.press(&[key::ESCAPE]);
    page.let_go(Input::Mouse);
    page.settle();
    assert_eq!(page.attribute(&switch(EMAIL), "aria-checked"), "false");
    assert_eq!(page.bar_and_line(EMAIL), (left, right, line));
}

#[test]
fn what_is_published_and_waited_for_moves_the_line() {
    let page = open();
    page.load_preset("publish-and-wait");
    page.says("The user waits 1,070 ms at 10 users.");
    assert_eq!([page.clock("answered"), page.clock("completed")], ["1,070 ms", "1,070 ms"]);
    let (_, ends, line) = page.bar_and_line(ANALYTICS);
    assert!((ends - line).abs() < 2.0, "the line stands at {line}, the last step ends at {ends}");
    assert_eq!(page.text("[data-kind=broker] .lane-note"), "broker");
}

#[test]
fn a_bar_that_is_dragged_by_its_number_selects_no_text() {
    let page = open();
    let number = page.middle(&format!("{} b", bar(EMAIL)));
    page.point(Input::Mouse, number, &path(number, (260.0, 0.0)));
    assert_eq!(page.attribute(&switch(EMAIL), "aria-checked"), "true");
    assert_eq!(page.value("getSelection().toString()"), "");
}
