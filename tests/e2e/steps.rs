//! The steps of an order: added, removed, renamed, moved, copied, and what else each can be given.

use crate::explorer::{latency, named, settings, slider, switch};
use crate::support::{Page, Screen, Stage, Theme, key};

const SHOP: [&str; 4] = ["Validate payment", "Check inventory", "Send email", "Update analytics"];

fn open() -> Page {
    Stage::release().open(Screen::LAPTOP, Theme::Light)
}

/// The settings of one step, open.
fn open_settings(step: &str) -> Page {
    let page = open();
    page.click(&settings(step));
    page
}

#[test]
fn steps_can_be_added_up_to_twenty() {
    let page = open();
    page.press_button("+ add a step");
    assert_eq!(page.steps().len(), 5);
    assert_eq!(page.count(".details"), 1, "the new step can be named at once");
    for _ in 5..20 {
        page.press_button("+ add a step");
    }
    let steps = page.steps();
    assert_eq!(steps.len(), 20);
    for (index, name) in steps.iter().enumerate() {
        assert!(!steps[..index].contains(name), "two steps are called {name}");
    }
    assert_eq!(page.text(".hint .link"), "20 steps are the most");
    assert_eq!(page.value("document.querySelector('.hint .link').disabled"), true);
    page.screenshot_of_all("explore-20-steps");
    page.press(&[key::CONTROL, "z"]);
    assert_eq!(page.steps().len(), 19);
}

#[test]
fn a_step_can_be_removed_but_not_the_last_one() {
    let page = open_settings("Send email");
    page.press_button("Remove");
    assert_eq!(page.steps(), ["Validate payment", "Check inventory", "Update analytics"]);
    page.says("The user waits 650 ms at 10 users.");
    for step in ["Validate payment", "Check inventory"] {
        page.click(&settings(step));
        page.press_button("Remove");
    }
    assert_eq!(page.steps(), ["Update analytics"]);
    page.says("The user waits 150 ms at 10 users.");
    page.click(&settings("Update analytics"));
    let is_off = page.value(
        "[...document.querySelectorAll('.details button')].find((it) => it.textContent === 'Remove').disabled",
    );
    assert_eq!(is_off, true);
}

#[test]
fn a_step_that_goes_while_somebody_types_into_it_leaves_the_page_well() {
    let page = open();
    page.enter(&latency("Send email"), "410");
    page.wait_until("location.hash.startsWith('#s=')");
    let four = page.value("location.hash");
    page.press_button("+ add a step");
    page.wait_until(&format!("location.hash !== {four}"));
    page.focus(&latency("Step 5"));
    page.press(&["7"]);
    page.run(&format!("location.hash = {four}"));
    page.wait_until("document.querySelectorAll('.lane[data-kind=sync]').length === 4");
    page.enter(&latency("Send email"), "420");
    page.says("The user waits 1,070 ms at 10 users.");
}

#[test]
fn a_new_name_stands_everywhere() {
    let page = open_settings("Send email");
    page.enter(".details input[type=text]", "Send a parcel");
    assert_eq!(page.steps()[2], "Send a parcel");
    for element in [slider("Send a parcel"), latency("Send a parcel"), switch("Send a parcel")] {
        assert_eq!(page.count(&element), 1, "{element}");
    }
    assert!(page.text(".sat").contains("A parcel"), "{}", page.text(".sat"));
}

#[test]
fn a_name_may_hold_anything_and_stays_text() {
    let page = open_settings("Send email");
    let name = "<img src=x onerror=alert(1)> & \"ñ\" 漢字";
    page.enter(".details input[type=text]", name);
    assert!(name.starts_with(page.steps()[2].trim_end_matches('…')), "{}", page.steps()[2]);
    assert_eq!(page.count(".timeline img"), 0);
    page.enter(".details input[type=text]", "   ");
    assert!(!page.steps()[2].trim().is_empty(), "a blank name leaves the old one");
}

#[test]
fn steps_move_by_buttons_and_by_keys() {
    let page = open_settings("Send email");
    page.press_button("↑ Move up");
    assert_eq!(page.steps(), ["Validate payment", "Send email", "Check inventory", "Update analytics"]);
    page.press_button("↓ Move down");
    assert_eq!(page.steps(), SHOP);
    page.focus(&slider("Send email"));
    page.run("window.lost = 0; addEventListener('focusout', () => { lost += 1 }, true)");
    page.press(&[key::ALT, key::DOWN]);
    assert_eq!(page.steps(), ["Validate payment", "Check inventory", "Update analytics", "Send email"]);
    page.press(&[key::ALT, key::UP]);
    page.press(&[key::ALT, key::UP]);
    page.press(&[key::ALT, key::UP]);
    page.press(&[key::ALT, key::UP]);
    assert_eq!(page.steps(), ["Send email", "Validate payment", "Check inventory", "Update analytics"]);
    // The focus stays at the step all the time, or the next key would be lost.
    assert_eq!(page.value("document.activeElement.getAttribute('aria-label')"), "Send email latency");
    assert_eq!(page.value("lost"), 0);
    assert_eq!(page.held(&slider("Send email")), "400", "moving a step does not change its latency");
}

#[test]
fn a_copy_stands_behind_its_original() {
    let page = open_settings("Send email");
    page.press_button("Duplicate");
    let steps = page.steps();
    assert_eq!(steps.len(), 5);
    assert_ne!(steps[3], "Send email", "a copy needs a name of its own");
    assert_eq!(page.held(&latency(&steps[3])), "400");
    page.says("The user waits 1,450 ms at 10 users.");
}

#[test]
fn connections_limit_what_a_step_can_do() {
    let page = open_settings("Send email");
    page.enter(".details [aria-label=Connections]", "1");
    assert_eq!(page.clock("wall"), "2.5/s");
    page.enter(".details [aria-label=Connections]", "12");
    assert_eq!(page.clock("wall"), "19.0/s");
}

#[test]
fn variability_is_set_for_one_step_and_for_all() {
    let page = open_settings("Send email");
    let (one, all) = (".details .field:not([data-wide]) select", ".load-grid select");
    page.press_button("Orders per second");
    page.enter(&named("Orders per second"), "17");
    let exponential = page.clock("answered");
    page.choose(one, "spiky");
    let mixed = page.value("document.querySelector('.load-grid select').selectedOptions[0].textContent");
    assert_eq!(mixed, "mixed");
    page.choose(all, "constant");
    assert_eq!(page.held(one), "constant");
    assert_ne!(page.clock("answered"), exponential);
    page.press_button("Undo");
    assert_eq!(page.held(all), "", "setting all is one entry to undo");
}
