//! Keyboard shortcuts that work on every page.

use leptos::ev;
use leptos::prelude::*;

use crate::dispatch::use_dispatch;
use crate::platform::{is_dialog_open, is_typing, toggle_fullscreen};
use crate::session::{Action, Preferences};

/// Listens for the shortcuts.
pub(crate) fn listen_for_shortcuts(preferences: Memo<Preferences>, help: RwSignal<bool>) {
    let dispatch = use_dispatch();
    let listener = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || is_typing(&event) {
            return;
        }
        let is_command = event.ctrl_key() || event.meta_key();
        let is_handled = match (event.key().to_ascii_lowercase().as_str(), is_command, event.shift_key()) {
            ("z", true, false) => {
                dispatch.send(Action::Undo);
                true
            }
            ("y", true, false) | ("z", true, true) => {
                dispatch.send(Action::Redo);
                true
            }
            ("?", false, _) => {
                help.update(|open| *open = !*open);
                true
            }
            (_, true, _) => false,
            _ if is_dialog_open() => false,
            ("p", ..) => {
                dispatch.send(Action::SetProjector(!preferences.read_untracked().projector));
                true
            }
            ("f", ..) => {
                toggle_fullscreen();
                true
            }
            _ => false,
        };
        if is_handled {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}
