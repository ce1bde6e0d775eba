//! The appearance of the page: themes, motion, projector mode, full screen, and the dialog of keys.

use serde_json::{Value, json};

use crate::controls::{latency_slider, named, settings_button};
use crate::support::{Browser, Page, Pointer, Screen, Site, Theme, key};

/// The JavaScript expression for the page's background colour.
const BACKGROUND: &str = "getComputedStyle(document.body).backgroundColor";

/// The JavaScript expression for the colour of the chart's curve: the most frequent one that is not grey.
const CURVE_COLOUR: &str = "((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const counts = new Map();
    for (let i = 0; i < data.length; i += 4) {
      const [r, g, b, a] = data.slice(i, i + 4);
      if (a < 250 || Math.max(r, g, b) - Math.min(r, g, b) < 60) continue;
      const colour = `rgb(${r}, ${g}, ${b})`;
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0];
  })(harness.find('.chart canvas'))";

/// Expects the colours of the page's background and of the chart's curve.
#[track_caller]
fn expect_colours(page: &Page, background: &str, curve: &str) {
    page.expect_eval(BACKGROUND, background);
    page.expect_eval(CURVE_COLOUR, curve);
}

/// Chooses a theme in the display dialog.
pub(crate) fn choose_theme(page: &Page, name: &str) {
    page.click_button("Display");
    page.run(&format!(
        "harness.findAll('dialog label').find((label) => label.textContent.trim() === '{name}')
           .querySelector('input').click()"
    ));
    page.click_button("Close");
}

const LIGHT: &str = "rgb(250, 248, 244)";
const DARK: &str = "rgb(14, 18, 24)";
const WHITE: &str = "rgb(255, 255, 255)";
const BLACK: &str = "rgb(0, 0, 0)";
const CURVE_ON_LIGHT: &str = "rgb(18, 104, 181)";
const CURVE_ON_DARK: &str = "rgb(122, 190, 255)";
const CURVE_ON_WHITE: &str = "rgb(0, 62, 126)";

#[test]
fn the_page_follows_the_system_until_a_theme_is_chosen() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Dark);
    expect_colours(&page, DARK, CURVE_ON_DARK);
    choose_theme(&page, "Light");
    expect_colours(&page, LIGHT, CURVE_ON_LIGHT);
    choose_theme(&page, "High contrast");
    // Dark, as the system is.
    expect_colours(&page, BLACK, CURVE_ON_DARK);
    choose_theme(&page, "Dark");
    page.expect_eval(BACKGROUND, DARK);
    choose_theme(&page, "As the system");
    page.expect_eval(BACKGROUND, DARK);
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    expect_colours(&page, LIGHT, CURVE_ON_LIGHT);
    choose_theme(&page, "High contrast");
    // Light, as the system is.
    expect_colours(&page, WHITE, CURVE_ON_WHITE);
}

#[test]
fn a_chosen_theme_is_there_before_the_first_paint_of_the_next_visit() {
    let record_theme = "new MutationObserver((_, observer) => {
        if (!document.body) return;
        window.firstTheme = document.documentElement.dataset.theme ?? 'none';
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true })";
    let page = Site::release().with_preload_script(record_theme).open(Screen::LAPTOP, Theme::Light);
    page.expect_eval("firstTheme", "none");
    choose_theme(&page, "Dark");
    page.wait_until("localStorage.getItem('waiting-line.state')");
    page.reload();
    page.expect_eval("firstTheme", "dark");
    page.expect_eval(BACKGROUND, DARK);
}

#[test]
fn a_system_that_asks_for_contrast_gets_it() {
    if Browser::current() == Browser::Firefox {
        // Firefox takes this from the desktop only.
        return;
    }
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    let emulate = |scheme: &str, (name, value): (&str, &str)| {
        page.emulate_media(&[("prefers-color-scheme", scheme), (name, value)]);
        page.wait_until(&format!("matchMedia('({name}: {value})').matches"));
    };
    emulate("light", ("prefers-contrast", "more"));
    expect_colours(&page, WHITE, CURVE_ON_WHITE);
    emulate("dark", ("prefers-contrast", "more"));
    expect_colours(&page, BLACK, CURVE_ON_DARK);
    page.screenshot_full_page("explore-contrast-dark");
    emulate("light", ("forced-colors", "active"));
    let charts = page.canvas_checksums();
    page.screenshot_full_page("explore-forced-colors");
    emulate("light", ("forced-colors", "none"));
    page.expect_eval(BACKGROUND, LIGHT);
    let usual = page.canvas_checksums();
    for (forced, usual) in charts.iter().zip(usual) {
        assert_ne!(*forced, usual, "a chart keeps its own colours although the system forces others");
    }
}

/// The JavaScript expression for the longest transition or animation of any element, in seconds.
const LONGEST_MOTION: &str =
    "Math.max(...harness.findAll('*').flatMap((element) => [null, '::after'].flatMap((pseudo) => {
       const style = getComputedStyle(element, pseudo);
       const animation = style.animationName === 'none' ? '0' : style.animationDuration;
       return `${style.transitionDuration}, ${animation}`.split(',').map(parseFloat);
     })))";

