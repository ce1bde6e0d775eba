//! The distribution of the wait for a worker.

use crate::queueing::numerics::poisson::{PoissonCdf, TruncatedPoisson};

/// The distribution of the wait for a worker.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum PoolWait {
    Never,
    /// The wait in an open workload: a share of all orders waits for an exponential time.
    Exponential {
        /// The share of orders that wait.
        share: f64,
        /// The mean wait of those who wait, in seconds.
        mean: f64,
    },
    /// The wait in a closed workload: a share of all orders waits, each for one more departure than orders
    /// wait before it. While all workers are busy the number of users who think is a truncated Poisson, so
    /// the wait's distribution is a ratio of two Poisson distributions. Departures that are not random are
    /// counted in units that vary like one random departure ([`Departures::unit_size`]).
    Queue {
        /// The share of orders that wait.
        share: f64,
        /// Departures per second with all workers busy.
        rate: f64,
        /// The mean number of thinking users without the limit of their number: think time × rate.
        thinking: f64,
        /// The longest possible queue before an arriving order.
        longest: f64,
    },
}

/// The regularity of departures while all workers are busy.
///
/// Over few departures they are nearly random, because many orders are in service in parallel; over many
/// their number varies as the services do. In between, the variance of n departures is taken as n (c² + (1 −
/// c²) τ / (τ + n)), which has both ends right for τ = k (1 + c²) / 6, where k orders are in service and
/// their times follow a gamma law.
///
/// Source: D. R. Cox, “Renewal Theory”, 1962, for the variance of a stationary renewal process after a long
/// time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Departures {
    /// The variance of their number over its mean, after a long time (c²).
    pub(crate) squared: f64,
    /// The number of departures at which half of the transition is done (τ).
    pub(crate) relaxation: f64,
}

impl Departures {
    /// Returns the variance of a number of departures, over that number.
    fn dispersion(&self, departures: f64) -> f64 {
        self.squared + (1.0 - self.squared) * self.relaxation / (self.relaxation + departures)
    }

    /// Returns the number of departures that vary together as a single random one does, given the mean
    /// numbers `waited` for and `thinking`.
    ///
    /// Those who think come from departures, so their number varies less where these are regular: relative to
    /// a Poisson variable by (1 + dispersion) / 2, the peakedness of a GI/M/∞ station. Source: A. E. Eckberg,
    /// “Generalized peakedness of teletraffic processes”, 1983.
    pub(crate) fn unit_size(&self, waiting: f64, thinking: f64) -> f64 {
        let thinkers = f64::midpoint(1.0, self.dispersion(thinking));
        let variance = waiting * self.dispersion(waiting) + thinking * thinkers;
        // Smaller variances are invisible on the grid of the response time.
        (variance / (waiting + thinking)).max(0.01)
    }
}

impl PoolWait {
    /// Returns mean and variance, in seconds and seconds squared.
    pub(crate) fn moments(&self) -> (f64, f64) {
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

    /// Returns the interval outside of which the distribution function is flat, in seconds. A long queue is
    /// passed in a time that hardly varies.
    pub(crate) fn range(&self) -> (f64, f64) {
        match *self {
            Self::Queue { rate, thinking, longest, .. } => {
                let (mean, variance) = Self::Queue { share: 1.0, rate, thinking, longest }.moments();
                let deviation = variance.sqrt();
                ((mean - 12.0 * deviation).max(0.0), mean + 40.0 * deviation)
            }
            _ => (0.0, f64::INFINITY),
        }
    }

    /// Returns the distribution function of the wait, in seconds.
    pub(crate) fn cdf(&self) -> Box<dyn Fn(f64) -> f64> {
        match *self {
            Self::Never => Box::new(|_| 1.0),
            Self::Exponential { share, mean } => Box::new(move |time| 1.0 - share * (-time / mean).exp()),
            Self::Queue { share, rate, thinking, longest } => {
                let queue = PoissonCdf::new(longest, thinking);
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
        // Nobody thinks: there are always three departures to wait for.
        let wait = PoolWait::Queue { share: 1.0, rate: 2.0, thinking: 0.0, longest: 2.0 };
        let (mean, variance) = wait.moments();
        assert!((mean - 1.5).abs() < 1e-12 && (variance - 0.75).abs() < 1e-12);
        let tail = (-2.0_f64).exp() * (1.0 + 2.0 + 2.0);
        assert!((wait.cdf()(1.0) - (1.0 - tail)).abs() < 1e-12);
    }

    #[test]
    fn departures_at_random_are_counted_one_by_one() {
        let unit_size = |squared| Departures { squared, relaxation: 2.0 }.unit_size(50.0, 30.0);
        assert!((unit_size(1.0) - 1.0).abs() < 1e-12);
        // Constant services of twelve: 50 departures vary as 2, those who think as 16.
        assert!((unit_size(0.0) - (50.0 / 26.0 + 15.0 * 34.0 / 32.0) / 80.0).abs() < 1e-12);
        assert!(unit_size(4.0) > 2.5);
    }

    #[test]
    fn moments_belong_to_the_distribution() {
        for wait in [
            PoolWait::Exponential { share: 0.3, mean: 2.0 },
            PoolWait::Queue { share: 0.6, rate: 5.0, thinking: 12.0, longest: 14.0 },
            PoolWait::Queue { share: 0.6, rate: 5.0, thinking: 12.3, longest: 14.0 },
            PoolWait::Queue { share: 1.0, rate: 5.0, thinking: 150.7, longest: 396.0 },
            PoolWait::Queue { share: 1.0, rate: 19.0, thinking: 19.0, longest: 480.0 },
        ] {
            let (mean, variance) = wait.moments();
            let step = (mean + 20.0 * variance.sqrt()) / 200_000.0;
            let below = wait.cdf();
            let integral: f64 = (0..200_000).map(|i| (1.0 - below((f64::from(i) + 0.5) * step)) * step).sum();
            assert!((integral / mean - 1.0).abs() < 1e-6, "{wait:?}: {integral} is not {mean}");
        }
    }
}
