//! Scales: from a quantity to its place on an axis and back, and the round values worth a tick.

use crate::units::Time;
use crate::units::format::{self, compact, decimal};

/// The spacing of an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScaleKind {
    /// Equal steps are equally long.
    Linear,
    /// Equal factors are equally long; only for values above zero.
    Log,
}

/// The values that an axis shows and how it spaces them; where it lies is said when mapping.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    kind: ScaleKind,
    least: f64,
    most: f64,
}

impl Scale {
    /// The smallest value that a logarithmic axis starts at.
    const LEAST_LOG: f64 = 1e-9;

    /// Equal steps from one value to a larger one; an empty or unusable range becomes one of length 1.
    pub fn linear(least: f64, most: f64) -> Self {
        let least = if least.is_finite() { least } else { 0.0 };
        let most = if most.is_finite() && most > least { most } else { least + 1.0 };
        Self { kind: ScaleKind::Linear, least, most }
    }

    /// Equal factors from one value above zero to a larger one; an unusable range becomes a decade.
    pub fn log(least: f64, most: f64) -> Self {
        let least = if least.is_finite() { least.max(Self::LEAST_LOG) } else { 1.0 };
        let most = if most.is_finite() && most > least { most } else { least * 10.0 };
        Self { kind: ScaleKind::Log, least, most }
    }

    pub fn kind(self) -> ScaleKind {
        self.kind
    }

    /// The first value shown.
    pub fn least(self) -> f64 {
        self.least
    }

    /// The last value shown.
    pub fn most(self) -> f64 {
        self.most
    }

    /// `true` if a value is shown.
    pub fn shows(self, value: f64) -> bool {
        (self.least..=self.most).contains(&value)
    }

    /// Returns the position of a value on an axis from `start` to `end`; outside the range it lies outside
    /// the axis, at most one length away, so that a line towards it leaves at the right angle and stays
    /// finite.
    ///
    /// ```
    /// use waiting_line::charts::Scale;
    /// let users = Scale::log(1.0, 1_000.0);
    /// assert!((users.place(10.0, 0.0, 300.0) - 100.0).abs() < 1e-9);
    /// assert!((users.value_at(100.0, 0.0, 300.0) - 10.0).abs() < 1e-9);
    /// ```
    pub fn place(self, value: f64, start: f64, end: f64) -> f64 {
        let share = match self.kind {
            ScaleKind::Linear => (value - self.least) / (self.most - self.least),
            ScaleKind::Log => (value.max(Self::LEAST_LOG) / self.least).ln() / (self.most / self.least).ln(),
        };
        let share = if share.is_nan() { 0.0 } else { share.clamp(-1.0, 2.0) };
        start + share * (end - start)
    }

    /// Returns the value at a position on an axis from `start` to `end`; positions outside the axis mean its
    /// ends.
    pub fn value_at(self, place: f64, start: f64, end: f64) -> f64 {
        let share = (place - start) / (end - start);
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        let value = match self.kind {
            ScaleKind::Linear => self.least + share * (self.most - self.least),
            ScaleKind::Log => self.least * (share * (self.most / self.least).ln()).exp(),
        };
        value.clamp(self.least, self.most)
    }

    /// The round values on the axis: as many as there are, but never more than `most`.
    ///
    /// A linear axis has multiples of 1, 2 or 5 times a power of ten. A logarithmic one has 1, 2 and 5 of
    /// each decade where they fit, else 1 and 3, else the decades, else every second, third … decade.
    ///
    /// ```
    /// use waiting_line::charts::Scale;
    /// assert_eq!(Scale::log(0.3, 60.0).ticks(5), [0.3, 1.0, 3.0, 10.0, 30.0]);
    /// assert_eq!(Scale::linear(0.0, 4.5).ticks(5), [0.0, 1.0, 2.0, 3.0, 4.0]);
    /// ```
    pub fn ticks(self, most: usize) -> Vec<f64> {
        let most = most.max(1);
        match self.kind {
            ScaleKind::Linear => self.linear_ticks(most),
            ScaleKind::Log => self.log_ticks(most),
        }
    }

