//! Undo, redo and reset.

use crate::controls::{async_switch, latency_field, named, settings_button};
use crate::support::{Page, Screen, Site, Theme, key};

const START: &str = "The user waits 1,050 ms at 10 users.";

fn open() -> Page {
    Site::release().open(Screen::LAPTOP, Theme::Light)
}

#[test]
fn buttons_go_back_and_forth() {
    let page = open();
    page.expect_disabled("Undo");
    page.expect_disabled("Redo");
    page.enter(&latency_field("Send email"), "500");
    page.click(&async_switch("Update analytics"));
    page.expect_headline("The user waits 1,000 ms at 10 users.");
    page.click_button("Undo");
    page.expect_headline("The user waits 1,150 ms at 10 users.");
    page.click_button("Undo");
    page.expect_headline(START);
    page.expect_disabled("Undo");
    page.expect_enabled("Redo");
    page.click_button("Redo");
    page.click_button("Redo");
    page.expect_headline("The user waits 1,000 ms at 10 users.");
    page.click_button("Undo");
    page.enter(&named("Users"), "11");
    // A new change discards what could be redone.
    page.expect_disabled("Redo");
}

#[test]
fn by_keys_one_goes_on_beside_a_button_that_has_done_its_work() {
    let page = open();
    page.click(&async_switch("Send email"));
    page.enter(&named("Think time"), "2");
    // Shows the page that the keyboard is in use from here on.
    page.press_keys(&[key::TAB]);
    for (button, next) in [("Undo", "Redo"), ("Redo", "Undo")] {
        page.focus(&named(button));
        page.press_keys(&[key::ENTER]);
        page.press_keys(&[key::ENTER]);
        page.expect_focus(&named(next));
    }
    page.focus(&named("Reset think time"));
    page.press_keys(&[key::ENTER]);
    page.expect_focus(&named("Think time"));
}

#[test]
fn so_do_the_usual_keys() {
    let page = open();
    page.click(&async_switch("Send email"));
    page.press_keys(&[key::CONTROL, "z"]);
    page.expect_headline(START);
    page.press_keys(&[key::CONTROL, "y"]);
    page.expect_headline("The user waits 650 ms at 10 users.");
    page.press_keys(&[key::CONTROL, "z"]);
    page.press_keys(&[key::CONTROL, key::SHIFT, "z"]);
    page.expect_headline("The user waits 650 ms at 10 users.");
}

#[test]
fn in_a_field_the_keys_belong_to_the_field() {
    let page = open();
    page.click(&async_switch("Send email"));
    page.focus(&named("Users"));
    page.type_text("5");
    page.press_keys(&[key::CONTROL, "z"]);
    page.wait_until_idle();
    page.expect_attribute(&async_switch("Send email"), "aria-checked", "true");
}

#[test]
fn every_kind_of_change_can_be_undone() {
    let page = open();
    page.click(&settings_button("Send email"));
    let before = page.main_text();
    let changes: [(&str, &dyn Fn()); 12] = [
        ("a latency", &|| page.enter(&latency_field("Send email"), "700")),
        ("a placement", &|| page.click(&async_switch("Send email"))),
        ("a name", &|| page.enter(".details input[type=text]", "Send a parcel")),
        ("connections", &|| page.enter(".details [aria-label=Connections]", "3")),
        ("an order", &|| page.click_button("↑ Move up")),
        ("a copy", &|| page.click_button("Duplicate")),
        ("a publish latency", &|| page.enter(&named("Publish latency"), "5")),
        ("users", &|| page.click_button("500")),
        ("a think time", &|| page.enter(&named("Think time"), "2")),
        ("workers", &|| page.enter(&named("API workers"), "7")),
        ("a timeout", &|| page.enter(&named("Client timeout"), "3")),
        ("a workload", &|| page.click_button("Orders per second")),
    ];
    for (name, change) in changes {
        change();
        page.expect_enabled("Undo");
        page.click_button("Undo");
        assert_eq!(page.main_text(), before, "{name}");
        // Each change is one entry.
        page.expect_disabled("Undo");
    }
}

#[test]
fn one_control_goes_back_to_where_it_came_from() {
    let page = open();
    page.expect_count(".undo-one:not([hidden])", 0);
    let controls = [
        ("API workers", "7", "20"),
        ("Think time", "3", "1"),
        ("Client timeout", "2", "10"),
        ("Users", "33", "10"),
    ];
    for (control, typed, origin) in controls {
        page.enter(&named(control), typed);
        page.click(&named(&format!("Reset {}", control.to_lowercase())));
        page.expect_value(&named(control), origin);
    }
    page.enter(&named("Publish latency"), "9");
    page.click(&named("Reset publish latency"));
    page.expect_value(&named("Publish latency"), "0");
}

#[test]
fn each_control_of_a_step_goes_back_too() {
    let page = open();
    page.click(&settings_button("Send email"));
    let resets = ".details-actions .action:nth-child(-n + 5):not([hidden])";
    page.expect_count(resets, 0);
    page.enter(&latency_field("Send email"), "900");
    page.click(&async_switch("Send email"));
    page.expect_count(resets, 2);
    page.click_button("Reset latency");
    page.expect_value(&latency_field("Send email"), "400");
    page.click_button("Reset whether the caller waits");
    page.expect_attribute(&async_switch("Send email"), "aria-checked", "false");
    page.expect_count(resets, 0);
    page.select_option(".load-grid select", "spiky");
    page.click(&named("Reset variability"));
    page.expect_value(".load-grid select", "exponential");
    page.press_keys(&[key::CONTROL, "z"]);
    // Resetting all steps is one entry.
    page.expect_value(".load-grid select", "spiky");
}

#[test]
fn everything_goes_back_at_once_and_can_be_brought_back() {
    let page = open();
    page.enter(&latency_field("Send email"), "900");
    page.click(&async_switch("Update analytics"));
    page.click_button("+ add a step");
    page.expect_step_count(5);
    let changed = page.headline();
    page.click(".tools [aria-label^='Reset everything']");
    page.expect_headline(START);
    page.expect_step_count(4);
    page.expect_text("[role=status].toast", "Everything is reset. Undo brings it back.");
    page.click_button("Undo");
    page.expect_headline(&changed);
    page.expect_step_count(5);
}
