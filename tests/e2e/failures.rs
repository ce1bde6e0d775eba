//! When the app cannot start or has stopped: the cards of `public/crash.js`, and what survives.

use serde_json::{Value, json};

use crate::amiss::{glue, idle_app, no_scripts, wasm};
use crate::explorer::{named, settings, switch};
use crate::support::{Page, Screen, Stage, Theme, key};

const STATE: &str = "waiting-line.state";
const PREVIOUS: &str = "waiting-line.previous";
const BAD: &str = "waiting-line.state.bad";

fn stored(page: &Page, key: &str) -> Value {
    page.value(&format!("localStorage.getItem({})", json!(key)))
}

fn store(page: &Page, key: &str, value: &str) {
    page.run(&format!("localStorage.setItem({}, {})", json!(key), json!(value)));
}

fn crash(page: &Page) {
    page.run("waitingLineCrash('index out of bounds: the length is 4 but the index is 7')");
}

/// Presses a button of the card and waits for the page that it loads.
fn press_and_reload(page: &Page, button: usize) {
    page.run("window.isOld = true");
    page.click(&format!(".boot-actions button:nth-of-type({button})"));
    page.wait_until("!window.isOld && document.readyState === 'complete'");
    page.wait_for_app();
}

#[track_caller]
fn check_card(page: &Page, case: &str, title: &str) {
    assert_eq!(page.value("document.getElementById('boot-card')?.dataset.case"), case);
    assert_eq!(page.text("#boot-card h2"), title);
    assert_eq!(page.value("document.documentElement.dataset.app"), "failed");
    page.screenshot(&format!("card-{case}"));
}

#[test]
fn a_panic_shows_a_card_that_nothing_behind_it_can_be_reached_through() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    crash(&page);
    check_card(&page, "panic", "The explorer stopped");
    assert!(page.text(".boot-detail").contains("index out of bounds"));
    page.press(&[key::ESCAPE]);
    page.wait_until("document.getElementById('boot-card').open");
    for _ in 0..6 {
        page.press(&[key::TAB]);
        let place = page.value("document.activeElement.closest('#boot-card, body').id");
        assert!(place == "boot-card" || place == "", "the focus is behind the card: {place}");
    }
}

#[test]
fn a_panic_of_the_app_itself_leaves_the_state_to_a_reload() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.forgive_complaints();
    page.enter(&named("Users"), "44");
    page.click(&switch("Send email"));
    let sentence = page.headline();
    // The browser fails the app once, which nothing in the app expects.
    page.run(
        "const create = document.createElement.bind(document);
         document.createElement = () => { document.createElement = create; throw new Error('out of elements') }",
    );
    page.click(&settings("Send email"));
    page.wait_until("document.getElementById('boot-card')");
    check_card(&page, "panic", "The explorer stopped");
    assert!(page.text(".boot-detail").contains("out of elements"), "{}", page.text(".boot-detail"));
    press_and_reload(&page, 1);
    page.says(&sentence);
}

#[test]
fn the_first_of_several_messages_stands() {
    let page = Stage::release().open(Screen::PHONE, Theme::Dark);
    crash(&page);
    page.run("waitingLineCrash('unreachable executed')");
    assert!(page.text(".boot-detail").starts_with("index out of bounds"));
    page.screenshot("card-panic-phone-dark");
}

#[test]
fn reload_and_restore_keeps_state_and_address() {
    let page = idle_app().open_at("#s=1.abc", Screen::LAPTOP, Theme::Light);
    store(&page, STATE, "after");
    store(&page, PREVIOUS, "before");
    crash(&page);
    press_and_reload(&page, 1);
    assert_eq!(stored(&page, STATE), "after");
    assert_eq!(page.value("location.hash"), "#s=1.abc");
    assert_eq!(page.count("#boot-card"), 0);
}

#[test]
fn reload_without_the_last_change_goes_one_state_back() {
    let page = idle_app().open_at("#s=1.abc", Screen::LAPTOP, Theme::Light);
    store(&page, STATE, "after");
    store(&page, PREVIOUS, "before");
    crash(&page);
    // What a stopped app may still do as its page goes.
    page.run("addEventListener('pagehide', () => localStorage.setItem('waiting-line.state', 'after'))");
    press_and_reload(&page, 2);
    assert_eq!(stored(&page, STATE), "before");
    assert_eq!(page.value("location.hash"), "");
}

#[test]
fn the_third_crash_with_one_state_sets_it_aside() {
    let page = idle_app().open(Screen::LAPTOP, Theme::Light);
    store(&page, STATE, "poison");
    for _ in 0..2 {
        crash(&page);
        check_card(&page, "panic", "The explorer stopped");
        press_and_reload(&page, 1);
    }
    crash(&page);
    check_card(&page, "repeated", "The explorer stopped again");
    press_and_reload(&page, 1);
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
        page.run(&format!(
            "localStorage.setItem('waiting-line.crashes', JSON.stringify({{ state: '{state} ', times: {times} }}))"
        ));
        crash(&page);
        check_card(&page, "panic", "The explorer stopped");
        page.reload();
    }
}

