//! How the page comes up: each file once, and nothing that jumps.

use crate::amiss::no_scripts;
use crate::support::{Browser, Page, Screen, Stage, Theme};

#[test]
fn every_file_is_fetched_once() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    let requests = page.fetched();
    let twice: Vec<_> =
        requests.iter().filter(|url| requests.iter().filter(|other| other == url).count() > 1).collect();
    assert!(twice.is_empty(), "{twice:#?}");
    assert!(requests.iter().any(|url| url.contains("_bg.wasm")), "{requests:#?}");
}

#[test]
fn what_stands_before_the_app_is_what_the_app_shows() {
    for screen in [Screen::LAPTOP, Screen::PHONE] {
        let before = no_scripts().open(screen, Theme::Light);
        let after = Stage::release().open(screen, Theme::Light);
        for selector in ["h1", ".lead", ".preset-look", ".clocks"] {
            assert_eq!(
                before.text(selector),
                after.text(selector),
                "{selector}: index.html differs from the app"
            );
        }
        before.screenshot(&format!("before-the-app-{}", screen.width));
        after.screenshot(&format!("start-{}", screen.width));
        for selector in [".brand", "h1", ".lead", ".timeline"] {
            let moved = top(&after, selector) - top(&before, selector);
            assert!(
                moved.abs() <= 4.0,
                "{selector} jumps by {moved} px at {} px when the app starts",
                screen.width
            );
        }
    }
}

fn top(page: &Page, selector: &str) -> f64 {
    page.value(&format!("document.querySelector('{selector}').getBoundingClientRect().top")).as_f64().unwrap()
}

#[test]
fn nothing_shifts_while_the_page_loads() {
    if Browser::present() == Browser::Chromium {
        let watch = "window.shifted = 0; new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.shifted += entry.value;
        }).observe({ type: 'layout-shift', buffered: true })";
        for screen in [Screen::LAPTOP, Screen::PHONE] {
            let page = Stage::release().with_prelude(watch).open(screen, Theme::Light);
            page.run("await new Promise((done) => setTimeout(done, 500))");
            let shifted = page.value("window.shifted").as_f64().unwrap();
            assert!(shifted <= 0.02, "the layout shifted by {shifted} at {} px", screen.width);
        }
    }
}
