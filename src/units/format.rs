//! Quantities as people read them, on the screen and by ear.
//!
//! Every figure of the interface is written here, so that the same quantity looks the same everywhere. Nothing that a
//! quantity type can hold prints as "NaN", "inf" or "-0".

use super::decimal::{fixed, shortest, without_trailing_zeros};
use super::{Rate, Time};

/// A span of time for the eye: whole milliseconds below two seconds, then three significant digits.
///
/// ```
/// use waiting_line::units::{Time, format};
/// assert_eq!(format::time(Time::from_millis(1_050.0)), "1,050 ms");
/// assert_eq!(format::time(Time::from_seconds(25.368)), "25.4 s");
/// ```
pub fn time(time: Time) -> String {
    let (number, unit) = measured(time);
    format!("{number} {}", unit.symbol())
}

/// A span of time with the margin of chance, in one unit.
///
/// ```
/// use waiting_line::units::{Time, format};
/// let seconds = Time::from_seconds;
/// assert_eq!(format::time_within(seconds(4.251), seconds(0.0632)), "4.25 ± 0.06 s");
/// assert_eq!(format::time_within(seconds(1.0496), seconds(0.0089)), "1,050 ± 9 ms");
/// ```
pub fn time_within(value: Time, margin: Time) -> String {
    let (number, unit) = measured(value);
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let scaled = if value > Time::ZERO { margin / value * bare(value, unit) } else { margin.millis() };
    let rounded = format!("{scaled:.decimals$}");
    let is_nothing = !rounded.contains(|digit: char| ('1'..='9').contains(&digit));
    let margin = if is_nothing { significant(scaled, 1) } else { rounded };
    format!("{number} ± {margin} {}", unit.symbol())
}

/// A span of time that somebody set, as they set it: from one second on in seconds, without needless zeros.
///
/// ```
/// use waiting_line::units::{Time, format};
/// assert_eq!(format::set_time(Time::from_seconds(10.0)), "10 s");
/// ```
pub fn set_time(time: Time) -> String {
    if time.millis() < 999.5 || time.seconds() >= 999.5 {
        return self::time(time);
    }
    format!("{} s", without_trailing_zeros(significant(time.seconds(), 4)))
}

/// A span of time for the ear, with the unit in full.
///
/// ```
/// use waiting_line::units::{Time, format};
/// assert_eq!(format::spoken_time(Time::from_millis(400.0)), "400 milliseconds");
/// ```
pub fn spoken_time(time: Time) -> String {
    let (number, unit) = measured(time);
    let plural = if number == "1" { "" } else { "s" };
    format!("{number} {}{plural}", unit.spoken())
}

/// Happenings per second, to one decimal, without the unit: whole from a thousand on, compact from a million on.
///
/// ```
/// use waiting_line::units::{Rate, format};
/// assert_eq!(format::rate(Rate::per_second(32.009)), "32.0");
/// ```
pub fn rate(rate: Rate) -> String {
    let value = rate.value();
    if value >= 999_999.5 {
        compact(value)
    } else if value >= 999.95 {
        grouped(value)
    } else if value >= 0.95 || value <= 0.0 {
        fixed(value, 1)
    } else {
        without_trailing_zeros(significant(value, 2))
    }
}

/// Happenings per second to four significant digits, for limits that stand close together.
///
/// ```
/// use waiting_line::units::{Rate, format};
/// assert_eq!(format::fine_rate(Rate::per_second(18.963)), "18.96");
/// assert_eq!(format::fine_rate(Rate::per_second(30.0)), "30.0");
/// ```
pub fn fine_rate(rate: Rate) -> String {
    let text = set_rate(rate);
    if rate.value() < 999.95 && !text.contains('.') { text + ".0" } else { text }
}

/// Happenings per second that somebody set, as they set it.
///
/// ```
/// use waiting_line::units::{Rate, format};
/// assert_eq!(format::set_rate(Rate::per_second(24.0)), "24");
/// ```
pub fn set_rate(rate: Rate) -> String {
    let value = rate.value();
    if value >= 999_999.5 {
        compact(value)
    } else if value >= 999.95 {
        grouped(value)
    } else {
        without_trailing_zeros(significant(value, 4))
    }
}

