//! The number of orders in the system, as a birth–death process around a chain whose speed depends on it.

use crate::queueing::numerics::poisson::TruncatedPoisson;

/// The states of a chain, from empty to the maximum number of orders inside; at least two.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BirthDeathRates {
    /// The number of orders inside in each state, from 0. Not always whole: see [`super::throughput_table`].
    pub(crate) inside: Vec<f64>,
    /// Orders answered per second in each state.
    pub(crate) throughput: Vec<f64>,
}

/// The distribution of the number of orders in the system, and the means that follow from it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PopulationDistribution {
    /// The probability of each state of the chain. Those who wait for a worker are counted in the last state.
    pub(crate) probabilities: Vec<f64>,
    pub(crate) throughput: f64,
    /// The mean number of orders that hold a worker.
    pub(crate) busy: f64,
    /// The mean number of orders that wait for a worker.
    pub(crate) queue: f64,
    /// The probability that all workers are busy.
    pub(crate) all_busy: f64,
}

impl PopulationDistribution {
    /// Solves a closed workload, where the last state of the chain is that in which all workers are busy, or
    /// all users inside. Times are in seconds.
    ///
    /// The chain's states are summed one by one around the most frequent. Beyond them the chain's speed is
    /// constant, so the number of those who think is a truncated Poisson, and its sum costs √N terms at most.
    pub(crate) fn closed(users: f64, think_time: f64, birth_death_rates: &BirthDeathRates) -> Self {
        let BirthDeathRates { inside, throughput } = birth_death_rates;
        let top = inside.len() - 1;
        let outside = (users - inside[top]).max(0.0);
        let saturated = |queue| Self {
            probabilities: (0..=top).map(|n| f64::from(u8::from(n == top))).collect(),
            throughput: throughput[top],
            busy: inside[top],
            queue,
            all_busy: 1.0,
        };
        if think_time <= 0.0 {
            return saturated(outside);
        }
        let mut weights = relative_weights(top, |n| (users - inside[n]) / (think_time * throughput[n + 1]));
        let thinking = think_time * throughput[top];
        let queue = match TruncatedPoisson::new(outside, thinking) {
            TruncatedPoisson::Untruncated => return saturated(outside - thinking),
            TruncatedPoisson::Truncated { weight, moment, .. } => {
                let queue = weights[top] * moment;
                weights[top] *= weight;
                queue
            }
        };
        Self::from_weights(weights, queue, birth_death_rates)
    }

    /// Solves an open workload of `arrival_rate` per second, which must be below the chain's throughput in
    /// its last state, with all workers busy. Beyond that state the probabilities fall geometrically.
    pub(crate) fn open(arrival_rate: f64, birth_death_rates: &BirthDeathRates) -> Self {
        let top = birth_death_rates.inside.len() - 1;
        let mut weights = relative_weights(top, |n| arrival_rate / birth_death_rates.throughput[n + 1]);
        let ratio = arrival_rate / birth_death_rates.throughput[top];
        let above = weights[top] * ratio / (1.0 - ratio);
        let queue = above / (1.0 - ratio);
        weights[top] += above;
        Self { throughput: arrival_rate, ..Self::from_weights(weights, queue, birth_death_rates) }
    }

    /// Normalizes the weights.
    fn from_weights(mut probabilities: Vec<f64>, queue: f64, birth_death_rates: &BirthDeathRates) -> Self {
        let total: f64 = probabilities.iter().sum();
        for weight in &mut probabilities {
            *weight /= total;
        }
        let mean =
            |values: &[f64]| probabilities.iter().zip(values).map(|(share, value)| share * value).sum();
        Self {
            throughput: mean(&birth_death_rates.throughput),
            busy: mean(&birth_death_rates.inside),
            queue: queue / total,
            all_busy: probabilities[probabilities.len() - 1],
            probabilities,
        }
    }
}

/// Returns the weights of the states 0 to `top` of a birth–death process, where `ratio(n)` is the weight of
/// state `n` + 1 relative to state `n` and never grows. They are relative to the most frequent state, so that
/// nothing overflows.
fn relative_weights(top: usize, ratio: impl Fn(usize) -> f64) -> Vec<f64> {
    let (mut low, mut peak) = (0, top);
    while low < peak {
        let middle = usize::midpoint(low, peak);
        if ratio(middle) > 1.0 { low = middle + 1 } else { peak = middle }
    }
    let mut weights = vec![0.0; top + 1];
    weights[peak] = 1.0;
    for n in (0..peak).rev() {
        weights[n] = weights[n + 1] / ratio(n);
    }
    for n in peak..top {
        weights[n + 1] = weights[n] * ratio(n);
    }
    weights
}
