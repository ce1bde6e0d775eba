//! One of several.

use leptos::prelude::*;

use crate::browser::unique_id;

/// One thing to choose.
#[derive(Clone, PartialEq)]
pub(crate) struct Choice {
    /// What stands for it.
    pub(crate) key: String,
    /// What the person reads.
    pub(crate) label: String,
}

impl Choice {
    /// A choice from its key and label.
    pub(crate) fn new(key: impl Into<String>, label: impl Into<String>) -> Self {
        Self { key: key.into(), label: label.into() }
    }
}

/// Two or three choices side by side, one of which is taken.
#[component]
pub(crate) fn Segments(
    /// The name of the group.
    name: &'static str,
    /// The choices.
    choices: Vec<Choice>,
    /// The key of the one taken.
    #[prop(into)]
    taken: Signal<String>,
    /// Called with the key chosen.
    on_choose: Callback<String>,
) -> impl IntoView {
    let buttons = choices
        .into_iter()
        .map(|choice| {
            let key = choice.key.clone();
            let is_taken = move || taken.with(|taken| *taken == key);
            let state = is_taken.clone();
            view! {
                <button
                    type="button"
                    role="radio"
                    aria-checked=move || state().to_string()
                    on:click=move |_| {
                        if !is_taken() {
                            on_choose.run(choice.key.clone());
                        }
                    }
                >
                    {choice.label}
                </button>
            }
        })
        .collect_view();
    view! { <div class="segments" role="radiogroup" aria-label=name>{buttons}</div> }
}

/// Values to jump to.
#[component]
pub(crate) fn Chips(
    /// The name of the group.
    name: &'static str,
    /// The values.
    choices: Vec<Choice>,
    /// The key of the one that is set, if it is one of them.
    #[prop(into)]
    taken: Signal<String>,
    /// Called with the key chosen.
    on_choose: Callback<String>,
) -> impl IntoView {
    let buttons = choices
        .into_iter()
        .map(|choice| {
            let key = choice.key.clone();
            view! {
                <button
                    type="button"
                    class="chip"
                    aria-pressed=move || taken.with(|taken| *taken == key).to_string()
                    on:click=move |_| on_choose.run(choice.key.clone())
                >
                    {choice.label}
                </button>
            }
        })
        .collect_view();
    view! { <div class="chips" role="group" aria-label=name>{buttons}</div> }
}

/// A list to choose from, with its label above.
#[component]
pub(crate) fn Select(
    /// Its label.
    label: &'static str,
    /// The choices.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The key of the one taken.
    #[prop(into)]
    taken: Signal<String>,
    /// Called with the key chosen.
    on_choose: Callback<String>,
) -> impl IntoView {
    let id = unique_id("select");
    let select = NodeRef::<leptos::html::Select>::new();
    // The list's value follows after its options have.
    Effect::new(move |_| {
        choices.track();
        let taken = taken.get();
        if let Some(select) = select.get() {
            select.set_value(&taken);
        }
    });
    let choose = move |_| {
        if let Some(select) = select.get_untracked() {
            on_choose.run(select.value());
        }
    };
    let options = move || {
        choices
            .get()
            .into_iter()
            .map(|choice| view! { <option value=choice.key>{choice.label}</option> })
            .collect_view()
    };
    let labelled = id.clone();
    view! {
        <label class="field-label" for=labelled>{label}</label>
        <select id=id node_ref=select on:change=choose>{options}</select>
    }
}
