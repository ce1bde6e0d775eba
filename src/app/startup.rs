//! The initial state: from the link in the address, from local storage, or the first example.

use crate::app::notices::{Notice, to_sentence};
use crate::platform::{Store, url_hash};
use crate::session::{Action, Session, share_link, storage_format};

/// The state to start with.
pub(crate) struct InitialState {
    pub(crate) session: Session,
    /// Failures to report.
    pub(crate) notices: Vec<Notice>,
}

impl InitialState {
    /// Reads local storage and the address; a link in the address wins.
    pub(crate) fn read() -> Self {
        let mut notices = Vec::new();
        let mut session = read_local_storage(&mut notices);
        let hash = url_hash();
        if !hash.is_empty() {
            match share_link::decode(&hash) {
                Ok(shared) => session.apply(Action::Open(Box::new(shared))),
                Err(error) => notices.push(Notice::from_link_error(&error)),
            }
        }
        Self { session, notices }
    }
}

/// The stored session, or a new one.
fn read_local_storage(notices: &mut Vec<Notice>) -> Session {
    let store = match Store::open() {
        Ok(store) => store,
        Err(error) => {
            notices.push(Notice::NotSaved(error.to_string()));
            return Session::new();
        }
    };
    match store.read() {
        Ok(None) => Session::new(),
        Ok(Some(stored)) => storage_format::decode(&stored).unwrap_or_else(|error| {
            store.set_aside(&stored);
            notices.push(Notice::StoredUnreadable(to_sentence(&error.problem())));
            Session::new()
        }),
        Err(error) => {
            notices.push(Notice::NotSaved(error.to_string()));
            Session::new()
        }
    }
}
