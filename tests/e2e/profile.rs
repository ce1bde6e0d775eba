//! Which functions run for the first picture and the main job. No test: `cargo xtask profile` has the site for it.

use std::collections::BTreeSet;

use crate::explorer::{bar, latency, named, slider, switch};
use crate::support::{Input, Page, Screen, Stage, Theme, key};

/// A person who comes for the first time, on screens of three sizes. The site holds the rest of the program back, so that nothing
/// comes later.
#[test]
#[ignore = "writes a list, of a site of its own"]
fn profile() {
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    for (screen, theme) in
        [(Screen::LAPTOP, Theme::Light), (Screen::PROJECTOR, Theme::Light), (Screen::PHONE, Theme::Dark)]
    {
        let page = Stage::release().open(screen, theme);
        page.forgive_complaints();
        page.run("await new Promise((done) => setTimeout(done, 1000))");
        main_job(&page, if screen.width == Screen::PHONE.width { Input::Touch } else { Input::Mouse });
        let told: Vec<u32> = serde_json::from_value(page.value("[...window.seen]")).unwrap();
        seen.extend(told);
    }
    let numbers: Vec<String> = seen.iter().map(u32::to_string).collect();
    std::fs::write(std::env::var_os("WAITING_LINE_SEEN").unwrap(), numbers.join("\n")).unwrap();
}

/// What nearly everybody tries first: the side of the line on which each step runs, its latency, the users from few to many; by
/// pointer, by keys, typed; and back.
fn main_job(page: &Page, input: Input) {
    let rest = || drop(page.run("await new Promise((done) => setTimeout(done, 700))"));
    page.press(&[key::TAB]);
    page.run("scrollTo(0, 400)");
    for element in [".chart-reader", ".sat-row", ".lane-name", ".headline"] {
        page.hover(element);
    }
    rest();
    for step in ["Send email", "Update analytics", "Check inventory", "Validate payment"] {
        page.tap(input, &switch(step));
        rest();
        page.drag_latency(input, "Validate payment", 100.0);
        rest();
        page.drag(input, &named("Users, by slider"), (140.0, 0.0));
        page.drag(input, &named("Users, by slider"), (-140.0, 0.0));
        rest();
    }
    for (keys, field) in [(key::RIGHT, slider("Send email")), (key::UP, named("Users, by slider"))] {
        page.focus(&field);
        page.press(&[keys]);
    }
    page.enter(&latency("Send email"), "350");
    page.enter(&named("Users"), "10");
    page.press_button("100");
    page.press_button("Undo");
    page.press_button("Redo");
    page.drag(Input::Mouse, &bar("Check inventory"), (-40.0, 0.0));
    rest();
}
