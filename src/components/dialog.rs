//! A modal dialog.

use leptos::html;
use leptos::prelude::*;

use crate::platform::unique_id;
use crate::strings::shell;

/// A native modal dialog: the browser keeps the focus inside, closes it on Escape, and restores the focus.
#[component]
pub(crate) fn Dialog(
    title: &'static str,
    /// `true` if it is open; the dialog sets it to false when it closes.
    open: RwSignal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let title_id = StoredValue::new(unique_id("dialog"));
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only if the dialog is not in the page.
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    // The `close` event comes in a later task, when the dialog may have been opened again.
    let on_close = move |_| {
        if dialog.get_untracked().is_none_or(|dialog| !dialog.open()) {
            open.set(false);
        }
    };
    let children = StoredValue::new(children);
    view! {
        <dialog class="sheet" node_ref=dialog aria-labelledby=title_id.get_value() on:close=on_close>
            <div class="sheet-top">
                <h2 id=title_id.get_value()>{title}</h2>
                <button type="button" class="action" on:click=move |_| open.set(false)>{shell::CLOSE}</button>
            </div>
            <Show when=move || open.get()>{children.with_value(|children| children())}</Show>
        </dialog>
    }
}
