//! How much service times vary.

use serde::{Deserialize, Serialize};

use super::{QuantityError, checked, clamped};

/// The squared coefficient of variation of a service time (variance over mean squared), from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Variability(f64);

impl Variability {
    /// Every service takes the same time.
    pub const CONSTANT: Self = Self(0.0);
    /// Many short services, few long ones: the usual first guess, and what the exact formulas assume.
    pub const EXPONENTIAL: Self = Self(1.0);
    /// Now and then a service takes very long: four times the variance of the exponential.
    pub const SPIKY: Self = Self(4.0);
    /// The most that can be set.
    pub const MAX: Self = Self(100.0);

    /// A squared coefficient of variation.
    ///
    /// # Errors
    /// When the number is not finite or outside 0 to 100.
    pub fn try_new(squared: f64) -> Result<Self, QuantityError> {
        checked("variability", squared, 0.0, Self::MAX.0).map(Self)
    }

    /// A squared coefficient of variation forced into the range, to the hundredth, which is what links keep.
    pub fn new(squared: f64) -> Self {
        Self((clamped(squared, 0.0, Self::MAX.0) * 100.0).round() / 100.0)
    }

    /// The squared coefficient of variation.
    pub const fn squared(self) -> f64 {
        self.0
    }
}
