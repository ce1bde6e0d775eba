//! A field for a typed number.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::browser::unique_id;

/// A field whose entry is taken on Enter or on leaving it. What the callback returns is shown as a message below.
#[component]
pub(crate) fn NumberField(
    /// Its accessible name.
    #[prop(into)]
    name: Signal<String>,
    /// The value as text.
    #[prop(into)]
    text: Signal<String>,
    /// The unit behind it.
    #[prop(optional)]
    unit: &'static str,
    /// Takes an entry; returns what to tell the person, if anything.
    on_enter: Callback<String, Option<String>>,
) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    let message = RwSignal::new(None::<String>);
    let message_id = unique_id("message");
    let show_current = move || {
        if let Some(field) = field.get_untracked() {
            field.set_value(&text.get_untracked());
        }
    };
    let enter = move || {
        let Some(entry) = field.get_untracked().map(|field| field.value()) else { return };
        if entry != text.get_untracked() {
            message.set(on_enter.run(entry));
        }
        show_current();
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => enter(),
        "Escape" => {
            message.set(None);
            show_current();
        }
        _ => {}
    };
    let described = message_id.clone();
    view! {
        <span class="number">
            <input
                node_ref=field
                type="text"
                inputmode="decimal"
                autocomplete="off"
                spellcheck="false"
                aria-label=name
                aria-invalid=move || message.with(Option::is_some).then_some("true")
                aria-describedby=move || message.with(Option::is_some).then(|| described.clone())
                prop:value=text
                on:change=move |_| enter()
                on:keydown=on_key
                on:input=move |_| message.set(None)
                on:blur=move |_| set_timeout(move || { message.try_set(None); }, MESSAGE_STAYS)
            />
            {(!unit.is_empty()).then(|| view! { <span aria-hidden="true">{unit}</span> })}
            <span class="number-message" id=message_id role="status" hidden=move || message.with(Option::is_none)>
                {move || message.get()}
            </span>
        </span>
    }
}

/// How long a message stays after the field is left.
const MESSAGE_STAYS: std::time::Duration = std::time::Duration::from_secs(6);
