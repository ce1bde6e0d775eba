//! The worker pool: the throughput of a chain of stations by the number of orders inside it.
//!
//! A worker is held from the first step to the last, waits included, so the pool limits the number of orders
//! inside the chain, and the chain decides how fast they leave it. The chain with `n` orders inside is a
//! closed network, and its throughput X(n) follows exactly from Buzen's convolution; exact for exponential
//! service, and for any service at steps with as many connections as workers.
//!
//! Convolution adds and multiplies positive numbers only, so nothing cancels (the recursion of mean values
//! for several servers does, and fails in plain floating point). Overflow is kept away by measuring every
//! weight against a throughput close to the one looked for. A station of `c` servers costs only `c` terms for
//! each population, because its weights fall geometrically beyond them.
//!
//! Source: J. P. Buzen, “Computational algorithms for closed queueing networks with exponential servers”,
//! 1973; on the instability of the alternative: G. Casale and G. Serazzi, 2005. The chain inside a pool as
//! one station whose speed depends on the number in it: D. Menascé, V. Almeida and L. Dowdy, “Performance by
//! Design”, 2004, chapter 14.

use crate::queueing::network::chain::Chain;
use crate::queueing::stations::wait::QueueMoments;
use crate::units::Rate;

/// The number of orders inside beyond which the fixed-population mean replaces the convolution.
pub(crate) const LARGEST_POPULATION: u64 = 2000;

/// The number of populations that one scale covers without under- or overflow.
const BLOCK: usize = 512;

/// Returns the throughput of the chain with 0, 1, …, `max_population` orders inside, per second.
pub(crate) fn throughput_by_population(chain: &Chain, max_population: usize) -> Vec<f64> {
    let mut throughput = vec![Vec::with_capacity(max_population + 1)];
    by_population(chain, max_population, &mut throughput, &|network, scale| {
        let weights = network.weights();
        let rate = |n: usize| if n == 0 { 0.0 } else { scale * weights[n - 1] / weights[n] };
        vec![(0..weights.len()).map(rate).collect()]
    });
    throughput.pop().unwrap_or_default()
}

/// Returns the mean number waiting at each station of the chain, with 0, 1, …, `max_population` orders
/// inside.
pub(crate) fn waiting_by_population(chain: &Chain, max_population: usize) -> Vec<Vec<f64>> {
    let mut waiting = vec![Vec::with_capacity(max_population + 1); chain.stations.len()];
    by_population(chain, max_population, &mut waiting, &|network, _| network.waiting_by_population());
    waiting
}

/// Computes some quantities for each population, in blocks; each block is scaled by a rate per second near
/// its throughput.
fn by_population(
    chain: &Chain,
    max_population: usize,
    values: &mut [Vec<f64>],
    quantities: &dyn Fn(&ClosedNetwork, f64) -> Vec<Vec<f64>>,
) {
    let mut top = BLOCK.min(max_population);
    while values.first().is_some_and(|values| values.len() <= max_population) {
        let unhindered = Rate::per_second(top as f64 / chain.unloaded().seconds());
        let scale = chain.capacity().map_or(unhindered, |capacity| unhindered.min(capacity)).value();
        for (values, block) in
            values.iter_mut().zip(quantities(&ClosedNetwork::new(chain, top, scale), scale))
        {
            values.extend_from_slice(&block[values.len()..]);
        }
        top = (2 * top).min(max_population);
    }
}

/// Returns the moments of the queue at each station of the chain, where `shares[n]` is the probability of `n`
/// orders inside and `throughput` the resulting throughput per second.
pub(crate) fn queue_moments(chain: &Chain, shares: &[f64], throughput: f64) -> Vec<QueueMoments> {
    ClosedNetwork::new(chain, shares.len() - 1, throughput).queue_moments(shares, throughput)
}

/// The closed network's stations, with weights for populations up to a limit.
struct ClosedNetwork {
    /// All time without a queue, as the weights of a station that serves everybody at once.
    delay: Vec<f64>,
    /// The stations where orders can queue, in the order of the chain; `None` for the others.
    stations: Vec<Option<StationWeights>>,
}

/// The weights of one station, Π a / min(i, c), as a polynomial over a geometric series: F(z) = head(z) / (1
/// − ratio · z).
struct StationWeights {
    head: Vec<f64>,
    ratio: f64,
}

impl ClosedNetwork {
    fn new(chain: &Chain, max_population: usize, scale: f64) -> Self {
        let mut delay = chain.queue_free_time().seconds();
        let stations = chain
            .stations
            .iter()
            .map(|station| {
                let (service, servers) = (station.service_time.seconds(), station.servers.count() as usize);
                if servers >= max_population {
                    delay += service;
                    None
                } else {
                    Some(StationWeights::new(scale * service, servers))
                }
            })
            .collect();
        Self { delay: poisson_weights(scale * delay, max_population), stations }
    }

