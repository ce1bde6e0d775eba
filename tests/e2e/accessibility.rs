//! What axe-core finds: nothing, in any theme, at any size, in any view.

use serde_json::json;

use crate::explorer::settings;
use crate::looks::choose_theme;
use crate::support::{Page, Screen, Stage, Theme, axe_script};

const NARROW: Screen = Screen { width: 320, height: 640, scale: 2.0 };

/// No rule may be broken, at any size.
#[track_caller]
fn check(page: &Page, view: &str) {
    for screen in [Screen::PHONE, NARROW, Screen::PROJECTOR, Screen::LAPTOP] {
        page.resize(screen);
        // What still fades in has less contrast than it will have.
        page.run("await Promise.allSettled(document.getAnimations().map((animation) => animation.finished))");
        let found = page.run(
            "const { violations, passes } = await axe.run(document, { resultTypes: ['violations'] });
             if (passes.length < 5) throw new Error('axe has looked at nothing');
             return violations.map(({ id, nodes }) =>
               `${id}: ${nodes.slice(0, 4).map((node) => `${node.target} (${node.failureSummary.replace(/\\s+/g, ' ')})`).join(' | ')}`)",
        );
        assert_eq!(found, json!([]), "{view} at {} px", screen.width);
    }
}

/// A page with axe-core in it, in a theme that was chosen.
fn open(theme: &str) -> Page {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    choose_theme(&page, theme);
    page.run(&axe_script());
    page
}

fn check_all(theme: &str) {
    let page = open(theme);
    page.load_preset("hybrid");
    page.press_button("100");
    page.click(&settings("Send email"));
    page.enter(".details [aria-label=Connections]", "none");
    page.press_button("far more");
    check(&page, "Explore");
    for sheet in ["Display", "Share", "Keys and help"] {
        page.press_button(sheet);
        check(&page, sheet);
        page.press_button("Close");
    }
    page.press_button("Practise");
    page.wait_until("document.querySelector('.practise-intro')");
    check(&page, "Practise");
    page.press_button("Start the questions");
    page.wait_until("document.querySelector('#prompt')");
    check(&page, "a question");
    for choice in ["1", "2", "3", "4"] {
        page.press(&[choice]);
    }
    check(&page, "an answered question");
    page.press_button("Library");
    check(&page, "Library");
    page.press_button("Explore");
    page.press(&["p"]);
    check(&page, "the projector");
    page.press(&["p"]);
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
