//! The whole page by keyboard alone.

use crate::explorer::{named, slider, switch};
use crate::support::{Page, Screen, Stage, Theme, key};

/// What has the focus, and what is amiss with how that is shown.
fn focused(page: &Page) -> (String, Option<String>) {
    let found = page.value(
        "((it) => {
           const name = it.ariaLabel ?? it.labels?.[0]?.textContent.trim() ?? it.textContent.trim().slice(0, 60);
           const box = it.getBoundingClientRect(), style = getComputedStyle(it);
           const thumb = it.type === 'range';
           if (!name) return ['', `${it.tagName} ${it.className} has no name`];
           if (!thumb && style.outlineStyle === 'none') return [name, 'it does not show the focus'];
           if (box.bottom < 0 || box.top > innerHeight) return [name, 'it is out of sight'];
           const at = document.elementFromPoint(box.x + box.width / 2, Math.min(Math.max(box.y + box.height / 2, 0), innerHeight - 1));
           if (!thumb && at && at !== it && !it.contains(at) && !at.contains(it)) return [name, `${at.className} lies over it`];
           return [name, null];
         })(document.activeElement)",
    );
    serde_json::from_value(found).unwrap()
}

/// Goes on by Tab until something has the focus.
#[track_caller]
fn tab_to(page: &Page, name: &str) {
    go_to(page, &[key::TAB], name);
}

/// Goes back by Tab until something has the focus.
#[track_caller]
fn tab_back_to(page: &Page, name: &str) {
    go_to(page, &[key::SHIFT, key::TAB], name);
}

#[track_caller]
fn go_to(page: &Page, keys: &[&str], name: &str) {
    for _ in 0..120 {
        page.press(keys);
        if focused(page).0 == name {
            return;
        }
    }
    panic!("{keys:?} does not lead to {name}");
}

#[test]
fn every_stop_has_a_name_and_shows_that_it_has_the_focus() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    let mut stops = Vec::new();
    loop {
        page.press(&[key::TAB]);
        if page.value("document.activeElement === document.body") == true {
            break;
        }
        let (name, amiss) = focused(&page);
        if stops.first() == Some(&name) {
            break;
        }
        assert_eq!(amiss, None, "{name}, after {stops:?}");
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
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.press(&[key::TAB]);
    page.press(&[key::ENTER]);
    page.press(&[key::TAB]);
    assert_eq!(page.value("document.activeElement.id"), "preset");
}

#[test]
fn the_main_job_is_done_by_keys_alone() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    tab_to(&page, "Send email asynchronous");
    page.press(&[" "]);
    assert_eq!(page.attribute(&switch("Send email"), "aria-checked"), "true");
    assert_eq!(focused(&page).0, "Send email asynchronous", "the focus stays where it was");
    tab_to(&page, "Send email latency");
    page.press(&[key::SHIFT, key::RIGHT]);
    assert_eq!(page.held(&slider("Send email")), "500");
    tab_to(&page, "Update analytics asynchronous");
    page.press(&[" "]);
    page.says("The user waits 500 ms at 10 users.");
    tab_to(&page, "100");
    page.press(&[key::ENTER]);
    page.says("The user waits 2.12 s at 100 users.");
    page.press(&[key::CONTROL, "z"]);
    page.says("The user waits 500 ms at 10 users.");
    tab_back_to(&page, "Practise");
    page.press(&[key::ENTER]);
    page.wait_until("document.querySelector('.practise-intro')");
    tab_to(&page, "Start the questions");
    page.press(&[key::ENTER]);
    page.wait_until("document.querySelector('#prompt')");
    for choice in ["1", "2", "3", "4"] {
        page.press(&[choice]);
    }
    assert_eq!(page.count(".answer-why"), 4);
    page.press(&[key::ENTER]);
    assert_eq!(page.count(".answer-why"), 0);
}

#[test]
fn scenario_workload_and_settings_go_by_keys_too() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.focus("#preset");
    page.press(&[key::DOWN]);
    page.wait_until("document.querySelector('#preset').value === 'hybrid'");
    page.says("The user waits 500 ms at 10 users.");
    tab_to(&page, "Send email settings");
    page.press(&[key::ENTER]);
    tab_to(&page, "Name");
    page.press(&[key::CONTROL, "a"]);
    page.write("Send a parcel");
    page.press(&[key::TAB]);
    assert_eq!(page.steps()[2], "Send a parcel");
    tab_to(&page, "↓ Move down");
    page.press(&[key::ENTER]);
    assert_eq!(page.steps()[3], "Send a parcel");
    tab_to(&page, "Remove");
    page.press(&[" "]);
    assert!(!page.steps().iter().any(|step| step == "Send a parcel"), "{:?}", page.steps());
    tab_to(&page, "+ add a step");
    page.press(&[key::ENTER]);
    assert_eq!(page.steps().len(), 4);
    tab_to(&page, "Orders per second");
    page.press(&[" "]);
    assert_eq!(page.count(&named("Think time")), 0);
}

#[test]
fn arrows_scroll_the_page_where_no_control_takes_them() {
    let page = Stage::release().open(Screen { height: 500, ..Screen::LAPTOP }, Theme::Light);
    page.run("document.activeElement.blur()");
    page.press(&[key::DOWN]);
    page.wait_until("scrollY > 0");
}
