//! The dialog with the share link.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlInputElement;

use crate::components::{Dialog, Toast};
use crate::platform::{copy_to_clipboard, url_with_hash};
use crate::strings::shell;

/// The link that holds the whole state.
#[component]
pub(crate) fn ShareDialog(
    open: RwSignal<bool>,
    /// The hash that encodes the current state.
    hash: Memo<String>,
    toast: Toast,
) -> impl IntoView {
    let copy_link = move |_| {
        let link = url_with_hash(&hash.read_untracked());
        spawn_local(async move {
            if copy_to_clipboard(&link).await {
                open.set(false);
                toast.show(shell::COPIED);
            } else {
                toast.show(shell::COPY_FAILED);
            }
        });
    };
    let select_all = |event: ev::FocusEvent| event_target::<HtmlInputElement>(&event).select();
    view! {
        <Dialog title=shell::SHARE_TITLE open>
            <p>{shell::SHARE_BODY}</p>
            <div class="share-row">
                <input
                    type="text"
                    readonly
                    aria-label=shell::SHARE_LINK
                    prop:value=move || url_with_hash(&hash.read())
                    on:focus=select_all
                />
                <button type="button" class="action" data-weight="primary" on:click=copy_link>
                    {shell::COPY}
                </button>
            </div>
        </Dialog>
    }
}
