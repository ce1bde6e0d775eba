//! The one thing in the context: where intent goes.

use leptos::prelude::*;

use crate::session::Action;

/// Sends actions to the session.
#[derive(Clone, Copy)]
pub(crate) struct Dispatch(Callback<Action>);

impl Dispatch {
    /// The dispatcher that sends to this session.
    pub(crate) fn to(send: impl Fn(Action) + Send + Sync + 'static) -> Self {
        Self(Callback::new(send))
    }

    /// Sends one action.
    #[inline(never)]
    pub(crate) fn apply(self, action: Action) {
        self.0.run(action);
    }
}

/// The dispatcher of this page.
#[inline(never)]
pub(crate) fn use_dispatch() -> Dispatch {
    expect_context()
}
