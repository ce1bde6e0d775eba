//! Powers, by the exponential and the logarithm.
//!
//! The library's own function is right to the last bit, and as long as both of these together, which the model has anyway.

use std::f64::consts::LN_10;

/// A number above zero to any power, within a few units of its last place.
///
/// ```
/// use waiting_line::units::power::power;
/// assert!((power(2.0, 0.5) - 2.0_f64.sqrt()).abs() < 1e-15);
/// ```
pub fn power(base: f64, exponent: f64) -> f64 {
    (exponent * base.ln()).exp()
}

/// Ten to any power; to a whole one exactly, as far as that is a number.
///
/// ```
/// use waiting_line::units::power::power_of_ten;
/// assert_eq!((power_of_ten(3.0), power_of_ten(-2.0)), (1_000.0, 0.01));
/// assert!((power_of_ten(0.5) - 10.0_f64.sqrt()).abs() < 1e-14);
/// ```
pub fn power_of_ten(exponent: f64) -> f64 {
    let whole = exponent.round();
    10_f64.powi(whole as i32) * ((exponent - whole) * LN_10).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_those_of_the_library() {
        for step in -400..=400 {
            let exponent = f64::from(step) / 40.0;
            let found = power_of_ten(exponent) / 10_f64.powf(exponent);
            assert!((found - 1.0).abs() < 4e-15, "10^{exponent}: {found}");
            let found = power(1.7, exponent) / 1.7_f64.powf(exponent);
            assert!((found - 1.0).abs() < 4e-15, "1.7^{exponent}: {found}");
        }
    }
}
