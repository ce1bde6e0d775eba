//! The chain inside the pool, by the number of orders in it.
//!
//! The convolution knows each step with exponential service, and each group of parallel steps as its
//! representative plus, as a constant, the unloaded synchronization delay. The true waits are longer or
//! shorter: by the factor of Allen and Cunneen at every step, and by the waits for the slower members of a
//! group. So when `m` orders are in the convolution's chain, another number of them is actually inside.
//!
//! Orders come and go by the actual number, but the states are the convolution's. Where queues are long that
//! is exact: a queue that fluctuates more by a factor is the exponential queue on a scale larger by that
//! factor, and a limit to it is tighter by as much. Where nobody waits both numbers are the same.
//!
//! Exact for exponential steps in a row. Against simulation of four steps in a pool, the mean response time
//! is within 3 % at up to 90 % utilization for services as variable as the exponential or less, within 5 %
//! for a variability of 4 at up to 80 %, and within 10 % where steps have a single connection each.

use crate::queueing::network::birth_death::BirthDeathRates;
use crate::queueing::network::chain::Chain;
use crate::queueing::network::fork_join::ForkJoin;
use crate::queueing::network::worker_pool::{throughput_by_population, waiting_by_population};
use crate::units::Rate;

/// A chain's throughput by population, with corrections for services that are not exponential and for
/// parallel steps.
#[derive(Debug)]
pub(crate) struct ThroughputTable {
    /// The throughput by the population of the convolution's chain, per second.
    throughput: Vec<f64>,
    /// The correction of the mean wait at each station, by the same population, in seconds; empty if the
    /// convolution is exact.
    pub(crate) extra_wait: Vec<Vec<f64>>,
    /// The synchronization delay of each group, by the same population, in seconds.
    pub(crate) synchronization_delay: Vec<Vec<f64>>,
    /// The actual number of orders inside, by the same population.
    inside: Vec<f64>,
}

impl ThroughputTable {
    /// Tabulates the chain for up to `most` orders actually inside.
    pub(crate) fn new(chain: &Chain, most: usize) -> Self {
        // If queues are shorter than the convolution has them, it needs a larger population. That population
        // is found without the groups, each of which takes as long to compute as everything else.
        let mut reach = most;
        if !chain.fork_joins.is_empty() {
            let plain = Chain { fork_joins: Vec::new(), delay: chain.queue_free_time(), ..chain.clone() };
            reach = Self::new(&plain, most).inside.len() - 1;
        }
        loop {
            let inner = Self::with_reach(chain, most, reach);
            if inner.inside[reach] >= most as f64 || reach >= 4 * most {
                return inner;
            }
            reach *= 2;
        }
    }

    /// Tabulates the chain for up to `most` orders actually inside, and a population of up to `reach`.
    fn with_reach(chain: &Chain, most: usize, reach: usize) -> Self {
        let unloaded_delay: f64 = chain.fork_joins.iter().map(ForkJoin::unloaded_synchronization_delay).sum();
        let throughput = throughput_by_population(chain, reach);
        let corrected = |station: usize| chain.can_queue(station, most) && !chain.has_exact_wait(station);
        let any_corrected = (0..chain.stations.len()).any(corrected);
        let factors: Vec<Vec<f64>> = if any_corrected {
            throughput.iter().map(|rate| chain.wait_factors(Rate::per_second(*rate))).collect()
        } else {
            Vec::new()
        };
        let waiting = if any_corrected || !chain.fork_joins.is_empty() {
            waiting_by_population(chain, reach)
        } else {
            Vec::new()
        };
        let wait = |station: usize, n: usize| if n > 0 { waiting[station][n] / throughput[n] } else { 0.0 };
        let extra_wait = |station: usize| -> Vec<f64> {
            if !corrected(station) {
                return Vec::new();
            }
            factors
                .iter()
                .enumerate()
                .map(|(n, factors)| wait(station, n) * (factors[station] - 1.0))
                .collect()
        };
        let extra_wait: Vec<Vec<f64>> = (0..chain.stations.len()).map(extra_wait).collect();
        let synchronization_delay = |join: &ForkJoin| {
            let wait = |n: usize| wait(join.station, n) + extra_wait[join.station].get(n).unwrap_or(&0.0);
            let mut synchronization_delay = interpolate(reach, |n| {
                join.synchronization_delay(Rate::per_second(throughput[n.saturating_sub(1)]), wait(n))
            });
            // A group is never faster for having more orders inside; this removes the errors of the
            // interpolation.
            let mut slowest = 0.0_f64;
            for (n, synchronization_delay) in synchronization_delay.iter_mut().enumerate() {
                slowest = slowest.max(wait(n) + *synchronization_delay);
                *synchronization_delay = slowest - wait(n);
            }
            synchronization_delay
        };
        let synchronization_delay: Vec<Vec<f64>> =
            chain.fork_joins.iter().map(synchronization_delay).collect();
        let mut inside = Vec::with_capacity(reach + 1);
        let mut before = 0.0_f64;
        for (n, rate) in throughput.iter().enumerate() {
            let more: f64 = synchronization_delay
                .iter()
                .chain(&extra_wait)
                .filter_map(|by_population| by_population.get(n))
                .sum();
            // No order is faster for having more beside it.
            let faster = if n > 1 { rate / throughput[n - 1] } else { 1.0 };
            before = (n as f64 + rate * (more - unloaded_delay)).max(before * faster);
            inside.push(before);
        }
        Self { throughput, extra_wait, synchronization_delay, inside }
    }

