//! Availability: a chain is up only when all its links are.

use crate::units::Probability;

/// Returns the probability that all parts of a chain are up, the product of their availabilities. A shorter
/// chain is up more often.
///
/// Assumes that the parts fail independently of each other.
///
/// ```
/// use waiting_line::{queueing::laws::availability::in_series, units::Probability};
/// let parts = [Probability::new(0.999); 4];
/// assert!((in_series(&parts).value() - 0.996006).abs() < 1e-6);
/// assert!((in_series(&parts[..2]).value() - 0.998001).abs() < 1e-6);
/// ```
pub fn in_series(parts: &[Probability]) -> Probability {
    Probability::new(parts.iter().map(|part| part.value()).product())
}
