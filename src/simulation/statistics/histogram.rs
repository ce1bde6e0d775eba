//! A histogram of times with logarithmic buckets.

use crate::simulation::clock::Span;

/// Counts of times in an HDR histogram (Tene) with 128 buckets for each doubling, so that no bucket is wider
/// than 1/128 of its times. The resolution is 1.024 µs, up to 39 hours; longer times fall into the last
/// bucket.
///
/// Unlike those of `hdrhistogram`, its quantiles are interpolated within a bucket and never lie outside the
/// recorded times.
#[derive(Debug, Clone)]
pub(crate) struct Histogram {
    counts: hdrhistogram::Histogram<u32>,
    shortest: Span,
    longest: Span,
}

/// In nanoseconds.
const RESOLUTION: u64 = 1 << 10;
/// In nanoseconds.
const MAX_TIME: u64 = (1 << 47) - 1;
/// Two digits mean 128 buckets for each doubling.
const SIGNIFICANT_DIGITS: u8 = 2;
const BUCKETS: usize = 31 << 7;

impl Default for Histogram {
    fn default() -> Self {
        let counts = hdrhistogram::Histogram::new_with_bounds(RESOLUTION, MAX_TIME, SIGNIFICANT_DIGITS)
            .unwrap_or_else(|_| unreachable!("the bounds are valid"));
        Self { counts, shortest: Span::from_nanos(u64::MAX), longest: Span::ZERO }
    }
}

impl Histogram {
    /// Memory of the counts, in bytes.
    pub(crate) const BYTES: usize = BUCKETS * size_of::<u32>();

    pub(crate) fn record(&mut self, time: Span) {
        self.counts.saturating_record(time.nanos());
        self.shortest = self.shortest.min(time);
        self.longest = self.longest.max(time);
    }

    /// Copies another histogram without allocating.
    pub(crate) fn copy_from(&mut self, other: &Self) {
        // Fails only for another layout of buckets.
        let _ = self.counts.set_to(&other.counts);
        (self.shortest, self.longest) = (other.shortest, other.longest);
    }

    /// Returns the counts since an earlier state of the same histogram.
    pub(crate) fn since(&self, earlier: &Self) -> Self {
        let mut difference = self.clone();
        // Fails only if a count is lower than before.
        let _ = difference.counts.subtract(&earlier.counts);
        difference
    }

    pub(crate) fn count(&self) -> u64 {
        self.counts.len()
    }

    /// Returns the number of times longer than this one, with the times of each bucket spread evenly over it.
    pub(crate) fn longer_than(&self, time: Span) -> f64 {
        let bucket = self.bucket(time.nanos());
        let inside = (time.nanos().saturating_sub(bucket.start) as f64 / bucket.width as f64).min(1.0);
        let above = self.count() - bucket.below - u64::from(bucket.count);
        above as f64 + f64::from(bucket.count) * (1.0 - inside)
    }

    /// Returns a quantile, within the range of the recorded times; `None` if nothing was recorded.
    pub(crate) fn quantile(&self, share: f64) -> Option<Span> {
        if self.counts.is_empty() {
            return None;
        }
        let share = share.clamp(0.0, 1.0);
        let bucket = self.bucket(self.counts.value_at_quantile(share));
        let rank = share * self.count() as f64;
        let part = (rank - bucket.below as f64) / f64::from(bucket.count);
        let time = Span::rounded(bucket.start as f64 + bucket.width as f64 * part);
        Some(time.clamp(self.shortest, self.longest))
    }

    fn bucket(&self, nanos: u64) -> Bucket {
        let nanos = nanos.min(MAX_TIME);
        let start = self.counts.lowest_equivalent(nanos);
        Bucket {
            start,
            width: self.counts.equivalent_range(nanos),
            count: self.counts.count_at(nanos),
            below: if start == 0 { 0 } else { self.counts.count_between(0, start - 1) },
        }
    }
}

/// The bucket of a time; start and width in nanoseconds.
struct Bucket {
    start: u64,
    width: u64,
    count: u32,
    /// Number of shorter times.
    below: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_as_narrow_as_promised_and_none_is_missed() {
        let histogram = Histogram::default();
        assert_eq!(histogram.counts.distinct_values(), BUCKETS);
        let mut expected = 0;
        while expected <= MAX_TIME {
            let Bucket { start, width, .. } = histogram.bucket(expected);
            assert_eq!(start, expected);
            assert!(width <= (start / 128).max(RESOLUTION));
            expected = start + width;
        }
        assert!(expected > 39 * 3_600 * 1_000_000_000);
        let mut longest = Histogram::default();
        longest.record(Span::from_nanos(u64::MAX));
        assert_eq!(longest.bucket(MAX_TIME).count, 1);
    }

    #[test]
    fn quantiles_of_a_known_set() {
        let mut histogram = Histogram::default();
        for millis in 1..=10_000_u64 {
            histogram.record(Span::from_nanos(millis * 1_000_000));
        }
        for (share, nanos) in [(0.5, 5e9), (0.95, 9.5e9), (0.99, 9.9e9), (1.0, 1e10)] {
            let quantile = histogram.quantile(share).unwrap().nanos() as f64;
            assert!((quantile - nanos).abs() < 0.004 * nanos, "{share}: {quantile}");
            let above = histogram.longer_than(Span::rounded(quantile));
            assert!((above - (1.0 - share) * 10_000.0).abs() < 1.0, "{share}: {above}");
        }
        assert_eq!(Histogram::default().quantile(0.5), None);
    }

    #[test]
    fn what_came_later_is_the_difference() {
        let mut histogram = Histogram::default();
        histogram.record(Span::from_nanos(1_000_000));
        let earlier = histogram.clone();
        histogram.record(Span::from_nanos(2_000_000_000));
        let later = histogram.since(&earlier);
        assert_eq!(later.count(), 1);
        assert!(later.quantile(0.0).unwrap().nanos() > 1_900_000_000);
    }
}
