//! How many orders are inside, as a birth–death process around a chain whose speed depends on it.

use super::poisson::TruncatedPoisson;

/// How often how many orders are inside the system, and what follows from it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Population {
    /// How often `n` orders are inside the chain, for `n` from 0; those who wait for a worker stand outside.
    pub(super) inside: Vec<f64>,
    /// Orders answered per second.
    pub(super) throughput: f64,
    /// Orders that hold a worker, on average.
    pub(super) busy: f64,
    /// Orders that wait for a worker, on average.
    pub(super) queue: f64,
}

impl Population {
    /// Users who think, order and wait, around a pool of `workers`, where `throughput[n]` is the chain's with `n` inside
    /// (known at least up to the smaller of users and workers).
    ///
    /// The states below the pool's limit are summed one by one around the most frequent. Above it the chain's speed is
    /// constant, so the number of those who think is a truncated Poisson, and its sum costs √N terms at most.
    pub(super) fn closed(users: u64, think_time: f64, workers: u64, throughput: &[f64]) -> Self {
        let top = users.min(workers) as usize;
        let outside = (users - top as u64) as f64;
        let alone = |queue| Self {
            inside: (0..=top).map(|n| f64::from(u8::from(n == top))).collect(),
            throughput: throughput[top],
            busy: top as f64,
            queue,
        };
        if think_time <= 0.0 {
            return alone(outside);
        }
        let users = users as f64;
        let mut inside = spread(top, |n| (users - n as f64) / (think_time * throughput[n + 1]));
        let thinking = think_time * throughput[top];
        let queue = match TruncatedPoisson::below(outside, thinking) {
            TruncatedPoisson::FarBelow => return alone(outside - thinking),
            TruncatedPoisson::Reached { weight, moment, .. } => {
                let queue = inside[top] * moment;
                inside[top] *= weight;
                queue
            }
        };
        Self::from_weights(inside, queue, throughput)
    }

    /// A stream of orders at `arrival_rate`, which must be below the chain's throughput with all workers busy: the last of
    /// `throughput`. Above the pool's limit the numbers fall geometrically.
    pub(super) fn open(arrival_rate: f64, throughput: &[f64]) -> Self {
        let top = throughput.len() - 1;
        let mut inside = spread(top, |n| arrival_rate / throughput[n + 1]);
        let ratio = arrival_rate / throughput[top];
        let above = inside[top] * ratio / (1.0 - ratio);
        let queue = above / (1.0 - ratio);
        inside[top] += above;
        Self { throughput: arrival_rate, ..Self::from_weights(inside, queue, throughput) }
    }

    /// How often all workers are busy.
    pub(super) fn all_busy(&self) -> f64 {
        self.inside.last().copied().unwrap_or(0.0)
    }

    /// Brings the weights to one.
    fn from_weights(mut inside: Vec<f64>, queue: f64, throughput: &[f64]) -> Self {
        let total: f64 = inside.iter().sum();
        for weight in &mut inside {
            *weight /= total;
        }
        Self {
            throughput: inside.iter().zip(throughput).map(|(share, rate)| share * rate).sum(),
            busy: inside.iter().enumerate().map(|(n, share)| share * n as f64).sum(),
            queue: queue / total,
            inside,
        }
    }
}

/// The weights of the states 0 to `top` of a birth–death process, where `ratio(n)` is that of state `n` + 1 to state `n`
/// and never grows: relative to the most frequent state, so that nothing overflows.
fn spread(top: usize, ratio: impl Fn(usize) -> f64) -> Vec<f64> {
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
