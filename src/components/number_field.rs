//! A field for a typed number.

use std::time::Duration;

use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlInputElement;

use crate::dom::{Html, Text, event, flag, key, text};
use crate::platform::unique_id;

/// Takes an entry; returns what to tell the person, if anything.
pub(crate) type Entry = Box<dyn Fn(&str) -> Option<String>>;

/// A field whose entry is taken on Enter or on leaving it. What the callback returns is shown as a message below.
#[component]
pub(crate) fn NumberField(
    /// Its accessible name.
    name: Text,
    /// The value as text.
    value: Text,
    /// The unit behind it.
    unit: &'static str,
    /// Takes an entry.
    on_enter: Entry,
) -> Html {
    let message = RwSignal::new(String::new());
    let message_id = unique_id("message");
    let on_enter = std::rc::Rc::new(on_enter);
    let enter = move |field: &HtmlInputElement| {
        let entry = field.value();
        if entry != value.get_untracked() {
            message.set(on_enter(&entry).unwrap_or_default());
        }
        field.set_value(&value.get_untracked());
    };
    let entered = enter.clone();
    let on_key = key(move |event| match event.key().as_str() {
        "Enter" => entered(&event_target(&event)),
        "Escape" => {
            message.set(String::new());
            event_target::<HtmlInputElement>(&event).set_value(&value.get_untracked());
        }
        _ => {}
    });
    // Who has gone on has read it, or can no longer see what it was about; until then it may lie over the next field.
    let leave = event(move |_| {
        let told = message.get_untracked();
        let fade = move || {
            if message.try_get_untracked().is_some_and(|now| now == told) {
                message.set(String::new());
            }
        };
        set_timeout(fade, Duration::from_secs(6));
    });
    let has_message = flag(move || message.with(|message| !message.is_empty()));
    let described = message_id.clone();
    view! {
        <span class="number">
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                spellcheck="false"
                aria-label=name
                aria-invalid=text(move || has_message.get().to_string())
                aria-describedby=text(move || if has_message.get() { described.clone() } else { String::new() })
                prop:value=value
                on:change=event(move |event| enter(&event_target(&event)))
                on:keydown=on_key
                on:input=event(move |_| message.set(String::new()))
                on:blur=leave
            />
            {(!unit.is_empty()).then(|| view! { <span aria-hidden="true">{unit}</span> })}
            <span class="number-message" id=message_id role="status" hidden=flag(move || !has_message.get())>{text(move || message.get())}</span>
        </span>
    }
}
