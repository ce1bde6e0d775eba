//! The hash of the page's address, which holds the whole state as a share link.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// The current hash with its `#`; empty if there is none.
pub(crate) fn url_hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Replaces the hash without a new entry in the browser's history.
pub(crate) fn replace_url_hash(hash: &str) {
    if let Ok(history) = window().history() {
        // Browsers limit the rate of these calls; the next change writes the hash again.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(hash));
    }
}

/// Sets the hash as a new history entry, so that Back returns to the state before.
pub(crate) fn push_url_hash(hash: &str) {
    if let Ok(history) = window().history() {
        // Browsers limit the rate of these calls; the next change writes the hash again.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(hash));
    }
}

/// The address of this page with another hash.
pub(crate) fn url_with_hash(hash: &str) -> String {
    let url = window().location().href().unwrap_or_default();
    let page = url.split('#').next().unwrap_or_default();
    format!("{page}{hash}")
}

/// Calls back with the new hash when a link, typing or Back changes it.
pub(crate) fn on_hash_change(callback: impl Fn(String) + 'static) {
    let listener = window_event_listener(ev::hashchange, move |_| callback(url_hash()));
    on_cleanup(move || listener.remove());
}

/// Loads the page again; its state is in the address and in local storage.
pub(crate) fn reload_page() {
    // Fails only if the page is being unloaded already.
    let _ = window().location().reload();
}
