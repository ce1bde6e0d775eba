//! Quantities as people type them: `1,5`, `10k`, `2 s`, `300 ms`, `1 M`, `30/s`.
//!
//! What is a number but out of the field's range is moved to the nearest end, with a notice; what is no number is an
//! error and changes nothing.

use std::fmt;
use std::ops::RangeInclusive;

use super::{Rate, Servers, Time, Users, format};

/// What came of a typed entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Entered<T> {
    /// The value to set.
    pub value: T,
    /// What to tell the person when the value is not the one typed.
    pub notice: Option<String>,
}

/// Why an entry is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryError {
    /// Nothing was typed.
    Empty,
    /// There is no number in it, or more than a number and a unit.
    NotANumber {
        /// What was typed, shortened.
        found: String,
    },
    /// The number is followed by something that is no unit of this quantity.
    UnknownUnit {
        /// The unit typed, shortened.
        found: String,
        /// Units that would do.
        known: &'static str,
    },
}

impl fmt::Display for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the field is empty: type a number such as 250"),
            Self::NotANumber { found } => {
                write!(f, "\"{found}\" is not a number: type one such as 250 or 1.5")
            }
            Self::UnknownUnit { found, known } => {
                write!(f, "\"{found}\" is not a unit known here: use {known}, or none")
            }
        }
    }
}

impl std::error::Error for EntryError {}

/// The unit of a time that is typed without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BareUnit {
    /// Milliseconds, as for latencies.
    Millis,
    /// Seconds, as for think times.
    Seconds,
}

/// A plain number with an optional k, M or G. Comma or point may mark the decimals: the last of the two does, unless a
/// lone comma stands before exactly three digits, as in 1,050.
///
/// # Errors
/// When there is no number, or something else behind it.
///
/// ```
/// use waiting_line::units::parse::parse_number;
/// assert_eq!(parse_number("1,5"), Ok(1.5));
/// assert_eq!(parse_number("1,050"), Ok(1050.0));
/// assert_eq!(parse_number("10k"), Ok(10_000.0));
/// ```
pub fn parse_number(text: &str) -> Result<f64, EntryError> {
    let (number, suffix) = split(text)?;
    Ok(number * multiplier(&suffix)?)
}

/// A count of users.
///
/// # Errors
/// When there is no number, or something else behind it.
pub fn parse_users(text: &str, range: RangeInclusive<Users>) -> Result<Entered<Users>, EntryError> {
    parse_whole(text, &range, Users::new, Users::count)
}

/// A count of servers.
///
/// # Errors
/// When there is no number, or something else behind it.
pub fn parse_servers(text: &str, range: RangeInclusive<Servers>) -> Result<Entered<Servers>, EntryError> {
    parse_whole(text, &range, Servers::new, Servers::count)
}

/// A count of what there are only whole ones of; a notice says where a part was typed.
fn parse_whole<T: PartialOrd + Copy>(
    text: &str,
    range: &RangeInclusive<T>,
    new: fn(u64) -> T,
    count: fn(T) -> u64,
) -> Result<Entered<T>, EntryError> {
    let typed = parse_number(text)?;
    let value = new(typed.round().max(0.0) as u64);
    let beyond = typed > count(*range.end()) as f64 || typed < count(*range.start()) as f64;
    let entered = within(value, beyond, range, |value| format::count(count(*value)));
    let rounded = || format!("set to {}, the nearest whole number", format::count(count(value)));
    let notice = entered.notice.or_else(|| (typed.round() - typed != 0.0).then(rounded));
    Ok(Entered { notice, ..entered })
}

/// A span of time, in `bare` units where none is typed.
///
/// # Errors
/// When there is no number, or something behind it that is no unit of time.
///
/// ```
/// use waiting_line::units::{Time, parse::{BareUnit, parse_time}};
/// let any = Time::ZERO..=Time::MAX;
/// assert_eq!(parse_time("2 s", BareUnit::Millis, any).unwrap().value, Time::from_seconds(2.0));
/// ```
pub fn parse_time(
    text: &str,
    bare: BareUnit,
    range: RangeInclusive<Time>,
) -> Result<Entered<Time>, EntryError> {
    let (number, suffix) = split(text)?;
    let millis = match (suffix.to_ascii_lowercase().as_str(), bare) {
        ("ms" | "msec" | "millisecond" | "milliseconds", _) | ("", BareUnit::Millis) => number,
        ("s" | "sec" | "second" | "seconds", _) | ("", BareUnit::Seconds) => number * 1e3,
        ("us" | "µs" | "μs", _) => number / 1e3,
        ("m" | "min" | "minute" | "minutes", _) => number * 60e3,
        ("h" | "hour" | "hours", _) => number * 3_600e3,
        _ => return Err(EntryError::UnknownUnit { found: shortened(&suffix), known: "ms, s, min or h" }),
    };
    let beyond = millis > range.end().millis() || millis < range.start().millis();
    Ok(within(Time::from_millis(millis), beyond, &range, |time| format::set_time(*time)))
}

