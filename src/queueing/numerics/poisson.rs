//! The Poisson distribution, truncated and whole.

use crate::queueing::numerics::normal;

/// The number of states from which on a sum is replaced by its uniform expansion.
const EXPANSION_THRESHOLD: f64 = 1e5;

/// The moments of a Poisson distribution of mean `a` that is truncated above `top`, seen from the topmost
/// state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum TruncatedPoisson {
    /// The topmost state has a probability that counts.
    Truncated {
        /// The total weight of all states, where the topmost weighs 1: the inverse of Erlang B.
        weight: f64,
        /// The same sum with every state weighed by its distance from the top.
        moment: f64,
        /// The variance of the distance from the top.
        variance: f64,
    },
    /// The probability of the topmost state is zero to double precision, so that nothing is cut off.
    Untruncated,
}

impl TruncatedPoisson {
    /// Truncates a Poisson distribution of that mean above `top`.
    pub(crate) fn new(top: f64, mean: f64) -> Self {
        if top < EXPANSION_THRESHOLD || mean > 1.1 * top {
            return Self::summed(top, mean);
        }
        match weight(top, mean) {
            Some(weight) => {
                let distance = top - mean * (1.0 - 1.0 / weight);
                let variance = mean * (1.0 - 1.0 / weight) - mean * distance / weight;
                Self::Truncated { weight, moment: weight * distance, variance: variance.max(0.0) }
            }
            None => Self::Untruncated,
        }
    }

    /// Sums from the top downwards; each term is the one before it times state / a.
    fn summed(top: f64, mean: f64) -> Self {
        let (mut term, mut weight, mut moment, mut square) = (1.0_f64, 1.0_f64, 0.0_f64, 0.0_f64);
        let (mut state, mut distance) = (top, 0.0_f64);
        let per_mean = 1.0 / mean;
        while state > 0.0 && term >= 1e-17 * weight {
            term *= state * per_mean;
            distance += 1.0;
            weight += term;
            moment += term * distance;
            square += term * distance * distance;
            state -= 1.0;
            if weight > 1e280 {
                return Self::Untruncated;
            }
        }
        let variance = square / weight - (moment / weight).powi(2);
        Self::Truncated { weight, moment, variance: variance.max(0.0) }
    }

    /// Returns the mean and the variance of the distance from the top.
    pub(crate) fn distance(top: f64, mean: f64) -> (f64, f64) {
        match Self::new(top, mean) {
            Self::Truncated { weight, moment, variance } => (moment / weight, variance),
            Self::Untruncated => (top - mean, mean),
        }
    }
}

/// Returns the total weight of all states of a Poisson distribution truncated above `top`, where the topmost
/// weighs 1: the inverse of Erlang B. `None` if it exceeds 1e280.
pub(crate) fn weight(top: f64, mean: f64) -> Option<f64> {
    if top >= EXPANSION_THRESHOLD && mean <= 1.1 * top {
        return Some(expanded_weight(top, mean)).filter(|weight| *weight < 1e280);
    }
    let (mut term, mut weight, mut state) = (1.0_f64, 1.0_f64, top);
    let per_mean = 1.0 / mean;
    while state > 0.0 && term >= 1e-17 * weight {
        term *= state * per_mean;
        weight += term;
        state -= 1.0;
        if weight > 1e280 {
            return None;
        }
    }
    Some(weight)
}

/// Computes [`weight`] for many states from the uniform expansion of the incomplete gamma function. The
/// relative error is some 1e-13 at [`EXPANSION_THRESHOLD`], and less beyond.
///
/// Source: N. M. Temme, “The asymptotic expansion of the incomplete gamma functions”, 1979.
fn expanded_weight(top: f64, mean: f64) -> f64 {
    let a = top + 1.0;
    let excess = mean / a - 1.0;
    let eta = (2.0 * x_minus_ln_1p(excess)).sqrt().copysign(excess);
    // These are the first two coefficients. Near zero their fractions cancel, so their series are used.
    let (zeroth, first) = if eta.abs() < 0.01 {
        let zeroth =
            -1.0 / 3.0 + eta * (1.0 / 12.0 + eta * (-2.0 / 135.0 + eta * (1.0 / 864.0 + eta / 2835.0)));
        (zeroth, -1.0 / 540.0 - eta / 288.0)
    } else {
        let zeroth = 1.0 / excess - 1.0 / eta;
        (zeroth, 1.0 / eta.powi(3) - 1.0 / excess.powi(3) - 1.0 / excess.powi(2) - 1.0 / (12.0 * excess))
    };
    let stirling = 1.0 + 1.0 / (12.0 * a) + 1.0 / (288.0 * a * a);
    (1.0 + excess) * stirling * (a.sqrt() * normal::mills_ratio(-eta * a.sqrt()) + zeroth + first / a)
}

