//! Sends actions to the session; the only thing that components find in the context besides the explain
//! dialog.

use leptos::prelude::*;

use crate::session::Action;

/// Sends actions to the session.
#[derive(Clone, Copy)]
pub(crate) struct Dispatch(Callback<Action>);

impl Dispatch {
    pub(crate) fn new(send: impl Fn(Action) + Send + Sync + 'static) -> Self {
        Self(Callback::new(send))
    }

    pub(crate) fn send(self, action: Action) {
        self.0.run(action);
    }
}

/// The dispatcher that the root component provides.
pub(crate) fn use_dispatch() -> Dispatch {
    expect_context()
}
