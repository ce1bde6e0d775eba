//! The page on a phone, by touch.

use serde_json::json;

use crate::controls::{async_switch, bar, latency_field, latency_slider, named};
use crate::support::{Page, Pointer, Screen, Site, Theme, key};

fn open() -> Page {
    Site::release().open(Screen::PHONE, Theme::Light)
}

#[test]
fn a_tap_turns_a_switch() {
    let page = open();
    page.tap(Pointer::Touch, &async_switch("Send email"));
    page.tap(Pointer::Touch, &async_switch("Update analytics"));
    page.expect_headline("The user waits 500 ms at 10 users.");
}

#[test]
fn a_finger_drags_the_end_of_a_bar() {
    let page = open();
    page.drag_latency(Pointer::Touch, "Send email", 200.0);
    page.wait_until_idle();
    let milliseconds = page.number_in(&latency_field("Send email"));
    assert!((milliseconds - 600.0).abs() <= 30.0, "{milliseconds} ms");
    page.expect_value(&latency_slider("Send email"), &milliseconds.to_string());
    page.click_button("Undo");
    page.expect_headline("The user waits 1,050 ms at 10 users.");
    // One drag must be one entry.
    page.expect_disabled("Undo");
}

#[test]
fn a_finger_moves_a_bar_across_the_line() {
    let page = open();
    let (left, right, line) = page.bar_edges_and_answer_line("Send email");
    page.drag(Pointer::Touch, &bar("Send email"), (line - f64::midpoint(left, right) + 20.0, 0.0));
    page.expect_attribute(&async_switch("Send email"), "aria-checked", "true");
    page.expect_headline("The user waits 650 ms at 10 users.");
}

#[test]
fn taps_set_the_load() {
    let page = open();
    let stop = ".load .chip:nth-child(2)";
    page.tap(Pointer::Touch, stop);
    page.expect_headline("The user waits 4.27 s at 100 users.");
    page.tap(Pointer::Touch, ".chart-reader");
    page.wait_until(&format!("harness.find({:?}).value !== '100'", named("Users")));
    page.tap_button(Pointer::Touch, "Undo");
    page.expect_headline("The user waits 4.27 s at 100 users.");
}

#[test]
fn a_finger_drags_the_slider_of_users() {
    let page = open();
    let slider = named("Users, by slider");
    page.drag(Pointer::Touch, &slider, (60.0, 0.0));
    page.wait_until(&format!("harness.find({:?}).value !== '10'", named("Users")));
    // Chromium takes a tap within some 50 ms after a drag for the end of a fling. No finger is that quick.
    page.run("await harness.delay(300)");
    page.tap_button(Pointer::Touch, "Undo");
    page.expect_value(&named("Users"), "10");
    page.tap_button(Pointer::Touch, "Orders per second");
    page.expect_count(&named("Think time"), 0);
}

/// The JavaScript expression for the name of the fourth step.
const FOURTH_STEP: &str = "harness.findAll('.lane:has(.grip) .lane-name')[3].textContent";

#[test]
fn taps_change_the_steps() {
    let page = open();
    page.tap_button(Pointer::Touch, "+ add a step");
    page.expect_step_count(5);
    let added = page.step_names()[4].clone();
    page.tap_button(Pointer::Touch, "↑ Move up");
    page.expect_eval(FOURTH_STEP, added.as_str());
    let name = ".details input[type=text]";
    page.tap(Pointer::Touch, name);
    page.expect_focus(name);
    page.press_keys(&[key::CONTROL, "a"]);
    page.type_text("Pack");
    page.press_keys(&[key::ENTER]);
    page.expect_eval(FOURTH_STEP, "Pack");
    page.tap_button(Pointer::Touch, "Remove");
    page.expect_step_count(4);
    page.tap(Pointer::Touch, &latency_field("Send email"));
    page.expect_focus(&latency_field("Send email"));
    page.press_keys(&[key::CONTROL, "a"]);
    page.type_text("90");
    page.press_keys(&[key::ENTER]);
    page.expect_headline("The user waits 740 ms at 10 users.");
    page.tap(Pointer::Touch, ".tools [aria-label^='Reset everything']");
    page.expect_headline("The user waits 1,050 ms at 10 users.");
}

#[test]
fn taps_answer_a_question() {
    let page = open();
    page.tap_button(Pointer::Touch, "Practise");
    page.tap_button(Pointer::Touch, "Start the questions");
    page.expect_count("#prompt", 1);
    for choice in 1..=4 {
        page.tap(Pointer::Touch, &format!(".answers li:nth-child({choice}) .answer"));
    }
    page.expect_count(".answer-why", 4);
    page.tap_button(Pointer::Touch, "Next question");
    page.expect_text(".progress span", "Question 2 of 20");
}

#[test]
fn every_view_is_a_tap_away() {
    let page = open();
    for (number, title) in [(3, "Practise"), (4, "Library"), (1, "The user waits 1,050 ms at 10 users.")] {
        page.tap(Pointer::Touch, &format!(".views button:nth-child({number})"));
        page.expect_text("h1", title);
    }
}

/// Finds the controls that are too small for WCAG 2.5.8: it asks for 24 pixels each way, or for a place
/// within a sentence, or for a circle of 24 pixels around the centre that meets no other control and no other
/// small control's circle.
const SMALL_TARGETS: &str = "
    const controls = harness.findAll('button, input, select, summary, a')
      .filter((element) => element.checkVisibility() && !element.closest('.skip'))
      .map((element) => [element, element.getBoundingClientRect()])
      .filter(([, box]) => box.width > 0);
    const center = (box) => [box.x + box.width / 2, box.y + box.height / 2];
    const clamp = (min, value, max) => Math.max(min, Math.min(value, max));
    const areApart = (box, other) => {
      const [x, y] = center(box), [otherX, otherY] = center(other);
      const nearestX = clamp(other.left, x, other.right), nearestY = clamp(other.top, y, other.bottom);
      return Math.hypot(x - otherX, y - otherY) >= 24 && Math.hypot(x - nearestX, y - nearestY) >= 12;
    };
    return controls
      .filter(([element, box]) => (box.width < 24 || box.height < 24) && !element.closest('p, .said')
        && !controls.every(([other, otherBox]) => other === element || areApart(box, otherBox)))
      .map(([element, box]) =>
        `${element.tagName} ${element.ariaLabel ?? element.textContent}: ${box.width} x ${box.height}`)";

#[test]
fn what_a_finger_aims_at_is_large_enough() {
    let page = open();
    for view in [1, 2, 3, 4] {
        page.tap(Pointer::Touch, &format!(".views button:nth-child({view})"));
        if view == 2 {
            page.expect_text(".run-clock", "40 s of 10 min");
        }
        if view == 3 {
            page.click_button("Start the questions");
            page.expect_count("#prompt", 1);
        }
        page.wait_until_idle();
        assert_eq!(page.run(SMALL_TARGETS), json!([]), "view {view}");
    }
}
