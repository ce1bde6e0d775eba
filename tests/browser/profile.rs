//! Which functions run until the first picture is there. No test: `cargo xtask profile` has the site for it.

use std::collections::BTreeSet;

use crate::stage::{Screen, Stage, Theme};

/// A person who comes for the first time, on screens of three sizes. The site holds the rest of the program back, so that nothing
/// comes after the first picture.
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
        let told: Vec<u32> = serde_json::from_value(page.value("[...window.seen]")).unwrap();
        seen.extend(told);
    }
    let numbers: Vec<String> = seen.iter().map(u32::to_string).collect();
    std::fs::write(std::env::var_os("WAITING_LINE_SEEN").unwrap(), numbers.join("\n")).unwrap();
}
