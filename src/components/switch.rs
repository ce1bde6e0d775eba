//! A switch.

use leptos::prelude::*;
use markup::{component, view};

use crate::dom::{Flag, Html, Text, press, stated};

/// A switch with a name, and a word beside it for the eye.
#[component]
pub(crate) fn Switch(
    /// Its accessible name.
    name: Text,
    /// Whether it is on.
    on: Flag,
    /// What the eye reads beside it.
    word: Text,
    /// Called with the state wanted.
    on_toggle: Box<dyn Fn(bool)>,
) -> Html {
    view! {
        <button
            type="button"
            class="switch"
            role="switch"
            aria-label=name
            aria-checked=stated(move || on.get())
            on:click=press(move || on_toggle(!on.get_untracked()))
        >
            <i aria-hidden="true"></i>
            <span aria-hidden="true">{word}</span>
        </button>
    }
}