/// A count with its thousands set apart.
///
/// ```
/// assert_eq!(waiting_line::units::format::count(1_200), "1,200");
/// ```
pub fn count(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A mean number of things (orders in a step, people in a line): one decimal below a hundred, else whole.
pub fn mean_count(mean: f64) -> String {
    if mean < 99.95 { shortest(mean, 1) } else { large(mean) }
}

/// A number in little room, as on an axis: as it is below ten thousand, then with k, M or G.
///
/// ```
/// assert_eq!(waiting_line::units::format::compact(1_200_000.0), "1.2 M");
/// ```
pub fn compact(number: f64) -> String {
    const SCALES: [(f64, &str); 4] = [(1e12, " T"), (1e9, " G"), (1e6, " M"), (1e3, " k")];
    if number < 9_999.5 {
        return if number < 999.5 { without_trailing_zeros(significant(number, 3)) } else { grouped(number) };
    }
    // What would round up to a thousand of its scale belongs to the next one.
    let (scale, letter) =
        SCALES.into_iter().find(|(scale, _)| number >= 0.9995 * scale).unwrap_or((1e3, " k"));
    let scaled = number / scale;
    let text = if scaled < 999.5 { without_trailing_zeros(significant(scaled, 3)) } else { grouped(scaled) };
    text + letter
}

/// A share in per cent: two significant digits below ten per cent, whole above, never rounded up to a hundred.
///
/// ```
/// use waiting_line::units::format::percent;
/// assert_eq!(percent(0.76), "76 %");
/// assert_eq!(percent(0.9999), "99.9 %");
/// ```
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let number = if percent > 99.0 && percent < 100.0 {
        fixed(percent.min(99.9), 1)
    } else if percent < 9.95 {
        significant(percent, 2)
    } else {
        grouped(percent)
    };
    format!("{} %", without_trailing_zeros(number))
}

/// A plain number to so many significant digits, thousands set apart.
///
/// ```
/// assert_eq!(waiting_line::units::format::significant(57.142_857, 3), "57.1");
/// ```
pub fn significant(number: f64, digits: u8) -> String {
    if number <= 0.0 || !number.is_finite() {
        return "0".to_owned();
    }
    let exponent = number.log10().floor() as i32;
    let unit = 10_f64.powi(exponent + 1 - i32::from(digits));
    // Rounding first: 9.996 has one digit fewer after the point than its exponent says.
    let rounded = (number / unit).round() * unit;
    let exponent = if rounded >= 10_f64.powi(exponent + 1) * (1.0 - 1e-12) { exponent + 1 } else { exponent };
    let decimals = i32::from(digits) - 1 - exponent;
    if decimals > 0 { fixed(number, decimals as u32) } else { large(rounded) }
}

/// A number as a field shows it: thousands set apart, and as many of three decimals as it needs.
///
/// ```
/// use waiting_line::units::format::plain;
/// assert_eq!((plain(1_050.0), plain(2.5)), ("1,050".to_owned(), "2.5".to_owned()));
/// ```
pub fn plain(number: f64) -> String {
    let thousandths = (number.max(0.0) * 1e3).round() as u64;
    let decimals = format!("{:03}", thousandths % 1_000);
    let decimals = decimals.trim_end_matches('0');
    let whole = count(thousandths / 1_000);
    if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") }
}

/// The unit in which a span reads best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Year,
}

impl Unit {
    const fn symbol(self) -> &'static str {
        match self {
            Self::Millisecond => "ms",
            Self::Second => "s",
            Self::Minute => "min",
            Self::Hour => "h",
            Self::Day => "days",
            Self::Year => "years",
        }
    }

    const fn spoken(self) -> &'static str {
        match self {
            Self::Millisecond => "millisecond",
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Year => "year",
        }
    }
}

