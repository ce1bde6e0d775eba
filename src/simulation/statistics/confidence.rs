//! Estimates with confidence intervals.

use super::histogram::Histogram;
use crate::units::{Rate, Time, Utilization};

/// An estimate with the half-widths of its confidence intervals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate<Q> {
    pub value: Q,
    /// Half-width of the 95 % confidence interval.
    pub margin: Q,
    /// Half-width of the 99 % confidence interval.
    pub wide_margin: Q,
}

impl<Q> Estimate<Q> {
    pub(crate) fn map<P>(self, convert: impl Fn(Q) -> P) -> Estimate<P> {
        Estimate {
            value: convert(self.value),
            margin: convert(self.margin),
            wide_margin: convert(self.wide_margin),
        }
    }
}

impl Estimate<f64> {
    /// Creates an estimate from its standard error over independent batches.
    fn new(value: f64, standard_error: f64, batches: usize) -> Self {
        let (margin, wide_margin) = student_t_quantiles(batches.saturating_sub(1));
        Self { value, margin: margin * standard_error, wide_margin: wide_margin * standard_error }
    }

    /// Estimates the ratio of two sums from batches of a run (Law, Simulation Modeling and Analysis, 9.5.3:
    /// batch means, as a ratio because batches differ in size). Returns `None` with fewer than three batches,
    /// or if the denominator is 0.
    ///
    /// Three batches of 10, 12 and 14 answers that took 20, 26 and 28 s: 2.06 s each.
    pub(crate) fn ratio(batches: &[(f64, f64)]) -> Option<Self> {
        let count = batches.len() as f64;
        let (numerator, denominator) =
            batches.iter().fold((0.0, 0.0), |sum, batch| (sum.0 + batch.0, sum.1 + batch.1));
        if batches.len() < 3 || denominator <= 0.0 {
            return None;
        }
        let ratio = numerator / denominator;
        let squares: f64 =
            batches.iter().map(|(numerator, denominator)| (numerator - ratio * denominator).powi(2)).sum();
        let standard_error = (squares / (count * (count - 1.0))).sqrt() / (denominator / count);
        Some(Self::new(ratio, standard_error, batches.len()))
    }

    /// Converts an estimate in nanoseconds.
    pub(crate) fn to_time(self) -> Estimate<Time> {
        self.map(|nanos| Time::from_seconds(nanos / 1e9))
    }

    /// Converts an estimate in events per nanosecond.
    pub(crate) fn to_rate(self) -> Estimate<Rate> {
        self.map(|rate| Rate::per_second(rate * 1e9))
    }

    /// Converts a mean number of busy servers to a utilization.
    pub(crate) fn to_utilization(self, servers: f64) -> Estimate<Utilization> {
        self.map(|busy| Utilization::from_share(busy / servers))
    }
}

/// Estimates a quantile. The batches show how much the share of longer times varies; the margin is the larger
/// of the two steps that the quantile takes if the share moves by that much.
pub(crate) fn quantile(share: f64, all: &Histogram, batches: &[Histogram]) -> Option<Estimate<Time>> {
    let value = all.quantile(share)?;
    let exceedances: Vec<(f64, f64)> =
        batches.iter().map(|batch| (batch.longer_than(value), batch.count() as f64)).collect();
    let spread = Estimate::ratio(&exceedances)?;
    let margin = |by: f64| {
        let at = |share: f64| all.quantile(share).unwrap_or(value);
        (value - at(share - by)).max(at(share + by) - value)
    };
    let (margin, wide) = (margin(spread.margin), margin(spread.wide_margin));
    Some(Estimate { value: value.time(), margin: margin.time(), wide_margin: wide.time() })
}

/// Returns the two-sided 95 % and 99 % quantiles of Student's t distribution, by the expansion around the
/// normal distribution (Abramowitz, Stegun 1964, 26.7.5); within 0.5 % from five degrees of freedom.
///
/// With 15 degrees of freedom: 2.131 and 2.947.
fn student_t_quantiles(degrees_of_freedom: usize) -> (f64, f64) {
    let n = degrees_of_freedom.max(1) as f64;
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
    use crate::simulation::clock::Span;

    #[test]
    fn student_s_quantiles_are_those_of_the_tables() {
        for (freedom, expected) in
            [(5, (2.571, 4.032)), (15, (2.131, 2.947)), (30, (2.042, 2.750)), (100, (1.984, 2.626))]
        {
            let (margin, wide) = student_t_quantiles(freedom);
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