    /// Returns the weights of all stations together: the normalizing constants g(0), g(1), ….
    fn weights(&self) -> Vec<f64> {
        self.stations.iter().flatten().fold(self.delay.clone(), |weights, factor| factor.convolve(&weights))
    }

    /// Returns the mean number waiting at each station, by population.
    fn waiting_by_population(&self) -> Vec<Vec<f64>> {
        let mut waiting = vec![vec![0.0; self.delay.len()]; self.stations.len()];
        let factors = self.stations.iter().enumerate();
        let factors: Vec<(usize, &StationWeights)> =
            factors.filter_map(|(station, factor)| Some((station, factor.as_ref()?))).collect();
        waiting_among(&factors, &self.delay, &mut waiting);
        waiting
    }

    /// Computes the moments of the queue at each station, on the scale of the throughput. For one station the
    /// weights of all others are needed: those before it are convolved forwards, those after it backwards by
    /// the transposed sums, so that each is used twice and never divided out.
    ///
    /// An order that arrives finds the others as if it were not there, and waits for one departure more than
    /// wait before it. So one sum over the weights of full servers gives the probability to wait, a second
    /// the number waiting, a third the square of the wait.
    fn queue_moments(&self, shares: &[f64], throughput: f64) -> Vec<QueueMoments> {
        let mut before = vec![self.delay.clone()];
        for factor in self.stations.iter().flatten() {
            let next = factor.convolve(&before[before.len() - 1]);
            before.push(next);
        }
        let all = before.pop().unwrap_or_default();
        let mut after: Vec<f64> = shares
            .iter()
            .zip(&all)
            .map(|(share, weight)| if *share > 1e-18 && *weight > 0.0 { share / weight } else { 0.0 })
            .collect();
        let mut queue_moments: Vec<QueueMoments> = self
            .stations
            .iter()
            .rev()
            .map(|station| {
                let Some(factor) = station else { return QueueMoments::default() };
                let mut sums = factor.one_waiting(&before.pop().unwrap_or_default());
                let mut next = || {
                    factor.accumulate(&mut sums);
                    sums.iter().zip(&after).map(|(sum, after)| sum * after).sum::<f64>()
                };
                let share = next() / factor.ratio;
                let waiting = next();
                let square = 2.0 * next() * factor.ratio / (throughput * throughput);
                after = factor.convolve_transposed(&after);
                QueueMoments { wait_probability: share, waiting, mean_square_wait: square }
            })
            .collect();
        queue_moments.reverse();
        queue_moments
    }
}

/// Computes the mean number waiting at each of some stations, by population, given the weights of all
/// `others`. It divides the stations in halves, so that each station's own weights are left out without ever
/// dividing by them.
fn waiting_among(factors: &[(usize, &StationWeights)], others: &[f64], waiting: &mut [Vec<f64>]) {
    match factors {
        [] => {}
        [(station, factor)] => {
            let all = factor.convolve(others);
            waiting[*station] =
                factor.waiting_weights(others).iter().zip(all).map(|(waiting, all)| waiting / all).collect();
        }
        _ => {
            let (left, right) = factors.split_at(factors.len() / 2);
            for (half, rest) in [(left, right), (right, left)] {
                let others =
                    rest.iter().fold(others.to_vec(), |weights, (_, factor)| factor.convolve(&weights));
                waiting_among(half, &others, waiting);
            }
        }
    }
}

impl StationWeights {
    /// Makes the weights of a station under the load `offered`, in erlangs: a^j / j! · (1 − j / c) for j
    /// below c, over 1 − (a / c) z.
    fn new(offered: f64, servers: usize) -> Self {
        let mut head = poisson_weights(offered, servers - 1);
        for (busy, weight) in head.iter_mut().enumerate() {
            *weight *= 1.0 - busy as f64 / servers as f64;
        }
        Self { head, ratio: offered / servers as f64 }
    }