/// How many of a unit a span has.
fn bare(time: Time, unit: Unit) -> f64 {
    let length = match unit {
        Unit::Millisecond => 1e-3,
        Unit::Second => 1.0,
        Unit::Minute => 60.0,
        Unit::Hour => 3_600.0,
        Unit::Day => 86_400.0,
        Unit::Year => 365.25 * 86_400.0,
    };
    time.seconds() / length
}

/// A span as a number and the unit in which it reads best.
fn measured(time: Time) -> (String, Unit) {
    /// What is shorter than any time that can be set is none: a wait of 10⁻¹⁷ ms says nothing to anybody.
    const LEAST_MILLIS: f64 = 0.000_5;
    /// From which number of seconds on a unit is used, after rounding, and how many seconds it has.
    const LADDER: [(f64, f64, Unit); 4] = [
        (1_000.0 * 86_400.0, 365.25 * 86_400.0, Unit::Year),
        (48.0 * 3_600.0, 86_400.0, Unit::Day),
        (120.0 * 60.0, 3_600.0, Unit::Hour),
        (999.5, 60.0, Unit::Minute),
    ];
    let seconds = time.seconds();
    let millis = time.millis();
    if millis < LEAST_MILLIS {
        return ("0".to_owned(), Unit::Millisecond);
    }
    if millis < 9.95 {
        return (without_trailing_zeros(significant(millis, 2)), Unit::Millisecond);
    }
    if millis < 1_999.5 {
        return (grouped(millis), Unit::Millisecond);
    }
    let long = LADDER.into_iter().find(|(from, _, _)| seconds >= *from);
    long.map_or_else(
        || (significant(seconds, 3), Unit::Second),
        |(_, length, unit)| {
            let number = seconds / length;
            (if number < 99.95 { shortest(number, 1) } else { large(number) }, unit)
        },
    )
}

/// A number of a thousand or more, whole and grouped while that reads, else compact.
fn large(number: f64) -> String {
    if number < 999_999.5 { grouped(number) } else { compact(number) }
}

