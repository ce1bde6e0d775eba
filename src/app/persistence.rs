//! The state is kept: on the device, and in the address.

use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::app::notices::{Notice, Notices};
use crate::app::rest::use_rest;
use crate::lessons::PresetId;
use crate::platform::{Store, fragment, push_fragment, remember, replace_fragment, when_rest_is_here};
use crate::session::{Session, share_link, storage_format};

/// How long the device is left alone while things change.
const DEVICE_REST: Duration = Duration::from_millis(500);
/// How long the address is: browsers limit how often it may change.
const ADDRESS_REST: Duration = Duration::from_millis(400);

/// Keeps every state on the device, a moment after the last change and at the latest when the page is hidden.
pub(crate) fn keep_on_device(session: RwSignal<Session>, notices: Notices) {
    let keep = move || {
        let state = session.with_untracked(storage_format::encode);
        remember(&state);
        if let Err(fault) = Store::open().and_then(|store| store.write(&state)) {
            notices.add(Notice::NotSaved(fault.to_string()));
        }
    };
    let rest = Rest::new(DEVICE_REST);
    Effect::new(move |before: Option<()>| {
        session.track();
        if before.is_some() {
            rest.then(keep);
        }
    });
    let is_here = use_rest();
    let listener = window_event_listener(ev::visibilitychange, move |_| {
        // Who leaves before the rest is here has changed something within the last moment, or has no network.
        if document().hidden() && is_here.get_untracked() {
            rest.flush(keep);
        }
    });
    on_cleanup(move || listener.remove());
}

/// Keeps the state in the address. A preset is a new entry of the browser's history, so that Back leaves it.
pub(crate) fn keep_in_fragment(session: RwSignal<Session>) {
    let rest = Rest::new(ADDRESS_REST);
    Effect::new(move |before: Option<Option<PresetId>>| {
        let preset = session.with(Session::preset);
        match before {
            None => {}
            Some(before) if preset.is_some() && before != preset => rest.now(move || {
                let state = session.with_untracked(share_link::encode);
                if fragment() != state {
                    push_fragment(&state);
                }
            }),
            Some(_) => rest.then(move || {
                let state = session.with_untracked(share_link::encode);
                if fragment() != state {
                    replace_fragment(&state);
                }
            }),
        }
        preset
    });
}

/// Waits until nothing has changed for a while.
#[derive(Clone, Copy)]
struct Rest {
    span: Duration,
    pending: StoredValue<Option<TimeoutHandle>>,
}

impl Rest {
    fn new(span: Duration) -> Self {
        Self { span, pending: StoredValue::new(None) }
    }

    /// Does it when nothing more has come for the span, and what it takes is here: that is of the rest of the program.
    fn then(self, act: impl Fn() + 'static) {
        self.cancel();
        let pending = self.pending;
        let act = move || {
            pending.set_value(None);
            when_rest_is_here(act);
        };
        pending.set_value(set_timeout_with_handle(act, self.span).ok());
    }

    /// Does it as soon as what it takes is here.
    fn now(self, act: impl Fn() + 'static) {
        self.cancel();
        when_rest_is_here(act);
    }

    /// Does it at once if it is still to be done. Where nothing has changed there is nothing to keep, and another tab
    /// may have kept more since.
    fn flush(self, act: impl Fn()) {
        if self.pending.with_value(Option::is_some) {
            self.cancel();
            act();
        }
    }

    fn cancel(self) {
        self.pending.update_value(|pending| {
            if let Some(handle) = pending.take() {
                handle.clear();
            }
        });
    }
}
