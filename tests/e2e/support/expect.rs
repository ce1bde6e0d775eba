//! Assertions that read the page again until they hold, for the time that the page may take to react.

use serde_json::{Value, json};

use super::page::{Page, count_of, find};

impl Page {
    /// Expects a JavaScript expression to have a value.
    #[track_caller]
    pub(crate) fn expect_eval(&self, expression: &str, expected: impl Into<Value>) {
        let expected = expected.into();
        self.poll(expression, |value| *value == expected, &format!("this is not {expected}"));
    }

    /// Expects the visible text of an element, with single spaces.
    #[track_caller]
    pub(crate) fn expect_text(&self, selector: &str, expected: &str) {
        self.expect_eval(&format!("harness.text({})", json!(selector)), expected);
    }

    /// Expects the visible text of an element to contain every one of these parts.
    #[track_caller]
    pub(crate) fn expect_text_contains(&self, selector: &str, parts: &[&str]) {
        let expression = format!("harness.text({})", json!(selector));
        let has_all =
            |value: &Value| parts.iter().all(|part| value.as_str().unwrap_or_default().contains(part));
        self.poll(&expression, has_all, &format!("this does not contain {parts:?}"));
    }

    /// Expects the value of an input or a select.
    #[track_caller]
    pub(crate) fn expect_value(&self, selector: &str, expected: &str) {
        self.expect_eval(&format!("{}.value", find(selector)), expected);
    }

    /// Expects an attribute; `Value::Null` for one that is absent.
    #[track_caller]
    pub(crate) fn expect_attribute(&self, selector: &str, name: &str, expected: impl Into<Value>) {
        self.expect_eval(&format!("{}.getAttribute({})", find(selector), json!(name)), expected);
    }

    /// Expects the number of elements that match a selector.
    #[track_caller]
    pub(crate) fn expect_count(&self, selector: &str, expected: usize) {
        self.expect_eval(&count_of(selector), expected);
    }

    /// Expects an element to have the focus.
    #[track_caller]
    pub(crate) fn expect_focus(&self, selector: &str) {
        self.wait_until(&format!("document.activeElement === {}", find(selector)));
    }
}
