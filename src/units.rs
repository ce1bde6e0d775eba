//! Quantities as types: what has a unit cannot be mixed with what has another.
//!
//! A quantity is checked once, where it enters; past that edge every value is finite and in its range, so nothing inside
//! checks again. Each type offers a strict door (`try_…`, which says what is wrong) for what people and files give, and a
//! clamping one for what the model computes.

mod count;
pub mod format;
mod load;
pub mod parse;
mod rate;
mod share;
mod time;
mod variability;

pub use count::{Servers, Users};
pub use load::{OfferedLoad, Utilization};
pub use rate::Rate;
pub use share::Probability;
pub use time::Time;
pub use variability::Variability;

use std::fmt;

/// Why a number is not the quantity that it was meant to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum QuantityError {
    /// Not a number, or infinite.
    NotFinite {
        /// What was being set, in the field's words.
        quantity: &'static str,
    },
    /// A finite number outside the range that the quantity has.
    OutOfRange {
        /// What was being set, in the field's words.
        quantity: &'static str,
        /// The number found.
        found: f64,
        /// The smallest number allowed.
        least: f64,
        /// The largest number allowed.
        most: f64,
    },
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFinite { quantity } => {
                write!(f, "{quantity} is not a finite number: give a plain number such as 250")
            }
            Self::OutOfRange { quantity, found, least, most } => {
                write!(f, "{quantity} is {found}, outside {least} to {most}: choose a number in that range")
            }
        }
    }
}

impl std::error::Error for QuantityError {}

/// Checks a number against the range of its quantity.
fn checked(quantity: &'static str, found: f64, least: f64, most: f64) -> Result<f64, QuantityError> {
    if !found.is_finite() {
        Err(QuantityError::NotFinite { quantity })
    } else if found < least || found > most {
        Err(QuantityError::OutOfRange { quantity, found, least, most })
    } else {
        Ok(found)
    }
}

/// Forces a computed number into its range; NaN becomes the lower bound.
fn clamped(found: f64, least: f64, most: f64) -> f64 {
    if found.is_nan() { least } else { found.clamp(least, most) }
}

/// Rounds a number to a number of decimals, halves away from zero, and never to a negative zero.
///
/// The number nearest to a short decimal is written as that decimal, so the result's `to_string` has only the decimals
/// that it needs.
///
/// ```
/// use waiting_line::units::round_to_decimals;
/// assert_eq!(round_to_decimals(1_050.0, 3).to_string(), "1050");
/// assert_eq!(round_to_decimals(1.25, 1).to_string(), "1.3");
/// assert_eq!(round_to_decimals(-0.04, 1).to_string(), "0");
/// ```
pub fn round_to_decimals(number: f64, decimals: u8) -> f64 {
    let unit = 10_f64.powi(i32::from(decimals));
    (number * unit).round() / unit + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_quantity_value_rule_and_remedy() {
        let check = |error: QuantityError, sentence: &str| assert_eq!(error.to_string(), sentence);
        check(
            checked("service time", -1.0, 0.0, 10.0).unwrap_err(),
            "service time is -1, outside 0 to 10: choose a number in that range",
        );
        check(
            checked("service time", f64::NAN, 0.0, 10.0).unwrap_err(),
            "service time is not a finite number: give a plain number such as 250",
        );
    }

    #[test]
    fn clamping_turns_anything_into_a_value_in_range() {
        for (found, expected) in [(f64::NAN, 0.0), (f64::INFINITY, 5.0), (f64::NEG_INFINITY, 0.0), (3.0, 3.0)]
        {
            assert_eq!(clamped(found, 0.0, 5.0).to_bits(), f64::to_bits(expected));
        }
    }
}
