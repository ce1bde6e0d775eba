//! Formats quantities for the screen and for screen readers.
//!
//! All numbers of the interface are formatted here, so that the same quantity looks the same everywhere. No
//! value of a quantity type is written as "NaN", "inf" or "-0".

#[cfg(test)]
mod tests;

use super::{Rate, Time, round_to_decimals};

/// Formats a time: whole milliseconds below two seconds, then three significant digits.
///
/// ```
/// use waiting_line::units::{Time, format};
/// assert_eq!(format::time(Time::from_millis(1_050.0)), "1,050 ms");
/// assert_eq!(format::time(Time::from_seconds(25.368)), "25.4 s");
/// ```
pub fn time(time: Time) -> String {
    let (number, unit) = number_and_unit(time);
    format!("{number} {}", unit.symbol())
}

/// Formats a time and the margin of its confidence interval, both in the unit of the time.
///
/// ```
/// use waiting_line::units::{Time, format};
/// let seconds = Time::from_seconds;
/// assert_eq!(format::time_with_margin(seconds(4.251), seconds(0.0632)), "4.25 ± 0.06 s");
/// assert_eq!(format::time_with_margin(seconds(1.0496), seconds(0.0089)), "1,050 ± 9 ms");
/// ```
pub fn time_with_margin(value: Time, margin: Time) -> String {
    let (number, unit) = number_and_unit(value);
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let scaled =
        if value > Time::ZERO { margin / value * count_in_unit(value, unit) } else { margin.millis() };
    let rounded = format_fixed(scaled, decimals as u8);
    let is_zero = !rounded.contains(|digit: char| ('1'..='9').contains(&digit));
    let margin = if is_zero { significant(scaled, 1) } else { rounded };
    format!("{number} ± {margin} {}", unit.symbol())
}

/// Formats a time that someone has set: from one second on in seconds, without trailing zeros.
///
/// ```
/// use waiting_line::units::{Time, format};
/// assert_eq!(format::configured_time(Time::from_seconds(10.0)), "10 s");
/// ```
pub fn configured_time(time: Time) -> String {
    if time.millis() < 999.5 || time.seconds() >= 999.5 {
        return self::time(time);
    }
    format!("{} s", without_trailing_zeros(significant(time.seconds(), 4)))
}

/// Formats a time for a screen reader, with the unit in full.
///
/// ```
/// use waiting_line::units::{Time, format};
/// assert_eq!(format::spoken_time(Time::from_millis(400.0)), "400 milliseconds");
/// ```
pub fn spoken_time(time: Time) -> String {
    let (number, unit) = number_and_unit(time);
    let plural = if number == "1" { "" } else { "s" };
    format!("{number} {}{plural}", unit.spoken())
}

/// Formats a rate per second without its unit: one decimal below 1,000, whole numbers below 10⁶, then
/// compact.
///
/// Rates below 10⁻⁷ per second, once in four months, are written as 0.
///
/// ```
/// use waiting_line::units::{Rate, format};
/// assert_eq!(format::rate(Rate::per_second(32.009)), "32.0");
/// ```
pub fn rate(rate: Rate) -> String {
    let value = if rate.value() < 1e-7 { 0.0 } else { rate.value() };
    if value >= 999_999.5 {
        compact(value)
    } else if value >= 999.95 {
        format_grouped(value)
    } else if value >= 0.95 || value <= 0.0 {
        format_fixed(value, 1)
    } else {
        without_trailing_zeros(significant(value, 2))
    }
}

/// Formats a rate per second to four significant digits, for limits that are close together.
///
/// ```
/// use waiting_line::units::{Rate, format};
/// assert_eq!(format::precise_rate(Rate::per_second(18.963)), "18.96");
/// assert_eq!(format::precise_rate(Rate::per_second(30.0)), "30.0");
/// ```
pub fn precise_rate(rate: Rate) -> String {
    let text = configured_rate(rate);
    if rate.value() < 999.95 && !text.contains('.') { text + ".0" } else { text }
}

