//! Where the start of a run ends to matter.

/// How much of the start of a run is left out, and whether the rest is steady.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WarmUp {
    /// How many of the first values are left out.
    pub(super) left_out: usize,
    /// Whether the rest shows no trend.
    pub(super) settled: bool,
}

/// Finds the warm-up. One sixteenth of the values is left out in any case. More is left out by the marginal standard
/// error rule (MSER; White 1997), which makes the standard error of the mean of the rest smallest and takes half of
/// the values at most, but only when what it leaves out lies below the rest by more than chance explains: a run
/// starts empty, so that its start is too low, never too high, and a rule that could also drop an early crowd would
/// make every mean too small. When the best cut lies at its bound and the rest still drifts, the run has not come to
/// a steady state.
pub(super) fn detect(values: &[f64]) -> WarmUp {
    let (least, most) = (values.len() / 16, values.len() / 2);
    let spread = |cut: usize| {
        let rest = &values[cut..];
        mean_and_squares(rest).1 / (rest.len() as f64).powi(2)
    };
    let best = (least..=most)
        .map(|cut| (cut, spread(cut)))
        .fold((least, f64::INFINITY), |best, next| if next.1 < best.1 { next } else { best })
        .0;
    let left_out = if starts_low(values, best) { best } else { least };
    WarmUp { left_out, settled: best < most || !drifts(&values[left_out..]) }
}

/// Whether the values before a cut lie below those after it by more than four standard errors.
fn starts_low(values: &[f64], cut: usize) -> bool {
    let (before, rest) = values.split_at(cut);
    let ((low, _), (high, squares)) = (mean_and_squares(before), mean_and_squares(rest));
    let variance = squares / (rest.len().max(2) - 1) as f64;
    let error = (variance / before.len().max(1) as f64 + variance / rest.len().max(1) as f64).sqrt();
    !before.is_empty() && high - low > 4.0 * error
}

/// Whether a line through the values rises or falls by more than four of its standard errors, and by more than a
/// tenth of their mean over the whole length.
pub(super) fn drifts(values: &[f64]) -> bool {
    let count = values.len() as f64;
    if values.len() < 4 {
        return false;
    }
    let middle = (count - 1.0) / 2.0;
    let (mean, squares) = mean_and_squares(values);
    let width: f64 = (0..values.len()).map(|index| (index as f64 - middle).powi(2)).sum();
    let along: f64 =
        values.iter().enumerate().map(|(index, value)| (index as f64 - middle) * (value - mean)).sum();
    let slope = along / width;
    let left = (squares - slope * along).max(0.0) / (count - 2.0);
    slope.abs() > 4.0 * (left / width).sqrt() && (slope * count).abs() > 0.1 * mean.abs()
}

fn mean_and_squares(values: &[f64]) -> (f64, f64) {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    (mean, values.iter().map(|value| (value - mean).powi(2)).sum())
}

#[cfg(test)]
mod tests {
    use super::super::generator::{Source, Stream};
    use super::*;

    fn noisy(level: impl Fn(usize) -> f64) -> Vec<f64> {
        let mut stream = Stream::new(9, Source::Arrivals);
        (0..64).map(|index| level(index) + 0.1 * stream.normal()).collect()
    }

    #[test]
    fn a_start_that_differs_is_left_out() {
        let warm_up = detect(&noisy(|index| if index < 6 { index as f64 } else { 6.0 }));
        assert!(warm_up.settled && (5..12).contains(&warm_up.left_out), "{warm_up:?}");
    }

    #[test]
    fn a_steady_run_loses_no_more_than_a_sixteenth() {
        assert_eq!(detect(&noisy(|_| 6.0)), WarmUp { left_out: 4, settled: true });
        let early_crowd = noisy(|index| if index < 10 { 9.0 } else { 6.0 });
        assert_eq!(detect(&early_crowd).left_out, 4);
    }

    #[test]
    fn growth_without_end_is_no_steady_state() {
        assert!(!detect(&noisy(|index| index as f64)).settled);
    }

    #[test]
    fn nothing_and_next_to_nothing_are_steady() {
        assert!(detect(&[]).settled);
        assert_eq!(detect(&[1.0, 1.0]), WarmUp { left_out: 0, settled: true });
        assert_eq!(detect(&[1.0; 64]), WarmUp { left_out: 4, settled: true });
    }
}
