//! What the page starts with: a link, what the device kept, or the worked case.

use crate::app::notices::{Notice, as_sentence};
use crate::platform::{Store, fragment};
use crate::session::{Action, Session, share_link, storage_format};

/// The state to start with, and what there is to say about it.
pub(crate) struct Opening {
    /// The state.
    pub(crate) session: Session,
    /// What the person should know.
    pub(crate) notices: Vec<Notice>,
}

impl Opening {
    /// Reads the address and the device.
    pub(crate) fn now() -> Self {
        let mut notices = Vec::new();
        let mut session = from_device(&mut notices);
        let fragment = fragment();
        if !fragment.is_empty() {
            match share_link::decode(&fragment) {
                Ok(shared) => session.apply(Action::Open(Box::new(shared))),
                Err(error) => notices.push(Notice::of_link(&error)),
            }
        }
        Self { session, notices }
    }
}

/// What the device kept, or a new session.
fn from_device(notices: &mut Vec<Notice>) -> Session {
    let store = match Store::open() {
        Ok(store) => store,
        Err(fault) => {
            notices.push(Notice::NotSaved(fault.to_string()));
            return Session::new();
        }
    };
    match store.read() {
        Ok(None) => Session::new(),
        Ok(Some(kept)) => storage_format::decode(&kept).unwrap_or_else(|error| {
            store.put_aside(&kept);
            notices.push(Notice::StoredUnreadable(as_sentence(&error.problem())));
            Session::new()
        }),
        Err(fault) => {
            notices.push(Notice::NotSaved(fault.to_string()));
            Session::new()
        }
    }
}
