//! The failure cards of `public/crash.js`, shown when the app cannot start or has stopped, and the stored
//! states.

use serde_json::{Value, json};

use crate::controls::{async_switch, named, settings_button};
use crate::shell::broken_site::{glue, idle_app, no_scripts, wasm};
use crate::support::{Page, Screen, Site, Theme, key};

const STATE: &str = "waiting-line.state";
const PREVIOUS: &str = "waiting-line.previous";
const BAD: &str = "waiting-line.state.bad";

fn stored(page: &Page, key: &str) -> Value {
    page.eval(&format!("localStorage.getItem({})", json!(key)))
}

fn store(page: &Page, key: &str, value: &str) {
    page.run(&format!("localStorage.setItem({}, {})", json!(key), json!(value)));
}

fn crash(page: &Page) {
    page.run("waitingLineCrash('index out of bounds: the length is 4 but the index is 7')");
}

/// Clicks a button of the card and waits for the page that it loads.
fn click_and_reload(page: &Page, button: usize) {
    page.run("window.isOld = true");
    page.click(&format!(".boot-actions button:nth-of-type({button})"));
    page.wait_until("!window.isOld && document.readyState === 'complete'");
    page.wait_for_app();
}

#[track_caller]
fn check_card(page: &Page, case: &str, title: &str) {
    page.expect_eval("document.getElementById('boot-card')?.dataset.case", case);
    page.expect_text("#boot-card h2", title);
    page.expect_attribute("html", "data-app", "failed");
    page.screenshot(&format!("card-{case}"));
}

#[test]
fn a_panic_shows_a_card_that_nothing_behind_it_can_be_reached_through() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    crash(&page);
    check_card(&page, "panic", "The explorer stopped");
    page.expect_text_contains(".boot-detail", &["index out of bounds"]);
    page.press_keys(&[key::ESCAPE]);
    page.wait_until_idle();
    page.expect_count("#boot-card[open]", 1);
    for _ in 0..6 {
        page.press_keys(&[key::TAB]);
        // The focus stays in the card, or goes to the browser's own controls.
        let ancestor = page.eval("document.activeElement.closest('#boot-card, body').id");
        assert!(ancestor == "boot-card" || ancestor == "", "the focus is behind the card: {ancestor}");
    }
}

#[test]
fn a_panic_of_the_app_itself_leaves_the_state_to_a_reload() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.allow_errors();
    page.enter(&named("Users"), "44");
    page.click(&async_switch("Send email"));
    page.expect_text_contains("h1", &["44 users"]);
    page.wait_until_idle();
    let headline = page.headline();
    // The browser fails once, which the app does not expect.
    page.run(
        "const createElement = document.createElement.bind(document);
         document.createElement = () => {
           document.createElement = createElement;
           throw new Error('out of elements');
         }",
    );
    page.click(&settings_button("Send email"));
    check_card(&page, "panic", "The explorer stopped");
    page.expect_text_contains(".boot-detail", &["out of elements"]);
    click_and_reload(&page, 1);
    page.expect_headline(&headline);
}

#[test]
fn the_first_of_several_messages_stands() {
    let page = Site::release().open(Screen::PHONE, Theme::Dark);
    crash(&page);
    page.run("waitingLineCrash('unreachable executed')");
    page.wait_until_idle();
    assert!(page.text(".boot-detail").starts_with("index out of bounds"));
    page.screenshot("card-panic-phone-dark");
}

#[test]
fn reload_and_restore_keeps_state_and_address() {
    let page = idle_app().open_at("#s=1.abc", Screen::LAPTOP, Theme::Light);
    store(&page, STATE, "after");
    store(&page, PREVIOUS, "before");
    crash(&page);
    click_and_reload(&page, 1);
    assert_eq!(stored(&page, STATE), "after");
    page.expect_eval("location.hash", "#s=1.abc");
    page.expect_count("#boot-card", 0);
}

#[test]
fn reload_without_the_last_change_goes_one_state_back() {
    let page = idle_app().open_at("#s=1.abc", Screen::LAPTOP, Theme::Light);
    store(&page, STATE, "after");
    store(&page, PREVIOUS, "before");
    crash(&page);
    // A stopped app may still save its state when the page is left.
    page.run("addEventListener('pagehide', () => localStorage.setItem('waiting-line.state', 'after'))");
    click_and_reload(&page, 2);
    assert_eq!(stored(&page, STATE), "before");
    page.expect_eval("location.hash", "");
}

#[test]
fn the_third_crash_with_one_state_sets_it_aside() {
    let page = idle_app().open(Screen::LAPTOP, Theme::Light);
    store(&page, STATE, "poison");
    for _ in 0..2 {
        crash(&page);
        check_card(&page, "panic", "The explorer stopped");
        click_and_reload(&page, 1);
    }
    crash(&page);
    check_card(&page, "repeated", "The explorer stopped again");
    click_and_reload(&page, 1);
    assert_eq!(stored(&page, STATE), Value::Null);
    assert_eq!(stored(&page, BAD), "poison");
    crash(&page);
    check_card(&page, "panic", "The explorer stopped");
}

