//! Spans of time.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Sub};

use serde::{Deserialize, Serialize};

use super::{QuantityError, check_range, clamp_or_min};

/// A span of time, from 0 to 10¹² seconds.
///
/// Dividing one span by another gives a plain number. Multiplying two does not compile, because the product
/// has no meaning here.
///
/// ```
/// use waiting_line::units::Time;
/// let order = Time::from_millis(300.0) + Time::from_millis(200.0);
/// assert_eq!(order, Time::from_millis(500.0));
/// assert_eq!(order / Time::from_millis(250.0), 2.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
pub struct Time(f64);

impl Time {
    pub const ZERO: Self = Self(0.0);
    /// The longest span, about 32,000 years.
    pub const MAX: Self = Self(1e12);

    /// Creates a span from seconds.
    ///
    /// # Errors
    /// Returns an error if the number is not finite, negative, or above [`Time::MAX`].
    pub fn try_from_seconds(seconds: f64) -> Result<Self, QuantityError> {
        check_range("time", seconds, 0.0, Self::MAX.0).map(Self)
    }

    /// Creates a span from seconds, clamped to 0 to [`Time::MAX`].
    pub fn from_seconds(seconds: f64) -> Self {
        Self(clamp_or_min(seconds, 0.0, Self::MAX.0))
    }

    pub const fn from_whole_seconds(seconds: u32) -> Self {
        Self(seconds as f64)
    }

    pub const fn from_whole_millis(millis: u32) -> Self {
        Self(millis as f64 / 1e3)
    }

    /// Creates a span from milliseconds, rounded to the microsecond, which is the precision of links and
    /// files.
    pub fn from_millis(millis: f64) -> Self {
        Self::from_micros((clamp_or_min(millis, 0.0, 1e15) * 1e3).round() as u64)
    }

    pub fn from_micros(micros: u64) -> Self {
        Self::from_seconds(micros as f64 / 1e6)
    }

    pub const fn seconds(self) -> f64 {
        self.0
    }

    pub fn millis(self) -> f64 {
        self.0 * 1e3
    }

    /// Returns the span in microseconds, rounded.
    pub fn micros(self) -> u64 {
        (self.0 * 1e6).round() as u64
    }

    pub fn is_zero(self) -> bool {
        self.0 <= 0.0
    }

    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }
}

impl Add for Time {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::from_seconds(self.0 + other.0)
    }
}

impl AddAssign for Time {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// Subtraction stops at zero.
impl Sub for Time {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::from_seconds(self.0 - other.0)
    }
}

impl Mul<f64> for Time {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::from_seconds(self.0 * factor)
    }
}

impl Div<f64> for Time {
    type Output = Self;
    fn div(self, divisor: f64) -> Self {
        Self::from_seconds(self.0 / divisor)
    }
}

impl Div for Time {
    type Output = f64;
    fn div(self, other: Self) -> f64 {
        self.0 / other.0
    }
}

impl Sum for Time {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_s_four_steps_add_up_to_1050_ms() {
        let total: Time = [300.0, 200.0, 400.0, 150.0].map(Time::from_millis).into_iter().sum();
        assert_eq!(total.micros(), 1_050_000);
    }

    #[test]
    fn a_span_is_never_negative_nor_infinite() {
        assert_eq!(Time::from_seconds(1.0) - Time::from_seconds(2.0), Time::ZERO);
        assert_eq!(Time::from_seconds(1.0) / 0.0, Time::MAX);
        assert_eq!(Time::from_seconds(f64::NAN), Time::ZERO);
        assert!(Time::try_from_seconds(-0.5).is_err());
        assert!(Time::try_from_seconds(f64::INFINITY).is_err());
    }

    #[test]
    fn milliseconds_survive_the_way_through_microseconds() {
        for millis in [0.0, 0.001, 0.1, 33.333, 150.0, 9_999.999] {
            let time = Time::from_millis(millis);
            assert_eq!(Time::from_micros(time.micros()), time);
        }
    }
}
