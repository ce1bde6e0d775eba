//! Controls to choose one of several values.

use leptos::prelude::*;

use crate::platform::unique_id;

/// A choice: its key and its label.
pub(crate) type Choice = (&'static str, &'static str);

/// Buttons side by side, one of which is always pressed.
#[component]
pub(crate) fn SegmentedControl(
    label: &'static str,
    choices: &'static [Choice],
    /// The key of the current choice.
    #[prop(into)]
    selected: Signal<String>,
    on_choose: Callback<&'static str>,
) -> impl IntoView {
    view! { <ButtonGroup class="segments" button_class="segment" label choices selected on_choose /> }
}

/// Buttons for values to jump to; none of them need be the current value.
#[component]
pub(crate) fn ChipGroup(
    label: &'static str,
    choices: &'static [Choice],
    /// The key of the current value, if it is one of the choices.
    #[prop(into)]
    selected: Signal<String>,
    on_choose: Callback<&'static str>,
) -> impl IntoView {
    view! { <ButtonGroup class="chips" button_class="chip" label choices selected on_choose /> }
}

#[component]
fn ButtonGroup(
    class: &'static str,
    button_class: &'static str,
    label: &'static str,
    choices: &'static [Choice],
    selected: Signal<String>,
    on_choose: Callback<&'static str>,
) -> impl IntoView {
    let button = move |&(key, text): &Choice| {
        view! {
            <button
                type="button"
                class=button_class
                aria-pressed=move || selected.with(|selected| selected == key).to_string()
                on:click=move |_| on_choose.run(key)
            >
                {text}
            </button>
        }
    };
    view! {
        <div class=class role="group" aria-label=label>
            {choices.iter().map(button).collect_view()}
        </div>
    }
}

/// A list to choose from, with its label above.
#[component]
pub(crate) fn Select(
    label: &'static str,
    /// Choices; one with an empty key is shown only while it is selected.
    choices: Vec<Choice>,
    /// The key of the current choice.
    #[prop(into)]
    selected: Signal<String>,
    on_choose: Callback<String>,
    /// Content next to the label, for example a reset button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let id = unique_id("select");
    let option = move |(key, text): Choice| {
        let is_selected = move || selected.with(|selected| selected == key);
        let is_hidden = move || key.is_empty() && !is_selected();
        view! { <option value=key prop:selected=is_selected hidden=is_hidden>{text}</option> }
    };
    view! {
        <span class="field-label">
            <label for=id.clone()>{label}</label>
            {children.map(|children| children())}
        </span>
        <select id=id on:change=move |event| on_choose.run(event_target_value(&event))>
            {choices.into_iter().map(option).collect_view()}
        </select>
    }
}
