//! The foot of the page.

use leptos::prelude::*;
use markup::{component, view};

use crate::dispatch::use_dispatch;
use crate::dom::{Flag, Html, press, text};
use crate::session::{Action, View};
use crate::strings::shell;

/// Whether the work is kept, and where the credits are.
#[component]
pub(crate) fn Footer(
    /// Whether the device keeps the state.
    is_saved: Flag,
) -> Html {
    let dispatch = use_dispatch();
    view! {
        <footer class="foot">
            <span>{text(move || if is_saved.get() { shell::FOOTER_SAVED } else { shell::FOOTER_UNSAVED }.to_owned())}</span>
            <button type="button" class="link" on:click=press(move || dispatch.apply(Action::Show(View::Library)))>{shell::FOOTER_CREDITS}</button>
        </footer>
    }
}
