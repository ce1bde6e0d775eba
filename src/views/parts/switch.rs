//! A switch.

use leptos::prelude::*;

/// A switch with a name, and a word beside it for the eye.
#[component]
pub(crate) fn Switch(
    /// Its accessible name.
    #[prop(into)]
    name: Signal<String>,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// What the eye reads beside it.
    #[prop(into)]
    word: Signal<&'static str>,
    /// Called with the state wanted.
    on_toggle: Callback<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="switch"
            role="switch"
            aria-label=name
            aria-checked=move || on.get().to_string()
            on:click=move |_| on_toggle.run(!on.get_untracked())
        >
            <i aria-hidden="true"></i>
            <span aria-hidden="true">{word}</span>
        </button>
    }
}
