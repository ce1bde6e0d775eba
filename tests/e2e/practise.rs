//! Practise: the questions come when they are wanted, and a quiz outlives what keeps them away.

use crate::support::{Page, Screen, Stage, Theme};

/// The site with a host that keeps the questions back while the tab remembers the word `cut`.
fn stage() -> Stage {
    Stage::release().with_prelude(
        "const fetchAll = window.fetch;
         window.fetch = (url, ...rest) => String(url).includes('questions') && sessionStorage.getItem('cut')
           ? Promise.reject(new TypeError('cut')) : fetchAll(url, ...rest)",
    )
}

fn open() -> Page {
    stage().open(Screen::LAPTOP, Theme::Light)
}

fn deliveries(page: &Page) -> usize {
    page.fetched().iter().filter(|url| url.contains("questions")).count()
}

/// The question shown, with what was chosen in vain.
fn standing(page: &Page) -> String {
    page.wait_until("document.querySelector('.question-prompt')");
    page.text(".question")
}

#[test]
fn the_questions_come_once_and_only_to_those_who_practise() {
    let page = open();
    assert_eq!(deliveries(&page), 0);
    page.press_button("Practise");
    page.click(".practise .action");
    standing(&page);
    page.press_button("Explore");
    page.press_button("Practise");
    standing(&page);
    assert_eq!(deliveries(&page), 1);
}

#[test]
fn questions_that_do_not_come_can_be_asked_for_again() {
    let page = open();
    page.run("sessionStorage.setItem('cut', 'yes')");
    page.press_button("Practise");
    page.wait_until("document.querySelector('.practise [role=alert]')");
    assert!(page.text(".practise [role=alert]").contains("check the connection"));
    page.screenshot("practise-without-questions");
    page.click(".practise .action");
    page.wait_until("document.querySelector('.practise [role=alert]')");
    page.run("sessionStorage.removeItem('cut')");
    page.click(".practise .action");
    page.wait_until("document.querySelector('.practise-intro')");
    page.click(".practise .action");
    standing(&page);
}

#[test]
fn a_quiz_goes_on_where_it_was_left_even_when_the_questions_come_late() {
    let page = open();
    page.press_button("Practise");
    page.click(".practise .action");
    standing(&page);
    page.press(&["1"]);
    page.press(&["2"]);
    let left = standing(&page);
    // The state is kept a moment after the last change.
    page.run("await new Promise((done) => setTimeout(done, 800)); sessionStorage.setItem('cut', 'yes')");
    page.reload();
    page.wait_until("document.querySelector('.practise [role=alert]')");
    page.press_button("Library");
    page.run("await new Promise((done) => setTimeout(done, 800)); sessionStorage.removeItem('cut')");
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
    let other = stage().open_at(link.as_str().unwrap(), Screen::PHONE, Theme::Dark);
    assert_eq!(standing(&other), asked);
}
