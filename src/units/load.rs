//! The load offered to a station, and its utilization.

use serde::{Deserialize, Serialize};

use super::clamp_or_min;

/// The work offered to a station in erlangs: the mean number of servers that it would keep busy (arrival rate
/// × service time). It may exceed the number of servers.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
pub struct OfferedLoad(f64);

impl OfferedLoad {
    /// Creates a load, clamped to 0 to 10¹⁵ erlangs.
    pub fn from_erlangs(erlangs: f64) -> Self {
        Self(clamp_or_min(erlangs, 0.0, 1e15))
    }

    pub const fn erlangs(self) -> f64 {
        self.0
    }
}

/// The share of a station's servers that are busy, from 0 to 1. A load above that is an [`OfferedLoad`].
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
pub struct Utilization(f64);

impl Utilization {
    /// Creates a utilization from a share, clamped to 0 to 1.
    pub fn from_share(share: f64) -> Self {
        Self(clamp_or_min(share, 0.0, 1.0))
    }

    pub const fn share(self) -> f64 {
        self.0
    }
}