#[test]
fn motion_stops_where_the_system_or_the_person_asks() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.click(&settings_button("Send email"));
    page.expect_count(".details", 1);
    page.wait_until(&format!("{LONGEST_MOTION} > 0.05"));
    page.click_button("Display");
    page.run("harness.find('dialog [type=checkbox]').click()");
    page.click_button("Close");
    page.wait_until(&format!("{LONGEST_MOTION} < 0.001"));
    let page = Site::release().with_reduced_motion().open(Screen::LAPTOP, Theme::Light);
    page.click(&settings_button("Send email"));
    page.expect_count(".details", 1);
    page.wait_until(&format!("{LONGEST_MOTION} < 0.001"));
}

/// Expects projector mode to be on or off.
#[track_caller]
fn expect_projector(page: &Page, is_on: bool) {
    let expected = if is_on { Value::from("") } else { Value::Null };
    page.expect_attribute("html", "data-projector", expected);
}

#[test]
fn the_projector_fits_a_laptop_without_scrolling_and_a_phone() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.press_keys(&["p"]);
    expect_projector(&page, true);
    page.wait_until_idle();
    page.screenshot("projector-laptop");
    page.wait_until("document.documentElement.scrollHeight <= innerHeight");
    page.wait_until("document.documentElement.scrollWidth <= innerWidth");
    let page = Site::release().open(Screen::PHONE, Theme::Dark);
    page.tap_button(Pointer::Touch, "Display");
    page.tap(Pointer::Touch, "fieldset:last-of-type input[type=checkbox]");
    page.tap_button(Pointer::Touch, "Close");
    expect_projector(&page, true);
    page.wait_until_idle();
    page.screenshot("projector-phone");
    page.wait_until("document.documentElement.scrollWidth <= innerWidth");
    page.tap_button(Pointer::Touch, "Leave projector mode");
    expect_projector(&page, false);
}

#[test]
fn on_a_phone_the_clocks_stay_in_sight() {
    let page = Site::release().open(Screen::PHONE, Theme::Light);
    page.enter(&named("Users"), "100");
    page.expect_metric("answered", "4.27 s");
    page.wait_until(
        "(({ top, bottom }) => top >= 0 && bottom < 100)(harness.find('.clocks').getBoundingClientRect())",
    );
    page.screenshot("phone-load");
}

#[test]
fn the_projector_shows_the_sentence_the_timeline_and_one_chart_larger() {
    let page = Site::release().open(Screen::PROJECTOR, Theme::Light);
    let font_size = "parseFloat(getComputedStyle(harness.find('.lane-name')).fontSize)";
    let usual = page.eval(font_size);
    page.press_keys(&["p"]);
    expect_projector(&page, true);
    page.wait_until(&format!("{font_size} >= 1.2 * {usual}"));
    page.expect_eval(
        "['h1', '.timeline', '.chart', '.top', '.load', '.saturation', '.foot'].map((selector) =>
           harness.find(selector).checkVisibility())",
        json!([true, true, true, false, false, false, false]),
    );
    page.wait_until("document.documentElement.scrollWidth <= innerWidth");
    page.screenshot("projector");
    page.focus(&latency_slider("Send email"));
    page.press_keys(&[key::SHIFT, key::RIGHT]);
    page.expect_headline("The user waits 1,150 ms at 10 users.");
    page.press_keys(&["p"]);
    page.wait_until("harness.find('.top').checkVisibility()");
    page.click_button("Projector mode");
    page.click_button("Leave projector mode");
    expect_projector(&page, false);
}

#[test]
fn f_fills_the_screen() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.press_keys(&["f"]);
    page.wait_until("document.fullscreenElement");
    page.press_keys(&["f"]);
    page.wait_until("!document.fullscreenElement");
    page.click_button("Full screen");
    page.wait_until("document.fullscreenElement");
}

#[test]
fn a_question_mark_opens_the_sheet_of_keys_and_escape_closes_it() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.focus(&latency_slider("Send email"));
    page.press_keys(&["?"]);
    let parts = ["projector mode", "full screen", "undo", "10 ms shorter or longer", "choose an answer"];
    page.expect_text_contains("dialog[open]", &parts);
    for _ in 0..5 {
        page.press_keys(&[key::TAB]);
        // The focus stays in the open dialog, or goes to the browser's own controls.
        let focus =
            "document.activeElement === document.body || document.activeElement.closest('dialog') !== null";
        assert_eq!(page.eval(focus), true, "the focus left the open dialog");
    }
    page.press_keys(&[key::ESCAPE]);
    page.expect_count("dialog[open]", 0);
    page.expect_focus(&latency_slider("Send email"));
}

#[test]
fn letters_in_a_field_are_letters() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.click(&settings_button("Send email"));
    page.enter(".details input[type=text]", "pf?");
    page.expect_step_names(&["Validate payment", "Check inventory", "pf?", "Update analytics"]);
    page.wait_until_idle();
    expect_projector(&page, false);
    page.expect_count("dialog[open]", 0);
}
