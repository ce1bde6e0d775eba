//! The probability law that stands for a service time of known mean and variability.

use crate::units::{Time, Variability};

/// The maximum number of exponential stages that represent one service.
const MAX_STAGES: u32 = 32;

/// A service time: a fixed shift, and then one of two sums of exponential stages.
///
/// Mean and variability alone do not fix a law. This is the usual choice for each: constant at 0, exponential
/// at 1; between them, stages in a row (close to the gamma law); beyond 1, two exponentials with the same
/// share of the mean each (hyperexponential with balanced means). A mean never depends on the choice; far
/// percentiles beyond 1 do.
///
/// Source: H. C. Tijms, “Stochastic Models”, 1994, for fitting two moments.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ServiceTimeLaw {
    /// The fixed part, in seconds.
    pub(crate) shift: f64,
    /// The alternatives for the random part.
    pub(crate) branches: [Branch; 2],
}

/// Exponential stages in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Branch {
    /// The probability that a service takes this branch.
    pub(crate) probability: f64,
    pub(crate) stages: u32,
    /// The mean of each stage, in seconds.
    pub(crate) stage: f64,
}

impl ServiceTimeLaw {
    /// Fits the law of that mean and variability, after a fixed delay.
    pub(crate) fn new(delay: Time, mean: Time, variability: Variability) -> Self {
        Self::fit(delay.seconds(), mean.seconds(), variability.squared())
    }

    /// Fits the law of a mean in seconds and a squared coefficient of variation, after a fixed delay in
    /// seconds.
    pub(crate) fn fit(delay: f64, mean: f64, squared: f64) -> Self {
        Self::with_max_stages(MAX_STAGES, delay, mean, squared)
    }

    /// Fits a law with at most `most` stages. A service that varies less takes a fixed time and then all
    /// stages.
    pub(crate) fn with_max_stages(most: u32, delay: f64, mean: f64, squared: f64) -> Self {
        const UNUSED: Branch = Branch { probability: 0.0, stages: 1, stage: 0.0 };
        let least = 1.0 / f64::from(most);
        if mean <= 0.0 || squared <= 0.0 {
            Self { shift: delay + mean, branches: [UNUSED, UNUSED] }
        } else if squared > 1.0 {
            let often = f64::midpoint(1.0, ((squared - 1.0) / (squared + 1.0)).sqrt());
            let branch = |probability| Branch { probability, stages: 1, stage: mean / (2.0 * probability) };
            Self { shift: delay, branches: [branch(often), branch(1.0 - often)] }
        } else if squared >= least {
            let stages = (1.0 / squared - 1e-9).ceil();
            let short_share =
                stages * squared - (stages * (1.0 + squared) - stages * stages * squared).max(0.0).sqrt();
            let short_share = (short_share / (1.0 + squared)).clamp(0.0, 1.0);
            let stage = mean / (stages - short_share);
            let branch =
                |probability, stages: f64| Branch { probability, stages: stages.max(1.0) as u32, stage };
            Self {
                shift: delay,
                branches: [branch(1.0 - short_share, stages), branch(short_share, stages - 1.0)],
            }
        } else {
            let random = mean * (squared / least).sqrt();
            let branch = Branch { probability: 1.0, stages: most, stage: random * least };
            Self { shift: delay + mean - random, branches: [branch, UNUSED] }
        }
    }

    /// Returns the branches that have a probability.
    pub(crate) fn active_branches(&self) -> impl Iterator<Item = &Branch> {
        self.branches.iter().filter(|branch| branch.probability > 0.0)
    }

    /// Returns mean and variance, in seconds and seconds squared.
    pub(crate) fn moments(&self) -> (f64, f64) {
        let (mean, square) = self.truncated_moments(f64::INFINITY);
        (mean, (square - mean * mean).max(0.0))
    }

    /// Returns the first two moments of a service that is cut off at `timeout`: E min(S, τ) and E min(S, τ)².
    pub(crate) fn truncated_moments(&self, timeout: f64) -> (f64, f64) {
        let random_time = timeout - self.shift;
        if random_time <= 0.0 {
            return (timeout, timeout * timeout);
        }
        let (mut mean, mut square) = (0.0, 0.0);
        for branch in &self.branches {
            for stage in 0..branch.stages {
                mean += branch.probability * branch.stage * (1.0 - branch.tail(random_time, stage + 1));
                let weight = 2.0 * f64::from(stage + 1) * branch.stage * branch.stage;
                square += branch.probability * weight * (1.0 - branch.tail(random_time, stage + 2));
            }
        }
        (self.shift + mean, self.shift * (self.shift + 2.0 * mean) + square)
    }

    /// Returns the share of services that take longer than `time`, in seconds.
    pub(crate) fn tail(&self, time: f64) -> f64 {
        let random_time = time - self.shift;
        if random_time < 0.0 {
            return 1.0;
        }
        self.branches.iter().map(|branch| branch.probability * branch.tail(random_time, branch.stages)).sum()
    }
}

impl Branch {
    /// Returns the probability that `stages` of them take longer than `time` together: e^(−y) Σ y^j / j!.
    pub(crate) fn tail(&self, time: f64, stages: u32) -> f64 {
        if self.stage <= 0.0 || time == f64::INFINITY {
            return 0.0;
        }
        let y = time / self.stage;
        let mut term = (-y).exp();
        let mut sum = term;
        for j in 1..stages {
            term *= y / f64::from(j);
            sum += term;
        }
        sum.min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law(millis: f64, squared: f64) -> ServiceTimeLaw {
        ServiceTimeLaw::new(Time::ZERO, Time::from_millis(millis), Variability::new(squared))
    }

    #[test]
    fn every_law_has_its_mean_and_variability() {
        for squared in [0.0, 0.01, 1.0 / 32.0, 0.3, 0.5, 0.77, 1.0, 4.0, 100.0] {
            let law = ServiceTimeLaw::fit(0.1, 0.4, squared);
            let (mean, variance) = law.moments();
            assert!((mean - 0.5).abs() < 1e-12, "{squared}: {mean}");
            assert!((variance - 0.16 * squared).abs() < 1e-10, "{squared}: {variance}");
        }
    }

    #[test]
    fn a_service_that_is_cut_off() {
        let check = |actual: f64, expected: f64| assert!((actual - expected).abs() < 1e-12, "{actual}");
        check(law(300.0, 1.0).truncated_moments(1.0).0, 0.3 * (1.0 - (-1.0_f64 / 0.3).exp()));
        check(law(300.0, 0.0).truncated_moments(0.2).0, 0.2);
        check(law(300.0, 0.0).truncated_moments(1.0).1, 0.09);
    }
}
