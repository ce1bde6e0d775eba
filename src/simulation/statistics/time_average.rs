//! Time-weighted averages of a level.

use crate::simulation::clock::Instant;

/// A level that changes at moments, and its time integral, from which its average follows.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TimeWeightedAverage {
    level: u32,
    since: Instant,
    past_integral: u128,
}

impl TimeWeightedAverage {
    pub(crate) fn level(&self) -> u32 {
        self.level
    }

    pub(crate) fn increment(&mut self, now: Instant) {
        self.accumulate(now);
        self.level += 1;
    }

    pub(crate) fn decrement(&mut self, now: Instant) {
        debug_assert!(self.level > 0, "nobody is there to leave");
        self.accumulate(now);
        self.level = self.level.saturating_sub(1);
    }

    fn accumulate(&mut self, now: Instant) {
        self.past_integral = self.integral(now);
        self.since = now;
    }

    /// Returns the time integral of the level from the start to `now`, in nanoseconds.
    pub(crate) fn integral(&self, now: Instant) -> u128 {
        self.past_integral + u128::from(self.level) * u128::from((now - self.since).nanos())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_is_level_times_time() {
        let at = Instant::from_nanos;
        let mut average = TimeWeightedAverage::default();
        average.increment(at(10));
        average.increment(at(20));
        average.decrement(at(50));
        assert_eq!((average.level(), average.integral(at(100))), (1, 10 + 2 * 30 + 50));
    }
}
