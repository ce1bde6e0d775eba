//! Poisson distributions, cut off and whole.

use crate::queueing::numerics::normal;

/// From so many states on, a sum that would be long is taken from its uniform expansion.
const EXPANSION_THRESHOLD: f64 = 1e5;

/// How a Poisson distribution of mean `a`, cut off above `top`, spreads below its topmost state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum TruncatedPoisson {
    /// The topmost state counts.
    Truncated {
        /// All states together, where the topmost weighs 1: the inverse of Erlang B.
        weight: f64,
        /// The same sum with every state weighed by its distance from the top.
        moment: f64,
        /// The variance of that distance.
        variance: f64,
    },
    /// The topmost state is never reached, within what numbers can tell: nothing is cut off.
    Untruncated,
}

impl TruncatedPoisson {
    /// The distribution cut off above `top`.
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

    /// Sums from the top downwards, each term the one before times state / a.
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

    /// Mean and variance of the distance from the top.
    pub(crate) fn distance(top: f64, mean: f64) -> (f64, f64) {
        match Self::new(top, mean) {
            Self::Truncated { weight, moment, variance } => (moment / weight, variance),
            Self::Untruncated => (top - mean, mean),
        }
    }
}

/// All states of a Poisson distribution cut off above `top` together, where the topmost weighs 1: the inverse of Erlang B. `None`
/// where that is beyond all numbers.
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

/// The same for many states, from the incomplete gamma function's uniform expansion; relative error some 1e-13 at the least number
/// of states that it is used for, and less beyond.
///
/// Source: N. M. Temme, “The asymptotic expansion of the incomplete gamma functions”, 1979.
fn expanded_weight(top: f64, mean: f64) -> f64 {
    let a = top + 1.0;
    let excess = mean / a - 1.0;
    let eta = (2.0 * x_minus_ln_1p(excess)).sqrt().copysign(excess);
    // The first two coefficients; near zero their fractions cancel, and their series take over.
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

/// x − ln(1 + x), by its series where the two nearly cancel.
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

/// How often a Poisson variable is at most so much, for growing means.
pub(crate) struct PoissonCdf {
    most: f64,
    mean: f64,
    weight: Option<f64>,
}

impl PoissonCdf {
    /// To be at most `most`, from `mean` on.
    pub(crate) fn new(most: f64, mean: f64) -> Self {
        Self { most, mean, weight: weight(most, mean) }
    }

    /// How often one of a mean larger by `more` is, against how often one of the first mean is.
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

/// The logarithm of a Poisson probability, by Stirling's formula for the factorial, arranged so that nothing cancels.
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
            let found = PoissonCdf::new(most, mean).ratio(more);
            assert!((found - expected).abs() <= 1e-9, "{most}, {mean}, {more}: {found}, not {expected}");
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