    fn linear_ticks(self, most: usize) -> Vec<f64> {
        let decade = ((self.most - self.least) / most as f64).log10().floor() as i32;
        [1.0, 2.0, 5.0, 10.0, 20.0, 50.0]
            .into_iter()
            .map(|digit| self.multiples(digit, decade))
            .find(|ticks| ticks.len() <= most)
            .unwrap_or_default()
    }

    /// The multiples of `digit × 10^decade` on the axis.
    fn multiples(self, digit: f64, decade: i32) -> Vec<f64> {
        let first = (self.least / power(digit, decade) - 1e-9).ceil() as i64;
        let last = (self.most / power(digit, decade) + 1e-9).floor() as i64;
        (first..=last).map(|count| power(count as f64 * digit, decade)).collect()
    }

    fn log_ticks(self, most: usize) -> Vec<f64> {
        [&[1.0, 2.0, 5.0][..], &[1.0, 3.0], &[1.0]]
            .into_iter()
            .map(|digits| (digits, 1))
            .chain((2..=32).map(|step| (&[1.0][..], step)))
            .map(|(digits, step)| self.decades(digits, step))
            .find(|ticks| ticks.len() <= most)
            .unwrap_or_default()
    }

    /// The given digits of every `step`-th decade on the axis.
    fn decades(self, digits: &[f64], step: i32) -> Vec<f64> {
        let decade = |value: f64| value.log10().floor() as i32;
        let (first, last) = (decade(self.least), decade(self.most));
        (first..=last)
            .filter(|exponent| (exponent - first).rem_euclid(step) == 0)
            .flat_map(|exponent| digits.iter().map(move |&digit| power(digit, exponent)))
            .filter(|value| self.shows(*value))
            .collect()
    }
}

/// A digit times a power of ten; whole powers are divided rather than multiplied by a fraction, so that 0.3
/// is 0.3.
fn power(digit: f64, exponent: i32) -> f64 {
    let scale = 10_f64.powi(exponent.abs());
    if exponent < 0 { digit / scale } else { digit * scale }
}

/// A time as a tick: with as few digits as it has.
///
/// ```
/// use waiting_line::charts::time_tick;
/// assert_eq!([0.0, 0.02, 0.5, 30.0, 3e4].map(time_tick), ["0", "20 ms", "0.5 s", "30 s", "30 k s"]);
/// ```
pub fn time_tick(seconds: f64) -> String {
    if seconds <= 0.0 {
        "0".to_owned()
    } else if seconds < 0.0995 {
        compact(seconds * 1e3) + " ms"
    } else {
        compact(seconds) + " s"
    }
}

/// A long time as a tick: in minutes, hours or days.
///
/// ```
/// use waiting_line::charts::long_time_tick;
/// assert_eq!([0.0, 1_800.0, 36_000.0, 1_728_000.0].map(long_time_tick), ["0", "30 min", "10 h", "20 days"]);
/// ```
pub fn long_time_tick(seconds: f64) -> String {
    if seconds <= 0.0 { "0".to_owned() } else { format::time(Time::from_seconds(seconds)) }
}

/// The times that read well on a logarithmic axis that goes beyond an hour, in seconds: a second, a minute,
/// an hour, a day, and so many days.
pub const ROUND_TIMES: [f64; 8] = [1.0, 60.0, 3_600.0, DAY, 30.0 * DAY, 1e3 * DAY, 3e4 * DAY, 1e6 * DAY];

/// A day in seconds.
const DAY: f64 = 86_400.0;

/// Formats one of the [`ROUND_TIMES`], or a shorter time, as a tick.
///
/// ```
/// use waiting_line::charts::{ROUND_TIMES, round_time_tick};
/// let ticks = ROUND_TIMES[..5].iter().map(|time| round_time_tick(*time)).collect::<Vec<_>>();
/// assert_eq!(ticks, ["1 s", "1 min", "1 h", "1 day", "30 days"]);
/// assert_eq!(round_time_tick(0.5), "0.5 s");
/// ```
pub fn round_time_tick(seconds: f64) -> String {
    match seconds {
        ..60.0 => time_tick(seconds),
        ..3_600.0 => compact(seconds / 60.0) + " min",
        ..DAY => compact(seconds / 3_600.0) + " h",
        ..=DAY => "1 day".to_owned(),
        _ => compact(seconds / DAY) + " days",
    }
}