/// A rate, per second unless another span is typed: `30`, `30/s`, `2k per minute`.
///
/// # Errors
/// When there is no number, or something behind it that is no unit of rate.
pub fn parse_rate(text: &str, range: RangeInclusive<Rate>) -> Result<Entered<Rate>, EntryError> {
    let (number, suffix) = split(text)?;
    let per = suffix.find('p').filter(|at| suffix[*at..].starts_with("per"));
    let (size, span) = match (suffix.split_once('/'), per) {
        (Some(parts), _) => parts,
        (None, Some(at)) => (&suffix[..at], &suffix[at + "per".len()..]),
        (None, None) => (suffix.as_str(), "s"),
    };
    let seconds = match span.to_ascii_lowercase().as_str() {
        "s" | "sec" | "second" => 1.0,
        "m" | "min" | "minute" => 60.0,
        "h" | "hour" => 3_600.0,
        "d" | "day" => 86_400.0,
        _ => {
            return Err(EntryError::UnknownUnit { found: shortened(span), known: "/s, /min, /h or /day" });
        }
    };
    let per_second = number * multiplier(size)? / seconds;
    let beyond = per_second > range.end().value() || per_second < range.start().value();
    let shown = |rate: &Rate| format!("{}/s", format::set_rate(*rate));
    Ok(within(Rate::per_second(per_second), beyond, &range, shown))
}

/// Moves a value into the field's range and says so.
fn within<T: PartialOrd + Copy>(
    value: T,
    beyond: bool,
    range: &RangeInclusive<T>,
    shown: impl Fn(&T) -> String,
) -> Entered<T> {
    if !beyond {
        return Entered { value, notice: None };
    }
    let (end, word) = if value < *range.end() { (range.start(), "least") } else { (range.end(), "most") };
    Entered { value: *end, notice: Some(format!("set to {}, the {word} possible here", shown(end))) }
}

/// Splits an entry into its number and whatever follows it.
fn split(text: &str) -> Result<(f64, String), EntryError> {
    let not_a_number = || EntryError::NotANumber { found: shortened(text) };
    // Spaces of any width and apostrophes only group digits; the true minus sign is one too.
    let compact: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\'' | '’' | '_'))
        .map(|c| if c == '−' { '-' } else { c })
        .collect();
    if compact.is_empty() {
        return Err(EntryError::Empty);
    }
    let (sign, unsigned) = match compact.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, compact.strip_prefix('+').unwrap_or(&compact)),
    };
    let end = end_of_number(unsigned);
    let (digits, suffix) = unsigned.split_at(end);
    let number = plain(digits).parse::<f64>().map_err(|_| not_a_number())?;
    // An exponent beyond what a float holds is just a very large number; the range will catch it.
    Ok((sign * number.min(f64::MAX), suffix.to_owned()))
}

/// Where the number ends: digits, separators and an exponent belong to it.
fn end_of_number(text: &str) -> usize {
    let mantissa = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    let Some(rest) = text[mantissa..].strip_prefix(['e', 'E']) else { return mantissa };
    let digits = rest.strip_prefix(['-', '+']).unwrap_or(rest);
    let exponent = digits.chars().take_while(char::is_ascii_digit).count();
    if exponent == 0 { mantissa } else { mantissa + 1 + (rest.len() - digits.len()) + exponent }
}

/// Digits with any separators as Rust reads them: groups joined, the decimals behind a point.
fn plain(digits: &str) -> String {
    let last = digits.rfind([',', '.']);
    let Some(last) = last else { return digits.to_owned() };
    let (whole, fraction) = (&digits[..last], &digits[last + 1..]);
    let is_comma = digits[last..].starts_with(',');
    let repeated = whole.contains(if is_comma { ',' } else { '.' });
    let mixed = whole.contains([',', '.']) && !repeated;
    let grouping = repeated
        || (is_comma
            && !mixed
            && fraction.len() == 3
            && !whole.is_empty()
            && whole.len() <= 3
            && whole != "0");
    let joined: String = whole.chars().filter(char::is_ascii_digit).collect();
    if grouping { format!("{joined}{fraction}") } else { format!("{joined}.{fraction}") }
}

/// What k, M and G multiply by.
fn multiplier(suffix: &str) -> Result<f64, EntryError> {
    match suffix.to_ascii_lowercase().as_str() {
        "" => Ok(1.0),
        "k" | "thousand" => Ok(1e3),
        "m" | "million" => Ok(1e6),
        "g" | "b" | "bn" | "billion" => Ok(1e9),
        _ => Err(EntryError::UnknownUnit { found: shortened(suffix), known: "k, M or G" }),
    }
}

