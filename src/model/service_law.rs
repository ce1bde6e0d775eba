//! The law of a service time of known mean and variability.

use crate::units::order::sort_by_number;
use crate::units::{Time, Variability};

/// The most exponential stages that stand in for one service.
const MOST_STAGES: u32 = 32;

/// How long a service takes: a fixed shift, and then one of two sums of exponential stages.
///
/// Mean and variability alone do not fix a law. This is the usual choice for each: constant at 0, exponential at 1; between
/// them, stages in a row (close to the gamma law); beyond 1, two exponentials with the same share of the mean each
/// (hyperexponential with balanced means). A mean never depends on the choice; far percentiles beyond 1 do.
///
/// Source: H. C. Tijms, “Stochastic Models”, 1994, for fitting two moments.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ServiceLaw {
    /// What every service takes, in seconds.
    pub(super) shift: f64,
    /// What may follow.
    pub(super) branches: [Branch; 2],
}

/// Exponential stages in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Branch {
    /// How often a service goes this way.
    pub(super) share: f64,
    /// How many stages there are.
    pub(super) stages: u32,
    /// The mean of each, in seconds.
    pub(super) stage: f64,
}

impl ServiceLaw {
    /// The law of that mean and variability, after a fixed delay.
    pub(super) fn new(delay: Time, mean: Time, variability: Variability) -> Self {
        Self::fitted(delay.seconds(), mean.seconds(), variability.squared())
    }

    /// The law of a mean and a squared coefficient of variation in plain numbers, after a fixed delay.
    pub(super) fn fitted(delay: f64, mean: f64, squared: f64) -> Self {
        const NEVER: Branch = Branch { share: 0.0, stages: 1, stage: 0.0 };
        let least = 1.0 / f64::from(MOST_STAGES);
        if mean <= 0.0 || squared <= 0.0 {
            Self { shift: delay + mean, branches: [NEVER, NEVER] }
        } else if squared > 1.0 {
            let often = f64::midpoint(1.0, ((squared - 1.0) / (squared + 1.0)).sqrt());
            let branch = |share| Branch { share, stages: 1, stage: mean / (2.0 * share) };
            Self { shift: delay, branches: [branch(often), branch(1.0 - often)] }
        } else if squared >= least {
            let stages = (1.0 / squared - 1e-9).ceil();
            let fewer =
                stages * squared - (stages * (1.0 + squared) - stages * stages * squared).max(0.0).sqrt();
            let fewer = (fewer / (1.0 + squared)).clamp(0.0, 1.0);
            let stage = mean / (stages - fewer);
            let branch = |share, stages: f64| Branch { share, stages: stages.max(1.0) as u32, stage };
            Self { shift: delay, branches: [branch(1.0 - fewer, stages), branch(fewer, stages - 1.0)] }
        } else {
            let random = mean * (squared / least).sqrt();
            let branch = Branch { share: 1.0, stages: MOST_STAGES, stage: random * least };
            Self { shift: delay + mean - random, branches: [branch, NEVER] }
        }
    }

    /// Whether every service takes the same time.
    pub(super) fn is_constant(&self) -> bool {
        self.branches.iter().all(|branch| branch.share <= 0.0)
    }

    /// Mean and variance.
    pub(super) fn moments(&self) -> (f64, f64) {
        let (mean, square) = self.moments_until(f64::INFINITY);
        (mean, (square - mean * mean).max(0.0))
    }

    /// The first two moments of what is left of the service when it is cut off at `timeout`: E min(S, τ), E min(S, τ)².
    pub(super) fn moments_until(&self, timeout: f64) -> (f64, f64) {
        let beyond = timeout - self.shift;
        if beyond <= 0.0 {
            return (timeout, timeout * timeout);
        }
        let (mut mean, mut square) = (0.0, 0.0);
        for branch in &self.branches {
            for stage in 0..branch.stages {
                mean += branch.share * branch.stage * (1.0 - branch.tail(beyond, stage + 1));
                let weight = 2.0 * f64::from(stage + 1) * branch.stage * branch.stage;
                square += branch.share * weight * (1.0 - branch.tail(beyond, stage + 2));
            }
        }
        (self.shift + mean, self.shift * (self.shift + 2.0 * mean) + square)
    }

    /// The share of services that take longer than `time`.
    pub(super) fn tail(&self, time: f64) -> f64 {
        let beyond = time - self.shift;
        if beyond < 0.0 {
            return 1.0;
        }
        self.branches.iter().map(|branch| branch.share * branch.tail(beyond, branch.stages)).sum()
    }
}

