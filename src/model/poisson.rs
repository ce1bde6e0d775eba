//! Poisson distributions, cut off and whole.

/// How a Poisson distribution of mean `a`, cut off above `top`, spreads below its topmost state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TruncatedPoisson {
    /// The topmost state counts.
    Reached {
        /// All states together, where the topmost weighs 1: the inverse of Erlang B.
        weight: f64,
        /// The same sum with every state weighed by its distance from the top.
        moment: f64,
        /// The same sum with every state weighed by the square of that distance.
        square: f64,
    },
    /// The topmost state is never reached, within what numbers can tell: nothing is cut off.
    FarBelow,
}

impl TruncatedPoisson {
    /// Sums from the top downwards, each term the one before times state / a.
    pub(super) fn below(top: f64, mean: f64) -> Self {
        let (mut term, mut weight, mut moment, mut square) = (1.0_f64, 1.0_f64, 0.0_f64, 0.0_f64);
        let (mut state, mut distance) = (top, 0.0_f64);
        while state > 0.0 && term >= 1e-17 * weight {
            term *= state / mean;
            distance += 1.0;
            weight += term;
            moment += term * distance;
            square += term * distance * distance;
            state -= 1.0;
            if weight > 1e280 {
                return Self::FarBelow;
            }
        }
        Self::Reached { weight, moment, square }
    }

    /// Mean and variance of the distance from the top.
    pub(super) fn distance(top: f64, mean: f64) -> (f64, f64) {
        match Self::below(top, mean) {
            Self::Reached { weight, moment, square } => {
                let distance = moment / weight;
                (distance, (square / weight - distance * distance).max(0.0))
            }
            Self::FarBelow => (top - mean, mean),
        }
    }
}

/// How often a Poisson variable of that mean is at most `most`.
///
/// Summed from the top where that is short; by Wilson and Hilferty's transformation, to about 1e-6, for means beyond a
/// thousand.
pub(super) fn at_most(most: f64, mean: f64) -> f64 {
    if mean <= 0.0 {
        return 1.0;
    }
    if most > 1000.0 {
        let states = most + 1.0;
        let x = (mean / states).powf(1.0 / 3.0) - (1.0 - 1.0 / (9.0 * states));
        return super::normal::below(-3.0 * states.sqrt() * x);
    }
    match TruncatedPoisson::below(most, mean) {
        TruncatedPoisson::Reached { weight, .. } => (logarithm(most, mean) + weight.ln()).exp().min(1.0),
        TruncatedPoisson::FarBelow => 1.0,
    }
}

/// The logarithm of a Poisson probability, by Stirling's formula for the factorial, arranged so that nothing cancels.
fn logarithm(count: f64, mean: f64) -> f64 {
    if count < 16.0 {
        let factorial: f64 = (1..=count as u32).map(|i| f64::from(i).ln()).sum();
        return count * mean.ln() - mean - factorial;
    }
    let x = mean / count - 1.0;
    let correction = 1.0 / (12.0 * count) - 1.0 / (360.0 * count.powi(3));
    count * (x.ln_1p() - x) - 0.5 * (std::f64::consts::TAU * count).ln() - correction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distribution() {
        let check = |most, mean, expected: f64, error: f64| {
            let found = at_most(most, mean);
            assert!(
                (found - expected).abs() <= error,
                "P(Poisson({mean}) ≤ {most}) = {found}, not {expected}"
            );
        };
        check(0.0, 2.0, (-2.0_f64).exp(), 1e-15);
        check(1.0, 2.0, 3.0 * (-2.0_f64).exp(), 1e-15);
        check(20.0, 20.0, 0.559_092_584_046, 1e-9);
        check(5.0, 0.0, 1.0, 0.0);
        check(1_000.0, 1.0, 1.0, 0.0);
        // On both sides of the change of method.
        let (summed, transformed) = (at_most(1_000.0, 1_020.0), at_most(1_001.0, 1_021.0));
        assert!((summed - transformed).abs() < 1e-3, "{summed} and {transformed}");
    }
}
