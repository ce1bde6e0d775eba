//! Decimal numbers, written and read by way of whole numbers.
//!
//! The library's own ways are exact to hundreds of digits, which nobody reads or types here; they and their tables would be
//! among the largest things in the program.

use std::num::IntErrorKind;

/// A number with so many decimals, at most fifteen, halves away from zero, and nothing between its digits.
///
/// ```
/// use waiting_line::units::decimal::fixed;
/// assert_eq!((fixed(1_234.56, 1), fixed(-0.04, 1)), ("1234.6".to_owned(), "0.0".to_owned()));
/// ```
pub fn fixed(number: f64, decimals: u32) -> String {
    let decimals = decimals.min(15);
    let unit = 10_u64.pow(decimals);
    let units = (number.abs() * unit as f64).round() as u64;
    let sign = if number < 0.0 && units > 0 { "-" } else { "" };
    let (whole, rest) = (units / unit, units % unit);
    if decimals == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest:0width$}", width = decimals as usize)
    }
}

/// A number with as many decimals as it needs, but no more than that.
///
/// ```
/// use waiting_line::units::decimal::shortest;
/// assert_eq!((shortest(2.5, 3), shortest(1_050.0, 3)), ("2.5".to_owned(), "1050".to_owned()));
/// ```
pub fn shortest(number: f64, most_decimals: u32) -> String {
    without_trailing_zeros(fixed(number, most_decimals))
}

/// The same number without the zeros that end its decimals.
pub(super) fn without_trailing_zeros(mut number: String) -> String {
    if number.contains('.') {
        number.truncate(number.trim_end_matches('0').trim_end_matches('.').len());
    }
    number
}

/// A number in digits, perhaps with a point and an exponent, without a sign: right to the last digit up to fifteen.
///
/// ```
/// use waiting_line::units::decimal::read;
/// assert_eq!([read("1.25"), read("2e3"), read(".")], [Some(1.25), Some(2_000.0), None]);
/// ```
pub fn read(text: &str) -> Option<f64> {
    const MOST: i32 = 400;
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let mut exponent = match exponent.parse::<i32>().map_err(|error| *error.kind()) {
        Ok(exponent) => exponent.clamp(-MOST, MOST),
        Err(IntErrorKind::PosOverflow) => MOST,
        Err(IntErrorKind::NegOverflow) => -MOST,
        Err(_) => return None,
    };
    let (mut digits, mut has_digits, mut is_behind_point) = (0_u64, false, false);
    for character in number.chars() {
        match character.to_digit(10) {
            Some(digit) => {
                has_digits = true;
                if digits < 10_u64.pow(17) {
                    digits = digits * 10 + u64::from(digit);
                    exponent -= i32::from(is_behind_point);
                } else {
                    exponent += i32::from(!is_behind_point);
                }
            }
            None if character == '.' && !is_behind_point => is_behind_point = true,
            None => return None,
        }
    }
    let (digits_as_float, scale) = (digits as f64, 10_f64.powi(exponent.abs()));
    match (has_digits, digits, exponent) {
        (false, ..) => None,
        (true, 0, _) => Some(0.0),
        (true, _, ..0) => Some(digits_as_float / scale),
        (true, ..) => Some(digits_as_float * scale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_number_of_decimals() {
        for (number, decimals, text) in [
            (0.0, 2, "0.00"),
            (1.25, 1, "1.3"),
            (-1.25, 1, "-1.3"),
            (99.96, 1, "100.0"),
            (33.333_333, 3, "33.333"),
            (12.7, 0, "13"),
            (0.05, 3, "0.050"),
            (-0.000_1, 3, "0.000"),
            (1.0, 400, "1.000000000000000"),
            (f64::NAN, 1, "0.0"),
        ] {
            assert_eq!(fixed(number, decimals), text, "{number}");
        }
    }

    #[test]
    fn digits_are_read_to_the_last_one() {
        for text in
            ["0", "0.1", "1.005", "999999.999999", "123456789012345", "0.000000000000123", "1e22", "17.5E-3"]
        {
            assert_eq!(read(text), Some(text.parse().unwrap()), "{text}");
        }
        let long = "123456789012345678901234567890.5";
        assert!((read(long).unwrap() / 1.234_567_890_123_456_8e29 - 1.0).abs() < 1e-15);
        for (text, number) in [("0e999", 0.0), ("1e-99999999999", 0.0), ("1e99999999999", f64::INFINITY)] {
            assert_eq!(read(text), Some(number), "{text}");
        }
        for text in ["", ".", "1e", "e5", "1.2.3", "-1", "1 ", "1e5.0", "\u{664}"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
