//! Startup of the page: it fetches each file once, and nothing moves while it loads.

use crate::shell::broken_site::no_scripts;
use crate::support::{Browser, Page, Screen, Site, Theme};

#[test]
fn every_file_is_fetched_once() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.wait_until_idle();
    let urls = page.downloads();
    let repeated: Vec<_> =
        urls.iter().filter(|url| urls.iter().filter(|other| other == url).count() > 1).collect();
    assert!(repeated.is_empty(), "{repeated:#?}");
    assert!(urls.iter().any(|url| url.contains("_bg.wasm")), "{urls:#?}");
}

#[test]
fn what_stands_before_the_app_is_what_the_app_shows() {
    for screen in [Screen::LAPTOP, Screen::PHONE] {
        let before = no_scripts().open(screen, Theme::Light);
        let after = Site::release().open(screen, Theme::Light);
        after.wait_until_idle();
        for selector in ["h1", ".lead", ".preset-look", ".clocks"] {
            let (before, after) = (before.text(selector), after.text(selector));
            assert_eq!(before, after, "{selector}: index.html differs from the app");
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
    page.eval(&format!("harness.find('{selector}').getBoundingClientRect().top")).as_f64().unwrap()
}

#[test]
fn nothing_shifts_while_the_page_loads() {
    if Browser::current() == Browser::Firefox {
        // Firefox has no performance observer for layout shifts.
        return;
    }
    let record_shifts = "window.layoutShift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) layoutShift += entry.value;
        }).observe({ type: 'layout-shift', buffered: true })";
    for screen in [Screen::LAPTOP, Screen::PHONE] {
        let page = Site::release().with_preload_script(record_shifts).open(screen, Theme::Light);
        page.wait_until_idle();
        page.run("await harness.delay(500)");
        let shift = page.eval("layoutShift").as_f64().unwrap();
        assert!(shift <= 0.02, "the layout shifted by {shift} at {} px", screen.width);
    }
}
