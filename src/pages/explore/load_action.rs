//! The load of a workload: the action that sets it, and its text.

use crate::scenario::Workload;
use crate::session::Action;
use crate::strings::explore;
use crate::units::{Rate, Users};

/// The action that sets the load of a workload: its users, or its orders per second.
pub(crate) fn set_load(workload: Workload, load: f64) -> Action {
    match workload {
        Workload::Closed { .. } => Action::SetUsers(Users::new((load.round() as u64).max(1))),
        Workload::Open { .. } => Action::SetArrivalRate(Rate::per_second(load)),
    }
}

/// A load in words.
pub(crate) fn load_text(workload: Workload, load: f64) -> String {
    if workload.users().is_some() { explore::user_count(load) } else { explore::order_rate(load) }
}