/// At most twenty characters of what was typed.
fn shortened(text: &str) -> String {
    const MOST: usize = 20;
    let text = text.trim();
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(MOST).collect();
    if text.chars().count() > MOST {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_the_ways_people_type_them() {
        for (text, number) in [
            ("250", 250.0),
            (" 1.5 ", 1.5),
            ("1,5", 1.5),
            ("1,50", 1.5),
            ("0,125", 0.125),
            ("1,050", 1_050.0),
            ("1.050", 1.05),
            ("1,000,000", 1e6),
            ("1.000.000", 1e6),
            ("1.000,5", 1_000.5),
            ("1,000.5", 1_000.5),
            ("10 000", 1e4),
            ("10\u{202f}000", 1e4),
            ("10'000", 1e4),
            ("10k", 1e4),
            ("10 K", 1e4),
            ("1 M", 1e6),
            ("1,5 million", 1.5e6),
            ("2e3", 2e3),
            ("1e-2", 0.01),
            (".5", 0.5),
            ("5.", 5.0),
            ("-3", -3.0),
            ("−3", -3.0),
            ("+3", 3.0),
            ("1e999", f64::MAX),
        ] {
            assert_eq!(parse_number(text), Ok(number), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_number_says_so() {
        let check = |text: &str, sentence: &str| {
            assert_eq!(parse_number(text).unwrap_err().to_string(), sentence, "{text:?}");
        };
        check(" ", "the field is empty: type a number such as 250");
        for text in ["many", "NaN", "inf", "--3", ".", ",", "-"] {
            check(text, &format!("\"{text}\" is not a number: type one such as 250 or 1.5"));
        }
        check("3 apples", "\"apples\" is not a unit known here: use k, M or G, or none");
        check(&"9x".repeat(50), "\"x9x9x9x9x9x9x9x9x9x9…\" is not a unit known here: use k, M or G, or none");
    }

    #[test]
    fn times_with_and_without_their_unit() {
        for (text, bare, seconds) in [
            ("300", BareUnit::Millis, 0.3),
            ("300 ms", BareUnit::Seconds, 0.3),
            ("2 s", BareUnit::Millis, 2.0),
            ("2", BareUnit::Seconds, 2.0),
            ("1,5 Sec", BareUnit::Millis, 1.5),
            ("250 µs", BareUnit::Millis, 0.000_25),
            ("2 min", BareUnit::Millis, 120.0),
            ("1h", BareUnit::Millis, 3_600.0),
        ] {
            let entered = parse_time(text, bare, Time::ZERO..=Time::MAX).unwrap();
            assert_eq!(entered, Entered { value: Time::from_seconds(seconds), notice: None }, "{text:?}");
        }
        assert!(parse_time("3 k", BareUnit::Millis, Time::ZERO..=Time::MAX).is_err());
    }

    #[test]
    fn rates_per_any_span() {
        for (text, per_second) in [
            ("30", 30.0),
            ("30/s", 30.0),
            ("2k per minute", 2_000.0 / 60.0),
            ("86,400/day", 1.0),
            ("1M/s", 1e6),
        ] {
            let entered = parse_rate(text, Rate::ZERO..=Rate::MAX).unwrap();
            assert_eq!(entered, Entered { value: Rate::per_second(per_second), notice: None }, "{text:?}");
        }
        assert!(parse_rate("30/year", Rate::ZERO..=Rate::MAX).is_err());
    }

    #[test]
    fn what_is_out_of_range_is_moved_to_its_end_with_a_notice() {
        let latency = |text| {
            let entered =
                parse_time(text, BareUnit::Millis, Time::ZERO..=Time::from_whole_seconds(10)).unwrap();
            (entered.value.millis(), entered.notice.unwrap_or_default())
        };
        assert_eq!(latency("10 s"), (10_000.0, String::new()));
        assert_eq!(latency("12 s"), (10_000.0, "set to 10 s, the most possible here".to_owned()));
        assert_eq!(latency("-5"), (0.0, "set to 0 ms, the least possible here".to_owned()));
        assert_eq!(latency("1e999"), (10_000.0, "set to 10 s, the most possible here".to_owned()));
        let users = |text| parse_users(text, Users::new(1)..=Users::MAX).unwrap();
        assert_eq!(users("0").notice.unwrap(), "set to 1, the least possible here");
        assert_eq!(users("1e12").notice.unwrap(), "set to 100,000,000, the most possible here");
        assert_eq!(users("99"), Entered { value: Users::new(99), notice: None });
        let rounded = Some("set to 100, the nearest whole number".to_owned());
        assert_eq!(users("99.6"), Entered { value: Users::new(100), notice: rounded });
        assert_eq!(users("0.6").notice.unwrap(), "set to 1, the least possible here");
        let servers = |text| parse_servers(text, Servers::ONE..=Servers::new(500)).unwrap();
        assert_eq!(servers("0").value, Servers::ONE);
        assert_eq!(servers("501").value, Servers::new(500));
        let rate = parse_rate("-1", Rate::ZERO..=Rate::MAX).unwrap();
        assert_eq!(rate.notice.unwrap(), "set to 0/s, the least possible here");
    }

    #[test]
    fn what_is_written_can_be_typed_back() {
        for millis in [0.4, 2.5, 150.0, 1_050.0, 1_999.0, 2_120.0, 9_990.0] {
            let time = Time::from_millis(millis);
            let text = format::time(time);
            let entered = parse_time(&text, BareUnit::Millis, Time::ZERO..=Time::MAX).unwrap();
            assert_eq!(entered.value, time, "{text}");
        }
    }
}
