//! The state is kept on the device; where it cannot be, the page says so calmly and works.

use serde_json::{Value, json};
use waiting_line::session::storage_format;
use waiting_line::session::{Action, Session};
use waiting_line::units::Users;

use crate::explorer::{latency, named, switch};
use crate::support::{Page, Screen, Stage, Theme};

const STATE: &str = "waiting-line.state";
const BAD: &str = "waiting-line.state.bad";

fn open() -> Page {
    Stage::release().open(Screen::LAPTOP, Theme::Light)
}

fn open_with(prelude: &str) -> Page {
    Stage::release().with_prelude(prelude).open(Screen::LAPTOP, Theme::Light)
}

fn stored(page: &Page, key: &str) -> Value {
    page.value(&format!("localStorage.getItem({})", json!(key)))
}

/// Waits until the device has kept something else than before.
fn wait_for_storage(page: &Page, before: &Value) {
    page.wait_until(&format!("localStorage.getItem({}) !== {before}", json!(STATE)));
}

/// The page goes out of sight, as when another tab comes before it.
fn hide(page: &Page) {
    page.run(
        "Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
         document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))",
    );
}

/// Everything but saving must work.
#[track_caller]
fn check_works_unsaved(page: &Page, reason: &str) {
    page.click(&switch("Send email"));
    page.says("The user waits 650 ms at 10 users.");
    page.wait_until("document.querySelector('.notice')");
    let notice = page.text(".notice");
    assert!(notice.starts_with("Your work is not being saved on this device."), "{notice}");
    assert!(notice.contains(reason), "{reason} in {notice}");
    assert_eq!(page.count(".notice"), 1);
    assert!(page.text(".foot").starts_with("Not saved on this device."), "{}", page.text(".foot"));
    page.enter(&latency("Send email"), "700");
    page.press_button("Undo");
    page.press_button("Undo");
    page.says("The user waits 1,050 ms at 10 users.");
    page.press_button("Practise");
    page.press_button("Start the questions");
    page.wait_until("document.querySelectorAll('.answer').length === 4");
    assert_eq!(page.count(".notice"), 1, "the notice comes once");
}

#[test]
fn a_reload_finds_everything_as_it_was() {
    let page = open();
    page.enter(&latency("Send email"), "730");
    page.click(&switch("Update analytics"));
    page.press_button("500");
    let before = stored(&page, STATE);
    page.press_button("Display");
    page.run("document.querySelectorAll('[name=theme]')[2].click()");
    page.press_button("Close");
    wait_for_storage(&page, &before);
    let sentence = page.headline();
    // Without the fragment, which holds the scenario too.
    page.go_to("");
    page.says(&sentence);
    assert_eq!(page.held(&latency("Send email")), "730");
    assert_eq!(page.value("document.documentElement.dataset.theme"), "dark");
    assert!(!page.can_press("Undo"));
    assert_eq!(page.text(".foot span"), "Saved on this device. Nothing is uploaded.");
}

#[test]
fn leaving_the_page_at_once_keeps_the_last_change() {
    let page = open();
    page.run(
        "document.querySelector('[aria-label=\"Send email asynchronous\"]').click();
         await new Promise((done) => setTimeout(done))",
    );
    hide(&page);
    assert_ne!(stored(&page, STATE), Value::Null, "what is hidden may never come back");
}

#[test]
fn blocked_storage_is_said_and_everything_else_works() {
    let page = open_with(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })",
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
    page.press_button("Explore");
    page.press_button("Dismiss");
    page.enter(&named("Users"), "44");
    wait_for_storage(&page, &Value::Null);
    page.go_to("");
    assert_eq!(page.held(&named("Users")), "44", "once there is room again, work is kept again");
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
        page.says("The user waits 1,050 ms at 10 users.");
        let notice = page.text(".notice");
        assert!(notice.contains("could not be read, so this is a fresh start"), "{notice}");
        assert!(notice.contains(reason), "{reason} in {notice}");
        assert!(!notice.contains("copy of it") && !notice.contains("copied"), "advice for links: {notice}");
        assert_eq!(stored(&page, BAD), garbage, "the unreadable copy is kept");
        page.click(&switch("Send email"));
        wait_for_storage(&page, &Value::Null);
        page.go_to("");
        assert_eq!(page.count(".notice"), 0, "{}", page.text(".notices"));
        page.says("The user waits 650 ms at 10 users.");
    }
}

#[test]
fn a_tab_in_which_nothing_changed_leaves_alone_what_another_kept() {
    let page = open();
    page.enter(&named("Users"), "44");
    wait_for_storage(&page, &Value::Null);
    let mut other = Session::new();
    other.apply(Action::SetUsers(Users::new(55)));
    let kept = storage_format::encode(&other);
    page.run(&format!("localStorage.setItem({}, {})", json!(STATE), json!(kept)));
    hide(&page);
    assert_eq!(stored(&page, STATE), kept);
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
    assert_eq!(page.held(&named("Users")), "45");
}
