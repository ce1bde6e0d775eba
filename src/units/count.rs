//! Counts of people and of servers.

use serde::{Deserialize, Serialize};

/// A number of users, from 0 to 10⁸.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Users(u64);

impl Users {
    pub const ONE: Self = Self(1);
    pub const MAX: Self = Self(100_000_000);

    /// Creates a count, at most [`Users::MAX`].
    pub fn new(users: u64) -> Self {
        Self(users.min(Self::MAX.0))
    }

    pub const fn count(self) -> u64 {
        self.0
    }

    /// Returns the count as a float, which represents every count exactly.
    pub const fn as_f64(self) -> f64 {
        self.0 as f64
    }
}

/// A number of parallel servers at a station (connections, workers, consumers), from 1 to 10⁸.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Servers(u32);

impl Servers {
    pub const ONE: Self = Self(1);
    pub const MAX: Self = Self(100_000_000);

    /// Creates a count, clamped to 1 to [`Servers::MAX`].
    pub fn new(servers: u64) -> Self {
        Self(servers.clamp(1, u64::from(Self::MAX.0)) as u32)
    }

    pub const fn count(self) -> u64 {
        self.0 as u64
    }

    /// Returns the count as a float, which represents every count exactly.
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
