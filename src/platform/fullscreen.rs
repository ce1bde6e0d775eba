//! Full screen.

use leptos::prelude::document;

/// Enters or leaves full screen.
pub(crate) fn toggle_fullscreen() {
    let document = document();
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    } else if let Some(root) = document.document_element() {
        // A browser may refuse, for example inside a frame.
        let _ = root.request_fullscreen();
    }
}
