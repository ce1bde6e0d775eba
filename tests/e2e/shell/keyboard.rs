//! The whole page is usable with the keyboard alone.

use crate::controls::{async_switch, latency_slider, named};
use crate::support::{Page, Screen, Site, Theme, key};

/// The JavaScript expression for the accessible name of the focused element.
const FOCUSED_NAME: &str = "((element) => element.ariaLabel ?? element.labels?.[0]?.textContent.trim()
    ?? element.textContent.trim().slice(0, 60))(document.activeElement)";

fn focused_name(page: &Page) -> String {
    page.eval(FOCUSED_NAME).as_str().unwrap().to_owned()
}

/// Tells what is wrong with the focused element or with the way its focus is shown.
fn focus_fault(page: &Page) -> Option<String> {
    page.wait_until_idle();
    let fault = page.run(&format!(
        "const element = document.activeElement;
         if (!{FOCUSED_NAME}) return `${{element.tagName}} ${{element.className}} has no name`;
         const box = element.getBoundingClientRect();
         if (box.bottom < 0 || box.top > innerHeight) return 'it is out of sight';
         // The focus of a slider is shown at its thumb, which scripts cannot reach.
         if (element.type === 'range') return null;
         if (getComputedStyle(element).outlineStyle === 'none') return 'it does not show the focus';
         const y = Math.min(Math.max(box.y + box.height / 2, 0), innerHeight - 1);
         const top = document.elementFromPoint(box.x + box.width / 2, y);
         if (top && !element.contains(top) && !top.contains(element)) return `${{top.className}} covers it`"
    ));
    fault.as_str().map(str::to_owned)
}

/// Presses Tab until the element with this name has the focus.
#[track_caller]
fn tab_to(page: &Page, name: &str) {
    press_until_focused(page, &[key::TAB], name);
}

/// Presses Shift and Tab until the element with this name has the focus.
#[track_caller]
fn tab_back_to(page: &Page, name: &str) {
    press_until_focused(page, &[key::SHIFT, key::TAB], name);
}

#[track_caller]
fn press_until_focused(page: &Page, keys: &[&str], name: &str) {
    for _ in 0..120 {
        page.press_keys(keys);
        if focused_name(page) == name {
            return;
        }
    }
    panic!("{keys:?} does not lead to {name}");
}

#[test]
fn every_stop_has_a_name_and_shows_that_it_has_the_focus() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    let mut stops = Vec::new();
    loop {
        page.press_keys(&[key::TAB]);
        if page.eval("document.activeElement === document.body") == true {
            break;
        }
        let (fault, name) = (focus_fault(&page), focused_name(&page));
        if stops.first() == Some(&name) {
            break;
        }
        assert_eq!(fault, None, "{name}, after {stops:?}");
        stops.push(name);
        assert!(stops.len() < 120, "Tab does not come to an end: {stops:#?}");
    }
    assert_eq!(stops[0], "Skip to the content");
    for name in
        ["Send email latency", "Send email asynchronous", "Read the response-time curve", "Users, by slider"]
    {
        assert!(stops.iter().any(|stop| stop == name), "{name} in {stops:#?}");
    }
}

#[test]
fn the_skip_link_leads_past_the_header() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.press_keys(&[key::TAB]);
    page.press_keys(&[key::ENTER]);
    page.press_keys(&[key::TAB]);
    page.expect_focus("#preset");
}

#[test]
fn the_main_job_is_done_by_keys_alone() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    tab_to(&page, "Send email asynchronous");
    page.press_keys(&[" "]);
    page.expect_attribute(&async_switch("Send email"), "aria-checked", "true");
    // The focus stays at the switch.
    page.wait_until_idle();
    page.expect_focus(&async_switch("Send email"));
    tab_to(&page, "Send email latency");
    page.press_keys(&[key::SHIFT, key::RIGHT]);
    page.expect_value(&latency_slider("Send email"), "500");
    tab_to(&page, "Update analytics asynchronous");
    page.press_keys(&[" "]);
    page.expect_headline("The user waits 500 ms at 10 users.");
    tab_to(&page, "100");
    page.press_keys(&[key::ENTER]);
    page.expect_headline("The user waits 2.12 s at 100 users.");
    page.press_keys(&[key::CONTROL, "z"]);
    page.expect_headline("The user waits 500 ms at 10 users.");
    tab_back_to(&page, "Practise");
    page.press_keys(&[key::ENTER]);
    page.expect_count(".practise-intro", 1);
    tab_to(&page, "Start the questions");
    page.press_keys(&[key::ENTER]);
    page.expect_count("#prompt", 1);
    for choice in ["1", "2", "3", "4"] {
        page.press_keys(&[choice]);
    }
    page.expect_count(".answer-why", 4);
    page.press_keys(&[key::ENTER]);
    page.expect_count(".answer-why", 0);
}

#[test]
fn scenario_workload_and_settings_go_by_keys_too() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.focus("#preset");
    page.press_keys(&[key::DOWN]);
    page.expect_value("#preset", "hybrid");
    page.expect_headline("The user waits 500 ms at 10 users.");
    tab_to(&page, "Send email settings");
    page.press_keys(&[key::ENTER]);
    tab_to(&page, "Name");
    page.press_keys(&[key::CONTROL, "a"]);
    page.type_text("Send a parcel");
    page.press_keys(&[key::TAB]);
    page.expect_step_names(&["Validate payment", "Check inventory", "Send a parcel", "Update analytics"]);
    tab_to(&page, "↓ Move down");
    page.press_keys(&[key::ENTER]);
    page.expect_step_names(&["Validate payment", "Check inventory", "Update analytics", "Send a parcel"]);
    tab_to(&page, "Remove");
    page.press_keys(&[" "]);
    page.expect_step_names(&["Validate payment", "Check inventory", "Update analytics"]);
    tab_to(&page, "+ add a step");
    page.press_keys(&[key::ENTER]);
    page.expect_step_count(4);
    tab_to(&page, "Orders per second");
    page.press_keys(&[" "]);
    page.expect_count(&named("Think time"), 0);
}

#[test]
fn arrows_scroll_the_page_where_no_control_takes_them() {
    let page = Site::release().open(Screen { height: 500, ..Screen::LAPTOP }, Theme::Light);
    page.run("document.activeElement.blur()");
    page.press_keys(&[key::DOWN]);
    page.wait_until("scrollY > 0");
}
