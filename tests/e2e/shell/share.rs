//! Share links: a link holds the whole state and opens elsewhere, and an invalid link leaves the state as it
//! was.

use waiting_line::scenario::{Placement, StepId};
use waiting_line::session::{Action, Session, share_link};
use waiting_line::units::{Time, Users};

use crate::controls::{SHARE_LINK, async_switch, latency_field, named};
use crate::support::{Page, Screen, Site, Theme};

fn open() -> Page {
    Site::release().open(Screen::LAPTOP, Theme::Light)
}

/// Returns a link to the online shop with a slower, asynchronous email step and 60 users.
fn link_from_elsewhere() -> String {
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
    page.enter(&latency_field("Send email"), "820");
    page.click_button("100");
    page.click(&async_switch("Check inventory"));
    let address = page.wait_for_address();
    assert!(address.starts_with("#s=1."), "{address}");
    // A link does not hold the preset that its author started from, so no control can be reset.
    let text = |page: &Page| page.main_text().replace("↺\n", "");
    let elsewhere = Site::release().open(Screen::LAPTOP, Theme::Light);
    elsewhere.go_to(&address);
    elsewhere.expect_text_contains("h1", &["100 users"]);
    assert_eq!(text(&elsewhere), text(&page));
    assert_eq!(elsewhere.canvas_checksums(), page.canvas_checksums(), "the charts must look the same");
}

#[test]
fn the_link_can_be_copied_or_else_is_selected() {
    let clipboard = "Object.defineProperty(navigator, 'clipboard', { value: {
        writeText: async (text) => {
          if (window.isRefused) throw new Error('refused');
          window.copied = text;
        },
      } })";
    let page = Site::release().with_preload_script(clipboard).open(Screen::LAPTOP, Theme::Light);
    page.click_button("Share");
    page.expect_count("dialog[open]", 1);
    let link = page.input_value(SHARE_LINK);
    page.click_button("Copy link");
    page.expect_text(".toast", "Link copied.");
    page.expect_eval("copied", link.as_str());
    page.expect_count("dialog[open]", 0);
    page.run("window.isRefused = true");
    page.click_button("Share");
    page.click_button("Copy link");
    page.expect_text_contains(".toast", &["did not allow"]);
    // The link is selected, so that it can be copied by hand.
    page.expect_eval(&format!("harness.find({SHARE_LINK:?}).selectionEnd"), link.len());
}

#[test]
fn a_link_opens_in_an_open_page_and_can_be_undone() {
    let page = open();
    page.enter(&named("Users"), "33");
    page.go_to(&link_from_elsewhere());
    page.expect_text_contains("h1", &["60 users"]);
    page.expect_value(&latency_field("Send email"), "820");
    page.expect_attribute(&async_switch("Send email"), "aria-checked", "true");
    page.click_button("Undo");
    page.expect_value(&named("Users"), "33");
}

#[test]
fn a_bad_link_leaves_what_was_there_and_says_what_failed() {
    let good = link_from_elsewhere();
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
    page.expect_text_contains("h1", &["33 users"]);
    page.wait_until("localStorage.getItem('waiting-line.state')");
    let headline = page.headline();
    for (address, reason) in cases {
        page.go_to(&address);
        let notice = "That link could not be opened, so what you had is still here.";
        page.expect_text_contains(".notice", &[notice, reason]);
        page.wait_until_idle();
        page.expect_headline(&headline);
        page.reload();
        page.expect_headline(&headline);
        page.expect_text_contains(".notice", &[reason]);
        page.click_button("Dismiss");
        page.expect_count(".notice", 0);
    }
}

#[test]
fn a_good_link_takes_away_what_was_said_of_a_bad_one() {
    let page = open();
    page.run("location.hash = '#garbage'");
    page.wait_until("harness.find('.notice')");
    page.run(&format!("location.hash = {:?}", link_from_elsewhere()));
    page.expect_text_contains("h1", &["60 users"]);
    page.expect_count(".notice", 0);
}

#[test]
fn what_can_be_read_of_a_cut_link_can_be_opened() {
    let good = link_from_elsewhere();
    let page = open();
    page.go_to(&good[..good.len() - 3]);
    page.wait_until("harness.find('.notice')");
    page.expect_headline("The user waits 1,050 ms at 10 users.");
    page.click_button("Open what could be read");
    page.expect_value(&latency_field("Send email"), "820");
    page.expect_value(&named("Users"), "60");
    page.expect_count(".notice", 0);
    page.click_button("Undo");
    page.expect_headline("The user waits 1,050 ms at 10 users.");
}
