//! The distribution of a sum of independent times, on a grid.

use crate::queueing::numerics::root;
use crate::queueing::stations::service_time_law::ServiceTimeLaw;
use crate::queueing::stations::wait::Wait;

/// The distribution of a sum of independent times: a fixed shift, and a random part given by its cumulative
/// distribution on an even grid that starts at zero. Times are in seconds.
///
/// Adding an exponential time costs one pass: the new distribution follows G' = (F − G) / mean, solved
/// exactly for a cubic through the neighbouring points of F.
#[derive(Debug, Clone)]
pub(crate) struct TimeDistribution {
    shift: f64,
    step: f64,
    cdf: Vec<f64>,
}

impl TimeDistribution {
    /// Tabulates a time on a grid of `points` that reaches `reach` beyond `shift`, where `below(t)` is the
    /// probability that the time is at most `shift` + `t`.
    pub(crate) fn new(points: usize, shift: f64, reach: f64, below: &dyn Fn(f64) -> f64) -> Self {
        let step = reach.max(1e-12) / (points - 1) as f64;
        Self { shift, step, cdf: (0..points).map(|i| below(i as f64 * step)).collect() }
    }

    /// Adds a service.
    pub(crate) fn add(&mut self, law: &ServiceTimeLaw) {
        self.shift += law.shift;
        let mut sums: Vec<f64> = Vec::new();
        let (mut stage, mut stages) = (0.0, 0);
        let mut after: Vec<f64> = Vec::new();
        // With equal stages the longer branch comes after the shorter and continues from there.
        for branch in law.branches.iter().rev().filter(|branch| branch.probability > 0.0) {
            if after.is_empty() || (branch.stage - stage).abs() > 0.0 || branch.stages < stages {
                (stage, stages) = (branch.stage, 0);
                after.clone_from(&self.cdf);
            }
            while stages < branch.stages {
                after = with_exponential(&after, self.step / stage);
                stages += 1;
            }
            sums.resize(after.len(), 0.0);
            sums.iter_mut().zip(&after).for_each(|(sum, after)| *sum += branch.probability * after);
        }
        if !sums.is_empty() {
            self.cdf = sums;
        }
    }

    /// Adds a wait.
    pub(crate) fn add_wait(&mut self, wait: &Wait) {
        if wait.probability <= 0.0 {
            return;
        }
        let before = self.cdf.clone();
        self.add(&wait.law());
        self.cdf
            .iter_mut()
            .zip(before)
            .for_each(|(f, before)| *f = before + wait.probability * (*f - before));
    }

    /// Returns the probability that the time is at most `time`.
    pub(crate) fn cdf(&self, time: f64) -> f64 {
        let at = (time - self.shift) / self.step;
        // A time that equals the shift to within rounding counts as reached.
        if at < -1e-6 {
            return 0.0;
        }
        let points = self.cdf.len();
        if at >= (points - 1) as f64 {
            return 1.0;
        }
        // A cubic through the four points around it.
        let first = (at as usize).saturating_sub(1).min(points - 4);
        let v = (at - first as f64).max(0.0);
        let neighbours = &self.cdf[first..first + 4];
        let (a, b, c, d) = (v, v - 1.0, v - 2.0, v - 3.0);
        let value = neighbours[0] * b * c * d / -6.0 + neighbours[1] * a * c * d / 2.0
            - neighbours[2] * a * b * d / 2.0
            + neighbours[3] * a * b * c / 6.0;
        value.clamp(0.0, 1.0)
    }

    /// Returns the time that the share of all cases does not exceed.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        let above = self.cdf.partition_point(|below| *below < share);
        if above == 0 {
            return self.shift;
        }
        let at = |i: usize| self.shift + self.step * i.min(self.cdf.len() - 1) as f64;
        root::find_root(at(above - 1), at(above), |time| self.cdf(time) - share)
    }
}

/// Adds an exponential time to the distribution `below`, where `pace` is the grid's step over its mean.
fn with_exponential(below: &[f64], pace: f64) -> Vec<f64> {
    let last = below.len() - 1;
    let decay = (-pace).exp();
    let moments = exponential_moments(pace);
    let left = cubic_weights(0.0, &moments);
    let inner = cubic_weights(1.0, &moments);
    let right = cubic_weights(2.0, &moments);
    let mut after = Vec::with_capacity(below.len());
    let mut sum = 0.0;
    after.push(sum);
    for i in 0..last {
        let (weights, first) = match i {
            0 => (&left, 0),
            _ if i + 1 == last => (&right, i - 2),
            _ => (&inner, i - 1),
        };
        let neighbours = &below[first..first + 4];
        sum = sum * decay + neighbours.iter().zip(weights).map(|(f, weight)| f * weight).sum::<f64>();
        after.push(sum);
    }
    after
}

