//! The variability of service times.

use serde::{Deserialize, Serialize};

use super::{QuantityError, check_range, clamp_or_min};

/// The squared coefficient of variation of a service time (variance over mean squared), from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Variability(f64);

impl Variability {
    pub const CONSTANT: Self = Self(0.0);
    /// Exponential service times, which the exact formulas assume.
    pub const EXPONENTIAL: Self = Self(1.0);
    /// Four times the variance of exponential service times: now and then a service takes very long.
    pub const SPIKY: Self = Self(4.0);
    pub const MAX: Self = Self(100.0);

    /// Creates a variability from a squared coefficient of variation.
    ///
    /// # Errors
    /// Returns an error if the number is not finite or outside 0 to 100.
    pub fn try_new(squared: f64) -> Result<Self, QuantityError> {
        check_range("variability", squared, 0.0, Self::MAX.0).map(Self)
    }

    /// Creates a variability, clamped to 0 to 100 and rounded to the hundredth, which is the precision of
    /// links.
    pub fn new(squared: f64) -> Self {
        Self((clamp_or_min(squared, 0.0, Self::MAX.0) * 100.0).round() / 100.0)
    }

    pub const fn squared(self) -> f64 {
        self.0
    }
}
