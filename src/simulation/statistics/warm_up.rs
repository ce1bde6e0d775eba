//! Detection of the warm-up of a run.

/// The warm-up of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WarmUp {
    /// Number of values at the start that are discarded.
    pub(crate) discarded: usize,
    /// `true` if the rest shows no trend.
    pub(crate) is_steady: bool,
}

/// Detects the warm-up. One sixteenth of the values is discarded in any case. More is discarded by the
/// marginal standard error rule (MSER; White 1997), which minimises the standard error of the mean of the
/// rest and discards half of the values at most, but only if the discarded values lie significantly below the
/// rest: a run starts empty, so its start is too low, never too high, and a rule that could also drop an
/// early crowd would bias every mean downwards. If the best cut lies at its bound and the rest still drifts,
/// the run has not reached a steady state.
pub(crate) fn detect(values: &[f64]) -> WarmUp {
    let (min_cut, max_cut) = (values.len() / 16, values.len() / 2);
    let standard_error_squared = |cut: usize| {
        let rest = &values[cut..];
        mean_and_squares(rest).1 / (rest.len() as f64).powi(2)
    };
    let best = (min_cut..=max_cut)
        .map(|cut| (cut, standard_error_squared(cut)))
        .fold((min_cut, f64::INFINITY), |best, next| if next.1 < best.1 { next } else { best })
        .0;
    let discarded = if starts_low(values, best) { best } else { min_cut };
    WarmUp { discarded, is_steady: best < max_cut || !drifts(&values[discarded..]) }
}

/// Returns `true` if the values before a cut lie below those after it by more than four standard errors.
fn starts_low(values: &[f64], cut: usize) -> bool {
    let (before, rest) = values.split_at(cut);
    let ((low, _), (high, squares)) = (mean_and_squares(before), mean_and_squares(rest));
    let variance = squares / (rest.len().max(2) - 1) as f64;
    let error = (variance / before.len().max(1) as f64 + variance / rest.len().max(1) as f64).sqrt();
    !before.is_empty() && high - low > 4.0 * error
}

/// Returns `true` if the slope of a regression line exceeds four of its standard errors, and its total change
/// a tenth of the mean.
pub(crate) fn drifts(values: &[f64]) -> bool {
    let count = values.len() as f64;
    if values.len() < 4 {
        return false;
    }
    let middle = (count - 1.0) / 2.0;
    let (mean, squares) = mean_and_squares(values);
    let variance: f64 = (0..values.len()).map(|index| (index as f64 - middle).powi(2)).sum();
    let covariance: f64 =
        values.iter().enumerate().map(|(index, value)| (index as f64 - middle) * (value - mean)).sum();
    let slope = covariance / variance;
    let residual = (squares - slope * covariance).max(0.0) / (count - 2.0);
    slope.abs() > 4.0 * (residual / variance).sqrt() && (slope * count).abs() > 0.1 * mean.abs()
}

fn mean_and_squares(values: &[f64]) -> (f64, f64) {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    (mean, values.iter().map(|value| (value - mean).powi(2)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::random::streams::{RandomSource, RandomStream};

    fn noisy(level: impl Fn(usize) -> f64) -> Vec<f64> {
        let mut stream = RandomStream::new(9, RandomSource::Arrivals);
        (0..64).map(|index| level(index) + 0.1 * stream.normal()).collect()
    }

    #[test]
    fn a_start_that_differs_is_discarded() {
        let warm_up = detect(&noisy(|index| if index < 6 { index as f64 } else { 6.0 }));
        assert!(warm_up.is_steady && (5..12).contains(&warm_up.discarded), "{warm_up:?}");
    }

    #[test]
    fn a_steady_run_loses_no_more_than_a_sixteenth() {
        assert_eq!(detect(&noisy(|_| 6.0)), WarmUp { discarded: 4, is_steady: true });
        let early_crowd = noisy(|index| if index < 10 { 9.0 } else { 6.0 });
        assert_eq!(detect(&early_crowd).discarded, 4);
    }

    #[test]
    fn growth_without_end_is_no_steady_state() {
        assert!(!detect(&noisy(|index| index as f64)).is_steady);
    }

    #[test]
    fn nothing_and_next_to_nothing_are_steady() {
        assert!(detect(&[]).is_steady);
        assert_eq!(detect(&[1.0, 1.0]), WarmUp { discarded: 0, is_steady: true });
        assert_eq!(detect(&[1.0; 64]), WarmUp { discarded: 4, is_steady: true });
    }
}
