//! The same by finger, on a phone.

use crate::explorer::{bar, latency, named, slider, switch};
use crate::support::{Input, Page, Screen, Stage, Theme, key};

fn open() -> Page {
    Stage::release().open(Screen::PHONE, Theme::Light)
}

#[test]
fn a_tap_turns_a_switch() {
    let page = open();
    page.tap(Input::Touch, &switch("Send email"));
    page.tap(Input::Touch, &switch("Update analytics"));
    page.says("The user waits 500 ms at 10 users.");
}

#[test]
fn a_finger_drags_the_end_of_a_bar() {
    let page = open();
    page.drag_latency(Input::Touch, "Send email", 200.0);
    let millis: f64 = page.held(&latency("Send email")).replace(',', "").parse().unwrap();
    assert!((millis - 600.0).abs() <= 30.0, "{millis} ms");
    assert_eq!(page.held(&slider("Send email")), millis.to_string());
    page.press_button("Undo");
    page.says("The user waits 1,050 ms at 10 users.");
    assert!(!page.can_press("Undo"), "one drag must be one entry");
}

#[test]
fn a_finger_moves_a_bar_across_the_line() {
    let page = open();
    let (left, right, line) = page.bar_and_line("Send email");
    page.drag(Input::Touch, &bar("Send email"), (line - f64::midpoint(left, right) + 20.0, 0.0));
    assert_eq!(page.attribute(&switch("Send email"), "aria-checked"), "true");
    page.says("The user waits 650 ms at 10 users.");
}

#[test]
fn taps_set_the_load() {
    let page = open();
    let stop = ".load .chip:nth-child(2)";
    page.tap(Input::Touch, stop);
    page.says("The user waits 4.27 s at 100 users.");
    page.tap(Input::Touch, ".chart-reader");
    assert_ne!(page.held(&named("Users")), "100");
    page.tap_button(Input::Touch, "Undo");
    page.says("The user waits 4.27 s at 100 users.");
}

#[test]
fn a_finger_drags_the_slider_of_users() {
    let page = open();
    let slider = named("Users, by slider");
    page.drag(Input::Touch, &slider, (60.0, 0.0));
    assert_ne!(page.held(&named("Users")), "10");
    // Chromium takes a tap within some 50 ms of a drag for the end of a fling, which no finger is quick enough for.
    page.run("await new Promise((done) => setTimeout(done, 300))");
    page.tap_button(Input::Touch, "Undo");
    assert_eq!(page.held(&named("Users")), "10");
    page.tap_button(Input::Touch, "Orders per second");
    assert_eq!(page.count(&named("Think time")), 0);
}

#[test]
fn taps_change_the_steps() {
    let page = open();
    page.tap_button(Input::Touch, "+ add a step");
    let added = page.steps()[4].clone();
    page.tap_button(Input::Touch, "↑ Move up");
    assert_eq!(page.steps()[3], added);
    page.tap(Input::Touch, ".details input[type=text]");
    page.press(&[key::CONTROL, "a"]);
    page.write("Pack");
    page.press(&[key::ENTER]);
    assert_eq!(page.steps()[3], "Pack");
    page.tap_button(Input::Touch, "Remove");
    assert_eq!(page.steps().len(), 4);
    page.tap(Input::Touch, &latency("Send email"));
    page.press(&[key::CONTROL, "a"]);
    page.write("90");
    page.press(&[key::ENTER]);
    page.says("The user waits 740 ms at 10 users.");
    page.tap(Input::Touch, ".tools [aria-label^='Reset everything']");
    page.says("The user waits 1,050 ms at 10 users.");
}

#[test]
fn taps_answer_a_question() {
    let page = open();
    page.tap_button(Input::Touch, "Practise");
    page.tap_button(Input::Touch, "Start the questions");
    page.wait_until("document.querySelector('#prompt')");
    for choice in 1..=4 {
        page.tap(Input::Touch, &format!(".answers li:nth-child({choice}) .answer"));
    }
    assert_eq!(page.count(".answer-why"), 4);
    page.tap_button(Input::Touch, "Next question");
    assert_eq!(page.text(".progress span"), "Question 2 of 20");
}

#[test]
fn every_view_is_a_tap_away() {
    let page = open();
    for (number, title) in [(3, "Practise"), (4, "Library"), (1, "The user waits 1,050 ms at 10 users.")] {
        page.tap(Input::Touch, &format!(".views button:nth-child({number})"));
        page.wait_until(&format!("document.querySelector('h1').innerText === '{title}'"));
    }
}

#[test]
fn what_a_finger_aims_at_is_large_enough() {
    let page = open();
    for view in [1, 2, 3, 4] {
        page.tap(Input::Touch, &format!(".views button:nth-child({view})"));
        if view == 2 {
            page.wait_until("document.querySelector('.run-clock')?.innerText === '40 s of 10 min'");
        }
        if view == 3 {
            page.press_button("Start the questions");
        }
        // Enough is 24 pixels each way, or to be part of a sentence, or 24 pixels from middle to middle of any other.
        let small = page.run(
            "const all = [...document.querySelectorAll('button, input, select, summary, a')]
               .filter((it) => it.checkVisibility() && !it.closest('.skip'))
               .map((it) => [it, it.getBoundingClientRect()]).filter(([, box]) => box.width > 0);
             const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
             const apart = (one, other) => {
               const [x, y] = middle(one), near = (least, at, most) => Math.max(least, Math.min(at, most));
               const [across, down] = middle(other);
               return Math.hypot(x - across, y - down) >= 24
                 && Math.hypot(x - near(other.left, x, other.right), y - near(other.top, y, other.bottom)) >= 12;
             };
             return all
               .filter(([it, box]) => (box.width < 24 || box.height < 24) && !it.closest('p, .said')
                 && !all.every(([other, at]) => other === it || apart(box, at)))
               .map(([it, box]) => `${it.tagName} ${it.ariaLabel ?? it.textContent}: ${box.width} x ${box.height}`)",
        );
        assert_eq!(small, serde_json::json!([]), "WCAG 2.5.8 asks for 24 x 24");
    }
}
