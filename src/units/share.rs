//! Probabilities.

use serde::{Deserialize, Serialize};

use super::{QuantityError, checked, clamped};

/// A probability or a share, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
pub struct Probability(f64);

impl Probability {
    /// Never.
    pub const ZERO: Self = Self(0.0);
    /// Always.
    pub const ONE: Self = Self(1.0);

    /// A probability from 0 to 1.
    ///
    /// # Errors
    /// When the number is not finite or outside 0 to 1.
    pub fn try_new(share: f64) -> Result<Self, QuantityError> {
        checked("probability", share, 0.0, 1.0).map(Self)
    }

    /// A computed probability, forced into 0 to 1.
    pub fn new(share: f64) -> Self {
        Self(clamped(share, 0.0, 1.0))
    }

    /// A probability of so many millionths, which is what links and files keep; at most 1.
    pub fn from_millionths(millionths: u32) -> Self {
        Self::new(f64::from(millionths) / 1e6)
    }

    /// The whole millionths, to the nearest.
    pub fn millionths(self) -> u32 {
        (self.0 * 1e6).round() as u32
    }

    /// The probability, from 0 to 1.
    pub const fn value(self) -> f64 {
        self.0
    }

    /// The probability that it does not happen.
    #[must_use]
    pub fn complement(self) -> Self {
        Self::new(1.0 - self.0)
    }
}
