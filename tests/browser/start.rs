//! The start page, before anything is touched.

use crate::amiss::no_scripts;
use crate::stage::{Browser, Page, Screen, Stage, Theme};

#[test]
fn the_start_page_stands_without_a_complaint() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    assert_eq!(page.value("document.documentElement.dataset.app"), "ready");
    assert!(page.text("h1").starts_with("The user waits"), "{}", page.text("h1"));
    assert_eq!(page.complaints(), [""; 0]);
}

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
fn the_theme_that_was_chosen_stands_before_the_first_paint() {
    let watch = "document.addEventListener('readystatechange', () => {
        window.first ??= document.documentElement.dataset.theme ?? 'none';
    })";
    let page = Stage::release().with_prelude(watch).open(Screen::LAPTOP, Theme::Light);
    assert_eq!(page.value("window.first"), "none");
    page.click("button[aria-label=Display]");
    page.click("dialog[open] label:nth-of-type(3)");
    page.wait_until("document.documentElement.dataset.theme === 'dark'");
    page.run("await new Promise((done) => setTimeout(done, 700))");
    page.reload();
    assert_eq!(page.value("window.first"), "dark");
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

#[test]
fn the_page_has_the_size_the_scale_and_the_theme_that_was_asked_for() {
    let cases =
        [(Screen::LAPTOP, Theme::Light), (Screen::PHONE, Theme::Dark), (Screen::PROJECTOR, Theme::Dark)];
    for (screen, theme) in cases {
        let page = Stage::release().with_reduced_motion().open(screen, theme);
        let told = page.value(
            "[innerWidth, innerHeight, devicePixelRatio, matchMedia('(prefers-color-scheme: dark)').matches,
              matchMedia('(prefers-reduced-motion: reduce)').matches]",
        );
        let expected =
            serde_json::json!([screen.width, screen.height, screen.scale, theme == Theme::Dark, true]);
        assert_eq!(numbers(&told), numbers(&expected));
    }
}

/// JSON without the difference between 1 and 1.0.
fn numbers(value: &serde_json::Value) -> Vec<f64> {
    let number = |item: &serde_json::Value| item.as_f64().unwrap_or(f64::from(u8::from(item == true)));
    value.as_array().unwrap().iter().map(number).collect()
}
