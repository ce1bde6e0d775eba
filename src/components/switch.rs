//! An on/off switch.

use leptos::prelude::*;

/// A switch with an accessible label, and a visible word next to it.
#[component]
pub(crate) fn Switch(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] checked: Signal<bool>,
    /// The word shown next to the switch.
    #[prop(into)]
    word: Signal<String>,
    /// Called with the state that was asked for.
    on_toggle: Callback<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="switch"
            role="switch"
            aria-label=label
            aria-checked=move || checked.get().to_string()
            on:click=move |_| on_toggle.run(!checked.get_untracked())
        >
            <i aria-hidden="true"></i>
            <span aria-hidden="true">{word}</span>
        </button>
    }
}
