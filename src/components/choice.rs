//! One of several.

use leptos::prelude::*;
use markup::{component, view};

use crate::dom::{Html, Text, event, flag, press, stated};
use crate::platform::unique_id;

/// A choice: what stands for it, and what the person reads.
pub(crate) type Choice = (&'static str, &'static str);

/// How a group of buttons behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One of them is always taken.
    Segments,
    /// Values to jump to; none may be the current one.
    Chips,
}

/// Buttons side by side, at most one of which is the current one.
#[component]
pub(crate) fn Buttons(
    /// How they behave.
    kind: Kind,
    /// The name of the group.
    name: &'static str,
    /// The choices.
    choices: &'static [Choice],
    /// The key of the one taken.
    taken: Text,
    /// Called with the key chosen.
    on_choose: Box<dyn Fn(&'static str)>,
) -> Html {
    let on_choose = std::rc::Rc::new(on_choose);
    let (group, one) = match kind {
        Kind::Segments => ("segments", "segment"),
        Kind::Chips => ("chips", "chip"),
    };
    let button = move |&(key, label): &Choice| {
        let on_choose = on_choose.clone();
        let is_taken = stated(move || taken.with(|taken| taken == key));
        let choose = press(move || on_choose(key));
        view! { <button type="button" class=one aria-pressed=is_taken on:click=choose>{label}</button> }
    };
    view! {
        <div class=group role="group" aria-label=name>
            {choices.iter().map(button).collect::<Html>()}
        </div>
    }
}

/// A list to choose from, with its label above.
#[component]
pub(crate) fn Select(
    /// Its label.
    label: &'static str,
    /// What stands beside the label.
    beside: Html,
    /// The choices; one with an empty label is shown only while it is taken.
    choices: Vec<Choice>,
    /// The key of the one taken.
    taken: Text,
    /// Called with the key chosen.
    on_choose: Box<dyn Fn(String)>,
) -> Html {
    let id = unique_id("select");
    let options = choices
        .into_iter()
        .map(|(key, label)| {
            let is_taken = flag(move || taken.with(|taken| taken == key));
            let is_hidden = flag(move || key.is_empty() && !is_taken.get());
            view! { <option value=key prop:selected=is_taken hidden=is_hidden>{label}</option> }
        })
        .collect::<Html>();
    let labelled = id.clone();
    view! {
        <span class="field-label"><label for=labelled>{label}</label> {beside}</span>
        <select id=id on:change=event(move |event| on_choose(event_target_value(&event)))>{options}</select>
    }
}