#[test]
fn without_storage_the_card_still_comes() {
    let refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })";
    let page = Stage::release().with_prelude(refuse).open(Screen::LAPTOP, Theme::Light);
    crash(&page);
    check_card(&page, "panic", "The explorer stopped");
}

#[test]
fn the_report_can_be_copied_where_the_clipboard_is_refused() {
    let refuse =
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject() } })";
    let page = Stage::release().with_prelude(refuse).open(Screen::LAPTOP, Theme::Light);
    crash(&page);
    page.click(".boot-actions button:nth-of-type(3)");
    page.wait_until("document.querySelector('.boot-report')");
    let report = page.value("document.querySelector('.boot-report').value");
    let report = report.as_str().unwrap();
    for part in
        ["The Waiting Line: panic", "index out of bounds", "Build: ", "Browser: Mozilla", "Address: http"]
    {
        assert!(report.contains(part), "{part} in {report}");
    }
}

#[test]
fn a_missing_part_is_told_from_a_changed_one() {
    let missing = Stage::changed(|site| site.remove(&wasm(site)));
    let missing_glue = Stage::changed(|site| site.remove(&glue(site)));
    let changed = Stage::changed(|site| {
        let path = wasm(site);
        let mut bytes = site.file(&path).unwrap().1.plain().to_vec();
        *bytes.last_mut().unwrap() ^= 1;
        site.put(&path, bytes);
    });
    let cases = [
        (missing, "missing", "A part of the explorer is missing"),
        (missing_glue, "missing", "A part of the explorer is missing"),
        (changed, "altered", "A part of the explorer is not what it should be"),
    ];
    for (stage, case, title) in cases {
        let page = stage.open(Screen::LAPTOP, Theme::Light);
        page.forgive_complaints();
        check_card(&page, case, title);
        assert!(page.text("h1").starts_with("The user waits"), "the lesson is gone");
    }
}

#[test]
fn a_browser_without_webassembly_is_told_so() {
    let page = Stage::release().with_prelude("delete window.WebAssembly").open(Screen::LAPTOP, Theme::Light);
    check_card(&page, "no-webassembly", "This browser cannot run the explorer");
}

#[test]
fn a_browser_with_an_older_webassembly_is_told_so() {
    let old = "WebAssembly.instantiateStreaming = () => Promise.reject(new WebAssembly.CompileError('unknown opcode'))";
    let page = Stage::release().with_prelude(old).open(Screen::LAPTOP, Theme::Light);
    check_card(&page, "no-webassembly", "This browser cannot run the explorer");
}

#[test]
fn offline_the_app_waits_for_the_connection() {
    let offline = "if (location.protocol === 'http:' && !sessionStorage.back) {
        Object.defineProperty(navigator, 'onLine', { get: () => false });
        window.fetch = () => Promise.reject(new TypeError('no connection'));
    }";
    let page = Stage::release().with_prelude(offline).open(Screen::LAPTOP, Theme::Light);
    check_card(&page, "offline", "You are offline");
    page.run("sessionStorage.back = 1; setTimeout(() => dispatchEvent(new Event('online')))");
    page.wait_until("document.documentElement.dataset.app === 'ready'");
    assert_eq!(page.count("#boot-card"), 0);
}

#[test]
fn a_site_that_does_not_answer_is_told_so() {
    let page = Stage::release()
        .with_prelude("window.fetch = () => Promise.reject(new TypeError('no answer'))")
        .open(Screen::LAPTOP, Theme::Light);
    check_card(&page, "unreachable", "The explorer could not be loaded");
}

#[test]
fn slow_loading_is_told_and_goes_on() {
    // Fifteen seconds pass at once, and the file comes a second later.
    let slow = "const real = { fetch: fetch.bind(window), setTimeout: setTimeout.bind(window) };
        window.setTimeout = (work, time) => real.setTimeout(work, time === 15000 ? 1 : time);
        window.fetch = (...all) => new Promise((done) => {
            real.setTimeout(() => { window.told ??= document.getElementById('boot-card')?.dataset.case; done(real.fetch(...all)) }, 1000);
        })";
    let page = Stage::release().with_prelude(slow).open(Screen::LAPTOP, Theme::Light);
    assert_eq!(page.value("window.told"), "slow");
    assert_eq!(page.value("document.documentElement.dataset.app"), "ready");
    assert_eq!(page.count("#boot-card"), 0);
}

#[test]
fn without_scripts_the_lesson_stands_on_its_own() {
    let page = no_scripts().open(Screen::PHONE, Theme::Light);
    let lesson = page.text("main");
    for part in ["The user waits 1,050 ms", "Send email sync 400 ms", "the user waits 500 ms"] {
        assert!(lesson.contains(part), "{part} in {lesson}");
    }
    page.screenshot_of_all("lesson-phone");
}
