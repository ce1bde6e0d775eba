//! Every view in every size, as a person goes through it: pictures to look at, and nothing to complain of.

use crate::explorer::{settings, switch};
use crate::looks::choose_theme;
use crate::support::{Page, Screen, Stage, Theme};

const SCREENS: [(&str, Screen); 3] =
    [("1440", Screen::LAPTOP), ("1920", Screen::PROJECTOR), ("390", Screen::PHONE)];

/// Takes a picture of the whole page in three sizes; what is written in it must be for people.
fn picture(page: &Page, view: &str, look: &str) {
    let text = page.value("document.body.innerText");
    let spoken = page.value(
        "[...document.querySelectorAll('[aria-label], [aria-valuetext], [title]')].map((it) =>
           [it.ariaLabel, it.ariaValueText, it.title].join(' ')).join(' ')",
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
        page.screenshot_of_all(&format!("{view}-{name}-{look}"));
    }
    page.resize(Screen::LAPTOP);
}

/// Through all views; `look` names the pictures.
fn tour(page: &Page, look: &str) {
    picture(page, "explore", look);
    page.click(&switch("Send email"));
    page.click(&switch("Update analytics"));
    page.press_button("100");
    page.click(&settings("Send email"));
    picture(page, "explore-hybrid-100", look);
    page.load_preset("slow-email");
    page.press_button("500");
    picture(page, "explore-slow-500", look);
    page.load_preset("flash-sale");
    picture(page, "explore-flash-sale", look);
    page.load_preset("all-async");
    page.press_button("Table");
    picture(page, "explore-all-async", look);
    for (button, view) in [("Display", "display"), ("Share", "share"), ("Keys and help", "help")] {
        page.press_button(button);
        picture(page, view, look);
        page.press_button("Close");
    }
    page.press_button("Practise");
    page.wait_until("document.querySelector('.practise-intro')");
    picture(page, "practise-welcome", look);
    page.press_button("Start the questions");
    page.wait_until("document.querySelector('#prompt')");
    picture(page, "practise-question", look);
    for choice in ["1", "2", "3", "4"] {
        page.press(&[choice]);
    }
    picture(page, "practise-answered", look);
    page.press_button("Library");
    picture(page, "library", look);
    page.press_button("Explore");
    page.press(&["p"]);
    picture(page, "projector", look);
    page.press(&["p"]);
    page.go_to("#s=1.broken");
    picture(page, "notice", look);
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_tour_in_the_light_leaves_no_complaint() {
    tour(&Stage::release().open(Screen::LAPTOP, Theme::Light), "light");
}

#[test]
fn a_tour_in_the_dark_leaves_no_complaint() {
    tour(&Stage::release().open(Screen::LAPTOP, Theme::Dark), "dark");
}

#[test]
fn a_tour_in_high_contrast_leaves_no_complaint() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    choose_theme(&page, "High contrast");
    tour(&page, "contrast");
}
