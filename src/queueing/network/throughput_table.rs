//! The chain inside the pool, by how many orders are in it.
//!
//! The convolution knows each step with exponential service, and each group of parallel steps as its backbone and, as a plain
//! delay, what the group takes beyond it when nobody waits. In truth the waits are longer or shorter: by the factor of Allen and
//! Cunneen at every step, and by the waits for the slower members of a group. So when `m` orders are in the convolution's chain,
//! more or fewer are really inside.
//!
//! Orders come and go by the real number, but the states are the convolution's. Where lines are long that is exact: a line that
//! wanders more widely by a factor is the exponential's line drawn on a scale larger by that factor, and a limit to it is one that
//! is tighter by as much. Where nobody waits both numbers are the same.
//!
//! Exact for exponential steps in a row. Against simulation of four steps in a pool, the mean response time is within 3 % at up to
//! 90 % utilization for services as variable as the exponential or less, within 5 % for a variability of 4 at up to 80 %, and
//! within 10 % where steps have a single connection each.

use crate::queueing::network::birth_death::BirthDeathRates;
use crate::queueing::network::chain::Chain;
use crate::queueing::network::fork_join::ForkJoin;
use crate::queueing::network::worker_pool::{throughput_by_population, waiting_by_population};
use crate::units::Rate;

/// A chain with a limited number of orders inside.
#[derive(Debug)]
pub(crate) struct ThroughputTable {
    /// The throughput by the population of the convolution's chain, per second.
    throughput: Vec<f64>,
    /// How much longer an order waits at each station than the convolution has it, by the same population, in seconds; nothing
    /// where it is right.
    pub(crate) extra_wait: Vec<Vec<f64>>,
    /// What each group takes beyond its backbone, by the same population, in seconds.
    pub(crate) synchronization_delay: Vec<Vec<f64>>,
    /// How many orders are really inside, by the same population.
    inside: Vec<f64>,
}

impl ThroughputTable {
    /// The chain for up to `most` orders really inside.
    pub(crate) fn new(chain: &Chain, most: usize) -> Self {
        // Where lines are shorter than the convolution has them, it must know more orders. How many shows without the groups, each
        // of which takes as long as all the rest.
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

    /// The chain for up to `most` orders really inside, and up to `reach` of the convolution's.
    fn with_reach(chain: &Chain, most: usize, reach: usize) -> Self {
        let alone: f64 = chain.fork_joins.iter().map(ForkJoin::unloaded_synchronization_delay).sum();
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
            // A group is never faster for having more inside; what the grid and the straight lines err is evened out.
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
            // Nobody is faster for having more beside them.
            let faster = if n > 1 { rate / throughput[n - 1] } else { 1.0 };
            before = (n as f64 + rate * (more - alone)).max(before * faster);
            inside.push(before);
        }
        Self { throughput, extra_wait, synchronization_delay, inside }
    }

    /// The chain's states: how many orders are really inside, and the throughput.
    pub(crate) fn states(&self) -> impl Iterator<Item = (f64, f64)> {
        self.inside.iter().copied().zip(self.throughput.iter().copied())
    }

    /// Between which populations of the convolution's chain so many orders really inside fall, and how far towards the higher.
    fn locate(&self, inside: f64) -> (usize, f64) {
        let above = self.inside.partition_point(|current| *current < inside).clamp(1, self.inside.len() - 1);
        let (low, high) = (self.inside[above - 1], self.inside[above]);
        (above - 1, if high > low { ((inside - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 })
    }

    /// The mean over all orders of a time that is known by population, where `shares` says how often which is there; nothing where
    /// nothing is known.
    pub(crate) fn mean(&self, times: &[f64], shares: &[f64], throughput: f64) -> f64 {
        let passing = shares.iter().zip(&self.throughput).zip(times);
        passing.map(|((share, rate), time)| share * rate * time).sum::<f64>() / throughput
    }

    /// How much the number of orders really inside varies.
    pub(crate) fn variance(&self, shares: &[f64]) -> f64 {
        let moment = |power| {
            shares.iter().zip(&self.inside).map(|(share, inside)| share * inside.powi(power)).sum::<f64>()
        };
        (moment(2) - moment(1).powi(2)).max(0.0)
    }

    /// The throughput with so many orders really inside, per second; their number lies between two of the convolution's.
    pub(crate) fn throughput(&self, inside: f64) -> f64 {
        let (low, part) = self.locate(inside);
        self.throughput[low] + part * (self.throughput[low + 1] - self.throughput[low])
    }

    /// The chain's states when at most so many orders can be inside: the last of them lies between two of the convolution's.
    pub(crate) fn birth_death_rates(&self, most: f64) -> BirthDeathRates {
        let (low, _) = self.locate(most);
        let with = |values: &[f64], last: f64| values[..=low].iter().copied().chain([last]).collect();
        BirthDeathRates {
            inside: with(&self.inside, most),
            throughput: with(&self.throughput, self.throughput(most)),
        }
    }

    /// The shares of a ladder's states as those of the convolution's populations.
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

/// How far one population at which a group is computed is from the next, once they are not all computed.
const SPACING: f64 = 1.34;

/// A function of 0 to `most`, computed at some places and drawn straight between them.
fn interpolate(most: usize, f: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut values = Vec::with_capacity(most + 1);
    values.push(f(0));
    let mut before = (0, values[0]);
    while before.0 < most {
        // Evenly at first, then in the same proportion.
        let at = (before.0 + 1).max((before.0 as f64 * SPACING) as usize).min(most);
        let current = f(at);
        for n in before.0 + 1..=at {
            values.push(before.1 + (current - before.1) * (n - before.0) as f64 / (at - before.0) as f64);
        }
        before = (at, current);
    }
    values
}
