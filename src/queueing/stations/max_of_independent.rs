//! The maximum of several independent times that start together, each a service after a wait in a queue.

use crate::queueing::stations::service_time_law::{Branch, ServiceTimeLaw};

/// A service before which some orders wait for an exponential time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DelayedService {
    pub(crate) law: ServiceTimeLaw,
    pub(crate) wait_probability: f64,
    /// The mean wait of those who wait, in seconds; 0 if nobody does.
    pub(crate) mean_wait: f64,
}

impl From<ServiceTimeLaw> for DelayedService {
    /// A service without a wait.
    fn from(law: ServiceTimeLaw) -> Self {
        Self { law, wait_probability: 0.0, mean_wait: 0.0 }
    }
}

impl DelayedService {
    /// Returns the probability that wait and service together take longer than `time`.
    fn tail(&self, time: f64) -> f64 {
        if self.mean_wait <= 0.0 || time < self.law.shift {
            return self.law.tail(time);
        }
        let random_time = time - self.law.shift;
        let random = |branch: &Branch| branch.probability * self.tail_of(branch, random_time);
        let constant = 1.0 - self.law.branches.iter().map(|branch| branch.probability).sum::<f64>();
        let constant = if constant > 0.5 {
            constant * self.wait_probability * (-random_time / self.mean_wait).exp()
        } else {
            0.0
        };
        constant + self.law.active_branches().map(random).sum::<f64>()
    }

    /// Computes the tail for one branch: the stages alone exceed the time, or only together with the wait.
    fn tail_of(&self, branch: &Branch, time: f64) -> f64 {
        let (x, rate) = (time / branch.stage, branch.stage / self.mean_wait);
        if branch.stages > 1 {
            return branch.tail(time, branch.stages) + self.wait_probability * stages_before(x, rate, branch);
        }
        let (service_tail, wait_tail, rate_gap) = ((-x).exp(), (-rate * x).exp(), 1.0 - rate);
        let y = rate_gap * x;
        // Where service and wait have nearly the same mean, the difference of the two exponentials cancels.
        let with_wait = if y.abs() < 1e-3 {
            service_tail * x * (1.0 + y * (0.5 + y / 6.0))
        } else {
            (wait_tail - service_tail) / rate_gap
        };
        service_tail + self.wait_probability * with_wait
    }
}

/// Returns the probability that several stages of mean 1 are over at `x` while an exponential of that rate
/// after them is not, B(k) = ∫ u^(k−1) e^(−u) / (k−1)! · e^(−r (x − u)) du.
///
/// With q(k) = x^(k−1) e^(−x) / (k−1)! each follows from the one before, B(k−1) = q(k) + (1 − r) B(k). The
/// recursion runs in the direction that makes errors smaller.
fn stages_before(x: f64, rate: f64, branch: &Branch) -> f64 {
    let stages = branch.stages;
    if rate.min(1.0) * x > 45.0 + 4.0 * f64::from(stages) {
        return 0.0;
    }
    if rate < 0.25 {
        // For a long wait, B(k) = e^(−r x) (1 − r)^(−k) P(k stages are over at (1 − r) x).
        let over = 1.0 - branch.tail((1.0 - rate) * x * branch.stage, stages);
        return (-rate * x).exp() * (1.0 - rate).powi(-stages.cast_signed()) * over;
    }
    let mut stage_density = (-x).exp();
    if rate >= 2.0 {
        let mut before = (-rate * x).exp();
        for stage in 1..=stages {
            before = (stage_density - before) / (rate - 1.0);
            stage_density *= x / f64::from(stage);
        }
        return before.max(0.0);
    }
    for stage in 1..=stages {
        stage_density *= x / f64::from(stage);
    }
    let (mut sum, mut power, mut stage) = (0.0, 1.0, f64::from(stages));
    while stage_density > 1e-17 || (stage < x && stage_density > 0.0) {
        sum += power * stage_density;
        stage += 1.0;
        stage_density *= x / stage;
        power *= 1.0 - rate;
    }
    sum
}

