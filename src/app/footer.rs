//! The footer: whether the work is saved, and the way to the credits.

use leptos::prelude::*;

use crate::dispatch::use_dispatch;
use crate::session::{Action, View};
use crate::strings::shell;

#[component]
pub(crate) fn Footer(
    /// `true` if local storage keeps the state.
    is_saved: Signal<bool>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    view! {
        <footer class="foot">
            <span>{move || if is_saved.get() { shell::FOOTER_SAVED } else { shell::FOOTER_UNSAVED }}</span>
            <button
                type="button"
                class="link"
                on:click=move |_| dispatch.send(Action::Show(View::Library))
            >
                {shell::FOOTER_CREDITS}
            </button>
        </footer>
    }
}