/// A number rounded to a whole one, thousands set apart.
fn grouped(number: f64) -> String {
    count(number.round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_in_the_unit_that_fits() {
        for (seconds, text) in [
            (0.0, "0 ms"),
            (8.7e-20, "0 ms"),
            (0.000_000_4, "0 ms"),
            (0.000_001, "0.001 ms"),
            (0.000_4, "0.4 ms"),
            (0.001, "1 ms"),
            (0.002_5, "2.5 ms"),
            (0.009_96, "10 ms"),
            (0.15, "150 ms"),
            (1.05, "1,050 ms"),
            (1.999_4, "1,999 ms"),
            (1.999_6, "2.00 s"),
            (2.124, "2.12 s"),
            (3.65, "3.65 s"),
            (9.996, "10.0 s"),
            (25.368, "25.4 s"),
            (250.4, "250 s"),
            (999.4, "999 s"),
            (999.6, "16.7 min"),
            (1_002.0, "16.7 min"),
            (7_199.0, "120 min"),
            (8_640.0, "2.4 h"),
            (302_400.0, "3.5 days"),
            (3.155_76e8, "10 years"),
            (1e12, "31,688 years"),
        ] {
            assert_eq!(time(Time::from_seconds(seconds)), text, "{seconds} s");
        }
    }

    #[test]
    fn times_that_were_set_keep_their_shape() {
        for (seconds, text) in [
            (0.0, "0 ms"),
            (0.4, "400 ms"),
            (1.0, "1 s"),
            (1.5, "1.5 s"),
            (10.0, "10 s"),
            (120.0, "120 s"),
            (3_600.0, "60 min"),
        ] {
            assert_eq!(set_time(Time::from_seconds(seconds)), text, "{seconds} s");
        }
    }

    #[test]
    fn a_margin_has_the_digits_of_what_it_belongs_to() {
        for (value, margin, text) in [
            (1.05, 0.008_7, "1,050 ± 9 ms"),
            (4.251, 0.063, "4.25 ± 0.06 s"),
            (25.37, 0.412, "25.4 ± 0.4 s"),
            (25.37, 0.012, "25.4 ± 0.01 s"),
            (0.004, 0.000_02, "4 ± 0.02 ms"),
            (1_002.0, 30.0, "16.7 ± 0.5 min"),
            (2.0, 0.0, "2.00 ± 0 s"),
        ] {
            assert_eq!(time_within(Time::from_seconds(value), Time::from_seconds(margin)), text);
        }
    }

    #[test]
    fn times_are_spoken_in_full() {
        for (seconds, text) in [
            (0.001, "1 millisecond"),
            (0.4, "400 milliseconds"),
            (2.124, "2.12 seconds"),
            (1_002.0, "16.7 minutes"),
            (8_640.0, "2.4 hours"),
        ] {
            assert_eq!(spoken_time(Time::from_seconds(seconds)), text);
        }
    }

    #[test]
    fn rates_keep_one_decimal_and_fine_ones_four_digits() {
        for (per_second, text, fine, set) in [
            (0.0, "0.0", "0.0", "0"),
            (0.05, "0.05", "0.05", "0.05"),
            (0.99, "1.0", "0.99", "0.99"),
            (2.009, "2.0", "2.009", "2.009"),
            (18.963, "19.0", "18.96", "18.96"),
            (24.0, "24.0", "24.0", "24"),
            (32.009, "32.0", "32.01", "32.01"),
            (190.476, "190.5", "190.5", "190.5"),
            (999.96, "1,000", "1,000", "1,000"),
            (1_234.4, "1,234", "1,234", "1,234"),
            (1_200_000.0, "1.2 M", "1.2 M", "1.2 M"),
            (1e15, "1,000 T", "1,000 T", "1,000 T"),
        ] {
            let value = Rate::per_second(per_second);
            let texts = (rate(value), fine_rate(value), set_rate(value));
            assert_eq!(texts, (text.to_owned(), fine.to_owned(), set.to_owned()), "{per_second}");
        }
    }

    #[test]
    fn counts_are_grouped_and_compacted() {
        for (number, text) in [(0, "0"), (999, "999"), (1_200, "1,200"), (100_000_000, "100,000,000")] {
            assert_eq!(count(number), text);
        }
        for (number, text) in [
            (0.0, "0"),
            (0.25, "0.25"),
            (10.0, "10"),
            (2_000.0, "2,000"),
            (9_999.6, "10 k"),
            (10_000.0, "10 k"),
            (12_345.0, "12.3 k"),
            (999_499.0, "999 k"),
            (999_600.0, "1 M"),
            (1e6, "1 M"),
            (1e8, "100 M"),
            (1e10, "10 G"),
        ] {
            assert_eq!(compact(number), text, "{number}");
        }
        for (mean, text) in [(0.0, "0"), (57.142, "57.1"), (99.97, "100"), (2e6, "2 M")] {
            assert_eq!(mean_count(mean), text);
        }
    }

    #[test]
    fn a_share_short_of_everything_is_never_shown_as_everything() {
        for (share, text) in [
            (0.0, "0 %"),
            (0.004, "0.4 %"),
            (0.055, "5.5 %"),
            (0.0997, "10 %"),
            (0.764, "76 %"),
            (0.992, "99.2 %"),
            (0.999_99, "99.9 %"),
            (1.0, "100 %"),
            (12.5, "1,250 %"),
        ] {
            assert_eq!(percent(share), text, "{share}");
        }
    }

    #[test]
    fn significant_digits_survive_rounding_up() {
        for (number, digits, text) in [
            (9.996, 3, "10.0"),
            (99.96, 3, "100"),
            (0.099_96, 3, "0.100"),
            (57.142_857, 3, "57.1"),
            (1_234_567.0, 3, "1.23 M"),
            (12_345.0, 3, "12,300"),
            (f64::NAN, 3, "0"),
            (f64::INFINITY, 3, "0"),
        ] {
            assert_eq!(significant(number, digits), text, "{number}");
        }
    }
}