/// Returns mean and variance of the maximum of several independent times that start together, from ∫ 1 − Π (1
/// − tail) dt.
///
/// Between the shifts the integrand is smooth. Panels that grow with the distance from a shift follow it
/// outwards, each with eight Gauss points, to a relative error of about 1e-9.
///
/// The maximum of ten exponentials is 1 + 1/2 + … + 1/10 = 2.93 times their mean.
pub(crate) fn moments_of_max(times: &[DelayedService]) -> (f64, f64) {
    if let [DelayedService { law, mean_wait: 0.0, .. }] = times {
        return law.moments();
    }
    let (mut finest, mut reach) = (f64::INFINITY, 0.0_f64);
    for time in times {
        for branch in time.law.active_branches() {
            finest = finest.min(branch.stage);
            reach = reach.max(branch.stage * (40.0 + 4.0 * f64::from(branch.stages)));
        }
        if time.mean_wait > 0.0 {
            finest = finest.min(time.mean_wait);
            reach = reach.max(40.0 * time.mean_wait);
        }
    }
    let mut starts: Vec<f64> = times.iter().map(|time| time.law.shift).collect();
    starts.sort_by(f64::total_cmp);
    let end = starts[starts.len() - 1] + reach;
    starts.push(end);
    let tail_of_max = |at: f64| 1.0 - times.iter().map(|time| 1.0 - time.tail(at)).product::<f64>();
    // Times shorter than that do not show in the result.
    moments_of(tail_of_max, &starts, finest.max(1e-9 * end))
}

/// Returns mean and variance of a time from its `tail`, the probability to take longer, which is smooth
/// between the `breaks`.
fn moments_of(tail: impl Fn(f64) -> f64, breaks: &[f64], finest: f64) -> (f64, f64) {
    let (mut mean, mut square) = (breaks[0], breaks[0] * breaks[0]);
    for pair in breaks.windows(2) {
        let mut from = pair[0];
        while from < pair[1] {
            let width = finest.max(GROWTH * (from - pair[0]));
            let to = (from + width).min(pair[1]);
            let (middle, half) = (f64::midpoint(from, to), 0.5 * (to - from));
            for (x, weight) in GAUSS {
                for at in [middle - half * x, middle + half * x] {
                    let part = half * weight * tail(at);
                    mean += part;
                    square += 2.0 * at * part;
                }
            }
            from = to;
        }
    }
    (mean, (square - mean * mean).max(0.0))
}

/// The length of a panel relative to its distance from the break before it.
const GROWTH: f64 = 1.0;

/// Nodes and weights of the eight-point Gauss–Legendre rule.
const GAUSS: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
    (0.960_289_856_497_536_3, 0.101_228_536_290_376_26),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn law(mean: f64, squared: f64) -> ServiceTimeLaw {
        ServiceTimeLaw::fit(0.0, mean, squared)
    }

    fn check(times: &[DelayedService], expected: f64) {
        let actual = moments_of_max(times).0;
        assert!((actual - expected).abs() < 1e-8, "{actual} is not {expected}");
    }

    #[test]
    fn of_services() {
        check(&[0.3, 0.2, 0.4, 0.15].map(|mean| law(mean, 0.0).into()), 0.4);
        // Inclusion and exclusion of two exponentials: 0.3 + 0.2 − 1 / (1/0.3 + 1/0.2).
        check(&[law(0.3, 1.0).into(), law(0.2, 1.0).into()], 0.3 + 0.2 - 0.12);
        // Harmonic numbers: the maximum of ten is 2.93 times the mean.
        check(&[law(1.0, 1.0).into(); 10], 2.928_968_253_968_254);
    }

    #[test]
    fn one_time_has_its_own_moments() {
        for squared in [0.0, 0.01, 1.0 / 32.0, 0.04, 0.3, 0.5, 0.77, 1.0, 4.0, 100.0] {
            for wait in [0.0, 0.001, 0.3, 0.9, 1.0, 1.1, 5.0, 100.0] {
                let time = DelayedService {
                    law: ServiceTimeLaw::fit(0.1, 0.4, squared),
                    wait_probability: 0.3,
                    mean_wait: 0.4 * wait,
                };
                let (mean, variance) = moments_of_max(&[time, law(0.0, 0.0).into()]);
                let expected = 0.5 + 0.3 * time.mean_wait;
                assert!((mean / expected - 1.0).abs() < 1e-7, "{squared}, {wait}: {mean}, not {expected}");
                let expected = 0.16 * squared + 0.3 * 1.7 * time.mean_wait * time.mean_wait;
                assert!(
                    (variance - expected).abs() < 1e-5 * (expected + mean * mean),
                    "{squared}, {wait}: {variance}"
                );
            }
        }
    }

    #[test]
    fn of_two_that_wait() {
        // Both always wait: the maximum of two sums of two exponentials of mean 1 is 2 + 3/4.
        let time = DelayedService { law: law(1.0, 1.0), wait_probability: 1.0, mean_wait: 1.0 };
        check(&[time, time], 2.75);
    }
}
