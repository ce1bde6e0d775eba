//! How the page looks: themes, motion, the projector, and the sheet of keys.

use serde_json::json;

use crate::explorer::{named, settings, slider};
use crate::support::{Browser, Input, Page, Screen, Stage, Theme, key};

/// Red, green and blue of the page behind everything, and of the chart's curve as it is drawn.
fn colours(page: &Page) -> (String, Vec<u64>) {
    // The charts are drawn anew in their turn, some frames after the page.
    page.settle();
    let paper = page.value("getComputedStyle(document.body).backgroundColor").as_str().unwrap().to_owned();
    // The curve is the commonest colour of the chart that is no grey.
    let curve = page.run(
        "const canvas = document.querySelector('.chart canvas');
         const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
         const counts = new Map();
         for (let i = 0; i < data.length; i += 4) {
           const [r, g, b, a] = data.slice(i, i + 4);
           if (a < 250 || Math.max(r, g, b) - Math.min(r, g, b) < 60) continue;
           const key = [r, g, b].join();
           counts.set(key, (counts.get(key) ?? 0) + 1);
         }
         return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0].split(',').map(Number) ?? []",
    );
    (paper, serde_json::from_value(curve).unwrap())
}

/// Chooses a theme in the sheet.
pub(crate) fn choose_theme(page: &Page, name: &str) {
    page.press_button("Display");
    page.run(&format!(
        "[...document.querySelectorAll('dialog label')].find((it) => it.textContent.trim() === '{name}').querySelector('input').click()"
    ));
    page.press_button("Close");
}

const LIGHT: &str = "rgb(250, 248, 244)";
const DARK: &str = "rgb(14, 18, 24)";

#[test]
fn the_page_follows_the_system_until_a_theme_is_chosen() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Dark);
    assert_eq!(colours(&page), (DARK.to_owned(), vec![122, 190, 255]));
    choose_theme(&page, "Light");
    assert_eq!(colours(&page), (LIGHT.to_owned(), vec![18, 104, 181]));
    choose_theme(&page, "High contrast");
    assert_eq!(colours(&page), ("rgb(0, 0, 0)".to_owned(), vec![122, 190, 255]), "dark as the system");
    choose_theme(&page, "Dark");
    assert_eq!(colours(&page).0, DARK);
    choose_theme(&page, "As the system");
    assert_eq!(colours(&page).0, DARK);
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    assert_eq!(colours(&page), (LIGHT.to_owned(), vec![18, 104, 181]));
    choose_theme(&page, "High contrast");
    assert_eq!(colours(&page), ("rgb(255, 255, 255)".to_owned(), vec![0, 62, 126]), "light as the system");
}

#[test]
fn a_chosen_theme_is_there_before_the_first_paint_of_the_next_visit() {
    let watch = "new MutationObserver((_, observer) => {
        if (!document.body) return;
        window.themeAtFirst = document.documentElement.dataset.theme ?? 'none';
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true })";
    let page = Stage::release().with_prelude(watch).open(Screen::LAPTOP, Theme::Light);
    assert_eq!(page.value("window.themeAtFirst"), "none");
    choose_theme(&page, "Dark");
    page.wait_until("localStorage.getItem('waiting-line.state')");
    page.reload();
    assert_eq!(page.value("window.themeAtFirst"), "dark");
    assert_eq!(colours(&page).0, DARK);
}

#[test]
fn a_system_that_asks_for_contrast_gets_it() {
    // Firefox takes this from the desktop alone.
    if Browser::present() != Browser::Chromium {
        return;
    }
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    let ask = |scheme: &str, more: (&str, &str)| {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": more.0, "value": more.1 },
        ]);
        page.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }));
        page.run("await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    };
    ask("light", ("prefers-contrast", "more"));
    assert_eq!(colours(&page), ("rgb(255, 255, 255)".to_owned(), vec![0, 62, 126]));
    ask("dark", ("prefers-contrast", "more"));
    assert_eq!(colours(&page), ("rgb(0, 0, 0)".to_owned(), vec![122, 190, 255]));
    page.screenshot_of_all("explore-contrast-dark");
    ask("light", ("forced-colors", "active"));
    let charts = page.pictures();
    page.screenshot_of_all("explore-forced-colors");
    ask("light", ("forced-colors", "none"));
    assert_eq!(colours(&page).0, LIGHT);
    let usual = page.pictures();
    for (forced, usual) in charts.iter().zip(usual) {
        assert_ne!(*forced, usual, "a chart keeps its own colours where the system forces others");
    }
}

/// The longest transition or animation of anything on the page, in seconds.
fn longest_motion(page: &Page) -> f64 {
    let longest = page.value(
        "Math.max(...[...document.querySelectorAll('*')].flatMap((it) => ['', '::after'].flatMap((part) => {
           const style = getComputedStyle(it, part || null);
           return `${style.transitionDuration}, ${style.animationName === 'none' ? 0 : style.animationDuration}`
             .split(',').map(parseFloat);
         })))",
    );
    longest.as_f64().unwrap()
}

