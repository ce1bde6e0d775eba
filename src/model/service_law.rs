//! The law of a service time of known mean and variability, as a mixture of exponentials that start after a shift.

use crate::units::{Time, Variability};

/// How long a service takes: never less than `shift`, and then one of two exponentials.
///
/// Mean and variability alone do not fix a law. This is the simplest one for each: constant at 0, exponential at 1, a
/// constant part followed by an exponential one between, and beyond 1 two exponentials of equal weight in the mean
/// (balanced means). A mean never depends on the choice; far percentiles beyond 1 do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ServiceLaw {
    /// What every service takes, in seconds.
    pub(super) shift: f64,
    /// The exponential parts: how often, and their mean in seconds.
    pub(super) phases: [(f64, f64); 2],
}

impl ServiceLaw {
    /// The law of that mean and variability, after a fixed delay.
    pub(super) fn new(delay: Time, mean: Time, variability: Variability) -> Self {
        let (delay, mean, squared) = (delay.seconds(), mean.seconds(), variability.squared());
        if squared <= 1.0 {
            let random = mean * squared.sqrt();
            Self { shift: delay + mean - random, phases: [(1.0, random), (0.0, 0.0)] }
        } else {
            let often = f64::midpoint(1.0, ((squared - 1.0) / (squared + 1.0)).sqrt());
            let rare = 1.0 - often;
            Self { shift: delay, phases: [(often, mean / (2.0 * often)), (rare, mean / (2.0 * rare))] }
        }
    }

    /// The mean.
    pub(super) fn mean(&self) -> f64 {
        self.shift + self.phases.iter().map(|(share, mean)| share * mean).sum::<f64>()
    }

    /// The share of services that take longer than `time`.
    pub(super) fn tail(&self, time: f64) -> f64 {
        let beyond = time - self.shift;
        if beyond < 0.0 {
            return 1.0;
        }
        let tail =
            |&(share, mean): &(f64, f64)| if mean > 0.0 { share * (-beyond / mean).exp() } else { 0.0 };
        self.phases.iter().map(tail).sum()
    }

    /// The longest of its exponential parts.
    fn slowest_phase(&self) -> f64 {
        self.phases
            .iter()
            .filter(|(share, _)| *share > 0.0)
            .fold(0.0, |slowest, (_, mean)| slowest.max(*mean))
    }
}

/// The mean of the slowest of several independent services that start together: ∫ 1 − Π (1 − tail) dt.
///
/// Between the shifts the integrand is a sum of exponentials; panels that double in length follow it outwards, each with
/// eight Gauss points, to a relative error of about 1e-9.
pub(super) fn mean_of_slowest(laws: &[ServiceLaw]) -> f64 {
    let any = |time: f64| 1.0 - laws.iter().map(|law| 1.0 - law.tail(time)).product::<f64>();
    let mut starts: Vec<f64> = laws.iter().map(|law| law.shift).collect();
    starts.sort_by(f64::total_cmp);
    let slowest = laws.iter().map(ServiceLaw::slowest_phase).fold(0.0, f64::max);
    let phases = laws.iter().flat_map(|law| law.phases).filter(|(share, mean)| *share > 0.0 && *mean > 0.0);
    let fastest = phases.map(|(_, mean)| mean).fold(f64::INFINITY, f64::min);
    let end = starts.last().copied().unwrap_or(0.0) + 45.0 * slowest;
    let mut total = starts.first().copied().unwrap_or(0.0);
    starts.push(end);
    for pair in starts.windows(2) {
        let (mut from, mut width) = (pair[0], 0.5 * fastest);
        while from < pair[1] {
            let to = (from + width).min(pair[1]);
            total += gauss(from, to, any);
            (from, width) = (to, 2.0 * width);
        }
    }
    total
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
    fn every_law_has_its_mean() {
        for squared in [0.0, 0.3, 1.0, 4.0, 100.0] {
            assert!((law(400.0, squared).mean() - 0.4).abs() < 1e-12);
            let integral = mean_of_slowest(&[law(400.0, squared)]);
            assert!((integral - 0.4).abs() < 1e-8, "{squared}: {integral}");
        }
    }

    #[test]
    fn the_slowest_of_several() {
        let check = |laws: &[ServiceLaw], expected: f64| {
            let found = mean_of_slowest(laws);
            assert!((found - expected).abs() < 1e-8, "{found} is not {expected}");
        };
        check(&[law(300.0, 0.0), law(200.0, 0.0), law(400.0, 0.0), law(150.0, 0.0)], 0.4);
        // Inclusion and exclusion of two exponentials: 0.3 + 0.2 − 1 / (1/0.3 + 1/0.2).
        check(&[law(300.0, 1.0), law(200.0, 1.0)], 0.3 + 0.2 - 0.12);
        // Harmonic numbers: the slowest of ten takes 2.93 times the mean.
        check(&[law(1_000.0, 1.0); 10], 2.928_968_253_968_254);
    }
}
