//! The focus, which must not get lost.

use std::time::Duration;

use leptos::prelude::{document, set_timeout};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Keeps the focus over a change that is about to be made. An element that is moved in the page loses it, and gets it back. From one
/// that can no longer take it, because there is nothing left to do with it, keys go on beside it. Where the element goes, the focus
/// goes to `[data-landing]`, or else to the page's content.
pub(crate) fn keep_focus() {
    let Some(focused) = focused() else { return };
    // Who points at things does not look for the focus, and on a phone a field that gets it opens the keyboard.
    let is_by_keys = is(&focused, ":focus-visible");
    let restore = move || {
        let is_out = is(&focused, ":disabled, [hidden]");
        let is_well = if is_out { !is_by_keys } else { self::focused().is_some() };
        if !is_well {
            give_back(&focused, is_out);
        }
    };
    // The page follows the state before the next task begins.
    set_timeout(restore, Duration::ZERO);
}

/// Gives the focus back to what had it, or else to what is nearest.
#[inline(never)]
fn give_back(focused: &HtmlElement, is_out: bool) {
    let find = |selector| document().query_selector(selector).ok().flatten();
    let land = || find("[data-landing]").or_else(|| find("#content"))?.dyn_into().ok();
    let place = match focused.is_connected() {
        false => land(),
        true if is_out => beside(focused),
        true => Some(focused.clone()),
    };
    if let Some(place) = place {
        // What is hidden cannot take the focus: then nothing has it, as before.
        let _ = place.focus();
    }
}

fn is(element: &HtmlElement, selector: &str) -> bool {
    element.matches(selector).unwrap_or(false)
}

/// What else can take the focus in the same group, or in the group around that.
fn beside(element: &HtmlElement) -> Option<HtmlElement> {
    let group = element.parent_element()?;
    let find =
        |group: &Element| group.query_selector("button:enabled:not([hidden]), input:enabled").ok().flatten();
    find(&group).or_else(|| find(&group.parent_element()?))?.dyn_into().ok()
}

/// What has the focus; nothing where it is on no element in particular.
fn focused() -> Option<HtmlElement> {
    let element = document().active_element()?.dyn_into::<HtmlElement>().ok()?;
    (element.tag_name() != "BODY").then_some(element)
}
