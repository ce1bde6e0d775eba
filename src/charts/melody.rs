//! Sonification of a chart: pitches that rise and fall with its values.

/// The lowest and the highest pitch, in hertz: two octaves around the middle of a piano.
const RANGE: (f64, f64) = (220.0, 880.0);

/// Pitches for values: even steps of pitch for even ratios of the values where they span more than a tenfold,
/// and for even differences otherwise. Values that are all alike have one pitch in the middle.
///
/// ```
/// use waiting_line::charts::melody;
/// assert_eq!(melody(&[1.0, 2.0, 3.0]), [220.0, 440.0, 880.0]);
/// ```
pub fn melody(values: &[f64]) -> Vec<f64> {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let (least, most) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    let by_ratio = least > 0.0 && most / least > 10.0;
    let place = |value: f64| match (most > least, by_ratio) {
        (false, _) => 0.5,
        (true, true) => (value / least).ln() / (most / least).ln(),
        (true, false) => (value - least) / (most - least),
    };
    let pitch = |place: f64| RANGE.0 * (RANGE.1 / RANGE.0).powf(place.clamp(0.0, 1.0));
    finite().map(|value| pitch(place(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pitches_rise_with_the_values_and_stay_in_range() {
        for values in [[0.5, 1.0, 30.0], [2.0, 3.0, 4.0]] {
            let pitches = melody(&values);
            assert!(pitches.windows(2).all(|pair| pair[0] < pair[1]), "{pitches:?}");
            assert!(pitches.iter().all(|pitch| (219.9..=880.1).contains(pitch)));
        }
        assert_eq!(melody(&[f64::INFINITY, 7.0]), [440.0]);
        assert!(melody(&[]).is_empty());
    }
}
