//! The sheet with the link.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{copy, link_with};
use crate::text::shell;
use crate::views::parts::Sheet;
use crate::views::toast::Toast;

/// The link that holds the whole state.
#[component]
pub(crate) fn ShareSheet(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The fragment of the current state.
    #[prop(into)]
    fragment: Signal<String>,
    /// Where its messages go.
    toast: Toast,
) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    let copy_link = move |_| {
        let link = link_with(&fragment.get_untracked());
        spawn_local(async move {
            if copy(&link).await {
                open.set(false);
                toast.say(shell::COPIED);
            } else {
                if let Some(field) = field.get_untracked() {
                    field.select();
                }
                toast.say(shell::COPY_FAILED);
            }
        });
    };
    view! {
        <Sheet title=shell::SHARE_TITLE open>
            <p>{shell::SHARE_BODY}</p>
            <div class="share-row">
                <input
                    node_ref=field
                    type="text"
                    readonly
                    aria-label=shell::SHARE_LINK
                    prop:value=move || link_with(&fragment.get())
                    on:focus=move |_| if let Some(field) = field.get_untracked() { field.select() }
                />
                <button type="button" class="action" data-weight="primary" on:click=copy_link>{shell::COPY}</button>
            </div>
        </Sheet>
    }
}