    /// Convolves these weights with those of other stations.
    fn convolve(&self, others: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; others.len()];
        // One weight at a time over all populations, so that no sum depends on the one before it.
        for (ahead, head) in self.head.iter().enumerate().take(others.len()) {
            sums[ahead..].iter_mut().zip(others).for_each(|(sum, other)| *sum += head * other);
        }
        self.accumulate(&mut sums);
        sums
    }

    /// Applies the transposed convolution.
    fn convolve_transposed(&self, after: &[f64]) -> Vec<f64> {
        let mut ahead = after.to_vec();
        for n in (1..ahead.len()).rev() {
            ahead[n - 1] += self.ratio * ahead[n];
        }
        let mut sums = vec![0.0; after.len()];
        for (skipped, head) in self.head.iter().enumerate().take(after.len()) {
            sums.iter_mut().zip(&ahead[skipped..]).for_each(|(sum, ahead)| *sum += head * ahead);
        }
        sums
    }

    /// Returns the convolution with the other stations weighed by the number waiting here, which grows by one
    /// with each state beyond `c`: a^c / c! · z^c · ratio z / (1 − ratio z)².
    fn waiting_weights(&self, others: &[f64]) -> Vec<f64> {
        let mut sums = self.one_waiting(others);
        self.accumulate(&mut sums);
        self.accumulate(&mut sums);
        sums
    }

    /// Returns the part of [`Self::waiting_weights`] in which all servers are busy and one order waits, a^c /
    /// c! · z^c · ratio z.
    fn one_waiting(&self, others: &[f64]) -> Vec<f64> {
        let servers = self.head.len();
        let all_busy = self.head[servers - 1] * servers as f64 * self.ratio;
        let mut sums = vec![0.0; others.len()];
        for (sum, other) in sums.iter_mut().skip(servers + 1).zip(others) {
            *sum = all_busy * self.ratio * other;
        }
        sums
    }

    /// Divides by 1 − ratio · z.
    fn accumulate(&self, sums: &mut [f64]) {
        let mut before = 0.0;
        for sum in sums {
            *sum += self.ratio * before;
            before = *sum;
        }
    }
}

/// Returns the weights a^j / j! for j up to `max_population`, relative to the largest of them.
fn poisson_weights(mean: f64, max_population: usize) -> Vec<f64> {
    let mut weights = vec![0.0; max_population + 1];
    let peak = (mean as usize).min(max_population);
    weights[peak] = 1.0;
    for j in (0..peak).rev() {
        weights[j] = weights[j + 1] * (j + 1) as f64 / mean;
    }
    for j in peak + 1..=max_population {
        weights[j] = weights[j - 1] * mean / j as f64;
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::stations::Station;
    use crate::units::{Servers, Time, Variability};

    fn shop() -> Chain {
        let station = |millis, servers| Station {
            service_time: Time::from_millis(millis),
            servers: Servers::new(servers),
            variability: Variability::EXPONENTIAL,
        };
        Chain {
            stations: vec![station(300.0, 10), station(200.0, 8), station(400.0, 12), station(150.0, 6)],
            fork_joins: Vec::new(),
            delay: Time::ZERO,
            variability: 1.0,
        }
    }

    #[test]
    fn everybody_inside_is_served_or_waits() {
        let chain = shop();
        let throughput = throughput_by_population(&chain, 40);
        for population in [1, 9, 10, 13, 20, 40] {
            let shares: Vec<f64> = (0..=population).map(|n| f64::from(u8::from(n == population))).collect();
            let queue_moments = queue_moments(&chain, &shares, throughput[population]);
            let waiting: f64 = queue_moments.iter().map(|line| line.waiting).sum();
            let served = throughput[population] * chain.unloaded().seconds();
            let inside = served + waiting;
            assert!((inside - population as f64).abs() < 1e-12 * inside, "{inside} of {population}");
        }
    }

    #[test]
    fn a_long_row_of_thinkers_sees_the_line_of_a_stream() {
        let station = Station {
            service_time: Time::from_millis(300.0),
            servers: Servers::new(10),
            variability: Variability::EXPONENTIAL,
        };
        // The time elsewhere is so long that arrivals are a stream of 25 a second.
        let chain = Chain {
            stations: vec![station],
            fork_joins: Vec::new(),
            delay: Time::from_seconds(180.0),
            variability: 1.0,
        };
        let max_population = 4_508;
        let throughput = throughput_by_population(&chain, max_population)[max_population];
        let shares: Vec<f64> =
            (0..=max_population).map(|n| f64::from(u8::from(n == max_population))).collect();
        let line = queue_moments(&chain, &shares, throughput)[0];
        let steady = station.steady_state(Rate::per_second(throughput)).unwrap();
        let (share, mean) = (steady.wait_probability.value(), steady.waiting_time.seconds());
        assert!((line.wait_probability / share - 1.0).abs() < 0.01, "{line:?}, {steady:?}");
        assert!((line.waiting / throughput / mean - 1.0).abs() < 0.02, "{line:?}, {steady:?}");
        // Those who wait do so for an exponential time.
        assert!(
            (line.mean_square_wait * share / (2.0 * mean * mean) - 1.0).abs() < 0.05,
            "{line:?}, {steady:?}"
        );
    }
}
