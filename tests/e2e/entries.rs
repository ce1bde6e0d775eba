//! Entries that are none: a short message at the field, and the state as it was, or the nearest that is allowed.

use serde_json::{Value, json};

use crate::explorer::{latency, named, settings, switch};
use crate::support::{Input, Page, Screen, Stage, Theme, key};

const EMAIL: &str = "Send email";

/// The message at a field; empty where there is none.
fn message(page: &Page, field: &str) -> String {
    let text = page.value(&format!(
        "((field) => {{
           const message = document.getElementById(field.getAttribute('aria-describedby'));
           if (!message) return '';
           const near = message.getBoundingClientRect(), at = field.getBoundingClientRect();
           if (field.ariaInvalid !== 'true') throw new Error('the field is not marked');
           if (message.getAttribute('role') !== 'status') throw new Error('the ear is not told');
           if (Math.abs(near.top - at.bottom) > 60) throw new Error(`the message is ${{near.top - at.bottom}} px away`);
           if (near.left < 0 || near.right > innerWidth) throw new Error('the message is cut off');
           return message.checkVisibility() ? message.innerText : '';
         }})(document.querySelector({}))",
        json!(field)
    ));
    text.as_str().unwrap().to_owned()
}

#[test]
fn what_is_no_number_changes_nothing_and_is_said_at_the_field() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    let before = page.words();
    let fields =
        [latency(EMAIL), named("Users"), named("Think time"), named("API workers"), named("Client timeout")];
    for field in &fields {
        let held = page.held(field);
        for typed in ["abc", "NaN", "inf", "Infinity", "-", "1 2 3 x", "<b>1</b>", "0x10", "٣"] {
            page.enter(field, typed);
            let said = message(&page, field);
            assert!(said.contains("is not a"), "{typed} in {field}: {said}");
            assert_eq!(page.held(field), held, "{typed} in {field}");
        }
        page.enter(field, "");
        page.focus(field);
        page.press(&[key::CONTROL, "a"]);
        page.press(&[key::DELETE]);
        page.press(&[key::ENTER]);
        assert!(message(&page, field).contains("the field is empty"), "{field}: {}", message(&page, field));
        page.press(&[key::ESCAPE]);
        assert_eq!(message(&page, field), "", "Escape takes the message away");
    }
    assert_eq!(page.words(), before);
    assert!(!page.can_press("Undo"), "nothing happened");
}

#[test]
fn a_flow_that_takes_no_time_is_said_and_leaves_no_title_empty() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    for step in ["Validate payment", "Check inventory", EMAIL, "Update analytics"] {
        page.enter(&latency(step), "0");
    }
    page.says("This scenario has no answer time.");
    assert_eq!(page.clock("answered"), "–");
    page.settle();
    let empty = "[...document.querySelectorAll('h2')].filter((it) => it.checkVisibility() && !it.innerText.trim()).length";
    assert_eq!(page.value(empty), 0);
}

#[test]
fn where_nothing_stands_before_the_answer_a_press_lets_publishing_take_time() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    for step in ["Validate payment", "Check inventory", EMAIL, "Update analytics"] {
        page.click(&switch(step));
    }
    page.says("This scenario has no answer time.");
    let lead = page.text(".lead");
    assert!(lead.starts_with("Publish latency: found 0 s and no step before the answer"), "{lead}");
    assert_eq!(page.count(".chart-label[data-strong=true]"), 0, "nobody is told to have an answer, or none");
    page.press_button("Let publishing take 10 ms, and the answer comes after that");
    page.says("The user waits 10 ms at 10 users.");
    assert_eq!(page.text(".chart-label[data-strong=true]"), "you: 10 ms");
}

#[test]
fn a_message_lets_the_next_field_be_reached_and_goes_by_itself() {
    let page = Stage::release().open(Screen::PHONE, Theme::Light);
    let (think, timeout) = (named("Think time"), named("Client timeout"));
    page.enter(&think, "abc");
    assert!(message(&page, &think).contains("is not a"));
    page.tap(Input::Touch, &timeout);
    page.wait_until(&format!("document.activeElement === document.querySelector({timeout:?})"));
    page.wait_until(&format!("document.querySelector({think:?}).ariaInvalid === 'false'"));
}

#[test]
fn what_is_beyond_the_limits_goes_to_the_nearest_end_and_is_said() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    let cases = [
        (latency(EMAIL), "-5", "0"),
        (latency(EMAIL), "99999999", "10,000"),
        (latency(EMAIL), "1e99", "10,000"),
        (latency(EMAIL), "1e999", "10,000"),
        (latency(EMAIL), "2 h", "10,000"),
        (named("Users"), "0", "1"),
        (named("Users"), "-7", "1"),
        (named("Users"), "1e30", "100,000,000"),
        (named("Think time"), "-1", "0"),
        (named("Think time"), "1e9", "3,600"),
        (named("API workers"), "0", "1"),
        (named("Client timeout"), "0", "0.001"),
        (named("Publish latency"), "1e9", "10,000"),
    ];
    for (field, typed, expected) in cases {
        page.enter(&field, typed);
        assert_eq!(page.held(&field), expected, "{typed} in {field}");
        let said = message(&page, &field);
        assert!(!said.is_empty() && said.len() < 120, "{typed} in {field}: {said}");
        assert!(!page.headline().contains("NaN"), "{}", page.headline());
    }
    page.enter(&latency(EMAIL), "400");
    assert_eq!(message(&page, &latency(EMAIL)), "", "a good entry takes the message away");
}

#[test]
fn the_rate_and_the_connections_have_limits_too() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.click(&settings(EMAIL));
    let connections = ".details [aria-label=Connections]";
    for (typed, expected) in [("0", "1"), ("-3", "1"), ("many", "1")] {
        page.enter(connections, typed);
        assert_eq!(page.held(connections), expected, "{typed}");
        assert!(!message(&page, connections).is_empty(), "{typed}");
    }
    page.press_button("Orders per second");
    let rate = named("Orders per second") + ":is(input)";
    for (typed, expected) in [("-1", "0.001"), ("NaN", "0.001"), ("1e99", "1,000,000,000")] {
        page.enter(&rate, typed);
        assert_eq!(page.held(&rate), expected, "{typed}");
        assert!(!message(&page, &rate).is_empty(), "{typed}");
    }
}

#[test]
fn extremes_are_answered_without_a_slip() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    let check = |what: &str| {
        let text = page.value("document.body.innerText + [...document.querySelectorAll('[aria-valuetext]')].map((it) => it.ariaValueText)");
        let text = text.as_str().unwrap();
        for slip in ["NaN", "Infinity", "undefined", " inf", "-0 "] {
            assert!(!text.contains(slip), "{slip} after {what}: {text}");
        }
        assert_ne!(page.headline(), "", "after {what}");
    };
    for step in page.steps() {
        page.enter(&latency(&step), "0");
    }
    check("no work at all");
    page.press_button("100 M");
    check("no work for everybody");
    for step in page.steps() {
        page.enter(&latency(&step), "10000");
    }
    check("the most work for everybody");
    page.enter(&named("API workers"), "1");
    page.enter(&named("Think time"), "0");
    check("one worker");
    page.press_button("Orders per second");
    page.enter(&(named("Orders per second") + ":is(input)"), "1000000000");
    check("a flood of orders");
    page.enter(&(named("Orders per second") + ":is(input)"), "0.001");
    check("a trickle");
    assert_eq!(page.value("document.documentElement.dataset.app"), Value::from("ready"));
}
