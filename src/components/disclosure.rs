//! Content behind a summary that opens it.

use leptos::ev;
use leptos::prelude::*;
use web_sys::HtmlDetailsElement;

/// A native `<details>`. Its content is built only while it is open, so that a closed one costs nothing in a
/// drag.
#[component]
pub(crate) fn Disclosure(class: &'static str, summary: &'static str, children: ChildrenFn) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let on_toggle = move |event: ev::Event| is_open.set(event_target::<HtmlDetailsElement>(&event).open());
    let children = StoredValue::new(children);
    view! {
        <details class=class on:toggle=on_toggle>
            <summary>{summary}</summary>
            <Show when=move || is_open.get()>{children.with_value(|children| children())}</Show>
        </details>
    }
}
