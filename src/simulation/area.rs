//! Averages over time.

use super::clock::Instant;

/// A level that changes at moments, and the area under it: what its time average is made of.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Area {
    level: u32,
    since: Instant,
    sum: u128,
}

impl Area {
    /// The level now.
    pub(super) fn level(&self) -> u32 {
        self.level
    }

    /// Raises the level by one.
    pub(super) fn rise(&mut self, now: Instant) {
        self.settle(now);
        self.level += 1;
    }

    /// Lowers it by one.
    pub(super) fn fall(&mut self, now: Instant) {
        debug_assert!(self.level > 0, "nobody is there to leave");
        self.settle(now);
        self.level = self.level.saturating_sub(1);
    }

    fn settle(&mut self, now: Instant) {
        self.sum = self.total(now);
        self.since = now;
    }

    /// The area from the start to now: level × nanoseconds.
    pub(super) fn total(&self, now: Instant) -> u128 {
        self.sum + u128::from(self.level) * u128::from((now - self.since).nanos())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_is_level_times_time() {
        let at = Instant::from_nanos;
        let mut area = Area::default();
        area.rise(at(10));
        area.rise(at(20));
        area.fall(at(50));
        assert_eq!((area.level(), area.total(at(100))), (1, 10 + 2 * 30 + 50));
    }
}
