//! Probabilities and shares.

use serde::{Deserialize, Serialize};

use super::clamp_or_min;

/// A probability or a share, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
pub struct Probability(f64);

impl Probability {
    pub const ZERO: Self = Self(0.0);
    pub const ONE: Self = Self(1.0);

    /// Creates a probability, clamped to 0 to 1.
    pub fn new(share: f64) -> Self {
        Self(clamp_or_min(share, 0.0, 1.0))
    }

    /// Creates a probability from millionths, the precision of links and files; at most 1.
    pub fn from_millionths(millionths: u32) -> Self {
        Self::new(f64::from(millionths) / 1e6)
    }

    /// Returns the probability in millionths, rounded.
    pub fn millionths(self) -> u32 {
        (self.0 * 1e6).round() as u32
    }

    pub const fn value(self) -> f64 {
        self.0
    }

    /// Returns the probability that the event does not happen.
    #[must_use]
    pub fn complement(self) -> Self {
        Self::new(1.0 - self.0)
    }
}
