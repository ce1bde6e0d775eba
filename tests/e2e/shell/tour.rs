//! A tour through every view at every size: takes screenshots, and expects readable text and no errors.

use crate::controls::{async_switch, settings_button};
use crate::shell::appearance::choose_theme;
use crate::support::{Page, Screen, Site, Theme};

const SCREENS: [(&str, Screen); 3] =
    [("1440", Screen::LAPTOP), ("1920", Screen::PROJECTOR), ("390", Screen::PHONE)];

/// Takes screenshots of the whole page in three sizes, and expects its texts to be meant for people.
#[track_caller]
fn check_view(page: &Page, view: &str, theme: &str) {
    page.wait_until_idle();
    let text = page.eval("document.body.innerText");
    let spoken = page.eval(
        "harness.findAll('[aria-label], [aria-valuetext], [title]')
           .flatMap(({ ariaLabel, ariaValueText, title }) => [ariaLabel, ariaValueText, title]).join(' ')",
    );
    for text in [text, spoken] {
        let text = text.as_str().unwrap().to_owned();
        for slip in ["NaN", "Infinity", "undefined", "-0 ", "null", "Some(", "[object"] {
            assert!(!text.contains(slip), "{slip} in {view}: {text}");
        }
        assert!(
            !text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "inf"),
            "inf in {view}: {text}"
        );
    }
    for (name, screen) in SCREENS {
        page.resize(screen);
        page.screenshot_full_page(&format!("{view}-{name}-{theme}"));
    }
    page.resize(Screen::LAPTOP);
}

/// Goes through all views; `theme` is part of the screenshots' names.
#[track_caller]
fn tour(page: &Page, theme: &str) {
    let check = |view: &str| check_view(page, view, theme);
    check("explore");
    page.click(&async_switch("Send email"));
    page.click(&async_switch("Update analytics"));
    page.click_button("100");
    page.click(&settings_button("Send email"));
    check("explore-hybrid-100");
    page.load_preset("slow-email");
    page.click_button("500");
    check("explore-slow-500");
    page.load_preset("flash-sale");
    check("explore-flash-sale");
    page.load_preset("all-async");
    page.click_button("Table");
    check("explore-all-async");
    for (button, view) in [("Display", "display"), ("Share", "share"), ("Keys and help", "help")] {
        page.click_button(button);
        check(view);
        page.click_button("Close");
    }
    page.click_button("Practise");
    page.expect_count(".practise-intro", 1);
    check("practise-welcome");
    page.click_button("Start the questions");
    page.expect_count("#prompt", 1);
    check("practise-question");
    for choice in ["1", "2", "3", "4"] {
        page.press_keys(&[choice]);
    }
    page.expect_count(".answer-why", 4);
    check("practise-answered");
    page.click_button("Library");
    page.expect_text("h1", "Library");
    check("library");
    page.click_button("Explore");
    page.expect_count(".timeline", 1);
    page.press_keys(&["p"]);
    page.expect_attribute("html", "data-projector", "");
    check("projector");
    page.press_keys(&["p"]);
    page.go_to("#s=1.broken");
    page.expect_count(".notice", 1);
    check("notice");
    assert_eq!(page.errors(), [""; 0]);
}

#[test]
fn a_tour_in_the_light_leaves_no_complaint() {
    tour(&Site::release().open(Screen::LAPTOP, Theme::Light), "light");
}

#[test]
fn a_tour_in_the_dark_leaves_no_complaint() {
    tour(&Site::release().open(Screen::LAPTOP, Theme::Dark), "dark");
}

#[test]
fn a_tour_in_high_contrast_leaves_no_complaint() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    choose_theme(&page, "High contrast");
    tour(&page, "contrast");
}
