//! The state is saved on the device. Where it cannot be saved, the page says so and works.

use serde_json::{Value, json};
use waiting_line::session::{Action, Session, storage_format};
use waiting_line::units::Users;

use super::appearance::choose_theme;
use crate::controls::{async_switch, latency_field, named};
use crate::support::{Page, Screen, Site, Theme};

const STATE: &str = "waiting-line.state";
const BAD: &str = "waiting-line.state.bad";

fn open() -> Page {
    Site::release().open(Screen::LAPTOP, Theme::Light)
}

fn open_with(preload_script: &str) -> Page {
    Site::release().with_preload_script(preload_script).open(Screen::LAPTOP, Theme::Light)
}

fn stored(page: &Page, key: &str) -> Value {
    page.eval(&format!("localStorage.getItem({})", json!(key)))
}

/// Waits until the stored state differs from an earlier one.
#[track_caller]
fn wait_for_storage(page: &Page, before: &Value) {
    page.wait_until(&format!("localStorage.getItem({}) !== {before}", json!(STATE)));
}

/// Waits until a state is stored and has not changed for a second; the page saves half a second after the
/// last change.
fn wait_until_saved(page: &Page) {
    page.run(&format!(
        "let last = null, since = performance.now();
         await harness.until(() => {{
           const state = localStorage.getItem({});
           if (state !== last) [last, since] = [state, performance.now()];
           return state !== null && performance.now() - since > 1000;
         }})",
        json!(STATE)
    ));
}

/// Expects a notice that the state is not saved, and everything else to work.
#[track_caller]
fn check_works_unsaved(page: &Page, reason: &str) {
    page.click(&async_switch("Send email"));
    page.expect_headline("The user waits 650 ms at 10 users.");
    page.expect_text_contains(".notice", &["Your work is not being saved on this device.", reason]);
    page.expect_count(".notice", 1);
    page.expect_text_contains(".foot", &["Not saved on this device."]);
    page.enter(&latency_field("Send email"), "700");
    page.click_button("Undo");
    page.click_button("Undo");
    page.expect_headline("The user waits 1,050 ms at 10 users.");
    page.click_button("Practise");
    page.click_button("Start the questions");
    page.expect_count(".answer", 4);
    // The notice comes once.
    page.wait_until_idle();
    page.expect_count(".notice", 1);
}

#[test]
fn a_reload_finds_everything_as_it_was() {
    let page = open();
    page.enter(&latency_field("Send email"), "730");
    page.click(&async_switch("Update analytics"));
    page.click_button("500");
    page.expect_text_contains("h1", &["500 users"]);
    choose_theme(&page, "Dark");
    wait_until_saved(&page);
    let headline = page.headline();
    // The fragment, which holds the scenario too, is left out.
    page.go_to("");
    page.expect_headline(&headline);
    page.expect_value(&latency_field("Send email"), "730");
    page.expect_attribute("html", "data-theme", "dark");
    page.expect_disabled("Undo");
    page.expect_text(".foot span", "Saved on this device. Nothing is uploaded.");
}

#[test]
fn leaving_the_page_at_once_keeps_the_last_change() {
    let page = open();
    page.run(&format!("harness.find({}).click(); await harness.delay(0)", json!(async_switch("Send email"))));
    page.hide();
    assert_ne!(stored(&page, STATE), Value::Null, "a hidden page may never be shown again");
}

#[test]
fn blocked_storage_is_said_and_everything_else_works() {
    let page = open_with(
        "Object.defineProperty(window, 'localStorage', {
           get() { throw new DOMException('no', 'SecurityError') },
         })",
    );
    check_works_unsaved(&page, "The browser blocks storage for this page");
}

#[test]
fn missing_storage_is_said_too() {
    let page = open_with("Object.defineProperty(window, 'localStorage', { value: null })");
    check_works_unsaved(&page, "The browser blocks storage for this page");
}

#[test]
fn full_storage_is_understood_in_both_spellings() {
    for error in [
        "new DOMException('full', 'QuotaExceededError')",
        "Object.assign(new Error('full'), { name: 'NS_ERROR_DOM_QUOTA_REACHED', code: 1014 })",
    ] {
        let page = open_with(&format!("Storage.prototype.setItem = () => {{ throw {error} }}"));
        check_works_unsaved(&page, "The browser's storage for this page is full");
    }
}

#[test]
fn storage_that_is_really_full_is_one_of_them() {
    let page = open();
    page.run(
        "for (let size = 1 << 22; size >= 1; size >>= 1) {
           for (let number = 0; ; number++) {
             try { localStorage.setItem(`${size} ${number}`, 'x'.repeat(size)) } catch { break }
           }
         }",
    );
    check_works_unsaved(&page, "The browser's storage for this page is full");
    page.run("localStorage.clear()");
    page.click_button("Explore");
    page.click_button("Dismiss");
    page.enter(&named("Users"), "44");
    wait_for_storage(&page, &Value::Null);
    page.go_to("");
    // With room again, changes are saved again.
    page.expect_value(&named("Users"), "44");
}

#[test]
fn unreadable_state_is_put_aside_and_said() {
    let page = open();
    let cases = [
        ("garbage".to_owned(), "aside. It begins with"),
        ("waiting-line=1.AAAA.AAAAAA".to_owned(), "aside. Its content does not match its checksum."),
        ("waiting-line=1.Dg0KCwo".to_owned(), "aside. It ends before"),
        ("waiting-line=99.AAAA.AAAAAA".to_owned(), "aside. It has version 99"),
        (format!("waiting-line=1.{}", "A".repeat(100_000)), "bytes long"),
    ];
    for (garbage, reason) in cases {
        page.run(&format!("localStorage.setItem({}, {})", json!(STATE), json!(garbage)));
        page.go_to("");
        page.expect_headline("The user waits 1,050 ms at 10 users.");
        page.expect_text_contains(".notice", &["could not be read, so this is a fresh start", reason]);
        let notice = page.text(".notice");
        assert!(!notice.contains("copy of it") && !notice.contains("copied"), "advice for links: {notice}");
        // The unreadable state is kept.
        assert_eq!(stored(&page, BAD), garbage);
        page.click(&async_switch("Send email"));
        wait_for_storage(&page, &Value::Null);
        page.go_to("");
        page.expect_count(".notice", 0);
        page.expect_headline("The user waits 650 ms at 10 users.");
    }
}

#[test]
fn a_tab_in_which_nothing_changed_leaves_alone_what_another_kept() {
    let page = open();
    page.enter(&named("Users"), "44");
    wait_for_storage(&page, &Value::Null);
    let mut other = Session::new();
    other.apply(Action::SetUsers(Users::new(55)));
    let state = storage_format::encode(&other);
    page.run(&format!("localStorage.setItem({}, {})", json!(STATE), json!(state)));
    page.hide();
    assert_eq!(stored(&page, STATE), state);
}

#[test]
fn storage_cleared_by_another_tab_is_written_again() {
    let page = open();
    page.enter(&named("Users"), "44");
    wait_for_storage(&page, &Value::Null);
    page.run("localStorage.clear()");
    page.enter(&named("Users"), "45");
    wait_for_storage(&page, &Value::Null);
    page.go_to("");
    page.expect_value(&named("Users"), "45");
}
