//! Times counted in buckets that grow with them.

use super::clock::Span;

/// Counts of times, log-linear as in an HDR histogram (Tene): 128 buckets to each doubling, so that no bucket is
/// wider than 1/128 of the times in it. Counted in units of 1.024 µs up to some 39 hours; what is longer falls into
/// the last bucket.
#[derive(Debug, Clone)]
pub(super) struct Histogram {
    counts: Vec<u32>,
    shortest: Span,
    longest: Span,
}

const UNIT_BITS: u32 = 10;
const FINE_BITS: u32 = 7;
const DOUBLINGS: u32 = 29;
const BUCKETS: usize = ((DOUBLINGS as usize) << FINE_BITS) + (2 << FINE_BITS);

impl Default for Histogram {
    fn default() -> Self {
        Self { counts: vec![0; BUCKETS], shortest: Span::from_nanos(u64::MAX), longest: Span::ZERO }
    }
}

fn bucket(time: Span) -> usize {
    let units = time.nanos() >> UNIT_BITS;
    let doublings = (u64::BITS - FINE_BITS - 1).saturating_sub(units.leading_zeros());
    (((doublings as usize) << FINE_BITS) + (units >> doublings) as usize).min(BUCKETS - 1)
}

/// The shortest time of a bucket and how many nanoseconds it spans.
fn extent(bucket: usize) -> (u64, u64) {
    let doublings = (bucket >> FINE_BITS).saturating_sub(1);
    let units = (bucket - (doublings << FINE_BITS)) as u64;
    (units << doublings << UNIT_BITS, 1 << doublings << UNIT_BITS)
}

impl Histogram {
    /// Counts a time.
    pub(super) fn record(&mut self, time: Span) {
        self.counts[bucket(time)] += 1;
        self.shortest = self.shortest.min(time);
        self.longest = self.longest.max(time);
    }

    /// Takes over the counts of another, in the memory that is there.
    pub(super) fn copy_from(&mut self, other: &Self) {
        self.counts.copy_from_slice(&other.counts);
        (self.shortest, self.longest) = (other.shortest, other.longest);
    }

    /// What was counted since an earlier state of the same histogram.
    pub(super) fn since(&self, earlier: &Self) -> Self {
        let counts = self.counts.iter().zip(&earlier.counts).map(|(now, then)| now - then).collect();
        Self { counts, ..*self }
    }

    /// How many times were counted.
    pub(super) fn count(&self) -> u64 {
        self.counts.iter().map(|&count| u64::from(count)).sum()
    }

    /// How many times were longer than this one, taking each bucket's times as spread evenly over it.
    pub(super) fn longer_than(&self, time: Span) -> f64 {
        let own = bucket(time);
        let (least, width) = extent(own);
        let inside = (time.nanos().saturating_sub(least) as f64 / width as f64).min(1.0);
        let above: u64 = self.counts[own + 1..].iter().map(|&count| u64::from(count)).sum();
        above as f64 + f64::from(self.counts[own]) * (1.0 - inside)
    }

    /// The time that a share of all counted times do not exceed, never outside those that were counted; none when
    /// there were none.
    pub(super) fn quantile(&self, share: f64) -> Option<Span> {
        let rank = share.clamp(0.0, 1.0) * self.count() as f64;
        let mut below = 0.0;
        for (bucket, &count) in self.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let count = f64::from(count);
            if below + count >= rank {
                let (least, width) = extent(bucket);
                let time = Span::rounded(least as f64 + width as f64 * (rank - below) / count);
                return Some(time.clamp(self.shortest, self.longest));
            }
            below += count;
        }
        None
    }

    /// The bytes that the counts take.
    pub(super) const BYTES: usize = BUCKETS * size_of::<u32>();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_as_narrow_as_promised_and_none_is_missed() {
        let mut expected = 0;
        for index in 0..BUCKETS {
            let (least, width) = extent(index);
            assert_eq!(least, expected, "bucket {index}");
            assert_eq!(bucket(Span::from_nanos(least)), index);
            assert_eq!(bucket(Span::from_nanos(least + width - 1)), index);
            assert!(width <= (least / 128).max(1 << UNIT_BITS));
            expected = least + width;
        }
        assert!(expected > 39 * 3_600 * 1_000_000_000);
        assert_eq!(bucket(Span::from_nanos(u64::MAX)), BUCKETS - 1);
    }

    #[test]
    fn quantiles_of_a_known_set() {
        let mut histogram = Histogram::default();
        for millis in 1..=10_000_u64 {
            histogram.record(Span::from_nanos(millis * 1_000_000));
        }
        for (share, millis) in [(0.5, 5e9), (0.95, 9.5e9), (0.99, 9.9e9), (1.0, 1e10)] {
            let found = histogram.quantile(share).unwrap().nanos() as f64;
            assert!((found - millis).abs() < 0.004 * millis, "{share}: {found}");
            let above = histogram.longer_than(Span::rounded(found));
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
