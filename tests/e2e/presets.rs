//! Ready scenarios: each can be opened, says what to look at, and can be left again.

use waiting_line::lessons::PresetId;

use crate::explorer::{named, switch};
use crate::support::{Screen, Stage, Theme, key};

#[test]
fn each_preset_opens_and_says_what_to_look_at() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    assert!(page.count("#preset option") >= 6);
    for preset in PresetId::ALL {
        page.load_preset(preset.key());
        assert_eq!(page.held("#preset"), preset.key());
        assert_eq!(
            page.text(".preset-look"),
            preset.look_at().split_whitespace().collect::<Vec<_>>().join(" ")
        );
        let names: Vec<String> =
            preset.scenario().steps.iter().map(|step| step.name.as_str().to_owned()).collect();
        assert_eq!(page.steps(), names, "{preset:?}");
        assert!(!page.headline().is_empty(), "{preset:?}");
        for part in [".chart-summary", ".sat-advice", ".panel-title"] {
            assert!(!page.text(part).is_empty(), "{part} of {preset:?}");
        }
    }
}

#[test]
fn a_change_makes_it_one_s_own_and_undo_leads_back() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.load_preset("hybrid");
    page.click(&switch("Send email"));
    assert_eq!(page.held("#preset"), "");
    assert_eq!(page.text("#preset option:checked"), "your own changes");
    page.press(&[key::CONTROL, "z"]);
    assert_eq!(page.held("#preset"), "hybrid");
    page.press(&[key::CONTROL, "z"]);
    assert_eq!(page.held("#preset"), "all-sync");
    page.says("The user waits 1,050 ms at 10 users.");
}

#[test]
fn the_browser_s_back_leaves_a_preset() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.enter(&named("Users"), "77");
    page.wait_until("location.hash.startsWith('#s=')");
    page.load_preset("hybrid");
    page.says("The user waits 500 ms at 10 users.");
    page.run("history.back()");
    page.wait_until("document.querySelector('h1').innerText.includes('77 users')");
    assert_eq!(page.attribute(&switch("Send email"), "aria-checked"), "false");
}
