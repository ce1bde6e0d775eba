//! Keeps the keyboard focus over changes of the page.

use std::time::Duration;

use leptos::prelude::{document, set_timeout};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Restores the focus after a change that is about to be made. An element that is moved in the page loses the
/// focus and gets it back; from one that becomes disabled or hidden the focus goes to the next control of its
/// group; from one that is removed it goes to `[data-landing]`, or else to the page's content.
pub(crate) fn keep_focus() {
    let Some(focused) = focused_element() else { return };
    // A pointer user does not look for the focus, and on a phone a focused field opens the keyboard.
    let is_keyboard = matches(&focused, ":focus-visible");
    let restore = move || {
        let is_disabled = matches(&focused, ":disabled, [hidden]");
        let is_lost = if is_disabled { is_keyboard } else { focused_element().is_none() };
        if is_lost {
            restore_focus(&focused, is_disabled);
        }
    };
    // The page has followed the state before the next task begins.
    set_timeout(restore, Duration::ZERO);
}

fn restore_focus(focused: &HtmlElement, is_disabled: bool) {
    let find = |selector| document().query_selector(selector).ok().flatten();
    let landing = || find("[data-landing]").or_else(|| find("#content"))?.dyn_into().ok();
    let target = match focused.is_connected() {
        false => landing(),
        true if is_disabled => next_focusable(focused),
        true => Some(focused.clone()),
    };
    if let Some(target) = target {
        // Fails only for a hidden element; then nothing has the focus, as before.
        let _ = target.focus();
    }
}

fn matches(element: &HtmlElement, selector: &str) -> bool {
    element.matches(selector).unwrap_or(false)
}

/// Another control that can take the focus in the same group, or in the group around it.
fn next_focusable(element: &HtmlElement) -> Option<HtmlElement> {
    let group = element.parent_element()?;
    let find =
        |group: &Element| group.query_selector("button:enabled:not([hidden]), input:enabled").ok().flatten();
    find(&group).or_else(|| find(&group.parent_element()?))?.dyn_into().ok()
}

/// The focused element; `None` if that is the body.
fn focused_element() -> Option<HtmlElement> {
    let element = document().active_element()?.dyn_into::<HtmlElement>().ok()?;
    (element.tag_name() != "BODY").then_some(element)
}
