//! The part of the address behind the `#`: the save file.

use leptos::ev;
use leptos::prelude::{window, window_event_listener};
use wasm_bindgen::JsValue;

/// The current fragment with its `#`; empty where there is none.
pub(crate) fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Writes the fragment without a new entry in the browser's history.
pub(crate) fn replace_fragment(fragment: &str) {
    if let Ok(history) = window().history() {
        // Browsers limit the rate of this; the next change writes it again.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(fragment));
    }
}

/// Writes the fragment as a new entry, so that Back returns to what was before.
pub(crate) fn push_fragment(fragment: &str) {
    if let Ok(history) = window().history() {
        // As above.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(fragment));
    }
}

/// The whole address with that fragment.
pub(crate) fn link_with(fragment: &str) -> String {
    let address = window().location().href().unwrap_or_default();
    let page = address.split('#').next().unwrap_or_default();
    format!("{page}{fragment}")
}

/// Calls back with the new fragment when the person changes it, by a link, by typing, or by Back.
pub(crate) fn on_fragment_change(call: impl Fn(String) + 'static) {
    let listener = window_event_listener(ev::hashchange, move |_| call(fragment()));
    leptos::prelude::on_cleanup(move || listener.remove());
}
