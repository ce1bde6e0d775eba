//! The focus, which must not get lost.

use std::time::Duration;

use leptos::prelude::{document, set_timeout};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Keeps the focus over a change that is about to be made: an element that is moved in the page loses it. Where the
/// element goes, the focus goes to `[data-landing]`, or else to the page's content.
pub(crate) fn keep_focus() {
    let Some(focused) = focused() else { return };
    let restore = move || {
        if self::focused().is_some() {
            return;
        }
        let find = |selector| document().query_selector(selector).ok().flatten();
        let land = || find("[data-landing]").or_else(|| find("#content"))?.dyn_into().ok();
        let place = if focused.is_connected() { Some(focused) } else { land() };
        if let Some(place) = place {
            // What is hidden cannot take the focus: then nothing has it, as before.
            let _ = place.focus();
        }
    };
    // The page follows the state before the next task begins.
    set_timeout(restore, Duration::ZERO);
}

/// What has the focus; nothing where it is on no element in particular.
fn focused() -> Option<HtmlElement> {
    let element = document().active_element()?.dyn_into::<HtmlElement>().ok()?;
    (element.tag_name() != "BODY").then_some(element)
}