/// Returns x − ln(1 + x), by its series where the two nearly cancel.
fn x_minus_ln_1p(x: f64) -> f64 {
    if x.abs() > 0.1 {
        return x - x.ln_1p();
    }
    let (mut power, mut sum) = (x, 0.0);
    for k in 2..18_u8 {
        power *= -x;
        sum -= power / f64::from(k);
    }
    sum
}

/// The distribution function of a Poisson variable at a fixed count, for increasing means.
pub(crate) struct PoissonCdf {
    most: f64,
    mean: f64,
    weight: Option<f64>,
}

impl PoissonCdf {
    /// Prepares P(K ≤ `most`) for a variable of that mean and of larger ones.
    pub(crate) fn new(most: f64, mean: f64) -> Self {
        Self { most, mean, weight: weight(most, mean) }
    }

    /// Returns P(K ≤ most) at a mean that is larger by `more`, relative to P(K ≤ most) at the first mean.
    pub(crate) fn ratio(&self, more: f64) -> f64 {
        let (most, mean) = (self.most, self.mean);
        match (self.weight, weight(most, mean + more)) {
            (Some(before), Some(after)) if mean > 0.0 => {
                (most * (more / mean).ln_1p() - more + (after / before).ln()).exp().min(1.0)
            }
            (_, Some(after)) => (ln_probability(most, mean + more) + after.ln()).exp().min(1.0),
            (_, None) => 1.0,
        }
    }
}

/// Returns the logarithm of a Poisson probability, by Stirling's formula for the factorial, arranged so that
/// nothing cancels.
fn ln_probability(count: f64, mean: f64) -> f64 {
    if count < 16.0 {
        let factorial: f64 = (1..=count as u32).map(|i| f64::from(i).ln()).sum();
        return count * mean.ln() - mean - factorial;
    }
    let x = mean / count - 1.0;
    let correction = 1.0 / (12.0 * count) - 1.0 / (360.0 * count.powi(3));
    -count * x_minus_ln_1p(x) - 0.5 * (std::f64::consts::TAU * count).ln() - correction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distribution() {
        let check = |most, mean, more, expected: f64| {
            let actual = PoissonCdf::new(most, mean).ratio(more);
            assert!((actual - expected).abs() <= 1e-9, "{most}, {mean}, {more}: {actual}, not {expected}");
        };
        check(0.0, 0.0, 2.0, (-2.0_f64).exp());
        check(1.0, 0.0, 2.0, 3.0 * (-2.0_f64).exp());
        check(20.0, 0.0, 20.0, 0.559_092_584_046);
        check(1.0, 2.0, 1.0, 4.0 * (-3.0_f64).exp() / (3.0 * (-2.0_f64).exp()));
        check(1_000.0, 0.0, 1.0, 1.0);
        check(1e8, 0.0, 1.0, 1.0);
    }

    #[test]
    fn the_expansion_continues_the_sum() {
        for top in [1e5, 1e6] {
            for deviations in [-5.0, -1.0, -0.1, -0.01, 0.0, 0.001, 0.1, 1.0, 5.0, 20.0] {
                let mean = top + deviations * f64::sqrt(top);
                let TruncatedPoisson::Truncated { weight: summed, moment, variance } =
                    TruncatedPoisson::summed(top, mean)
                else {
                    panic!("{top}, {mean}");
                };
                let expanded = expanded_weight(top, mean);
                assert!(
                    (expanded / summed - 1.0).abs() < 2e-13,
                    "{top}, {deviations}: {expanded} is not {summed}"
                );
                let distance = TruncatedPoisson::distance(top, mean);
                assert!(
                    (distance.0 * summed / moment - 1.0).abs() < 1e-8,
                    "{top}, {deviations}: {distance:?}"
                );
                assert!(
                    (distance.1 / variance - 1.0).abs() < 1e-5,
                    "{top}, {deviations}: {distance:?}, {variance}"
                );
            }
        }
    }
}
