//! Parses quantities as people type them: `1,5`, `10k`, `2 s`, `300 ms`, `1 M`, `30/s`.
//!
//! A number outside the field's range is moved to the nearest end, with a warning. An input without a number
//! is an error, and the field keeps its value.

use std::ops::RangeInclusive;

use thiserror::Error;

use super::{Rate, Servers, Time, Users, format};

/// A value read from an input field, with a warning if it is not the value that was typed.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedInput<T> {
    pub value: T,
    pub warning: Option<String>,
}

/// An input that is not a quantity. The texts in it are cut to twenty characters.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InputError {
    #[error("the field is empty: type a number such as 250")]
    Empty,
    #[error("\"{text}\" is not a number: type one such as 250 or 1.5")]
    NotANumber { text: String },
    #[error("\"{unit}\" is not a unit known here: use {known}, or none")]
    UnknownUnit { unit: String, known: &'static str },
}

/// The unit of a time that is typed without a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefaultUnit {
    Millis,
    Seconds,
}

/// Parses a number with an optional k, M or G.
///
/// Both comma and point may separate the decimals: the last one does, except a single comma before exactly
/// three digits, as in 1,050.
///
/// # Errors
/// Returns an error if the text does not start with a number, or if anything else follows it.
///
/// ```
/// use waiting_line::units::parse::parse_number;
/// assert_eq!(parse_number("1,5"), Ok(1.5));
/// assert_eq!(parse_number("1,050"), Ok(1050.0));
/// assert_eq!(parse_number("10k"), Ok(10_000.0));
/// ```
pub fn parse_number(text: &str) -> Result<f64, InputError> {
    let (number, suffix) = split(text)?;
    Ok(number * multiplier(&suffix)?)
}

/// Parses a number of users.
///
/// # Errors
/// As [`parse_number`].
pub fn parse_users(text: &str, range: RangeInclusive<Users>) -> Result<ParsedInput<Users>, InputError> {
    parse_whole(text, &range, Users::new, Users::count)
}

/// Parses a number of servers.
///
/// # Errors
/// As [`parse_number`].
pub fn parse_servers(text: &str, range: RangeInclusive<Servers>) -> Result<ParsedInput<Servers>, InputError> {
    parse_whole(text, &range, Servers::new, Servers::count)
}

/// Parses a whole number, with a warning if it had to be rounded.
fn parse_whole<T: PartialOrd + Copy>(
    text: &str,
    range: &RangeInclusive<T>,
    new: fn(u64) -> T,
    count: fn(T) -> u64,
) -> Result<ParsedInput<T>, InputError> {
    let typed = parse_number(text)?;
    let value = new(typed.round().max(0.0) as u64);
    let out_of_range = typed > count(*range.end()) as f64 || typed < count(*range.start()) as f64;
    let input = move_into_range(value, out_of_range, range, |value| format::count(count(*value)));
    let rounding = || format!("set to {}, the nearest whole number", format::count(count(value)));
    let warning = input.warning.or_else(|| (typed.round() - typed != 0.0).then(rounding));
    Ok(ParsedInput { warning, ..input })
}

/// Parses a time, in the default unit if none is typed.
///
/// # Errors
/// Returns an error if the text does not start with a number, or if anything but a unit of time follows it.
///
/// ```
/// use waiting_line::units::{Time, parse::{DefaultUnit, parse_time}};
/// let any = Time::ZERO..=Time::MAX;
/// assert_eq!(parse_time("2 s", DefaultUnit::Millis, any).unwrap().value, Time::from_seconds(2.0));
/// ```
pub fn parse_time(
    text: &str,
    default_unit: DefaultUnit,
    range: RangeInclusive<Time>,
) -> Result<ParsedInput<Time>, InputError> {
    let (number, suffix) = split(text)?;
    let millis = match (suffix.to_ascii_lowercase().as_str(), default_unit) {
        ("ms" | "msec" | "millisecond" | "milliseconds", _) | ("", DefaultUnit::Millis) => number,
        ("s" | "sec" | "second" | "seconds", _) | ("", DefaultUnit::Seconds) => number * 1e3,
        ("us" | "µs" | "μs", _) => number / 1e3,
        ("m" | "min" | "minute" | "minutes", _) => number * 60e3,
        ("h" | "hour" | "hours", _) => number * 3_600e3,
        _ => return Err(InputError::UnknownUnit { unit: shorten(&suffix), known: "ms, s, min or h" }),
    };
    let out_of_range = millis > range.end().millis() || millis < range.start().millis();
    Ok(move_into_range(Time::from_millis(millis), out_of_range, &range, |time| {
        format::configured_time(*time)
    }))
}

