//! How the page looks: attributes of the root element, and what the system prefers.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::Store;

/// What the root element says of the looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Appearance {
    /// The theme, unless it is the system's.
    pub(crate) theme: Option<&'static str>,
    /// Whether motion is reduced by the person.
    pub(crate) reduced_motion: bool,
    /// Whether the page is on a projector.
    pub(crate) projector: bool,
}

/// Puts an appearance on the root element.
pub(crate) fn show_appearance(appearance: Appearance) {
    let Some(root) = document().document_element() else { return };
    let set = |name: &str, value: Option<&str>| {
        // Neither can fail: the names are valid.
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    };
    set("data-theme", appearance.theme);
    set("data-motion", appearance.reduced_motion.then_some("reduced"));
    set("data-projector", appearance.projector.then_some(""));
    if let Ok(store) = Store::open() {
        store.keep_theme(appearance.theme);
    }
}

/// Whether the system asks for little motion.
pub(crate) fn prefers_reduced_motion() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)").ok().flatten();
    query.is_some_and(|query| query.matches())
}

/// Calls back when the system's colours change.
pub(crate) fn on_system_change(call: impl Fn() + Clone + 'static) {
    let queries = [
        "(prefers-color-scheme: dark)",
        "(prefers-contrast: more)",
        "(forced-colors: active)",
        "(resolution: 1dppx)",
    ];
    for query in queries {
        let Ok(Some(media)) = window().match_media(query) else { continue };
        let call = call.clone();
        let listener = Closure::<dyn Fn()>::new(call);
        // A browser that cannot tell keeps the colours that it has.
        let _ = media.add_event_listener_with_callback("change", listener.as_ref().unchecked_ref());
        listener.forget();
    }
}
