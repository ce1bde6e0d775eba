//! The program comes in two: what the first picture and the main job take, and the rest.

use serde_json::Value;
use xtask::site::LIMIT;

use crate::explorer::{latency, named, settings, switch};
use crate::support::{Input, Page, Screen, Stage, Theme, key, release_site};

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
fn nothing_more_is_fetched_while_nobody_is_there() {
    for screen in [Screen::LAPTOP, Screen::PROJECTOR, Screen::PHONE] {
        let page = Stage::release().open_untouched(screen, Theme::Light);
        page.run("await new Promise((done) => setTimeout(done, 3000))");
        let site = release_site();
        let weigh = |url: &String| {
            let path =
                url.split(['#', '?']).next().unwrap_or_default().splitn(4, '/').nth(3).unwrap_or_default();
            site.file(path).map_or(0, |(_, body)| body.brotli().len())
        };
        let fetched = page.fetched();
        let weight: usize = fetched.iter().map(weigh).sum();
        assert!(weight > LIMIT / 2 && weight <= LIMIT, "{weight} bytes came: {fetched:#?}");
        page.says("The user waits 1,050 ms at 10 users.");
    }
}

#[test]
fn any_sign_of_somebody_has_the_rest_fetched() {
    let signs: [fn(&Page); 3] = [
        |page| page.point_at((300.0, 300.0)),
        |page| page.press(&[key::TAB]),
        |page| drop(page.run("scrollTo(0, 400)")),
    ];
    for sign in signs {
        let page = Stage::release().open_untouched(Screen::LAPTOP, Theme::Light);
        sign(&page);
        page.wait_until("document.documentElement.dataset.rest === 'here'");
        page.wait_until("document.querySelectorAll('.panels[data-row=second] > *').length === 3");
        assert!(!has_waited(&page));
    }
}

#[test]
fn the_main_job_works_before_the_rest_is_here_and_is_kept_when_it_comes() {
    let late = "window.seen = new Set();
        const real = fetch.bind(window);
        const released = new Promise((release) => { window.release = release });
        if (location.protocol === 'http:' && localStorage.length > 0) release();
        window.fetch = (url, ...more) => String(url).includes('-rest-') ? released.then(() => real(url, ...more)) : real(url, ...more)";
    for (screen, input) in [(Screen::LAPTOP, Input::Mouse), (Screen::PHONE, Input::Touch)] {
        let page = Stage::release().with_prelude(late).open(screen, Theme::Light);
        page.tap(input, &switch("Send email"));
        page.says("The user waits 650 ms at 10 users.");
        page.drag_latency(input, "Validate payment", 100.0);
        page.says("The user waits 750 ms at 10 users.");
        page.enter(&latency("Validate payment"), "500 ms");
        page.enter(&named("Users"), "100");
        page.says("The user waits 4.09 s at 100 users.");
        page.press_button("Undo");
        page.says("The user waits 850 ms at 10 users.");
        assert!(!has_waited(&page), "`cargo xtask profile` finds out anew what the main job takes");
        assert_eq!(page.value("[location.hash, localStorage.length]"), serde_json::json!(["", 0]));
        page.run("release()");
        page.wait_until("location.hash.length > 1 && localStorage.getItem('waiting-line.state')");
        page.reload();
        page.says("The user waits 850 ms at 10 users.");
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
    page.click(&settings("Send email"));
    assert_eq!(page.count(".details"), 1);
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