    /// Iterates over the actual number of orders inside and the throughput.
    pub(crate) fn states(&self) -> impl Iterator<Item = (f64, f64)> {
        self.inside.iter().copied().zip(self.throughput.iter().copied())
    }

    /// Locates an actual number of orders between two populations: the lower one, and the fraction of the way
    /// to the next.
    fn locate(&self, inside: f64) -> (usize, f64) {
        let above = self.inside.partition_point(|current| *current < inside).clamp(1, self.inside.len() - 1);
        let (low, high) = (self.inside[above - 1], self.inside[above]);
        (above - 1, if high > low { ((inside - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 })
    }

    /// Returns the mean over all orders of a time that is known by population, where `shares` has the
    /// probability of each population; 0 for an empty table of times.
    pub(crate) fn mean(&self, times: &[f64], shares: &[f64], throughput: f64) -> f64 {
        let passing = shares.iter().zip(&self.throughput).zip(times);
        passing.map(|((share, rate), time)| share * rate * time).sum::<f64>() / throughput
    }

    /// Returns the variance of the actual number of orders inside.
    pub(crate) fn variance(&self, shares: &[f64]) -> f64 {
        let moment = |power| {
            shares.iter().zip(&self.inside).map(|(share, inside)| share * inside.powi(power)).sum::<f64>()
        };
        (moment(2) - moment(1).powi(2)).max(0.0)
    }

    /// Returns the throughput with that many orders actually inside, per second, interpolated between two
    /// populations.
    pub(crate) fn throughput(&self, inside: f64) -> f64 {
        let (low, part) = self.locate(inside);
        self.throughput[low] + part * (self.throughput[low + 1] - self.throughput[low])
    }

    /// Returns the chain's states when at most that many orders can be inside; the last of them is
    /// interpolated.
    pub(crate) fn birth_death_rates(&self, most: f64) -> BirthDeathRates {
        let (low, _) = self.locate(most);
        let with = |values: &[f64], last: f64| values[..=low].iter().copied().chain([last]).collect();
        BirthDeathRates {
            inside: with(&self.inside, most),
            throughput: with(&self.throughput, self.throughput(most)),
        }
    }

    /// Converts the probabilities of birth–death states to those of the convolution's populations.
    pub(crate) fn to_convolution_states(
        &self,
        mut shares: Vec<f64>,
        birth_death_rates: &BirthDeathRates,
    ) -> Vec<f64> {
        let (low, part) = self.locate(birth_death_rates.inside[birth_death_rates.inside.len() - 1]);
        let last = shares.pop().unwrap_or_default();
        shares.resize(low + 2, 0.0);
        shares[low] += last * (1.0 - part);
        shares[low + 1] += last * part;
        shares
    }
}

/// The ratio of two neighbouring populations at which a group is computed, beyond the first few.
const SPACING: f64 = 1.34;

/// Tabulates a function of 0 to `most`, computed at some arguments and interpolated linearly between them.
fn interpolate(most: usize, f: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut values = Vec::with_capacity(most + 1);
    values.push(f(0));
    let mut before = (0, values[0]);
    while before.0 < most {
        // Every argument at first, then in a constant ratio.
        let at = (before.0 + 1).max((before.0 as f64 * SPACING) as usize).min(most);
        let current = f(at);
        for n in before.0 + 1..=at {
            values.push(before.1 + (current - before.1) * (n - before.0) as f64 / (at - before.0) as f64);
        }
        before = (at, current);
    }
    values
}