/// Formats a rate per second that someone has set, without trailing zeros.
///
/// ```
/// use waiting_line::units::{Rate, format};
/// assert_eq!(format::configured_rate(Rate::per_second(24.0)), "24");
/// ```
pub fn configured_rate(rate: Rate) -> String {
    let value = rate.value();
    if value >= 999_999.5 {
        compact(value)
    } else if value >= 999.95 {
        format_grouped(value)
    } else {
        without_trailing_zeros(significant(value, 4))
    }
}

/// Formats a count with thousands separators.
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

/// Formats a mean number (of orders in a step, of people in a queue): at most one decimal below a hundred,
/// else whole.
pub fn mean_count(mean: f64) -> String {
    if mean < 99.95 { round_to_decimals(mean, 1).to_string() } else { format_large(mean) }
}

/// Formats a number for an axis: in full below ten thousand, then with k, M, G or T.
///
/// ```
/// assert_eq!(waiting_line::units::format::compact(1_200_000.0), "1.2 M");
/// ```
pub fn compact(number: f64) -> String {
    const SCALES: [(f64, &str); 4] = [(1e12, " T"), (1e9, " G"), (1e6, " M"), (1e3, " k")];
    if number < 9_999.5 {
        return if number < 999.5 {
            without_trailing_zeros(significant(number, 3))
        } else {
            format_grouped(number)
        };
    }
    // A number that would round up to 1,000 of its scale belongs to the next one.
    let (scale, letter) =
        SCALES.into_iter().find(|(scale, _)| number >= 0.9995 * scale).unwrap_or((1e3, " k"));
    let scaled = number / scale;
    let text =
        if scaled < 999.5 { without_trailing_zeros(significant(scaled, 3)) } else { format_grouped(scaled) };
    text + letter
}

/// Formats a share as a percentage: two significant digits below 10 %, whole above.
///
/// A share below 1 is never rounded up to 100 %, and one above 0 never down to 0 %.
///
/// ```
/// use waiting_line::units::format::percent;
/// assert_eq!(percent(0.76), "76 %");
/// assert_eq!(percent(0.9999), "99.9 %");
/// ```
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.001 {
        return "< 0.001 %".to_owned();
    }
    let number = if percent > 99.0 && percent < 100.0 {
        format_fixed(percent.min(99.9), 1)
    } else if percent < 9.95 {
        significant(percent, 2)
    } else {
        format_grouped(percent)
    };
    format!("{} %", without_trailing_zeros(number))
}

/// Formats a number to `digits` significant digits, with thousands separators; 0 if it is negative or not
/// finite.
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
    // To three digits, 9.996 is 10.0: rounding can increase the exponent.
    let rounded = (number / unit).round() * unit;
    let exponent = if rounded >= 10_f64.powi(exponent + 1) * (1.0 - 1e-12) { exponent + 1 } else { exponent };
    let decimals = i32::from(digits) - 1 - exponent;
    if decimals > 0 { format_fixed(number, decimals.min(15) as u8) } else { format_large(rounded) }
}

/// Formats a number for an input field: with thousands separators and at most three decimals.
///
/// ```
/// use waiting_line::units::format::decimal;
/// assert_eq!((decimal(1_050.0), decimal(2.5)), ("1,050".to_owned(), "2.5".to_owned()));
/// ```
pub fn decimal(number: f64) -> String {
    let thousandths = (number.max(0.0) * 1e3).round() as u64;
    let decimals = format!("{:03}", thousandths % 1_000);
    let decimals = decimals.trim_end_matches('0');
    let whole = count(thousandths / 1_000);
    if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") }
}

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

    const fn seconds(self) -> f64 {
        match self {
            Self::Millisecond => 1e-3,
            Self::Second => 1.0,
            Self::Minute => 60.0,
            Self::Hour => 3_600.0,
            Self::Day => 86_400.0,
            Self::Year => 365.25 * 86_400.0,
        }
    }
}

