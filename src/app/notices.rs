//! Notices that stay until they are dismissed: what failed, and what to do.

use leptos::prelude::*;
use markup::{component, view};

use crate::dom::{Html, part, press};
use crate::session::share_link::{LinkError, SharedState};
use crate::strings::shell;
use crate::units::format::capitalize;

/// Something that the person should know.
#[derive(Clone, PartialEq)]
pub(crate) enum Notice {
    /// A link did not open.
    LinkFailed {
        /// Why.
        reason: String,
        /// What could be read of it all the same.
        salvage: Option<Box<SharedState>>,
    },
    /// The device keeps nothing.
    NotSaved(String),
    /// What the device kept could not be read.
    StoredUnreadable(String),
}

impl Notice {
    /// A link that did not open.
    pub(crate) fn of_link(error: &LinkError) -> Self {
        Self::LinkFailed {
            reason: as_sentence(&error.to_string()),
            salvage: error.salvage().cloned().map(Box::new),
        }
    }
}

/// A reason as a sentence of its own.
pub(crate) fn as_sentence(reason: &str) -> String {
    capitalize(reason) + "."
}

/// The notices of this page.
#[derive(Clone, Copy)]
pub(crate) struct Notices(RwSignal<Vec<Notice>>);

impl Notices {
    /// Starts with these.
    pub(crate) fn new(notices: Vec<Notice>) -> Self {
        Self(RwSignal::new(notices))
    }

    /// Adds one, unless it is there; a newer one of its kind takes the place of the older.
    pub(crate) fn add(self, notice: Notice) {
        if self.0.with_untracked(|all| all.contains(&notice)) {
            return;
        }
        self.0.update(|all| {
            all.retain(|other| std::mem::discriminant(other) != std::mem::discriminant(&notice));
            all.push(notice);
        });
    }

    /// Whether the device keeps nothing.
    pub(crate) fn says_not_saved(self) -> bool {
        self.0.with(|all| all.iter().any(|notice| matches!(notice, Notice::NotSaved(_))))
    }

    /// Takes away what was said of a link that did not open, now that one did.
    pub(crate) fn link_opened(self) {
        self.0.update(|all| all.retain(|notice| !matches!(notice, Notice::LinkFailed { .. })));
    }

    fn dismiss(self, notice: &Notice) {
        self.0.update(|all| all.retain(|other| other != notice));
    }
}

/// Where the notices stand.
#[component]
pub(crate) fn NoticesView(
    /// The notices.
    notices: Notices,
    /// Opens what could be read of a broken link.
    on_salvage: Callback<Box<SharedState>>,
) -> Html {
    let all = part(move || {
        let each = move |notice: Notice| view_of(notice, notices, on_salvage);
        notices.0.get().into_iter().map(each).collect::<Html>()
    });
    view! { <div class="notices">{all}</div> }
}

/// One notice.
fn view_of(notice: Notice, notices: Notices, on_salvage: Callback<Box<SharedState>>) -> Html {
    let (title, detail) = match &notice {
        Notice::LinkFailed { reason, .. } => (shell::LINK_FAILED, reason.clone()),
        Notice::NotSaved(reason) => (shell::NOT_SAVED, [reason, " ", shell::NOT_SAVED_ADVICE].concat()),
        Notice::StoredUnreadable(reason) => (shell::STORED_STATE_UNREADABLE, reason.clone()),
    };
    let salvage = match &notice {
        Notice::LinkFailed { salvage: Some(shared), .. } => Some(shared.clone()),
        _ => None,
    };
    let (opened, dismissed) = (notice.clone(), notice);
    let open = salvage.map(|shared| {
        let open = press(move || {
            on_salvage.run(shared.clone());
            notices.dismiss(&opened);
        });
        view! { <button type="button" class="action" on:click=open>{shell::OPEN_SALVAGED}</button> }
    });
    view! {
        <div class="notice" role="alert">
            <p><b>{title}</b> " " {detail}</p>
            {open}
            <button type="button" class="action" on:click=press(move || notices.dismiss(&dismissed))>{shell::DISMISS}</button>
        </div>
    }
}
