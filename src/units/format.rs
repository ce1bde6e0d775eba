//! Quantities as people read them, on the screen and by ear.
//!
//! Every figure of the interface is written here, so that the same quantity looks the same everywhere. Nothing that a
//! quantity type can hold prints as "NaN", "inf" or "-0".

#[cfg(test)]
mod tests;

use super::{Rate, Time, round_to_decimals};

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
    let rounded = fixed(scaled, decimals as u8);
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

/// Happenings per second, to one decimal, without the unit: whole from a thousand on, compact from a million on. What happens less
/// than once in four months counts as nothing.
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
    if mean < 99.95 { round_to_decimals(mean, 1).to_string() } else { large(mean) }
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

/// A share in per cent: two significant digits below ten per cent, whole above, never rounded up to a hundred, and next to nothing
/// as that.
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
    if decimals > 0 { fixed(number, decimals.min(15) as u8) } else { large(rounded) }
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
    time.seconds() / length(unit)
}

/// How long a unit is, in seconds.
const fn length(unit: Unit) -> f64 {
    match unit {
        Unit::Millisecond => 1e-3,
        Unit::Second => 1.0,
        Unit::Minute => 60.0,
        Unit::Hour => 3_600.0,
        Unit::Day => 86_400.0,
        Unit::Year => 365.25 * 86_400.0,
    }
}

/// The one unit in which all spans on an axis are written: milliseconds up to a hundred seconds, then the unit in which the
/// longest span reads best.
///
/// ```
/// use waiting_line::units::{Time, format::AxisUnit};
/// let (shop, crowd) = (AxisUnit::of(Time::from_millis(1_050.0)), AxisUnit::of(Time::from_seconds(6e6)));
/// assert_eq!((shop.number(Time::from_millis(300.0)), shop.symbol()), ("300".to_owned(), "ms"));
/// assert_eq!((crowd.number(Time::from_seconds(6e6)), crowd.symbol()), ("69.4".to_owned(), "days"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AxisUnit(Unit);

impl AxisUnit {
    /// The unit of an axis that shows a span.
    #[expect(clippy::inline_always, reason = "as a function of its own it costs the first load 140 bytes")]
    #[inline(always)]
    pub fn of(longest: Time) -> Self {
        Self(if longest.seconds() < 99.5 { Unit::Millisecond } else { measured(longest).1 })
    }

    /// A span in it, without the unit.
    pub fn number(self, time: Time) -> String {
        let number = bare(time, self.0);
        if self.0 == Unit::Millisecond { count(number.round() as u64) } else { mean_count(number) }
    }

    /// What stands behind the numbers.
    pub const fn symbol(self) -> &'static str {
        self.0.symbol()
    }

    /// One of the unit.
    pub fn one(self) -> Time {
        Time::from_seconds(length(self.0))
    }
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
            (if number < 99.95 { round_to_decimals(number, 1).to_string() } else { large(number) }, unit)
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

/// Writes a number with that many decimals. `format!` alone would round the half in 1.25 to even.
fn fixed(number: f64, decimals: u8) -> String {
    format!("{:.*}", usize::from(decimals), round_to_decimals(number, decimals))
}

fn without_trailing_zeros(mut number: String) -> String {
    if number.contains('.') {
        number.truncate(number.trim_end_matches('0').trim_end_matches('.').len());
    }
    number
}

/// Writes the first letter of a text as a capital.
///
/// ```
/// use waiting_line::units::format::capitalize;
/// assert_eq!(["email", "CRM", "écrire", ""].map(capitalize), ["Email", "CRM", "Écrire", ""]);
/// ```
pub fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
