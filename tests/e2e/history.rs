//! Everything can be undone, redone and reset.

use crate::explorer::{latency, named, settings, switch};
use crate::support::{Page, Screen, Stage, Theme, key};

const START: &str = "The user waits 1,050 ms at 10 users.";

fn open() -> Page {
    Stage::release().open(Screen::LAPTOP, Theme::Light)
}

#[test]
fn buttons_go_back_and_forth() {
    let page = open();
    assert!(!page.can_press("Undo") && !page.can_press("Redo"));
    page.enter(&latency("Send email"), "500");
    page.click(&switch("Update analytics"));
    page.says("The user waits 1,000 ms at 10 users.");
    page.press_button("Undo");
    page.says("The user waits 1,150 ms at 10 users.");
    page.press_button("Undo");
    page.says(START);
    assert!(!page.can_press("Undo") && page.can_press("Redo"));
    page.press_button("Redo");
    page.press_button("Redo");
    page.says("The user waits 1,000 ms at 10 users.");
    page.press_button("Undo");
    page.enter(&named("Users"), "11");
    assert!(!page.can_press("Redo"), "a new change ends what could be redone");
}

#[test]
fn by_keys_one_goes_on_beside_a_button_that_has_done_its_work() {
    let page = open();
    page.click(&switch("Send email"));
    page.enter(&named("Think time"), "2");
    // From here on the keys have it.
    page.press(&[key::TAB]);
    for (button, at_last) in [("Undo", "Redo"), ("Redo", "Undo")] {
        page.focus(&named(button));
        page.press(&[key::ENTER]);
        page.press(&[key::ENTER]);
        page.wait_until(&format!("document.activeElement === document.querySelector({:?})", named(at_last)));
    }
    page.focus(&named("Reset think time"));
    page.press(&[key::ENTER]);
    page.wait_until(&format!("document.activeElement === document.querySelector({:?})", named("Think time")));
}

#[test]
fn so_do_the_usual_keys() {
    let page = open();
    page.click(&switch("Send email"));
    page.press(&[key::CONTROL, "z"]);
    page.says(START);
    page.press(&[key::CONTROL, "y"]);
    page.says("The user waits 650 ms at 10 users.");
    page.press(&[key::CONTROL, "z"]);
    page.press(&[key::CONTROL, key::SHIFT, "z"]);
    page.says("The user waits 650 ms at 10 users.");
}

#[test]
fn in_a_field_the_keys_belong_to_the_field() {
    let page = open();
    page.click(&switch("Send email"));
    page.focus(&named("Users"));
    page.write("5");
    page.press(&[key::CONTROL, "z"]);
    assert_eq!(page.attribute(&switch("Send email"), "aria-checked"), "true");
}

#[test]
fn every_kind_of_change_can_be_undone() {
    let page = open();
    page.click(&settings("Send email"));
    let before = page.words();
    let changes: [(&str, &dyn Fn()); 12] = [
        ("a latency", &|| page.enter(&latency("Send email"), "700")),
        ("a placement", &|| page.click(&switch("Send email"))),
        ("a name", &|| page.enter(".details input[type=text]", "Send a parcel")),
        ("connections", &|| page.enter(".details [aria-label=Connections]", "3")),
        ("an order", &|| page.press_button("↑ Move up")),
        ("a copy", &|| page.press_button("Duplicate")),
        ("a publish latency", &|| page.enter(&named("Publish latency"), "5")),
        ("users", &|| page.press_button("500")),
        ("a think time", &|| page.enter(&named("Think time"), "2")),
        ("workers", &|| page.enter(&named("API workers"), "7")),
        ("a timeout", &|| page.enter(&named("Client timeout"), "3")),
        ("a workload", &|| page.press_button("Orders per second")),
    ];
    for (name, change) in changes {
        change();
        assert!(page.can_press("Undo"), "{name} was not noted");
        page.press_button("Undo");
        assert_eq!(page.words(), before, "{name}");
        assert!(!page.can_press("Undo"), "{name} was more than one entry");
    }
}

#[test]
fn one_control_goes_back_to_where_it_came_from() {
    let page = open();
    assert_eq!(page.count(".undo-one:not([hidden])"), 0, "there is nothing to reset yet");
    let controls = [
        ("API workers", "7", "20"),
        ("Think time", "3", "1"),
        ("Client timeout", "2", "10"),
        ("Users", "33", "10"),
    ];
    for (control, typed, origin) in controls {
        page.enter(&named(control), typed);
        page.click(&named(&format!("Reset {}", control.to_lowercase())));
        assert_eq!(page.held(&named(control)), origin, "{control}");
    }
    page.enter(&named("Publish latency"), "9");
    page.click(&named("Reset publish latency"));
    assert_eq!(page.held(&named("Publish latency")), "0");
}

#[test]
fn each_control_of_a_step_goes_back_too() {
    let page = open();
    page.click(&settings("Send email"));
    let resets = ".details-actions .action:nth-child(-n + 5):not([hidden])";
    assert_eq!(page.count(resets), 0, "there is nothing to reset yet");
    page.enter(&latency("Send email"), "900");
    page.click(&switch("Send email"));
    assert_eq!(page.count(resets), 2);
    page.press_button("Reset latency");
    assert_eq!(page.held(&latency("Send email")), "400");
    page.press_button("Reset whether the caller waits");
    assert_eq!(page.attribute(&switch("Send email"), "aria-checked"), "false");
    assert_eq!(page.count(resets), 0);
    page.choose(".load-grid select", "spiky");
    page.click(&named("Reset variability"));
    assert_eq!(page.held(".load-grid select"), "exponential");
    page.press(&[key::CONTROL, "z"]);
    assert_eq!(page.held(".load-grid select"), "spiky", "all steps are one entry");
}

#[test]
fn everything_goes_back_at_once_and_can_be_brought_back() {
    let page = open();
    page.enter(&latency("Send email"), "900");
    page.click(&switch("Update analytics"));
    page.press_button("+ add a step");
    let changed = page.headline();
    page.click(".tools [aria-label^='Reset everything']");
    page.says(START);
    assert_eq!(page.steps().len(), 4);
    assert_eq!(page.text("[role=status].toast"), "Everything is reset. Undo brings it back.");
    page.press_button("Undo");
    page.says(&changed);
    assert_eq!(page.steps().len(), 5);
}
