//! Keys that work everywhere.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use crate::dispatch::use_dispatch;
use crate::platform::toggle_full_screen;
use crate::session::{Action, Preferences};

/// Listens for the keys that work in every view.
pub(crate) fn listen_to_keys(preferences: Memo<Preferences>, help: RwSignal<bool>) {
    let dispatch = use_dispatch();
    let listener = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || is_typing(&event) {
            return;
        }
        let command = event.ctrl_key() || event.meta_key();
        let taken = match (event.key().to_ascii_lowercase().as_str(), command, event.shift_key()) {
            ("z", true, false) => {
                dispatch.apply(Action::Undo);
                true
            }
            ("y", true, false) | ("z", true, true) => {
                dispatch.apply(Action::Redo);
                true
            }
            ("?", false, _) => {
                help.update(|open| *open = !*open);
                true
            }
            (_, true, _) => false,
            _ if is_sheet_open() => false,
            ("p", ..) => {
                dispatch.apply(Action::SetProjector(!preferences.get_untracked().projector));
                true
            }
            ("f", ..) => {
                toggle_full_screen();
                true
            }
            _ => false,
        };
        if taken {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Whether a sheet lies over the page, so that a letter is not meant for what is behind it.
pub(crate) fn is_sheet_open() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|sheet| sheet.is_some())
}

/// Whether the key goes into a field that takes text, where letters are letters.
pub(crate) fn is_typing(event: &KeyboardEvent) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return false;
    };
    match target.tag_name().to_ascii_lowercase().as_str() {
        "textarea" | "select" => true,
        "input" => target.dyn_ref::<HtmlInputElement>().is_some_and(|input| {
            !matches!(input.type_().as_str(), "range" | "radio" | "checkbox" | "button")
        }),
        _ => false,
    }
}
