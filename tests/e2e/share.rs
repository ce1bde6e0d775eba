//! The link is the save file: it opens elsewhere, and a bad one leaves what was there.

use waiting_line::scenario::{Placement, StepId};
use waiting_line::session::{Action, Session, share_link};
use waiting_line::units::{Time, Users};

use crate::explorer::{latency, named, switch};
use crate::support::{Page, Screen, Stage, Theme};

fn open() -> Page {
    Stage::release().open(Screen::LAPTOP, Theme::Light)
}

/// A link to the worked case with email published and slower.
fn made_elsewhere() -> String {
    let mut session = Session::new();
    session.apply(Action::SetPlacement(StepId(3), Placement::Async));
    session.apply(Action::SetServiceTime(StepId(3), Time::from_millis(820.0)));
    session.apply(Action::SetUsers(Users::new(60)));
    share_link::encode(&session)
}

#[test]
fn the_address_holds_the_whole_state_and_opens_elsewhere() {
    let page = open();
    page.load_preset("hybrid");
    page.enter(&latency("Send email"), "820");
    page.press_button("100");
    page.click(&switch("Check inventory"));
    page.wait_until("location.hash.length > 20");
    page.press_button("Share");
    let link = page.held(&named("Link to this scenario"));
    let address = page.value("location.href");
    page.wait_until(&format!("location.href === {link:?}"));
    assert!(link.contains("#s=1."), "{link} {address}");
    // A link does not say where its maker started from, so there is nothing to reset one control to.
    let seen = |page: &Page| page.words().replace("↺\n", "");
    let elsewhere = Stage::release().open(Screen::LAPTOP, Theme::Light);
    elsewhere.go_to(&format!("#{}", link.split_once('#').unwrap().1));
    page.press_button("Close");
    elsewhere.wait_until("document.querySelector('h1').innerText.includes('100 users')");
    assert_eq!(seen(&elsewhere), seen(&page));
    assert_eq!(elsewhere.pictures(), page.pictures(), "the charts must look the same");
}

#[test]
fn the_link_can_be_copied_or_else_is_selected() {
    let stub = "Object.defineProperty(navigator, 'clipboard', { value: {
        writeText: (text) => window.refuse ? Promise.reject() : (window.copied = text, Promise.resolve()) } })";
    let page = Stage::release().with_prelude(stub).open(Screen::LAPTOP, Theme::Light);
    page.press_button("Share");
    let link = page.held(&named("Link to this scenario"));
    page.press_button("Copy link");
    page.wait_until("document.querySelector('.toast').innerText === 'Link copied.'");
    assert_eq!(page.value("window.copied"), link);
    assert_eq!(page.count("dialog[open]"), 0, "the sheet has done its work");
    page.run("window.refuse = true");
    page.press_button("Share");
    page.press_button("Copy link");
    page.wait_until("document.querySelector('.toast').innerText.includes('did not allow')");
    let selected = page.value("document.querySelector('[aria-label^=Link]').selectionEnd");
    assert_eq!(selected, link.len(), "the link is selected, to be copied by hand");
}

#[test]
fn a_link_opens_in_an_open_page_and_can_be_undone() {
    let page = open();
    page.enter(&named("Users"), "33");
    page.go_to(&made_elsewhere());
    page.wait_until("document.querySelector('h1').innerText.includes('60 users')");
    assert_eq!(page.held(&latency("Send email")), "820");
    assert_eq!(page.attribute(&switch("Send email"), "aria-checked"), "true");
    page.press_button("Undo");
    assert_eq!(page.held(&named("Users")), "33");
}

#[test]
fn a_bad_link_leaves_what_was_there_and_says_what_failed() {
    let good = made_elsewhere();
    let (body, _) = good.rsplit_once('.').unwrap();
    let cases = [
        (format!("{body}.AAAAAA"), "here. Its content does not match its checksum"),
        (good[..good.len() / 2].to_owned(), "here. It ends before its checksum is complete"),
        (good.replacen("#s=1.", "#s=7.", 1), "here. It has version 7, and this page reads up to version 1"),
        (format!("#s=1.{}.AAAAAA", "A".repeat(70_000)), "bytes long, more than the 65536 that are read"),
        ("#something-else".to_owned(), "check that it was copied from this page"),
        ("#s=1.%00%ff<script>.x".to_owned(), "here. Its content does not match its checksum"),
    ];
    let page = open();
    page.enter(&named("Users"), "33");
    page.wait_until("localStorage.getItem('waiting-line.state')");
    let own = page.headline();
    for (address, reason) in cases {
        page.go_to(&address);
        page.wait_until("document.querySelector('.notice')");
        let notice = page.text(".notice");
        assert!(
            notice.starts_with("That link could not be opened, so what you had is still here."),
            "{notice}"
        );
        assert!(notice.contains(reason), "{reason} in {notice}");
        page.says(&own);
        page.reload();
        page.says(&own);
        assert!(page.text(".notice").contains(reason), "{}", page.text(".notice"));
        page.press_button("Dismiss");
        assert_eq!(page.count(".notice"), 0);
    }
}

#[test]
fn a_good_link_takes_away_what_was_said_of_a_bad_one() {
    let page = open();
    page.run("location.hash = '#garbage'");
    page.wait_until("document.querySelector('.notice')");
    page.run(&format!("location.hash = {:?}", made_elsewhere()));
    page.wait_until("document.querySelector('h1').innerText.includes('60 users')");
    page.wait_until("!document.querySelector('.notice')");
}

#[test]
fn what_can_be_read_of_a_cut_link_can_be_opened() {
    let good = made_elsewhere();
    let page = open();
    page.go_to(&good[..good.len() - 3]);
    page.wait_until("document.querySelector('.notice')");
    page.says("The user waits 1,050 ms at 10 users.");
    page.press_button("Open what could be read");
    assert_eq!(page.held(&latency("Send email")), "820");
    assert_eq!(page.held(&named("Users")), "60");
    assert_eq!(page.count(".notice"), 0);
    page.press_button("Undo");
    page.says("The user waits 1,050 ms at 10 users.");
}