/// Parses a rate, per second if no other span is typed: `30`, `30/s`, `2k per minute`.
///
/// # Errors
/// Returns an error if the text does not start with a number, or if anything but a unit of rate follows it.
pub fn parse_rate(text: &str, range: RangeInclusive<Rate>) -> Result<ParsedInput<Rate>, InputError> {
    let (number, suffix) = split(text)?;
    let per = suffix.find('p').filter(|at| suffix[*at..].starts_with("per"));
    let (multiple, span) = match (suffix.split_once('/'), per) {
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
            return Err(InputError::UnknownUnit { unit: shorten(span), known: "/s, /min, /h or /day" });
        }
    };
    let per_second = number * multiplier(multiple)? / seconds;
    let out_of_range = per_second > range.end().value() || per_second < range.start().value();
    let format = |rate: &Rate| format!("{}/s", format::configured_rate(*rate));
    Ok(move_into_range(Rate::per_second(per_second), out_of_range, &range, format))
}

/// Moves a value that was typed out of range to the nearest end of the range, with a warning.
fn move_into_range<T: PartialOrd + Copy>(
    value: T,
    out_of_range: bool,
    range: &RangeInclusive<T>,
    format: impl Fn(&T) -> String,
) -> ParsedInput<T> {
    if !out_of_range {
        return ParsedInput { value, warning: None };
    }
    let (end, word) = if value < *range.end() { (range.start(), "least") } else { (range.end(), "most") };
    ParsedInput { value: *end, warning: Some(format!("set to {}, the {word} possible here", format(end))) }
}

/// Splits an input into its number and the text after it.
fn split(text: &str) -> Result<(f64, String), InputError> {
    let not_a_number = || InputError::NotANumber { text: shorten(text) };
    // Spaces of any width and apostrophes group digits; U+2212 is the typographic minus sign.
    let compact: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\'' | '’' | '_'))
        .map(|c| if c == '−' { '-' } else { c })
        .collect();
    if compact.is_empty() {
        return Err(InputError::Empty);
    }
    let (sign, unsigned) = match compact.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, compact.strip_prefix('+').unwrap_or(&compact)),
    };
    let end = end_of_number(unsigned);
    let (digits, suffix) = unsigned.split_at(end);
    let number = normalize(digits).parse::<f64>().map_err(|_| not_a_number())?;
    // A number too large for a float parses as infinity; the field's range catches it.
    Ok((sign * number.min(f64::MAX), suffix.to_owned()))
}

/// Returns the length in bytes of the number at the start of a text: digits, separators and an exponent.
fn end_of_number(text: &str) -> usize {
    let mantissa = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    let Some(rest) = text[mantissa..].strip_prefix(['e', 'E']) else { return mantissa };
    let digits = rest.strip_prefix(['-', '+']).unwrap_or(rest);
    let exponent = digits.chars().take_while(char::is_ascii_digit).count();
    if exponent == 0 { mantissa } else { mantissa + 1 + (rest.len() - digits.len()) + exponent }
}

/// Writes a number as `str::parse` reads it: without group separators, with a decimal point.
fn normalize(digits: &str) -> String {
    let last = digits.rfind([',', '.']);
    let Some(last) = last else { return digits.to_owned() };
    let (whole, fraction) = (&digits[..last], &digits[last + 1..]);
    let last_is_comma = digits[last..].starts_with(',');
    let repeated = whole.contains(if last_is_comma { ',' } else { '.' });
    let mixed = whole.contains([',', '.']) && !repeated;
    let grouping = repeated
        || (last_is_comma
            && !mixed
            && fraction.len() == 3
            && !whole.is_empty()
            && whole.len() <= 3
            && whole != "0");
    let joined: String = whole.chars().filter(char::is_ascii_digit).collect();
    if grouping { format!("{joined}{fraction}") } else { format!("{joined}.{fraction}") }
}

