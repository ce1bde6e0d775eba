//! Rates: how often something happens.

use std::ops::{Add, Div, Mul, Sub};

use serde::{Deserialize, Serialize};

use super::{OfferedLoad, QuantityError, Time, checked, clamped};

/// Happenings per second: finite and never negative.
///
/// A rate times a time is a load (how many are in there at once, by Little's law).
///
/// ```
/// use waiting_line::units::{Rate, Time};
/// let email = Rate::per_second(50.0) * Time::from_millis(400.0);
/// assert_eq!(email.erlangs(), 20.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
pub struct Rate(f64);

impl Rate {
    /// Never.
    pub const ZERO: Self = Self(0.0);
    /// The highest rate that is told from another.
    pub const MAX: Self = Self(1e15);

    /// So many per second.
    ///
    /// # Errors
    /// When the number is not finite, negative, or above [`Rate::MAX`].
    pub fn try_per_second(per_second: f64) -> Result<Self, QuantityError> {
        checked("rate", per_second, 0.0, Self::MAX.0).map(Self)
    }

    /// A computed rate, forced into the range.
    pub fn per_second(per_second: f64) -> Self {
        Self(clamped(per_second, 0.0, Self::MAX.0))
    }

    /// So many thousandths per second, which is what links and files keep; at most [`Rate::MAX`].
    pub const fn from_thousandths(thousandths: u64) -> Self {
        let per_second = thousandths as f64 / 1e3;
        Self(if per_second > Self::MAX.0 { Self::MAX.0 } else { per_second })
    }

    /// The whole thousandths per second, to the nearest.
    pub fn thousandths(self) -> u64 {
        (self.0 * 1e3).round() as u64
    }

    /// Happenings in each second.
    pub const fn value(self) -> f64 {
        self.0
    }

    /// Whether it never happens.
    pub fn is_zero(self) -> bool {
        self.0 <= 0.0
    }

    /// The lower of two rates.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }
}

impl Add for Rate {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::per_second(self.0 + other.0)
    }
}

/// What is left of a rate; nothing is left when the other is higher.
impl Sub for Rate {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::per_second(self.0 - other.0)
    }
}

impl Mul<f64> for Rate {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::per_second(self.0 * factor)
    }
}

impl Mul<Time> for Rate {
    type Output = OfferedLoad;
    fn mul(self, time: Time) -> OfferedLoad {
        OfferedLoad::from_erlangs(self.0 * time.seconds())
    }
}

impl Div for Rate {
    type Output = f64;
    fn div(self, other: Self) -> f64 {
        self.0 / other.0
    }
}
