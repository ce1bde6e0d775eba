//! Rates of events in time.

use std::ops::{Add, Div, Mul, Sub};

use serde::{Deserialize, Serialize};

use super::{OfferedLoad, Time, clamp_or_min};

/// A rate per second, from 0 to 10¹⁵.
///
/// A rate times a time is an [`OfferedLoad`], by Little's law.
///
/// ```
/// use waiting_line::units::{Rate, Time};
/// let email = Rate::per_second(50.0) * Time::from_millis(400.0);
/// assert_eq!(email.erlangs(), 20.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
pub struct Rate(f64);

impl Rate {
    pub const ZERO: Self = Self(0.0);
    pub const MAX: Self = Self(1e15);

    /// Creates a rate, clamped to 0 to [`Rate::MAX`].
    pub fn per_second(per_second: f64) -> Self {
        Self(clamp_or_min(per_second, 0.0, Self::MAX.0))
    }

    /// Creates a rate from thousandths per second, the precision of links and files; at most [`Rate::MAX`].
    pub const fn from_thousandths(thousandths: u64) -> Self {
        let per_second = thousandths as f64 / 1e3;
        Self(if per_second > Self::MAX.0 { Self::MAX.0 } else { per_second })
    }

    /// Returns the rate in thousandths per second, rounded.
    pub fn thousandths(self) -> u64 {
        (self.0 * 1e3).round() as u64
    }

    /// Returns the rate per second.
    pub const fn value(self) -> f64 {
        self.0
    }

    pub fn is_zero(self) -> bool {
        self.0 <= 0.0
    }

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

/// Subtraction stops at zero.
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
