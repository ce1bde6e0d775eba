//! Saves the state in local storage and in the address.

use leptos::ev;
use leptos::prelude::*;
use leptos_use_timeout_fn::{UseTimeoutFnReturn, use_timeout_fn};

use crate::app::notices::{Notice, Notices};
use crate::lessons::PresetId;
use crate::platform::{Store, push_url_hash, remember, replace_url_hash, url_hash};
use crate::session::{Session, share_link, storage_format};

/// Debounce of writes to local storage, in milliseconds.
const STORAGE_DELAY_MS: f64 = 500.0;
/// Debounce of writes to the address, in milliseconds; browsers limit the rate of `replaceState`.
const HASH_DELAY_MS: f64 = 400.0;

/// Saves every state in local storage a moment after the last change, and at the latest when the page is
/// hidden.
pub(crate) fn save_to_local_storage(session: RwSignal<Session>, notices: Notices) {
    let save = move || {
        let state = session.with_untracked(storage_format::encode);
        remember(&state);
        if let Err(error) = Store::open().and_then(|store| store.write(&state)) {
            notices.add(Notice::NotSaved(error.to_string()));
        }
    };
    let UseTimeoutFnReturn { is_pending, start, stop, .. } =
        use_timeout_fn(move |()| save(), STORAGE_DELAY_MS);
    Effect::new(move |previous: Option<()>| {
        session.track();
        if previous.is_some() {
            start(());
        }
    });
    let listener = window_event_listener(ev::visibilitychange, move |_| {
        // Without a change there is nothing to save, and another tab may have saved more since.
        if document().hidden() && is_pending.get_untracked() {
            stop();
            save();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Keeps the state in the address. Loading a preset is a new entry of the browser's history, so that Back
/// leaves it.
pub(crate) fn sync_url_hash(session: RwSignal<Session>) {
    let write = move |write_hash: fn(&str)| {
        let hash = session.with_untracked(share_link::encode);
        if url_hash() != hash {
            write_hash(&hash);
        }
    };
    let UseTimeoutFnReturn { start, stop, .. } =
        use_timeout_fn(move |()| write(replace_url_hash), HASH_DELAY_MS);
    Effect::new(move |previous: Option<Option<PresetId>>| {
        let preset = session.with(Session::preset);
        match previous {
            None => {}
            Some(previous) if preset.is_some() && previous != preset => {
                stop();
                write(push_url_hash);
            }
            Some(_) => start(()),
        }
        preset
    });
}
