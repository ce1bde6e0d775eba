//! Types for quantities, so that values with different units cannot be mixed.
//!
//! Every value of such a type is finite and in its range, so that no code that uses one has to check again.
//! The usual constructors clamp computed numbers into the range; the `try_…` ones return a [`QuantityError`]
//! instead.

mod count;
pub mod format;
mod load;
pub mod parse;
mod probability;
mod rate;
mod time;
mod variability;

pub use count::{Servers, Users};
pub use load::{OfferedLoad, Utilization};
pub use probability::Probability;
pub use rate::Rate;
pub use time::Time;
pub use variability::Variability;

use thiserror::Error;

/// A number that is not a value of its quantity.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum QuantityError {
    /// NaN or an infinity.
    #[error("{quantity} is not a finite number: give a plain number such as 250")]
    NotFinite { quantity: &'static str },
    #[error("{quantity} is {value}, outside {min} to {max}: choose a number in that range")]
    OutOfRange { quantity: &'static str, value: f64, min: f64, max: f64 },
}

/// Returns the number if it is in the range of its quantity.
fn check_range(quantity: &'static str, value: f64, min: f64, max: f64) -> Result<f64, QuantityError> {
    if !value.is_finite() {
        Err(QuantityError::NotFinite { quantity })
    } else if value < min || value > max {
        Err(QuantityError::OutOfRange { quantity, value, min, max })
    } else {
        Ok(value)
    }
}

/// Clamps a computed number into its range; NaN becomes the minimum.
fn clamp_or_min(value: f64, min: f64, max: f64) -> f64 {
    if value.is_nan() { min } else { value.clamp(min, max) }
}

/// Rounds a number to at most `decimals` decimals. Halves round away from zero, and the result is never −0.
///
/// `to_string` of the result writes no more decimals than that, and no trailing zeros.
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
            check_range("service time", -1.0, 0.0, 10.0).unwrap_err(),
            "service time is -1, outside 0 to 10: choose a number in that range",
        );
        check(
            check_range("service time", f64::NAN, 0.0, 10.0).unwrap_err(),
            "service time is not a finite number: give a plain number such as 250",
        );
    }

    #[test]
    fn clamping_turns_anything_into_a_value_in_range() {
        for (value, expected) in [(f64::NAN, 0.0), (f64::INFINITY, 5.0), (f64::NEG_INFINITY, 0.0), (3.0, 3.0)]
        {
            assert_eq!(clamp_or_min(value, 0.0, 5.0).to_bits(), f64::to_bits(expected));
        }
    }
}
