//! Attributes of the root element that the style sheets read.

use leptos::prelude::document;

use super::Store;

/// The display settings that style sheets depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RootAttributes {
    /// The theme; `None` follows the system.
    pub(crate) theme: Option<&'static str>,
    pub(crate) reduced_motion: bool,
    pub(crate) projector: bool,
}

/// Sets the attributes of the root element, and stores the theme for the first paint of the next visit.
pub(crate) fn set_root_attributes(attributes: RootAttributes) {
    let Some(root) = document().document_element() else { return };
    let set = |name: &str, value: Option<&str>| {
        // Neither call can fail: the names are valid.
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    };
    set("data-theme", attributes.theme);
    set("data-motion", attributes.reduced_motion.then_some("reduced"));
    set("data-projector", attributes.projector.then_some(""));
    if let Ok(store) = Store::open() {
        store.save_theme(attributes.theme);
    }
}
