//! Load: what is asked of a station, and what it does.

use serde::{Deserialize, Serialize};

use super::clamped;

/// Work offered per unit of time, in erlangs: how many servers it would keep busy. May exceed the servers that there are.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
pub struct OfferedLoad(f64);

impl OfferedLoad {
    /// A computed load, forced into 0 to 10¹⁵ erlangs.
    pub fn from_erlangs(erlangs: f64) -> Self {
        Self(clamped(erlangs, 0.0, 1e15))
    }

    /// The load in erlangs.
    pub const fn erlangs(self) -> f64 {
        self.0
    }
}

/// The share of its servers that a station keeps busy, from 0 to 1. What is offered beyond 1 is an [`OfferedLoad`].
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
pub struct Utilization(f64);

impl Utilization {
    /// A computed share, forced into 0 to 1.
    pub fn from_share(share: f64) -> Self {
        Self(clamped(share, 0.0, 1.0))
    }

    /// The share, from 0 to 1.
    pub const fn share(self) -> f64 {
        self.0
    }
}
