//! The steps of an order: added, removed, renamed, moved, copied, and what else each can be given.

use crate::controls::{async_switch, latency_field, latency_slider, named, settings_button};
use crate::support::{Page, Screen, Site, Theme, key};

const SHOP: [&str; 4] = ["Validate payment", "Check inventory", "Send email", "Update analytics"];

fn open() -> Page {
    Site::release().open(Screen::LAPTOP, Theme::Light)
}

/// Opens the page and the settings of one step.
fn open_settings(step: &str) -> Page {
    let page = open();
    page.click(&settings_button(step));
    page
}

#[test]
fn steps_can_be_added_up_to_twenty() {
    let page = open();
    page.click_button("+ add a step");
    page.expect_step_count(5);
    // The new step can be named at once.
    page.expect_count(".details", 1);
    for _ in 5..20 {
        page.click_button("+ add a step");
    }
    page.expect_step_count(20);
    let steps = page.step_names();
    for (index, name) in steps.iter().enumerate() {
        assert!(!steps[..index].contains(name), "two steps are called {name}");
    }
    page.expect_text(".hint .link", "20 steps are the most");
    page.expect_eval("harness.find('.hint .link').disabled", true);
    page.screenshot_full_page("explore-20-steps");
    page.press_keys(&[key::CONTROL, "z"]);
    page.expect_step_count(19);
}

#[test]
fn a_step_can_be_removed_but_not_the_last_one() {
    let page = open_settings("Send email");
    page.click_button("Remove");
    page.expect_step_names(&["Validate payment", "Check inventory", "Update analytics"]);
    page.expect_headline("The user waits 650 ms at 10 users.");
    for step in ["Validate payment", "Check inventory"] {
        page.click(&settings_button(step));
        page.click_button("Remove");
    }
    page.expect_step_names(&["Update analytics"]);
    page.expect_headline("The user waits 150 ms at 10 users.");
    page.click(&settings_button("Update analytics"));
    page.expect_eval("harness.button('Remove').disabled", true);
}

#[test]
fn a_step_that_goes_while_somebody_types_into_it_leaves_the_page_well() {
    let page = open();
    page.enter(&latency_field("Send email"), "410");
    page.wait_until("location.hash.startsWith('#s=')");
    let address_of_four = page.eval("location.hash");
    page.click_button("+ add a step");
    page.wait_until(&format!("location.hash !== {address_of_four}"));
    page.focus(&latency_field("Step 5"));
    page.press_keys(&["7"]);
    page.run(&format!("location.hash = {address_of_four}"));
    page.expect_count(".lane[data-kind=sync]", 4);
    page.enter(&latency_field("Send email"), "420");
    page.expect_headline("The user waits 1,070 ms at 10 users.");
}

#[test]
fn a_new_name_stands_everywhere() {
    let page = open_settings("Send email");
    page.enter(".details input[type=text]", "Send a parcel");
    page.expect_step_names(&["Validate payment", "Check inventory", "Send a parcel", "Update analytics"]);
    for control in [latency_slider, latency_field, async_switch] {
        page.expect_count(&control("Send a parcel"), 1);
    }
    page.expect_text_contains(".sat", &["A parcel"]);
}

#[test]
fn a_name_may_hold_anything_and_stays_text() {
    let page = open_settings("Send email");
    let name = "<img src=x onerror=alert(1)> & \"ñ\" 漢字";
    page.enter(".details input[type=text]", name);
    page.wait_until_idle();
    let shown = &page.step_names()[2];
    assert!(shown.starts_with("<img") && name.starts_with(shown.trim_end_matches('…')), "{shown}");
    page.expect_count(".timeline img", 0);
    page.enter(".details input[type=text]", "   ");
    page.wait_until_idle();
    assert!(!page.step_names()[2].trim().is_empty(), "a blank name leaves the old one");
}

#[test]
fn steps_move_by_buttons_and_by_keys() {
    let page = open_settings("Send email");
    page.click_button("↑ Move up");
    page.expect_step_names(&["Validate payment", "Send email", "Check inventory", "Update analytics"]);
    page.click_button("↓ Move down");
    page.expect_step_names(&SHOP);
    page.focus(&latency_slider("Send email"));
    page.run("window.focusLosses = 0; addEventListener('focusout', () => { focusLosses += 1 }, true)");
    page.press_keys(&[key::ALT, key::DOWN]);
    page.expect_step_names(&["Validate payment", "Check inventory", "Update analytics", "Send email"]);
    for _ in 0..4 {
        page.press_keys(&[key::ALT, key::UP]);
    }
    page.expect_step_names(&["Send email", "Validate payment", "Check inventory", "Update analytics"]);
    // The focus stays at the step all the time, or the next key would be lost.
    page.wait_until_idle();
    page.expect_focus(&latency_slider("Send email"));
    page.expect_eval("focusLosses", 0);
    // Moving a step does not change its latency.
    page.expect_value(&latency_slider("Send email"), "400");
}

#[test]
fn a_copy_stands_behind_its_original() {
    let page = open_settings("Send email");
    page.click_button("Duplicate");
    page.expect_step_count(5);
    let steps = page.step_names();
    assert_ne!(steps[3], "Send email", "a copy needs its own name");
    page.expect_value(&latency_field(&steps[3]), "400");
    page.expect_headline("The user waits 1,450 ms at 10 users.");
}

#[test]
fn connections_limit_what_a_step_can_do() {
    let page = open_settings("Send email");
    page.enter(".details [aria-label=Connections]", "1");
    page.expect_metric("wall", "2.5/s");
    page.enter(".details [aria-label=Connections]", "12");
    page.expect_metric("wall", "19.0/s");
}

#[test]
fn variability_is_set_for_one_step_and_for_all() {
    let page = open_settings("Send email");
    let (one, all) = (".details .field:not([data-wide]) select", ".load-grid select");
    page.click_button("Orders per second");
    page.enter(&named("Orders per second"), "17");
    page.wait_until_idle();
    let exponential = page.metric("answered");
    page.select_option(one, "spiky");
    page.expect_text(".load-grid select option:checked", "mixed");
    page.select_option(all, "constant");
    page.expect_value(one, "constant");
    page.wait_until_idle();
    assert_ne!(page.metric("answered"), exponential);
    page.click_button("Undo");
    // Setting all steps is one entry to undo.
    page.expect_value(all, "");
}
