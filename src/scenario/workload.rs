//! Who sends orders, and how often.

use serde::{Deserialize, Serialize};

use crate::units::{Rate, Time, Users};

/// The source of orders.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Workload {
    /// So many users, each of whom sends the next order only some time after the last answer: they slow down with the
    /// system. A load test, or a room of people with one task.
    Closed {
        /// How many users.
        users: Users,
        /// From an answer to the same user's next order, on average.
        think_time: Time,
    },
    /// Independent orders at a given rate, whatever the system does. A shop's public.
    Open {
        /// Orders per second.
        arrival_rate: Rate,
    },
}

impl Workload {
    /// Returns `true` if both are closed or both open.
    pub fn same_kind(self, other: Self) -> bool {
        self.users().is_some() == other.users().is_some()
    }

    /// The load that it sets: users, or orders per second.
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

    /// The same source at another load: users, which are whole, or orders per second.
    ///
    /// ```
    /// use waiting_line::{scenario::Workload, units::Rate};
    /// let stream = Workload::Open { arrival_rate: Rate::per_second(12.0) };
    /// assert_eq!(stream.at(19.5), Workload::Open { arrival_rate: Rate::per_second(19.5) });
    /// assert_eq!(Workload::default().at(500.2).users().map(|users| users.count()), Some(500));
    /// ```
    #[must_use]
    pub fn at(self, load: f64) -> Self {
        match self {
            Self::Closed { think_time, .. } => {
                Self::Closed { users: Users::new(load.round() as u64), think_time }
            }
            Self::Open { .. } => Self::Open { arrival_rate: Rate::per_second(load) },
        }
    }

    /// The users, where it is they who are given.
    pub fn users(self) -> Option<Users> {
        match self {
            Self::Closed { users, .. } => Some(users),
            Self::Open { .. } => None,
        }
    }
}

/// Ten users who think for a second.
impl Default for Workload {
    fn default() -> Self {
        Self::Closed { users: Users::new(10), think_time: Time::from_whole_seconds(1) }
    }
}
