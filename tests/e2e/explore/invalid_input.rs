//! Invalid input: a short message at the field, and the state as it was or at the nearest limit.

use serde_json::json;

use crate::controls::{async_switch, latency_field, named, settings_button};
use crate::support::{Page, Pointer, Screen, Site, Theme, key};

const EMAIL: &str = "Send email";

/// Returns the message at a field once the page is idle; empty if there is none. Checks that it can be seen
/// and heard.
#[track_caller]
fn message(page: &Page, field: &str) -> String {
    page.wait_until_idle();
    let text = page.run(&format!(
        "const field = harness.find({});
         const message = document.getElementById(field.getAttribute('aria-describedby'));
         if (!message) return '';
         const box = message.getBoundingClientRect();
         const distance = box.top - field.getBoundingClientRect().bottom;
         if (field.ariaInvalid !== 'true') throw new Error('the field is not marked as invalid');
         if (message.getAttribute('role') !== 'status') throw new Error('the message is not announced');
         if (Math.abs(distance) > 60) throw new Error(`the message is ${{distance}} px away`);
         if (box.left < 0 || box.right > innerWidth) throw new Error('the message is cut off');
         return message.checkVisibility() ? message.innerText : ''",
        json!(field)
    ));
    text.as_str().unwrap().to_owned()
}

#[test]
fn what_is_no_number_changes_nothing_and_is_said_at_the_field() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    let before = page.main_text();
    let names = ["Users", "Think time", "API workers", "Client timeout"];
    let fields: Vec<String> = [latency_field(EMAIL)].into_iter().chain(names.map(named)).collect();
    for field in &fields {
        let value = page.input_value(field);
        for typed in ["abc", "NaN", "inf", "Infinity", "-", "1 2 3 x", "<b>1</b>", "0x10", "٣"] {
            page.enter(field, typed);
            let message = message(&page, field);
            assert!(message.contains("is not a"), "{typed} in {field}: {message}");
            page.expect_value(field, &value);
        }
        page.enter(field, "");
        page.focus(field);
        page.press_keys(&[key::CONTROL, "a"]);
        page.press_keys(&[key::DELETE]);
        page.press_keys(&[key::ENTER]);
        let text = message(&page, field);
        assert!(text.contains("the field is empty"), "{field}: {text}");
        page.press_keys(&[key::ESCAPE]);
        assert_eq!(message(&page, field), "", "Escape removes the message");
    }
    assert_eq!(page.main_text(), before);
    page.expect_disabled("Undo");
}

#[test]
fn a_flow_that_takes_no_time_is_said_and_leaves_no_title_empty() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    for step in ["Validate payment", "Check inventory", EMAIL, "Update analytics"] {
        page.enter(&latency_field(step), "0");
    }
    page.expect_headline("This scenario has no answer time.");
    page.expect_metric("answered", "–");
    page.wait_until_idle();
    page.expect_eval(
        "harness.findAll('h2').some((it) => it.checkVisibility() && !it.innerText.trim())",
        false,
    );
}

#[test]
fn where_nothing_stands_before_the_answer_a_press_lets_publishing_take_time() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    for step in ["Validate payment", "Check inventory", EMAIL, "Update analytics"] {
        page.click(&async_switch(step));
    }
    page.expect_headline("This scenario has no answer time.");
    page.expect_text_contains(".lead", &["Publish latency: found 0 s and no step before the answer"]);
    // The chart shows no response time of "you".
    page.expect_count(".chart-label[data-strong=true]", 0);
    page.click_button("Let publishing take 10 ms, and the answer comes after that");
    page.expect_headline("The user waits 10 ms at 10 users.");
    page.expect_text(".chart-label[data-strong=true]", "you: 10 ms");
}

#[test]
fn a_message_lets_the_next_field_be_reached_and_goes_by_itself() {
    let page = Site::release().open(Screen::PHONE, Theme::Light);
    let (think, timeout) = (named("Think time"), named("Client timeout"));
    page.enter(&think, "abc");
    assert!(message(&page, &think).contains("is not a"));
    page.tap(Pointer::Touch, &timeout);
    page.expect_focus(&timeout);
    page.expect_attribute(&think, "aria-invalid", "false");
}

#[test]
fn what_is_beyond_the_limits_goes_to_the_nearest_end_and_is_said() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    let cases = [
        (latency_field(EMAIL), "-5", "0"),
        (latency_field(EMAIL), "99999999", "10,000"),
        (latency_field(EMAIL), "1e99", "10,000"),
        (latency_field(EMAIL), "1e999", "10,000"),
        (latency_field(EMAIL), "2 h", "10,000"),
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
        page.expect_value(&field, expected);
        let message = message(&page, &field);
        assert!(!message.is_empty() && message.len() < 120, "{typed} in {field}: {message}");
        assert!(!page.headline().contains("NaN"), "{}", page.headline());
    }
    page.enter(&latency_field(EMAIL), "400");
    assert_eq!(message(&page, &latency_field(EMAIL)), "", "valid input removes the message");
}

#[test]
fn the_rate_and_the_connections_have_limits_too() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.click(&settings_button(EMAIL));
    let connections = ".details [aria-label=Connections]";
    for (typed, expected) in [("0", "1"), ("-3", "1"), ("many", "1")] {
        page.enter(connections, typed);
        page.expect_value(connections, expected);
        assert!(!message(&page, connections).is_empty(), "{typed}");
    }
    page.click_button("Orders per second");
    let rate = named("Orders per second") + ":is(input)";
    for (typed, expected) in [("-1", "0.001"), ("NaN", "0.001"), ("1e99", "1,000,000,000")] {
        page.enter(&rate, typed);
        page.expect_value(&rate, expected);
        assert!(!message(&page, &rate).is_empty(), "{typed}");
    }
}

#[test]
fn extremes_are_answered_without_a_slip() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    let check = |case: &str| {
        page.wait_until_idle();
        let spoken = "harness.findAll('[aria-valuetext]').map((element) => element.ariaValueText)";
        let text = page.eval(&format!("document.body.innerText + {spoken}"));
        let text = text.as_str().unwrap();
        for slip in ["NaN", "Infinity", "undefined", " inf", "-0 "] {
            assert!(!text.contains(slip), "{slip} with {case}: {text}");
        }
        assert_ne!(page.headline(), "", "with {case}");
    };
    for step in page.step_names() {
        page.enter(&latency_field(&step), "0");
    }
    check("no work at all");
    page.click_button("100 M");
    check("no work for everybody");
    for step in page.step_names() {
        page.enter(&latency_field(&step), "10000");
    }
    check("the most work for everybody");
    page.enter(&named("API workers"), "1");
    page.enter(&named("Think time"), "0");
    check("one worker");
    page.click_button("Orders per second");
    let rate = named("Orders per second") + ":is(input)";
    page.enter(&rate, "1000000000");
    check("a flood of orders");
    page.enter(&rate, "0.001");
    check("a trickle");
    page.expect_eval("document.documentElement.dataset.app", "ready");
}
