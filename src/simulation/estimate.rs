//! Estimates from a run, with the margin of chance.

use super::clock::Span;
use super::histogram::Histogram;
use crate::units::{Rate, Time, Utilization};

/// What a run says of a quantity, and how far luck may have moved it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate<Q> {
    /// The estimate.
    pub value: Q,
    /// The true value lies at most this far away in 95 of 100 runs.
    pub margin: Q,
    /// The true value lies at most this far away in 99 of 100 runs.
    pub wide_margin: Q,
}

impl<Q> Estimate<Q> {
    pub(super) fn map<P>(self, convert: impl Fn(Q) -> P) -> Estimate<P> {
        Estimate {
            value: convert(self.value),
            margin: convert(self.margin),
            wide_margin: convert(self.wide_margin),
        }
    }
}

impl Estimate<f64> {
    /// An estimate with its standard error, from so many independent parts.
    fn new(value: f64, standard_error: f64, parts: usize) -> Self {
        let (margin, wide_margin) = student(parts.saturating_sub(1));
        Self { value, margin: margin * standard_error, wide_margin: wide_margin * standard_error }
    }

    /// The sum of one thing per sum of another, from batches of a run (Law, Simulation Modeling and Analysis, 9.5.3:
    /// batch means, as a ratio because batches differ in size). None without at least three batches, or when there is
    /// nothing to divide by.
    ///
    /// Three batches of 10, 12 and 14 answers that took 20, 26 and 28 s: 2.06 s each.
    pub(super) fn ratio(batches: &[(f64, f64)]) -> Option<Self> {
        let count = batches.len() as f64;
        let (above, below) = batches.iter().fold((0.0, 0.0), |sum, batch| (sum.0 + batch.0, sum.1 + batch.1));
        if batches.len() < 3 || below <= 0.0 {
            return None;
        }
        let ratio = above / below;
        let squares: f64 = batches.iter().map(|(above, below)| (above - ratio * below).powi(2)).sum();
        let standard_error = (squares / (count * (count - 1.0))).sqrt() / (below / count);
        Some(Self::new(ratio, standard_error, batches.len()))
    }

    /// The estimate as a span of time, from nanoseconds.
    pub(super) fn nanos(self) -> Estimate<Time> {
        self.map(|nanos| Time::from_seconds(nanos / 1e9))
    }

    /// The estimate as a rate, from happenings per nanosecond.
    pub(super) fn per_nano(self) -> Estimate<Rate> {
        self.map(|rate| Rate::per_second(rate * 1e9))
    }

    /// The estimate as a share of so many servers.
    pub(super) fn of_servers(self, servers: f64) -> Estimate<Utilization> {
        self.map(|busy| Utilization::from_share(busy / servers))
    }
}

/// The time that a share of all do not exceed. The batches tell by how much the share of longer ones varies; the
/// margin is the larger of the two steps that the quantile takes when the share moves by that much.
pub(super) fn quantile(share: f64, all: &Histogram, batches: &[Histogram]) -> Option<Estimate<Time>> {
    let value = all.quantile(share)?;
    let exceed: Vec<(f64, f64)> =
        batches.iter().map(|batch| (batch.longer_than(value), batch.count() as f64)).collect();
    let spread = Estimate::ratio(&exceed)?;
    let margin = |by: f64| {
        let at = |share: f64| all.quantile(share).unwrap_or(value);
        (value - at(share - by)).max(at(share + by) - value)
    };
    let (margin, wide) = (margin(spread.margin), margin(spread.wide_margin));
    Some(Estimate { value: value.time(), margin: margin.time(), wide_margin: wide.time() })
}

impl std::ops::Sub for Span {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::from_nanos(self.nanos().saturating_sub(other.nanos()))
    }
}

/// By how many standard errors an estimate may be off in 95 and in 99 of 100 runs: quantiles of Student's t, by the
/// expansion around the normal law (Abramowitz, Stegun 1964, 26.7.5); within 0.5 % from five degrees of freedom.
///
/// With 15: 2.131 and 2.947.
fn student(freedom: usize) -> (f64, f64) {
    let n = freedom.max(1) as f64;
    let expand = |z: f64| {
        let s = z * z;
        z + z * (s + 1.0) / (4.0 * n)
            + z * (5.0 * s * s + 16.0 * s + 3.0) / (96.0 * n * n)
            + z * (3.0 * s.powi(3) + 19.0 * s * s + 17.0 * s - 15.0) / (384.0 * n.powi(3))
            + z * (79.0 * s.powi(4) + 776.0 * s.powi(3) + 1_482.0 * s * s - 1_920.0 * s - 945.0)
                / (92_160.0 * n.powi(4))
    };
    (expand(1.959_963_985), expand(2.575_829_304))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn student_s_quantiles_are_those_of_the_tables() {
        for (freedom, expected) in
            [(5, (2.571, 4.032)), (15, (2.131, 2.947)), (30, (2.042, 2.750)), (100, (1.984, 2.626))]
        {
            let (margin, wide) = student(freedom);
            assert!((margin / expected.0 - 1.0).abs() < 5e-3, "{freedom}: {margin}");
            assert!((wide / expected.1 - 1.0).abs() < 5e-3, "{freedom}: {wide}");
        }
    }

    #[test]
    fn a_ratio_of_sums_has_the_margin_of_its_batches() {
        let ratio = Estimate::ratio(&[(20.0, 10.0), (26.0, 12.0), (28.0, 14.0)]).unwrap();
        assert!((ratio.value - 74.0 / 36.0).abs() < 1e-12);
        assert!(ratio.margin > 0.0 && ratio.wide_margin > ratio.margin);
        assert_eq!(Estimate::ratio(&[(1.0, 1.0), (2.0, 1.0)]), None);
        assert_eq!(Estimate::ratio(&[(0.0, 0.0); 4]), None);
    }

    #[test]
    fn a_quantile_lies_within_its_margin() {
        let mut all = Histogram::default();
        let batches: Vec<Histogram> = (0..10_u64)
            .map(|batch| {
                let mut histogram = Histogram::default();
                for number in 0..1_000 {
                    let span = Span::from_nanos((number * 10 + batch) * 1_000_000);
                    histogram.record(span);
                    all.record(span);
                }
                histogram
            })
            .collect();
        let p90 = quantile(0.9, &all, &batches).unwrap();
        assert!((p90.value.seconds() - 9.0).abs() < 0.04);
        assert!(p90.margin.seconds() < 0.1, "{p90:?}");
    }
}
