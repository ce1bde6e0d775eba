//! The program comes in two: what the first picture takes, and the rest.

use serde_json::Value;

use crate::explorer::switch;
use crate::stage::{Page, Screen, Stage, Theme};

/// Whether something of the rest was wanted before it was there.
fn has_waited(page: &Page) -> bool {
    page.value("document.documentElement.dataset.waited ?? null") != Value::Null
}

#[test]
fn the_first_picture_waits_for_nothing_of_the_rest() {
    for (screen, theme) in
        [(Screen::LAPTOP, Theme::Light), (Screen::PROJECTOR, Theme::Dark), (Screen::PHONE, Theme::Dark)]
    {
        let page = Stage::release().open(screen, theme);
        assert!(!has_waited(&page), "`cargo xtask profile` finds out anew what the first picture takes");
        assert_eq!(page.count(".panels[data-row=second] > *"), 3);
    }
}

#[test]
fn a_state_to_be_read_has_the_rest_come_first() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.click(&switch("Send email"));
    page.says("The user waits 650 ms at 10 users.");
    page.wait_until("localStorage.getItem('waiting-line.state')");
    page.reload();
    page.says("The user waits 650 ms at 10 users.");
    assert!(!has_waited(&page));
}

/// Keeps the rest back; the stage then takes the page for a watched one, which has none.
const HELD: &str = "window.seen = new Set();
    const real = fetch.bind(window);
    window.fetch = (url, ...more) => String(url).includes('-rest-') ? new Promise(() => {}) : real(url, ...more)";

#[test]
fn what_is_wanted_early_is_fetched_while_the_page_waits() {
    let page = Stage::release().with_prelude(HELD).open(Screen::LAPTOP, Theme::Light);
    page.forgive_complaints();
    assert_eq!(page.count(".panels[data-row=second] > *"), 0);
    page.click(&switch("Send email"));
    page.says("The user waits 650 ms at 10 users.");
    assert!(has_waited(&page));
    page.wait_until("document.querySelectorAll('.panels[data-row=second] > *').length === 3");
}

#[test]
fn a_rest_that_does_not_come_is_fetched_again() {
    let fails = "let fails = 2;
        const real = fetch.bind(window);
        window.fetch = (url, ...more) =>
            String(url).includes('-rest-') && fails-- > 0 ? Promise.reject(new TypeError('no answer')) : real(url, ...more)";
    let page = Stage::release().with_prelude(fails).open(Screen::LAPTOP, Theme::Light);
    assert!(!has_waited(&page));
    assert_eq!(page.count(".panels[data-row=second] > *"), 3);
}
