//! axe-core finds no accessibility mistake, in any theme, at any size, in any view.

use serde_json::json;

use crate::controls::settings_button;
use crate::shell::appearance::choose_theme;
use crate::support::{Page, Screen, Site, Theme, axe_script};

/// Expects no violation of axe-core's rules at any size.
#[track_caller]
fn check(page: &Page, view: &str) {
    for screen in [Screen::PHONE, Screen::NARROW, Screen::PROJECTOR, Screen::LAPTOP] {
        page.resize(screen);
        // Text that still fades in has too little contrast.
        page.run("await Promise.allSettled(document.getAnimations().map((animation) => animation.finished))");
        let violations = page.run(
            "const { violations, passes } = await axe.run(document, { resultTypes: ['violations'] });
             if (passes.length < 5) throw new Error('axe has checked nothing');
             const describe = (node) => `${node.target} (${harness.normalize(node.failureSummary)})`;
             return violations.map(({ id, nodes }) =>
               `${id}: ${nodes.slice(0, 4).map(describe).join(' | ')}`)",
        );
        assert_eq!(violations, json!([]), "{view} at {} px", screen.width);
    }
}

/// Opens the page in a chosen theme and loads axe-core into it.
fn open(theme: &str) -> Page {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    choose_theme(&page, theme);
    page.run(&axe_script());
    page
}

fn check_all(theme: &str) {
    let page = open(theme);
    page.load_preset("hybrid");
    page.click_button("100");
    page.click(&settings_button("Send email"));
    page.enter(".details [aria-label=Connections]", "none");
    page.click_button("far more");
    check(&page, "Explore");
    for dialog in ["Display", "Share", "Keys and help"] {
        page.click_button(dialog);
        page.expect_count("dialog[open]", 1);
        check(&page, dialog);
        page.click_button("Close");
    }
    page.click_button("Practise");
    page.expect_count(".practise-intro", 1);
    check(&page, "Practise");
    page.click_button("Start the questions");
    page.expect_count("#prompt", 1);
    check(&page, "a question");
    for choice in ["1", "2", "3", "4"] {
        page.press_keys(&[choice]);
    }
    page.expect_count(".answer-why", 4);
    check(&page, "an answered question");
    page.click_button("Library");
    page.expect_text("h1", "Library");
    check(&page, "Library");
    page.click_button("Explore");
    page.expect_count(".timeline", 1);
    page.press_keys(&["p"]);
    page.expect_attribute("html", "data-projector", "");
    check(&page, "the projector");
    page.press_keys(&["p"]);
    page.run("waitingLineCrash('index out of bounds')");
    check(&page, "the card");
}

#[test]
fn axe_finds_nothing_in_the_light() {
    check_all("Light");
}

#[test]
fn axe_finds_nothing_in_the_dark() {
    check_all("Dark");
}

#[test]
fn axe_finds_nothing_in_high_contrast() {
    check_all("High contrast");
}
