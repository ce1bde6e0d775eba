//! The sheet with the link.

use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::{component, view};
use web_sys::HtmlInputElement;

use crate::components::Sheet;
use crate::components::toast::Toast;
use crate::dom::{Html, Text, event, press, text};
use crate::platform::{copy, link_with};
use crate::strings::shell;

/// The link that holds the whole state.
#[component]
pub(crate) fn ShareSheet(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The fragment of the current state.
    fragment: Text,
    /// Where its messages go.
    toast: Toast,
) -> Html {
    let copy_link = move || {
        let link = link_with(&fragment.get_untracked());
        spawn_local(async move {
            if copy(&link).await {
                open.set(false);
                toast.say(shell::COPIED);
            } else {
                toast.say(shell::COPY_FAILED);
            }
        });
    };
    let select = || event(|event| event_target::<HtmlInputElement>(&event).select());
    let content = move || {
        view! {
            <p>{shell::SHARE_BODY}</p>
            <div class="share-row">
                <input
                    type="text"
                    readonly
                    aria-label=shell::SHARE_LINK
                    prop:value=text(move || link_with(&fragment.get()))
                    on:focus=select()
                />
                <button type="button" class="action" data-weight="primary" on:click=press(copy_link)>{shell::COPY}</button>
            </div>
        }
    };
    view! { <Sheet title=shell::SHARE_TITLE open content=Box::new(content) /> }
}