/// Returns ∫ pace · e^(−pace (1 − v)) · v^k dv over 0 to 1, for k = 0 to 3.
fn exponential_moments(pace: f64) -> [f64; 4] {
    if pace > 1.0 {
        let zeroth = -(-pace).exp_m1();
        let next = |k: f64, before: f64| 1.0 - k / pace * before;
        let first = next(1.0, zeroth);
        let second = next(2.0, first);
        return [zeroth, first, second, next(3.0, second)];
    }
    // The recursion above cancels for small paces; the series does not.
    [0, 1, 2, 3].map(|k| {
        let mut term = pace / f64::from(k + 1);
        let mut sum = term;
        for j in 1..20 {
            term *= -pace / f64::from(k + 1 + j);
            sum += term;
        }
        sum
    })
}

/// Returns the weights of four neighbouring values in the integral over one step, which begins at the
/// `start`-th of them.
fn cubic_weights(start: f64, moments: &[f64; 4]) -> [f64; 4] {
    const NODES: [f64; 4] = [0.0, 1.0, 2.0, 3.0];
    [0, 1, 2, 3].map(|node: usize| {
        // Lagrange's polynomial of this node, as a polynomial of v = x − start.
        let mut polynomial = [1.0, 0.0, 0.0, 0.0];
        for other in (0..4).filter(|other| *other != node) {
            let apart = NODES[node] - NODES[other];
            let mut next = [0.0; 4];
            for (power, coefficient) in polynomial.iter().enumerate() {
                next[power] += coefficient * (start - NODES[other]) / apart;
                if power < 3 {
                    next[power + 1] += coefficient / apart;
                }
            }
            polynomial = next;
        }
        polynomial.iter().zip(moments).map(|(coefficient, moment)| coefficient * moment).sum()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum_of(laws: &[(f64, f64)]) -> TimeDistribution {
        let mut distribution = TimeDistribution::new(2048, 0.0, 8.0, &|_| 1.0);
        for &(mean, squared) in laws {
            distribution.add(&ServiceTimeLaw::fit(0.0, mean, squared));
        }
        distribution
    }

    fn check(actual: f64, expected: f64, error: f64) {
        assert!((actual - expected).abs() <= error * expected, "{actual} is not {expected}");
    }

    #[test]
    fn one_exponential_has_its_quantiles() {
        let distribution = sum_of(&[(0.5, 1.0)]);
        check(distribution.quantile(0.5), 0.5 * 2.0_f64.ln(), 1e-8);
        check(distribution.quantile(0.99), 0.5 * 100.0_f64.ln(), 1e-7);
        check(distribution.cdf(0.5), 1.0 - (-1.0_f64).exp(), 1e-9);
    }

    #[test]
    fn four_different_exponentials() {
        let distribution = sum_of(&[(0.3, 1.0), (0.2, 1.0), (0.4, 1.0), (0.15, 1.0)]);
        check(distribution.quantile(0.5), 0.947_430_494_284_633_2, 1e-7);
        check(distribution.quantile(0.95), 2.108_592_104_874_429_4, 1e-7);
        check(distribution.quantile(0.99), 2.803_656_175_119_641_6, 1e-7);
    }

    #[test]
    fn what_is_constant_stays_so() {
        let distribution = sum_of(&[(0.3, 0.0), (0.75, 0.0)]);
        for share in [0.01, 0.5, 0.99] {
            check(distribution.quantile(share), 1.05, 1e-12);
        }
        assert!(distribution.cdf(1.049) <= 0.0 && distribution.cdf(1.05) >= 1.0);
    }

    #[test]
    fn half_of_all_wait() {
        let mut distribution = sum_of(&[]);
        distribution.add_wait(&Wait { probability: 0.5, conditional_mean: 1.0, squared: 1.0 });
        check(distribution.quantile(0.75), 2.0_f64.ln(), 1e-7);
        assert!(distribution.quantile(0.49) <= 0.0);
    }

    #[test]
    fn steps_much_shorter_than_the_grid_do_no_harm() {
        let distribution = sum_of(&[(1.0, 1.0), (0.000_1, 1.0)]);
        check(distribution.quantile(0.5), 2.0_f64.ln() + 0.000_1, 1e-6);
    }
}
