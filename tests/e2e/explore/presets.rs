//! Preset scenarios: each can be opened, says what to look at, and can be left again.

use waiting_line::lessons::PresetId;

use crate::controls::{async_switch, named};
use crate::support::{Screen, Site, Theme, key};

#[test]
fn each_preset_opens_and_says_what_to_look_at() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    assert!(page.count("#preset option") >= 6);
    for preset in PresetId::ALL {
        page.load_preset(preset.key());
        page.expect_value("#preset", preset.key());
        let hint: Vec<&str> = preset.hint().split_whitespace().collect();
        page.expect_text(".preset-look", &hint.join(" "));
        let scenario = preset.scenario();
        let names: Vec<&str> = scenario.steps.iter().map(|step| step.name.as_str()).collect();
        page.expect_step_names(&names);
        assert!(!page.headline().is_empty(), "{preset:?}");
        for part in [".chart-summary", ".sat-advice", ".panel-title"] {
            assert!(!page.text(part).is_empty(), "{part} of {preset:?}");
        }
    }
}

#[test]
fn a_change_makes_it_one_s_own_and_undo_leads_back() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.load_preset("hybrid");
    page.click(&async_switch("Send email"));
    page.expect_value("#preset", "");
    page.expect_text("#preset option:checked", "your own changes");
    page.press_keys(&[key::CONTROL, "z"]);
    page.expect_value("#preset", "hybrid");
    page.press_keys(&[key::CONTROL, "z"]);
    page.expect_value("#preset", "all-sync");
    page.expect_headline("The user waits 1,050 ms at 10 users.");
}

#[test]
fn the_browser_s_back_leaves_a_preset() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.enter(&named("Users"), "77");
    page.wait_until("location.hash.startsWith('#s=')");
    page.load_preset("hybrid");
    page.expect_headline("The user waits 500 ms at 10 users.");
    page.run("history.back()");
    page.expect_text_contains("h1", &["77 users"]);
    page.expect_attribute(&async_switch("Send email"), "aria-checked", "false");
}
