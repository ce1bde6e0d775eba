//! Moments and spans of simulated time, in whole nanoseconds.
//!
//! With whole numbers a sum does not depend on the order of its terms, and a run is the same on every
//! machine.

use std::ops::{Add, Sub};

use crate::units::Time;

/// A moment of a run, in nanoseconds since its start. The range of a `u64` is 584 years; additions saturate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Instant(u64);

impl Instant {
    pub const START: Self = Self(0);
    /// A moment later than everything that a run can reach.
    pub const NEVER: Self = Self(u64::MAX);

    pub const fn from_nanos(nanos: u64) -> Self {
        Self(nanos)
    }

    pub const fn nanos(self) -> u64 {
        self.0
    }

    /// Returns the moment that lies `time` after the start.
    pub fn at(time: Time) -> Self {
        Self::START + Span::of(time)
    }

    pub fn time(self) -> Time {
        Span(self.0).time()
    }
}

/// A span between two moments, in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(u64);

impl Span {
    pub const ZERO: Self = Self(0);

    pub const fn from_nanos(nanos: u64) -> Self {
        Self(nanos)
    }

    /// Rounds a computed number of nanoseconds to the nearest whole one.
    pub(super) fn rounded(nanos: f64) -> Self {
        Self((nanos + 0.5) as u64)
    }

    /// Rounds a time to whole nanoseconds.
    ///
    /// ```
    /// use waiting_line::{simulation::Span, units::Time};
    /// assert_eq!(Span::of(Time::from_millis(0.0015)).nanos(), 2_000);
    /// ```
    pub fn of(time: Time) -> Self {
        Self::rounded(time.seconds() * 1e9)
    }

    pub const fn nanos(self) -> u64 {
        self.0
    }

    pub fn time(self) -> Time {
        Time::from_seconds(self.0 as f64 / 1e9)
    }
}

impl Add<Span> for Instant {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

/// Returns the span since an earlier moment, zero if that one is later.
impl Sub for Instant {
    type Output = Span;
    fn sub(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// Saturates at zero.
impl Sub for Span {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_time_is_not_passed() {
        assert_eq!(Instant::NEVER + Span::from_nanos(1), Instant::NEVER);
        assert_eq!(Instant::at(Time::MAX), Instant::NEVER);
        assert_eq!(Instant::START - Instant::NEVER, Span::ZERO);
    }

    #[test]
    fn a_microsecond_survives_the_way_there_and_back() {
        for micros in [1, 999, 300_000, 86_400_000_000] {
            assert_eq!(Span::of(Time::from_micros(micros)).nanos(), micros * 1_000);
            assert_eq!(Span::from_nanos(micros * 1_000).time().micros(), micros);
        }
    }
}
