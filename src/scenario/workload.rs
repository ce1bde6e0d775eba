//! The workload: the users or the stream that send the orders.

use serde::{Deserialize, Serialize};

use crate::units::{Rate, Time, Users};

/// The source of orders.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Workload {
    /// A closed workload: a fixed number of users, each of whom sends the next order some time after the last
    /// answer, so that they slow down with the system. Examples are a load test and a team of agents.
    Closed {
        users: Users,
        /// The mean time from an answer to the same user's next order.
        think_time: Time,
    },
    /// An open workload: independent orders at a given rate, however slow the system is, as from the public
    /// of a shop.
    Open { arrival_rate: Rate },
}

impl Workload {
    /// Returns `true` if both are closed or both open.
    pub fn same_kind(self, other: Self) -> bool {
        self.users().is_some() == other.users().is_some()
    }

    /// Returns the load: users, or orders per second.
    ///
    /// ```
    /// use waiting_line::{scenario::Workload, units::Rate};
    /// assert_eq!(Workload::Open { arrival_rate: Rate::per_second(12.0) }.load(), 12.0);
    /// ```
    pub fn load(self) -> f64 {
        match self {
            Self::Closed { users, .. } => users.as_f64(),
            Self::Open { arrival_rate } => arrival_rate.value(),
        }
    }

    /// Returns the same kind of workload with another load: users, rounded, or orders per second.
    ///
    /// ```
    /// use waiting_line::{scenario::Workload, units::Rate};
    /// let stream = Workload::Open { arrival_rate: Rate::per_second(12.0) };
    /// assert_eq!(stream.with_load(19.5), Workload::Open { arrival_rate: Rate::per_second(19.5) });
    /// assert_eq!(Workload::default().with_load(500.2).users().map(|users| users.count()), Some(500));
    /// ```
    #[must_use]
    pub fn with_load(self, load: f64) -> Self {
        match self {
            Self::Closed { think_time, .. } => {
                Self::Closed { users: Users::new(load.round() as u64), think_time }
            }
            Self::Open { .. } => Self::Open { arrival_rate: Rate::per_second(load) },
        }
    }

    /// Returns the number of users if the workload is closed.
    pub fn users(self) -> Option<Users> {
        match self {
            Self::Closed { users, .. } => Some(users),
            Self::Open { .. } => None,
        }
    }
}

impl Default for Workload {
    fn default() -> Self {
        Self::Closed { users: Users::new(10), think_time: Time::from_whole_seconds(1) }
    }
}