#[test]
fn crashes_with_another_state_or_long_ago_do_not_count() {
    let page = idle_app().open(Screen::LAPTOP, Theme::Light);
    for (state, times) in
        [("other", "[Date.now(), Date.now()]"), ("mine", "[Date.now() - 61000, Date.now() - 62000]")]
    {
        store(&page, STATE, "mine");
        let crashes = format!("JSON.stringify({{ state: '{state} ', times: {times} }})");
        page.run(&format!("localStorage.setItem('waiting-line.crashes', {crashes})"));
        crash(&page);
        check_card(&page, "panic", "The explorer stopped");
        page.reload();
    }
}

#[test]
fn without_storage_the_card_still_comes() {
    let refuse_storage = "Object.defineProperty(window, 'localStorage', {
        get() { throw new DOMException('no', 'SecurityError') },
      })";
    let page = Site::release().with_preload_script(refuse_storage).open(Screen::LAPTOP, Theme::Light);
    crash(&page);
    check_card(&page, "panic", "The explorer stopped");
}

#[test]
fn the_report_can_be_copied_where_the_clipboard_is_refused() {
    let refuse_clipboard =
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject() } })";
    let page = Site::release().with_preload_script(refuse_clipboard).open(Screen::LAPTOP, Theme::Light);
    crash(&page);
    page.click(".boot-actions button:nth-of-type(3)");
    page.wait_until("harness.find('.boot-report')");
    let report = page.input_value(".boot-report");
    for part in
        ["The Waiting Line: panic", "index out of bounds", "Build: ", "Browser: Mozilla", "Address: http"]
    {
        assert!(report.contains(part), "{part} in {report}");
    }
}

#[test]
fn a_missing_part_is_told_from_a_changed_one() {
    let missing = Site::modified(|files| files.remove(&wasm(files)));
    let missing_glue = Site::modified(|files| files.remove(&glue(files)));
    let changed = Site::modified(|files| {
        let name = wasm(files);
        let mut bytes = files.read(&name);
        *bytes.last_mut().unwrap() ^= 1;
        files.write(&name, &bytes);
    });
    let cases = [
        (missing, "missing", "A part of the explorer is missing"),
        (missing_glue, "missing", "A part of the explorer is missing"),
        (changed, "altered", "A part of the explorer is not what it should be"),
    ];
    for (site, case, title) in cases {
        let page = site.open(Screen::LAPTOP, Theme::Light);
        page.allow_errors();
        check_card(&page, case, title);
        // The static lesson stays behind the card.
        assert!(page.text("h1").starts_with("The user waits"), "{}", page.text("h1"));
    }
}

#[test]
fn a_browser_without_webassembly_is_told_so() {
    let page =
        Site::release().with_preload_script("delete window.WebAssembly").open(Screen::LAPTOP, Theme::Light);
    check_card(&page, "no-webassembly", "This browser cannot run the explorer");
}

#[test]
fn a_browser_with_an_older_webassembly_is_told_so() {
    let old_webassembly = "WebAssembly.instantiateStreaming = () =>
        Promise.reject(new WebAssembly.CompileError('unknown opcode'))";
    let page = Site::release().with_preload_script(old_webassembly).open(Screen::LAPTOP, Theme::Light);
    check_card(&page, "no-webassembly", "This browser cannot run the explorer");
}

#[test]
fn offline_the_app_waits_for_the_connection() {
    let offline = "if (location.protocol === 'http:' && !sessionStorage.isOnline) {
        Object.defineProperty(navigator, 'onLine', { get: () => false });
        window.fetch = () => Promise.reject(new TypeError('no connection'));
    }";
    let page = Site::release().with_preload_script(offline).open(Screen::LAPTOP, Theme::Light);
    check_card(&page, "offline", "You are offline");
    page.run("sessionStorage.isOnline = 1; setTimeout(() => dispatchEvent(new Event('online')))");
    page.expect_attribute("html", "data-app", "ready");
    page.expect_count("#boot-card", 0);
}

#[test]
fn a_site_that_does_not_answer_is_told_so() {
    let page = Site::release()
        .with_preload_script("window.fetch = () => Promise.reject(new TypeError('no answer'))")
        .open(Screen::LAPTOP, Theme::Light);
    check_card(&page, "unreachable", "The explorer could not be loaded");
}

#[test]
fn slow_loading_is_told_and_goes_on() {
    // The timer of fifteen seconds ends at once, and files come a second later.
    let slow = "const real = { fetch: fetch.bind(window), setTimeout: setTimeout.bind(window) };
        window.setTimeout = (work, time) => real.setTimeout(work, time === 15000 ? 1 : time);
        window.fetch = async (...all) => {
          await new Promise((done) => real.setTimeout(done, 1000));
          window.firstCard ??= document.getElementById('boot-card')?.dataset.case;
          return real.fetch(...all);
        }";
    let page = Site::release().with_preload_script(slow).open(Screen::LAPTOP, Theme::Light);
    page.expect_eval("firstCard", "slow");
    page.expect_attribute("html", "data-app", "ready");
    page.expect_count("#boot-card", 0);
}

#[test]
fn without_scripts_the_lesson_stands_on_its_own() {
    let page = no_scripts().open(Screen::PHONE, Theme::Light);
    let parts = ["The user waits 1,050 ms", "Send email sync 400 ms", "the user waits 500 ms"];
    page.expect_text_contains("main", &parts);
    page.screenshot_full_page("lesson-phone");
}
