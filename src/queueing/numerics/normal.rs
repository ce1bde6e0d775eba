//! The normal distribution.

use std::f64::consts::TAU;

/// Returns Φ(x), the distribution function of the standard normal distribution, to about 1e-15, from the
/// series Φ = ½ + φ Σ x^(2k+1) / (1 · 3 · 5 …).
pub(crate) fn cdf(x: f64) -> f64 {
    if x.abs() > 8.0 {
        return f64::from(u8::from(x > 0.0));
    }
    let (mut term, mut sum, mut odd) = (x, x, 1.0);
    while term.abs() > 1e-17 * sum.abs() {
        odd += 2.0;
        term *= x * x / odd;
        sum += term;
    }
    (0.5 + pdf(x) * sum).clamp(0.0, 1.0)
}

/// Returns Mills' ratio Φ(x) / φ(x), also far to the left, where both are tiny; infinite far to the right.
pub(crate) fn mills_ratio(x: f64) -> f64 {
    if x > -3.0 {
        return cdf(x) / pdf(x);
    }
    // Laplace's continued fraction 1 / (t + 1 / (t + 2 / (t + …))).
    let distance = -x;
    1.0 / (1..=60_u8).rev().fold(distance, |fraction, k| distance + f64::from(k) / fraction)
}

/// Returns the density φ(x) of the standard normal distribution.
pub(crate) fn pdf(x: f64) -> f64 {
    (-0.5 * x * x).exp() / TAU.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        for (x, expected) in
            [(0.0, 0.5), (1.0, 0.841_344_746_068_542_9), (-1.96, 0.024_997_895_148_220_435), (40.0, 1.0)]
        {
            assert!((cdf(x) - expected).abs() < 1e-14, "Φ({x}) = {}", cdf(x));
        }
    }

    #[test]
    fn mills_ratio_goes_on_where_the_series_ends() {
        let (series, fraction) = (cdf(-2.999_999) / pdf(-2.999_999), mills_ratio(-3.000_001));
        assert!((series / fraction - 1.0).abs() < 1e-5, "{series} and {fraction}");
        assert!((mills_ratio(-10.0) - 0.099_028_596_471_731_9).abs() < 1e-12);
    }
}