/// A time as a tick among others so near that they need more digits than a [`time_tick`] has.
///
/// ```
/// use waiting_line::charts::fine_time_tick;
/// assert_eq!([0.0502, 1.0005, 5_272_000.0].map(fine_time_tick), ["50.2 ms", "1,000.5 ms", "5,272,000 s"]);
/// ```
pub fn fine_time_tick(seconds: f64) -> String {
    if seconds < 10.0 { decimal(seconds * 1e3) + " ms" } else { decimal(seconds) + " s" }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        let check =
            |scale: Scale, most, expected: &[f64]| assert_eq!(scale.ticks(most), expected, "{scale:?}");
        check(Scale::log(1.0, 1_000.0), 9, &[1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1_000.0]);
        check(Scale::log(1.0, 1_000.0), 5, &[1.0, 10.0, 100.0, 1_000.0]);
        check(Scale::log(1.0, 1e8), 9, &[1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8]);
        check(Scale::log(1.0, 1e8), 5, &[1.0, 1e2, 1e4, 1e6, 1e8]);
        check(Scale::log(1.0, 10.0), 5, &[1.0, 2.0, 5.0, 10.0]);
        check(Scale::log(0.6, 60.0), 5, &[1.0, 3.0, 10.0, 30.0]);
        check(Scale::linear(0.0, 0.9), 5, &[0.0, 0.2, 0.4, 0.6, 0.8]);
        check(Scale::linear(0.0, 1_300.0), 4, &[0.0, 500.0, 1_000.0]);
        check(Scale::linear(0.0, 1.15), 3, &[0.0, 0.5, 1.0]);
    }

    #[test]
    fn an_unusable_range_becomes_a_usable_one() {
        for scale in [
            Scale::linear(f64::NAN, f64::INFINITY),
            Scale::linear(3.0, 3.0),
            Scale::log(0.0, 0.0),
            Scale::log(f64::NAN, -1.0),
        ] {
            assert!(scale.most() > scale.least() && scale.most().is_finite(), "{scale:?}");
            assert!(scale.place(f64::NAN, 0.0, 100.0).is_finite());
            assert!(scale.value_at(f64::NAN, 0.0, 100.0).is_finite());
        }
    }

    fn any_scale() -> impl Strategy<Value = Scale> {
        prop_oneof![
            (-1e6..1e6, 1e-3..1e6).prop_map(|(least, length)| Scale::linear(least, least + length)),
            (-6.0..6.0, 0.01..10.0).prop_map(|(decade, length): (f64, f64)| {
                Scale::log(10_f64.powf(decade), 10_f64.powf(decade + length))
            }),
        ]
    }

    proptest! {
        #[test]
        fn a_place_and_its_value_are_two_names_of_one_point(
            scale in any_scale(), share in 0.0..1.0, start in -100.0..100.0, length in 50.0..2_000.0,
        ) {
            // Both directions of an axis: latency grows upwards, against y.
            for (from, to) in [(start, start + length), (start + length, start)] {
                let place = from + share * (to - from);
                let back = scale.place(scale.value_at(place, from, to), from, to);
                prop_assert!((back - place).abs() < 1e-4, "{place} came back as {back}");
            }
        }

        #[test]
        fn a_larger_value_never_lies_before_a_smaller_one(
            scale in any_scale(),
            a in -1e9..1e9,
            b in -1e9..1e9,
        ) {
            let (small, large) = if a < b { (a, b) } else { (b, a) };
            prop_assert!(scale.place(small, 0.0, 500.0) <= scale.place(large, 0.0, 500.0));
        }

        #[test]
        fn ticks_rise_inside_the_range_and_never_exceed_the_count(scale in any_scale(), most in 1_usize..12) {
            let ticks = scale.ticks(most);
            prop_assert!(ticks.len() <= most);
            prop_assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]));
            let slack = 1e-6 * (scale.most() - scale.least());
            let range = scale.least() - slack..=scale.most() + slack;
            prop_assert!(ticks.iter().all(|tick| range.contains(tick)));
        }

        #[test]
        fn tick_texts_are_short_plain_and_finite(value in 0.0..1e12) {
            let text = time_tick(value);
            prop_assert!(text.len() <= 8, "{text}");
            prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
        }
    }
}
