//! What is behind a summary until somebody opens it.

use leptos::prelude::*;
use markup::view;
use web_sys::Element;

use crate::dom::{Html, event, when};

/// A part of the page that its summary opens. While it is closed it is not built, so that what changes need not write it.
pub(crate) fn folded(
    class: &'static str,
    name: &'static str,
    build: impl Fn() -> Html + Send + 'static,
) -> Html {
    let is_open = RwSignal::new(false);
    let toggle = event(move |event| is_open.set(event_target::<Element>(&event).has_attribute("open")));
    view! {
        <details class=class on:toggle=toggle>
            <summary>{name}</summary>
            {when(is_open.into(), build)}
        </details>
    }
}
