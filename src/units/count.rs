//! Counts of people and of servers.

use serde::{Deserialize, Serialize};

/// How many users there are, from none to a hundred million.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Users(u64);

impl Users {
    /// A single user.
    pub const ONE: Self = Self(1);
    /// The most that can be set.
    pub const MAX: Self = Self(100_000_000);

    /// So many users, at most [`Users::MAX`].
    pub fn new(users: u64) -> Self {
        Self(users.min(Self::MAX.0))
    }

    /// The count.
    pub const fn count(self) -> u64 {
        self.0
    }

    /// The count as a number to calculate with; exact.
    pub const fn as_f64(self) -> f64 {
        self.0 as f64
    }
}

/// How many servers work side by side at a station (connections, workers, consumers): at least one, at most 10⁸.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Servers(u32);

impl Servers {
    /// A single server.
    pub const ONE: Self = Self(1);
    /// The most that can be set.
    pub const MAX: Self = Self(100_000_000);

    /// So many servers, forced into 1 to [`Servers::MAX`].
    pub fn new(servers: u64) -> Self {
        Self(servers.clamp(1, u64::from(Self::MAX.0)) as u32)
    }

    /// The count.
    pub const fn count(self) -> u64 {
        self.0 as u64
    }

    /// The count as a number to calculate with; exact.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_stay_in_range() {
        assert_eq!(Users::new(u64::MAX), Users::MAX);
        assert_eq!(Servers::new(0), Servers::ONE);
        assert_eq!(Servers::new(u64::MAX), Servers::MAX);
    }
}
