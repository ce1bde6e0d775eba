//! A text field for a number with a unit.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos_use_timeout_fn::{UseTimeoutFnReturn, use_timeout_fn};
use web_sys::HtmlInputElement;

use crate::platform::unique_id;

/// The time that a message stays after the field was left, in milliseconds.
const MESSAGE_TIME_MS: f64 = 6_000.0;

/// A field that takes its entry on Enter or on leaving it.
#[component]
pub(crate) fn NumberField(
    #[prop(into)] label: Signal<String>,
    /// The value as text.
    #[prop(into)]
    value: Signal<String>,
    unit: &'static str,
    /// Takes an entry; returns a message to show below the field, if there is one.
    on_enter: Callback<String, Option<String>>,
) -> impl IntoView {
    let message = RwSignal::new(String::new());
    let message_id = StoredValue::new(unique_id("message"));
    let has_message = move || message.with(|message| !message.is_empty());
    let enter = move |field: &HtmlInputElement| {
        let entry = field.value();
        if entry != value.get_untracked() {
            message.set(on_enter.run(entry).unwrap_or_default());
        }
        field.set_value(&value.get_untracked());
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => enter(&event_target(&event)),
        "Escape" => {
            message.set(String::new());
            event_target::<HtmlInputElement>(&event).set_value(&value.get_untracked());
        }
        _ => {}
    };
    // After leaving the field the message may cover the next one, so it goes away, but not before it was
    // read.
    let clear_message = move |shown: String| {
        if message.try_get_untracked().is_some_and(|current| current == shown) {
            message.set(String::new());
        }
    };
    let UseTimeoutFnReturn { start, .. } = use_timeout_fn(clear_message, MESSAGE_TIME_MS);
    // A field that is removed while it has the focus still fires `blur`, when its signals are gone.
    let on_blur = move |_| {
        if let Some(shown) = message.try_get_untracked() {
            start(shown);
        }
    };
    view! {
        <span class="number">
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                spellcheck="false"
                aria-label=label
                aria-invalid=move || has_message().to_string()
                aria-describedby=move || if has_message() { message_id.get_value() } else { String::new() }
                prop:value=value
                on:change=move |event| enter(&event_target(&event))
                on:keydown=on_key
                on:input=move |_| message.set(String::new())
                on:blur=on_blur
            />
            {(!unit.is_empty()).then(|| view! { <span aria-hidden="true">{unit}</span> })}
            <span
                class="number-message"
                id=message_id.get_value()
                role="status"
                hidden=move || !has_message()
            >
                {message}
            </span>
        </span>
    }
}
