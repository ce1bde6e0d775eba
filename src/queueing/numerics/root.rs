//! Root finding in an interval.

/// Finds the root of `f` between `low` and `high`, where it changes sign, by Chandrupatla's method: inverse
/// quadratic steps where they are safe, halving where not. Returns the end with the smaller value if there is
/// no change of sign.
///
/// Source: T. R. Chandrupatla, “A new hybrid quadratic/bisection algorithm”, 1997.
pub(crate) fn find_root(low: f64, high: f64, mut f: impl FnMut(f64) -> f64) -> f64 {
    search(low, high, &mut f)
}

/// Not generic, so that it is compiled once for all functions.
#[inline(never)]
fn search(low: f64, high: f64, f: &mut dyn FnMut(f64) -> f64) -> f64 {
    let (mut a, mut b) = (high, low);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa == 0.0 || fa.signum() == fb.signum() {
        return if fa.abs() <= fb.abs() { a } else { b };
    }
    let mut step = 0.5;
    for _ in 0..100 {
        let x = a + step * (b - a);
        let value = f(x);
        let (c, fc);
        if value.signum() == fa.signum() {
            (c, fc) = (a, fa);
        } else {
            (c, fc) = (b, fb);
            (b, fb) = (a, fa);
        }
        (a, fa) = (x, value);
        let best = if fa.abs() < fb.abs() { a } else { b };
        let tolerance = 4.0 * f64::EPSILON * best.abs() / (b - a).abs();
        if tolerance.is_nan() || tolerance > 0.5 || fa == 0.0 || fb == 0.0 {
            return best;
        }
        let ratio_x = (a - b) / (c - b);
        let ratio_y = (fa - fb) / (fc - fb);
        let inverse = if ratio_y * ratio_y < ratio_x && (1.0 - ratio_y).powi(2) < 1.0 - ratio_x {
            fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
        } else {
            0.5
        };
        step = inverse.clamp(tolerance, 1.0 - tolerance);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_roots_of_gentle_and_of_steep_functions() {
        let check = |actual: f64, expected: f64| {
            assert!((actual - expected).abs() <= 1e-13 * expected.abs(), "{actual} is not {expected}");
        };
        check(find_root(0.0, 2.0, |x| x * x - 2.0), std::f64::consts::SQRT_2);
        check(find_root(0.0, 1.0, |x| x / (1.0 - x).max(1e-300) - 1e6), 1e6 / (1e6 + 1.0));
        check(find_root(0.0, 5.0, |x| if x < 3.0 { -1.0 } else { 1.0 }), 3.0);
        check(find_root(1.0, 5.0, |x| x + 1.0), 1.0);
    }
}