fn count_in_unit(time: Time, unit: Unit) -> f64 {
    time.seconds() / unit.seconds()
}

/// The unit of all times on an axis: milliseconds below a hundred seconds, then the unit in which [`time`]
/// would write the longest of them.
///
/// ```
/// use waiting_line::units::{Time, format::AxisUnit};
/// let shop = AxisUnit::for_longest(Time::from_millis(1_050.0));
/// let crowd = AxisUnit::for_longest(Time::from_seconds(6e6));
/// assert_eq!((shop.number(Time::from_millis(300.0)), shop.symbol()), ("300".to_owned(), "ms"));
/// assert_eq!((crowd.number(Time::from_seconds(6e6)), crowd.symbol()), ("69.4".to_owned(), "days"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AxisUnit(Unit);

impl AxisUnit {
    pub fn for_longest(longest: Time) -> Self {
        Self(if longest.seconds() < 99.5 { Unit::Millisecond } else { number_and_unit(longest).1 })
    }

    /// Formats a time in this unit, without the unit's symbol.
    pub fn number(self, time: Time) -> String {
        let number = count_in_unit(time, self.0);
        if self.0 == Unit::Millisecond { count(number.round() as u64) } else { mean_count(number) }
    }

    pub const fn symbol(self) -> &'static str {
        self.0.symbol()
    }

    pub fn length(self) -> Time {
        Time::from_seconds(self.0.seconds())
    }
}

/// Formats a time as a number, and chooses the unit that keeps the number short.
fn number_and_unit(time: Time) -> (String, Unit) {
    /// Times that would round to 0 µs are written as 0: a wait of 10⁻¹⁷ ms tells nobody anything.
    const MIN_MILLIS: f64 = 0.000_5;
    /// The long units, each with the time in seconds from which it is used.
    const LONG_UNITS: [(f64, Unit); 4] = [
        (1_000.0 * 86_400.0, Unit::Year),
        (48.0 * 3_600.0, Unit::Day),
        (120.0 * 60.0, Unit::Hour),
        (999.5, Unit::Minute),
    ];
    let seconds = time.seconds();
    let millis = time.millis();
    if millis < MIN_MILLIS {
        return ("0".to_owned(), Unit::Millisecond);
    }
    if millis < 9.95 {
        return (without_trailing_zeros(significant(millis, 2)), Unit::Millisecond);
    }
    if millis < 1_999.5 {
        return (format_grouped(millis), Unit::Millisecond);
    }
    let long_unit = LONG_UNITS.into_iter().find(|(from, _)| seconds >= *from);
    long_unit.map_or_else(
        || (significant(seconds, 3), Unit::Second),
        |(_, unit)| (mean_count(count_in_unit(time, unit)), unit),
    )
}

/// Formats a number as a whole one below a million, else compactly.
fn format_large(number: f64) -> String {
    if number < 999_999.5 { format_grouped(number) } else { compact(number) }
}

/// Formats a number rounded to a whole one, with thousands separators.
fn format_grouped(number: f64) -> String {
    count(number.round() as u64)
}

/// Formats a number with that many decimals. Unlike `format!`, which writes 1.25 as 1.2, it rounds halves
/// away from zero.
fn format_fixed(number: f64, decimals: u8) -> String {
    format!("{:.*}", usize::from(decimals), round_to_decimals(number, decimals))
}

fn without_trailing_zeros(mut number: String) -> String {
    if number.contains('.') {
        number.truncate(number.trim_end_matches('0').trim_end_matches('.').len());
    }
    number
}

/// Returns a text with its first letter in upper case.
///
/// ```
/// use waiting_line::units::format::capitalize;
/// assert_eq!(["email", "CRM", "écrire", ""].map(capitalize), ["Email", "CRM", "Écrire", ""]);
/// ```
pub fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
