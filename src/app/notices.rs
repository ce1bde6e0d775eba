//! Notices about failures; they stay until they are dismissed.

use std::mem::{Discriminant, discriminant};

use leptos::prelude::*;

use crate::session::share_link::{LinkError, SharedState};
use crate::strings::shell;
use crate::units::format::capitalize;

/// A failure that the user should know about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Notice {
    LinkFailed {
        reason: String,
        /// The part of the link that could be read.
        readable: Option<Box<SharedState>>,
    },
    /// Local storage does not keep the state.
    NotSaved(String),
    /// The stored state could not be read.
    StoredUnreadable(String),
}

impl Notice {
    pub(crate) fn from_link_error(error: &LinkError) -> Self {
        Self::LinkFailed {
            reason: to_sentence(&error.to_string()),
            readable: error.salvage().cloned().map(Box::new),
        }
    }
}

impl Notice {
    /// The kind and the reason, which identify a notice in the list.
    fn key(&self) -> (Discriminant<Self>, String) {
        let (Self::LinkFailed { reason, .. } | Self::NotSaved(reason) | Self::StoredUnreadable(reason)) =
            self;
        (discriminant(self), reason.clone())
    }
}

/// An error message as a sentence.
pub(crate) fn to_sentence(message: &str) -> String {
    capitalize(message) + "."
}

/// The notices that are shown.
#[derive(Clone, Copy)]
pub(crate) struct Notices(RwSignal<Vec<Notice>>);

impl Notices {
    pub(crate) fn new(notices: Vec<Notice>) -> Self {
        Self(RwSignal::new(notices))
    }

    /// Adds a notice unless it is already shown; it replaces an older one of its kind.
    pub(crate) fn add(self, notice: Notice) {
        if self.0.with_untracked(|notices| notices.contains(&notice)) {
            return;
        }
        self.0.update(|notices| {
            notices.retain(|other| discriminant(other) != discriminant(&notice));
            notices.push(notice);
        });
    }

    /// `true` if one of the notices says that the state is not saved.
    pub(crate) fn has_storage_failure(self) -> bool {
        self.0.with(|notices| notices.iter().any(|notice| matches!(notice, Notice::NotSaved(_))))
    }

    /// Removes notices about links that did not open, after another one did.
    pub(crate) fn remove_link_failures(self) {
        self.0.update(|notices| notices.retain(|notice| !matches!(notice, Notice::LinkFailed { .. })));
    }

    fn dismiss(self, notice: &Notice) {
        self.0.update(|notices| notices.retain(|other| other != notice));
    }
}

#[component]
pub(crate) fn NoticeList(
    notices: Notices,
    /// Opens the readable part of a damaged link.
    #[prop(into)]
    on_open_partly: Callback<Box<SharedState>>,
) -> impl IntoView {
    view! {
        <div class="notices">
            <For each=move || notices.0.get() key=Notice::key let:notice>
                <NoticeView notice notices on_open_partly />
            </For>
        </div>
    }
}

#[component]
fn NoticeView(notice: Notice, notices: Notices, on_open_partly: Callback<Box<SharedState>>) -> impl IntoView {
    let (title, detail) = match &notice {
        Notice::LinkFailed { reason, .. } => (shell::LINK_FAILED, reason.clone()),
        Notice::NotSaved(reason) => (shell::NOT_SAVED, format!("{reason} {}", shell::NOT_SAVED_ADVICE)),
        Notice::StoredUnreadable(reason) => (shell::STORED_STATE_UNREADABLE, reason.clone()),
    };
    let readable = match &notice {
        Notice::LinkFailed { readable, .. } => readable.clone(),
        _ => None,
    };
    let notice = StoredValue::new(notice);
    let dismiss = move || notice.with_value(|notice| notices.dismiss(notice));
    let open_button = readable.map(|readable| {
        let open = move |_| {
            on_open_partly.run(readable.clone());
            dismiss();
        };
        view! { <button type="button" class="action" on:click=open>{shell::OPEN_SALVAGED}</button> }
    });
    view! {
        <div class="notice" role="alert">
            <p><b>{title}</b> " " {detail}</p>
            {open_button}
            <button type="button" class="action" on:click=move |_| dismiss()>{shell::DISMISS}</button>
        </div>
    }
}
