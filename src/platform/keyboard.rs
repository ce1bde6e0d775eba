//! The target of key presses: letters typed into a field, or meant for a dialog, are not shortcuts.

use leptos::ev::KeyboardEvent;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// `true` if a modal dialog is open, so that a letter is not meant for the page behind it.
pub(crate) fn is_dialog_open() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}

/// `true` if a key goes into a field that takes text.
pub(crate) fn is_typing(event: &KeyboardEvent) -> bool {
    let Some(target) = target_element(event) else { return false };
    match target.tag_name().to_ascii_lowercase().as_str() {
        "textarea" | "select" => true,
        "input" => target.dyn_ref::<HtmlInputElement>().is_some_and(|input| {
            !matches!(input.type_().as_str(), "range" | "radio" | "checkbox" | "button")
        }),
        _ => false,
    }
}

/// `true` if a key goes to an element that Enter activates.
pub(crate) fn is_on_button(event: &KeyboardEvent) -> bool {
    target_element(event).is_some_and(|target| {
        matches!(target.tag_name().to_ascii_lowercase().as_str(), "button" | "summary" | "a")
    })
}

fn target_element(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
