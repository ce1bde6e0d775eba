//! A dialog over the page.

use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlDialogElement;

use crate::dom::{Html, NodeRef, effect, event, flag, press, when};
use crate::platform::unique_id;
use crate::strings::shell;

/// A modal dialog. The browser keeps the focus inside, closes it on Esc, and gives the focus back.
#[component]
pub(crate) fn Sheet(
    /// Its title.
    title: &'static str,
    /// Whether it is open; the dialog sets it to false when it closes.
    open: RwSignal<bool>,
    /// What is in it.
    content: Box<dyn Fn() -> Html + Send>,
) -> Html {
    let dialog = NodeRef::<HtmlDialogElement>::new();
    let title_id = unique_id("sheet");
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only where the dialog is not in the page.
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let labelled = title_id.clone();
    let close = press(move || open.set(false));
    // The browser tells it a while later, and the sheet may have been opened anew by then.
    let closed = event(move |_| {
        if dialog.get_untracked().is_none_or(|dialog| !dialog.open()) {
            open.set(false);
        }
    });
    view! {
        <dialog class="sheet" node_ref=dialog aria-labelledby=labelled on:close=closed>
            <div class="sheet-top">
                <h2 id=title_id>{title}</h2>
                <button type="button" class="action" on:click=close>{shell::CLOSE}</button>
            </div>
            {when(flag(move || open.get()), content)}
        </dialog>
    }
}
