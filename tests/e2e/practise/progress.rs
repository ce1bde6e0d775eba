//! Progress through a quiz: it survives a reload, and a link brings the same quiz elsewhere.

use crate::support::{Page, Screen, Site, Theme};

fn start_quiz() -> Page {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.click_button("Practise");
    page.click(".practise .action");
    page.wait_until("harness.find('.question-prompt')");
    page
}

/// Returns the text of the question with its options and the verdicts on them, once the page is idle.
#[track_caller]
fn question_text(page: &Page) -> String {
    page.wait_until("harness.find('.question-prompt')");
    page.wait_until_idle();
    page.text(".question")
}

#[test]
fn a_quiz_goes_on_where_it_was_left() {
    let page = start_quiz();
    page.press_keys(&["1"]);
    page.press_keys(&["2"]);
    let text = question_text(&page);
    page.click_button("Library");
    page.expect_text(".views [aria-current=page]", "Library");
    // A hidden page saves its state at once.
    page.hide();
    // The fragment holds the quiz too, but not the answers.
    page.go_to("");
    page.click_button("Practise");
    assert_eq!(question_text(&page), text);
    page.click_button("Stop here");
    page.expect_text("h1", "Practise");
}

#[test]
fn a_link_with_a_quiz_begins_the_same_one_elsewhere() {
    let page = start_quiz();
    let text = question_text(&page);
    let address = page.wait_for_address();
    let elsewhere = Site::release().open_at(&address, Screen::PHONE, Theme::Dark);
    assert_eq!(question_text(&elsewhere), text);
}
