//! Spans of time.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Sub};

use serde::{Deserialize, Serialize};

use super::{QuantityError, checked, clamped};

/// A span of time in seconds: finite and never negative.
///
/// Spans add up, and divide into plain numbers; a time multiplied by a time means nothing here and does not compile.
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
    /// No time at all.
    pub const ZERO: Self = Self(0.0);
    /// The longest span that is told from another, some thirty thousand years.
    pub const MAX: Self = Self(1e12);

    /// A span of so many seconds.
    ///
    /// # Errors
    /// When the number is not finite, negative, or longer than [`Time::MAX`].
    pub fn try_from_seconds(seconds: f64) -> Result<Self, QuantityError> {
        checked("time", seconds, 0.0, Self::MAX.0).map(Self)
    }

    /// A computed span of so many seconds, forced into the range.
    pub fn from_seconds(seconds: f64) -> Self {
        Self(clamped(seconds, 0.0, Self::MAX.0))
    }

    /// A span of so many whole seconds.
    pub const fn from_whole_seconds(seconds: u32) -> Self {
        Self(seconds as f64)
    }

    /// A span of so many whole milliseconds.
    pub const fn from_whole_millis(millis: u32) -> Self {
        Self(millis as f64 / 1e3)
    }

    /// A span of so many milliseconds, to the microsecond, which is what links and files keep.
    pub fn from_millis(millis: f64) -> Self {
        Self::from_micros((clamped(millis, 0.0, 1e15) * 1e3).round() as u64)
    }

    /// A span of so many microseconds.
    pub fn from_micros(micros: u64) -> Self {
        Self::from_seconds(micros as f64 / 1e6)
    }

    /// The span in seconds.
    pub const fn seconds(self) -> f64 {
        self.0
    }

    /// The span in milliseconds.
    pub fn millis(self) -> f64 {
        self.0 * 1e3
    }

    /// The span in whole microseconds, to the nearest.
    pub fn micros(self) -> u64 {
        (self.0 * 1e6).round() as u64
    }

    /// Whether there is no time in it.
    pub fn is_zero(self) -> bool {
        self.0 <= 0.0
    }

    /// The longer of two spans.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// The shorter of two spans.
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

/// What is left of a span; nothing is left when the other is longer.
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