impl Branch {
    /// How often `stages` of them take longer than `time` together: e^(−y) Σ y^j / j!.
    fn tail(&self, time: f64, stages: u32) -> f64 {
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

/// Mean and variance of the slowest of several independent services that start together, from ∫ 1 − Π (1 − tail) dt.
///
/// Between the shifts the integrand is smooth; panels that double in length follow it outwards, each with eight Gauss
/// points, to a relative error of about 1e-9.
pub(super) fn slowest_of(laws: &[ServiceLaw]) -> (f64, f64) {
    if let [law] = laws {
        return law.moments();
    }
    let any = |time: f64| 1.0 - laws.iter().map(|law| 1.0 - law.tail(time)).product::<f64>();
    let used = || laws.iter().flat_map(|law| law.branches).filter(|branch| branch.share > 0.0);
    let finest = used().map(|branch| 0.5 * branch.stage).fold(f64::INFINITY, f64::min);
    let coarsest = used().map(|branch| branch.stage * f64::from(branch.stages).sqrt()).fold(0.0, f64::max);
    let reach =
        used().map(|branch| branch.stage * (45.0 + 4.0 * f64::from(branch.stages))).fold(0.0, f64::max);
    let mut starts: Vec<f64> = laws.iter().map(|law| law.shift).collect();
    sort_by_number(&mut starts, |start| *start);
    starts.push(starts[starts.len() - 1] + reach);
    moments_of(any, &starts, finest, coarsest)
}

/// Mean and variance of a time, given how often it takes `longer` than each, which is a smooth function between the `breaks`.
/// Panels double in length from each break on, between the two widths.
pub(super) fn moments_of(
    longer: impl Fn(f64) -> f64,
    breaks: &[f64],
    finest: f64,
    coarsest: f64,
) -> (f64, f64) {
    let (mut mean, mut square) = (breaks[0], breaks[0] * breaks[0]);
    for pair in breaks.windows(2) {
        let (mut from, mut width) = (pair[0], finest);
        while from < pair[1] {
            let to = (from + width).min(pair[1]);
            mean += gauss(from, to, &longer);
            square += gauss(from, to, |time| 2.0 * time * longer(time));
            (from, width) = (to, (2.0 * width).min(coarsest.max(finest)));
        }
    }
    (mean, (square - mean * mean).max(0.0))
}

/// Gauss and Legendre's rule with eight points.
fn gauss(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    const POINTS: [(f64, f64); 4] = [
        (0.183_434_642_495_649_8, 0.362_683_783_378_362),
        (0.525_532_409_916_329, 0.313_706_645_877_887_3),
        (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
        (0.960_289_856_497_536_3, 0.101_228_536_290_376_26),
    ];
    let (middle, half) = (f64::midpoint(from, to), 0.5 * (to - from));
    half * POINTS
        .iter()
        .map(|(x, weight)| weight * (f(middle - half * x) + f(middle + half * x)))
        .sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law(millis: f64, squared: f64) -> ServiceLaw {
        ServiceLaw::new(Time::ZERO, Time::from_millis(millis), Variability::new(squared))
    }

    #[test]
    fn every_law_has_its_mean_and_variability() {
        for squared in [0.0, 0.01, 1.0 / 32.0, 0.3, 0.5, 0.77, 1.0, 4.0, 100.0] {
            let law = ServiceLaw::fitted(0.1, 0.4, squared);
            let (mean, variance) = law.moments();
            assert!((mean - 0.5).abs() < 1e-12, "{squared}: {mean}");
            assert!((variance - 0.16 * squared).abs() < 1e-10, "{squared}: {variance}");
            let (mean, variance) = slowest_of(&[law, ServiceLaw::fitted(0.0, 0.0, 0.0)]);
            assert!((mean - 0.5).abs() < 1e-8, "{squared}: {mean} by integration");
            assert!((variance - 0.16 * squared).abs() < 1e-6, "{squared}: {variance} by integration");
        }
    }

    #[test]
    fn a_service_that_is_cut_off() {
        let check = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found}");
        check(law(300.0, 1.0).moments_until(1.0).0, 0.3 * (1.0 - (-1.0_f64 / 0.3).exp()));
        check(law(300.0, 0.0).moments_until(0.2).0, 0.2);
        check(law(300.0, 0.0).moments_until(1.0).1, 0.09);
    }

    #[test]
    fn the_slowest_of_several() {
        let check = |laws: &[ServiceLaw], expected: f64| {
            let found = slowest_of(laws).0;
            assert!((found - expected).abs() < 1e-8, "{found} is not {expected}");
        };
        check(&[law(300.0, 0.0), law(200.0, 0.0), law(400.0, 0.0), law(150.0, 0.0)], 0.4);
        // Inclusion and exclusion of two exponentials: 0.3 + 0.2 − 1 / (1/0.3 + 1/0.2).
        check(&[law(300.0, 1.0), law(200.0, 1.0)], 0.3 + 0.2 - 0.12);
        // Harmonic numbers: the slowest of ten takes 2.93 times the mean.
        check(&[law(1_000.0, 1.0); 10], 2.928_968_253_968_254);
    }
}
