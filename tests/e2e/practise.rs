//! Practise: a quiz outlives a reload, and a link brings it elsewhere.

use crate::support::{Page, Screen, Stage, Theme};

fn open() -> Page {
    Stage::release().open(Screen::LAPTOP, Theme::Light)
}

/// The question shown, with the options that were chosen wrongly.
fn standing(page: &Page) -> String {
    page.wait_until("document.querySelector('.question-prompt')");
    page.text(".question")
}

#[test]
fn a_quiz_goes_on_where_it_was_left() {
    let page = open();
    page.press_button("Practise");
    page.click(".practise .action");
    standing(&page);
    page.press(&["1"]);
    page.press(&["2"]);
    let left = standing(&page);
    page.press_button("Library");
    // The state is kept a moment after the last change.
    page.run("await new Promise((done) => setTimeout(done, 800))");
    // Without the fragment, which holds the quiz too, but not how it was answered.
    page.go_to("");
    page.press_button("Practise");
    assert_eq!(standing(&page), left);
    page.press_button("Stop here");
    assert_eq!(page.text("h1"), "Practise");
}

#[test]
fn a_link_with_a_quiz_begins_the_same_one_elsewhere() {
    let page = open();
    page.press_button("Practise");
    page.click(".practise .action");
    let asked = standing(&page);
    page.run("await new Promise((done) => setTimeout(done, 600))");
    let link = page.value("location.hash");
    let other = Stage::release().open_at(link.as_str().unwrap(), Screen::PHONE, Theme::Dark);
    assert_eq!(standing(&other), asked);
}