#[test]
fn motion_stops_where_the_system_or_the_person_asks() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.click(&settings("Send email"));
    assert!(longest_motion(&page) > 0.05, "nothing moves at all, so there is nothing to test");
    page.press_button("Display");
    page.run("document.querySelector('dialog [type=checkbox]').click()");
    page.press_button("Close");
    assert!(longest_motion(&page) < 0.001, "{} s", longest_motion(&page));
    let page = Stage::release().with_reduced_motion().open(Screen::LAPTOP, Theme::Light);
    page.click(&settings("Send email"));
    assert!(longest_motion(&page) < 0.001, "{} s", longest_motion(&page));
}

#[test]
fn the_projector_fits_a_laptop_without_scrolling_and_a_phone() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.press(&["p"]);
    page.settle();
    page.screenshot("projector-laptop");
    let fits = "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(page.value(fits), true);
    let page = Stage::release().open(Screen::PHONE, Theme::Dark);
    page.tap_button(Input::Touch, "Display");
    page.tap(Input::Touch, "fieldset:last-of-type input[type=checkbox]");
    page.tap_button(Input::Touch, "Close");
    page.settle();
    page.screenshot("projector-phone");
    assert_eq!(page.value("document.documentElement.dataset.projector"), "");
    assert_eq!(page.value("document.documentElement.scrollWidth <= innerWidth"), true);
    page.tap_button(Input::Touch, "Leave projector mode");
    assert_eq!(page.value("document.documentElement.dataset.projector"), serde_json::Value::Null);
}

#[test]
fn on_a_phone_the_clocks_stay_in_sight() {
    let page = Stage::release().open(Screen::PHONE, Theme::Light);
    page.enter(&named("Users"), "100");
    let seen = page.value(
        "(({ top, bottom }) => top >= 0 && bottom < 100)(document.querySelector('.clocks').getBoundingClientRect())",
    );
    assert_eq!(seen, true);
    assert_eq!(page.clock("answered"), "4.27 s");
    page.screenshot("phone-load");
}

#[test]
fn the_projector_shows_the_sentence_the_timeline_and_one_chart_larger() {
    let page = Stage::release().open(Screen::PROJECTOR, Theme::Light);
    let size = |page: &Page| {
        page.value("parseFloat(getComputedStyle(document.querySelector('.lane-name')).fontSize)")
            .as_f64()
            .unwrap()
    };
    let usual = size(&page);
    page.press(&["p"]);
    assert!(size(&page) >= 1.2 * usual, "{} px, usually {usual}", size(&page));
    let seen = page.value(
        "['h1', '.timeline', '.chart', '.top', '.load', '.saturation', '.foot'].map((it) =>
           document.querySelector(it).checkVisibility())",
    );
    assert_eq!(seen, serde_json::json!([true, true, true, false, false, false, false]));
    let wide = page.value("document.documentElement.scrollWidth <= innerWidth");
    assert_eq!(wide, true);
    page.screenshot("projector");
    page.focus(&slider("Send email"));
    page.press(&[key::SHIFT, key::RIGHT]);
    page.says("The user waits 1,150 ms at 10 users.");
    page.press(&["p"]);
    assert_eq!(page.value("document.querySelector('.top').checkVisibility()"), true);
    page.press_button("Projector mode");
    page.press_button("Leave projector mode");
    assert_eq!(page.value("document.documentElement.dataset.projector"), serde_json::Value::Null);
}

#[test]
fn f_fills_the_screen() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.press(&["f"]);
    page.wait_until("document.fullscreenElement");
    page.press(&["f"]);
    page.wait_until("!document.fullscreenElement");
    page.press_button("Full screen");
    page.wait_until("document.fullscreenElement");
}

#[test]
fn a_question_mark_opens_the_sheet_of_keys_and_escape_closes_it() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.focus(&slider("Send email"));
    page.press(&["?"]);
    page.wait_until("document.querySelector('dialog[open]')");
    let sheet = page.text("dialog[open]");
    for part in ["projector mode", "full screen", "undo", "10 ms shorter or longer", "choose an answer"] {
        assert!(sheet.contains(part), "{part} in {sheet}");
    }
    for _ in 0..5 {
        page.press(&[key::TAB]);
        let place = page.value(
            "document.activeElement === document.body || document.activeElement.closest('dialog') !== null",
        );
        assert_eq!(place, true, "the focus left the open sheet");
    }
    page.press(&[key::ESCAPE]);
    page.wait_until("!document.querySelector('dialog[open]')");
    let focused = page.value("document.activeElement.getAttribute('aria-label')");
    assert_eq!(focused, "Send email latency", "the focus comes back");
}

#[test]
fn letters_in_a_field_are_letters() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.click(&settings("Send email"));
    page.enter(".details input[type=text]", "pf?");
    assert_eq!(page.steps()[2], "pf?");
    assert_eq!(page.value("document.documentElement.dataset.projector"), serde_json::Value::Null);
    assert_eq!(page.count("dialog[open]"), 0);
}
