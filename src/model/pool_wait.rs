//! How long an order waits for a worker: not the mean, but how it is spread.

use super::poisson::{AtMost, TruncatedPoisson};

/// The law of the wait for a worker.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PoolWait {
    /// Nobody waits.
    Never,
    /// A share of all orders waits, for an exponential time of that mean: a stream of orders.
    Exponential {
        /// How often an order waits.
        share: f64,
        /// How long those wait, in seconds.
        mean: f64,
    },
    /// A share of all orders waits, each for one more departure than wait before it. While all workers are busy the number of
    /// users who think is a truncated Poisson, so the wait's law is a ratio of two Poisson distributions.
    Queue {
        /// How often an order waits.
        share: f64,
        /// Departures per second with all workers busy.
        rate: f64,
        /// Orders that would be thinking if all who think could: think time × rate.
        thinking: f64,
        /// The longest possible queue before an arriving order.
        longest: f64,
    },
}

impl PoolWait {
    /// Mean and variance, in seconds and their square.
    pub(super) fn moments(&self) -> (f64, f64) {
        let (share, mean, square) = match *self {
            Self::Never => return (0.0, 0.0),
            Self::Exponential { share, mean } => (share, mean, 2.0 * mean * mean),
            Self::Queue { share, rate, thinking, longest } => {
                let (before, variance) = TruncatedPoisson::distance(longest, thinking);
                let departures = before + 1.0;
                (share, departures / rate, (departures * (departures + 1.0) + variance) / (rate * rate))
            }
        };
        (share * mean, (share * square - (share * mean).powi(2)).max(0.0))
    }

    /// From when on and until when anything changes in how often it is at most a time, in seconds: a long line is passed in a time
    /// that hardly varies.
    pub(super) fn range(&self) -> (f64, f64) {
        match *self {
            Self::Queue { rate, thinking, longest, .. } => {
                let (mean, variance) = Self::Queue { share: 1.0, rate, thinking, longest }.moments();
                let deviation = variance.sqrt();
                ((mean - 12.0 * deviation).max(0.0), mean + 40.0 * deviation)
            }
            _ => (0.0, f64::INFINITY),
        }
    }

    /// How often it is at most a time, in seconds.
    pub(super) fn distribution(&self) -> Box<dyn Fn(f64) -> f64> {
        match *self {
            Self::Never => Box::new(|_| 1.0),
            Self::Exponential { share, mean } => Box::new(move |time| 1.0 - share * (-time / mean).exp()),
            Self::Queue { share, rate, thinking, longest } => {
                let queue = AtMost::new(longest, thinking);
                Box::new(move |time| 1.0 - share * queue.ratio(rate * time))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_of_known_length_is_a_sum_of_departures() {
        // Nobody thinks: always three departures to wait for.
        let wait = PoolWait::Queue { share: 1.0, rate: 2.0, thinking: 0.0, longest: 2.0 };
        let (mean, variance) = wait.moments();
        assert!((mean - 1.5).abs() < 1e-12 && (variance - 0.75).abs() < 1e-12);
        let tail = (-2.0_f64).exp() * (1.0 + 2.0 + 2.0);
        assert!((wait.distribution()(1.0) - (1.0 - tail)).abs() < 1e-12);
    }

    #[test]
    fn moments_belong_to_the_distribution() {
        for wait in [
            PoolWait::Exponential { share: 0.3, mean: 2.0 },
            PoolWait::Queue { share: 0.6, rate: 5.0, thinking: 12.0, longest: 14.0 },
            PoolWait::Queue { share: 1.0, rate: 19.0, thinking: 19.0, longest: 480.0 },
        ] {
            let (mean, variance) = wait.moments();
            let step = (mean + 20.0 * variance.sqrt()) / 200_000.0;
            let below = wait.distribution();
            let integral: f64 = (0..200_000).map(|i| (1.0 - below((f64::from(i) + 0.5) * step)) * step).sum();
            assert!((integral / mean - 1.0).abs() < 1e-6, "{wait:?}: {integral} is not {mean}");
        }
    }
}