fn multiplier(suffix: &str) -> Result<f64, InputError> {
    match suffix.to_ascii_lowercase().as_str() {
        "" => Ok(1.0),
        "k" | "thousand" => Ok(1e3),
        "m" | "million" => Ok(1e6),
        "g" | "b" | "bn" | "billion" => Ok(1e9),
        _ => Err(InputError::UnknownUnit { unit: shorten(suffix), known: "k, M or G" }),
    }
}

/// Cuts a text to twenty characters.
fn shorten(text: &str) -> String {
    const MAX_CHARS: usize = 20;
    let text = text.trim();
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(MAX_CHARS).collect();
    if text.chars().count() > MAX_CHARS {
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
        for (text, default_unit, seconds) in [
            ("300", DefaultUnit::Millis, 0.3),
            ("300 ms", DefaultUnit::Seconds, 0.3),
            ("2 s", DefaultUnit::Millis, 2.0),
            ("2", DefaultUnit::Seconds, 2.0),
            ("1,5 Sec", DefaultUnit::Millis, 1.5),
            ("250 µs", DefaultUnit::Millis, 0.000_25),
            ("2 min", DefaultUnit::Millis, 120.0),
            ("1h", DefaultUnit::Millis, 3_600.0),
        ] {
            let input = parse_time(text, default_unit, Time::ZERO..=Time::MAX).unwrap();
            assert_eq!(input, ParsedInput { value: Time::from_seconds(seconds), warning: None }, "{text:?}");
        }
        assert!(parse_time("3 k", DefaultUnit::Millis, Time::ZERO..=Time::MAX).is_err());
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
            let input = parse_rate(text, Rate::ZERO..=Rate::MAX).unwrap();
            assert_eq!(input, ParsedInput { value: Rate::per_second(per_second), warning: None }, "{text:?}");
        }
        assert!(parse_rate("30/year", Rate::ZERO..=Rate::MAX).is_err());
    }

    #[test]
    fn what_is_out_of_range_is_moved_to_its_end_with_a_notice() {
        let latency = |text| {
            let input =
                parse_time(text, DefaultUnit::Millis, Time::ZERO..=Time::from_whole_seconds(10)).unwrap();
            (input.value.millis(), input.warning.unwrap_or_default())
        };
        assert_eq!(latency("10 s"), (10_000.0, String::new()));
        assert_eq!(latency("12 s"), (10_000.0, "set to 10 s, the most possible here".to_owned()));
        assert_eq!(latency("-5"), (0.0, "set to 0 ms, the least possible here".to_owned()));
        assert_eq!(latency("1e999"), (10_000.0, "set to 10 s, the most possible here".to_owned()));
        let users = |text| parse_users(text, Users::new(1)..=Users::MAX).unwrap();
        assert_eq!(users("0").warning.unwrap(), "set to 1, the least possible here");
        assert_eq!(users("1e12").warning.unwrap(), "set to 100,000,000, the most possible here");
        assert_eq!(users("99"), ParsedInput { value: Users::new(99), warning: None });
        let rounded = Some("set to 100, the nearest whole number".to_owned());
        assert_eq!(users("99.6"), ParsedInput { value: Users::new(100), warning: rounded });
        assert_eq!(users("0.6").warning.unwrap(), "set to 1, the least possible here");
        let servers = |text| parse_servers(text, Servers::ONE..=Servers::new(500)).unwrap();
        assert_eq!(servers("0").value, Servers::ONE);
        assert_eq!(servers("501").value, Servers::new(500));
        let rate = parse_rate("-1", Rate::ZERO..=Rate::MAX).unwrap();
        assert_eq!(rate.warning.unwrap(), "set to 0/s, the least possible here");
    }

    #[test]
    fn what_is_written_can_be_typed_back() {
        for millis in [0.4, 2.5, 150.0, 1_050.0, 1_999.0, 2_120.0, 9_990.0] {
            let time = Time::from_millis(millis);
            let text = format::time(time);
            let input = parse_time(&text, DefaultUnit::Millis, Time::ZERO..=Time::MAX).unwrap();
            assert_eq!(input.value, time, "{text}");
        }
    }
}
