//! Fan-out: many calls in parallel, of which the slowest decides.

use crate::units::Probability;

/// Returns the probability that at least one of `calls` parallel calls is slow, 1 − (1 − p)^n.
///
/// Source: J. Dean and L. A. Barroso, “The tail at scale”, 2013.
///
/// ```
/// use waiting_line::{queueing::laws::fan_out::any_slow, units::Probability};
/// // One call in a hundred is slow; of orders that need a hundred calls, two in three are.
/// assert!((any_slow(Probability::new(0.01), 100).value() - 0.633968).abs() < 1e-6);
/// ```
pub fn any_slow(slow: Probability, calls: u32) -> Probability {
    Probability::new(-(f64::from(calls) * (-slow.value()).ln_1p()).exp_m1())
}

/// Returns the mean maximum of `calls` independent exponential calls relative to the mean of one: 1 + 1/2 + …
/// + 1/n.
///
/// ```
/// use waiting_line::queueing::laws::fan_out::slowest_factor;
/// assert!((slowest_factor(10) - 2.928968).abs() < 1e-6);
/// ```
pub fn slowest_factor(calls: u32) -> f64 {
    (1..=calls).map(|i| 1.0 / f64::from(i)).sum()
}
