//! Which part of a large system is simulated.

use std::fmt;

use crate::scenario::{Scenario, Workload};
use crate::units::Servers;

/// One in so many: users, arrivals and capacities divided alike, because millions of users cannot be simulated one by
/// one.
///
/// A slice waits a little more than the whole, because a small system has less to share; the theory for the whole
/// stands beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slice {
    /// One user, and one server, out of so many.
    pub one_in: u64,
    /// By how much, relatively, the worst capacity was rounded to a whole number of servers.
    pub rounding: f64,
}

/// Why no slice of a scenario stands for the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TooLarge {
    /// A capacity is so small, beside so many users, that a slice of it is far from a whole number.
    Indivisible {
        /// Of what there is too little.
        of: String,
        /// How many there are.
        servers: u64,
        /// One in how many would be simulated.
        one_in: u64,
    },
    /// More partitions with a consumer of their own than a run can hold.
    Partitions {
        /// How many there are, over all steps.
        found: u64,
        /// How many there may be.
        most: u64,
    },
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Indivisible { of, servers, one_in } => write!(
                f,
                "{of}: {servers} cannot be divided by {one_in}, the slice that so many users need: \
                 simulate fewer users, or rely on the theory"
            ),
            Self::Partitions { found, most } => write!(
                f,
                "partitions with a consumer: {found} are more than the {most} that a run can hold: \
                 use fewer partitions or consumers"
            ),
        }
    }
}

impl std::error::Error for TooLarge {}

impl Slice {
    /// The most users that are simulated one by one; of an open workload, the most orders in progress at once.
    pub const MOST_USERS: u64 = 10_000;
    /// By how much a capacity may be rounded.
    pub const MOST_ROUNDING: f64 = 0.1;

    /// The whole.
    pub const WHOLE: Self = Self { one_in: 1, rounding: 0.0 };

    /// The slice that a run of this scenario simulates.
    ///
    /// # Errors
    /// When a capacity, divided like the users, is not near a whole number of servers.
    pub fn of(scenario: &Scenario) -> Result<Self, TooLarge> {
        let population = match scenario.workload {
            Workload::Closed { users, .. } => users.count(),
            Workload::Open { arrival_rate } => {
                let work = scenario.synchronous_work() + scenario.asynchronous_work();
                (arrival_rate * work).erlangs().ceil() as u64
            }
        };
        let one_in = population.div_ceil(Self::MOST_USERS).max(1);
        let mut slice = Self { one_in, rounding: 0.0 };
        let steps = scenario.steps.iter().map(|step| (step.name.as_str(), step.servers));
        for (of, servers) in std::iter::once(("API workers", scenario.workers)).chain(steps) {
            let whole = servers.as_f64();
            let rounding = (f64::from(slice.servers(servers)) * one_in as f64 - whole).abs() / whole;
            if rounding > Self::MOST_ROUNDING {
                return Err(TooLarge::Indivisible { of: of.to_owned(), servers: servers.count(), one_in });
            }
            slice.rounding = slice.rounding.max(rounding);
        }
        Ok(slice)
    }

    /// Whether everything is simulated.
    pub fn is_whole(self) -> bool {
        self.one_in == 1
    }

    /// The slice's part of some servers, at least one.
    pub fn servers(self, servers: Servers) -> u32 {
        self.part(servers.count()).max(1)
    }

    /// The slice's part of a number, to the nearest.
    pub(super) fn part(self, number: u64) -> u32 {
        u32::try_from((number + self.one_in / 2) / self.one_in).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Rate, Time, Users};

    fn shop(users: u64, capacity: u64) -> Scenario {
        let mut shop = Scenario::online_shop();
        shop.workload =
            Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        shop.workers = Servers::new(capacity);
        for step in &mut shop.steps {
            step.servers = Servers::new(capacity);
        }
        shop
    }

    #[test]
    fn up_to_ten_thousand_users_are_all_there() {
        assert_eq!(Slice::of(&shop(10_000, 3)), Ok(Slice::WHOLE));
    }

    #[test]
    fn a_million_users_are_cut_like_their_servers() {
        let slice = Slice::of(&shop(1_000_000, 30_000)).unwrap();
        assert_eq!((slice.one_in, slice.rounding, slice.servers(Servers::new(30_000))), (100, 0.0, 300));
    }

    #[test]
    fn an_open_stream_is_cut_by_what_it_keeps_in_progress() {
        let mut shop = shop(1, 2_000_000);
        shop.workload = Workload::Open { arrival_rate: Rate::per_second(1e6) };
        assert_eq!(Slice::of(&shop).unwrap().one_in, 105);
    }

    #[test]
    fn twenty_workers_for_a_million_users_cannot_be_cut() {
        let error = Slice::of(&shop(1_000_000, 20)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "API workers: 20 cannot be divided by 100, the slice that so many users need: \
             simulate fewer users, or rely on the theory"
        );
    }
}
