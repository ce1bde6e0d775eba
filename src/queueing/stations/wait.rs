//! Waiting time: zero with probability 1 − P(wait), else a distribution around its mean.

use crate::queueing::stations::service_time_law::ServiceTimeLaw;
use crate::queueing::stations::{Station, SteadyState, allen_cunneen};
use crate::units::Time;

/// The maximum number of stages that represent a wait of low variability. More of them would cost time
/// without changing a percentile visibly.
const MAX_STAGES: u32 = 8;

/// The distribution of a waiting time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Wait {
    /// The share of orders that wait.
    pub(crate) probability: f64,
    /// The mean wait of those who wait, in seconds.
    pub(crate) conditional_mean: f64,
    /// The squared coefficient of variation of the wait of those who wait.
    pub(crate) squared: f64,
}

impl Wait {
    /// Returns the same wait with that squared coefficient of variation for those who wait. If it exceeds 1,
    /// some of them wait hardly at all; they are counted among those who do not wait.
    pub(crate) fn with_variability(self, squared: f64) -> Self {
        if squared > 1.0 {
            let conditional_share = 2.0 / (1.0 + squared);
            return Self {
                probability: self.probability * conditional_share,
                conditional_mean: self.conditional_mean / conditional_share,
                squared: 1.0,
            };
        }
        if squared * f64::from(MAX_STAGES) >= 1.0 || self.probability <= 0.0 {
            return Self { squared, ..self };
        }
        // Where waits vary so little, hardly anybody finds a server free.
        Self { probability: 1.0, conditional_mean: self.mean(), squared }
    }

    /// Returns the mean over all orders, in seconds.
    pub(crate) fn mean(&self) -> f64 {
        self.probability * self.conditional_mean
    }

    pub(crate) fn mean_time(&self) -> Time {
        Time::from_seconds(self.mean())
    }

    /// Returns the variance over all orders, in seconds squared.
    pub(crate) fn variance(&self) -> f64 {
        self.probability
            * (1.0 + self.squared - self.probability)
            * self.conditional_mean
            * self.conditional_mean
    }

    /// Returns the law of the wait of those who wait.
    pub(crate) fn law(&self) -> ServiceTimeLaw {
        ServiceTimeLaw::with_max_stages(MAX_STAGES, 0.0, self.conditional_mean, self.squared)
    }
}

/// Moments of the queue at one station.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct QueueMoments {
    /// The probability that an arriving order finds all servers busy.
    pub(crate) wait_probability: f64,
    /// The mean number of orders waiting.
    pub(crate) waiting: f64,
    /// The mean square of the wait over all orders, in seconds squared.
    pub(crate) mean_square_wait: f64,
}

impl Station {
    /// Returns an exponential wait with that mean over all orders, of which at least `share` wait.
    ///
    /// With exponential service those who wait do so for no longer than the mean wait plus a service on
    /// average, which bounds the share from below; otherwise all waits are longer by the factor of Allen and
    /// Cunneen.
    pub(crate) fn wait(&self, share: f64, mean: f64) -> Wait {
        if mean <= 0.0 {
            return Wait::default();
        }
        let service = self.service_time.seconds() * allen_cunneen(1.0, self.variability);
        let share = share.max(mean / (mean + service)).min(1.0);
        Wait { probability: share, conditional_mean: mean / share, squared: 1.0 }
    }

    /// Returns the wait at this station under an independent stream.
    pub(crate) fn wait_in_open_stream(&self, steady: &SteadyState) -> Wait {
        let wait = self.wait(steady.wait_probability.value(), steady.waiting_time.seconds());
        wait.with_variability(self.variability_of_waits(steady.busy))
    }

    /// Returns the wait at this station in a chain with a limited number of orders inside. `line` is the
    /// exact queue for exponential service, and `extra_wait` the difference of the true mean wait from its
    /// mean, in seconds.
    pub(crate) fn wait_in_closed_network(
        &self,
        line: &QueueMoments,
        throughput: f64,
        extra_wait: f64,
    ) -> Wait {
        let service = self.service_time.seconds();
        let exponential = line.waiting / throughput;
        let mean = exponential + extra_wait;
        if exponential.min(mean) < 1e-12 * service {
            return Wait::default();
        }
        let squared = line.mean_square_wait / exponential * (line.wait_probability / exponential) - 1.0;
        // The share of the variance due to the departures ahead of an order. The number of departures varies
        // as its mean does.
        let departures = service / self.servers.as_f64() * line.wait_probability / exponential / squared;
        let departures = if departures < 1.0 { departures } else { 1.0 };
        let services = 1.0 + departures * (self.variability.squared() * exponential / mean - 1.0);
        let limited = limited_population_factor(squared, services);
        let wait = self.wait(line.wait_probability, mean);
        wait.with_variability(limited * self.variability_of_waits(throughput * service))
    }

    /// Returns the wait in a chain of which only means are known: the orders `waiting` here, and those
    /// `elsewhere` that may come here. A queue that holds nearly all of a limited number varies as little as
    /// the rest of them.
    pub(crate) fn wait_in_large_pool(&self, steady: &SteadyState, waiting: f64, elsewhere: f64) -> Wait {
        let wait = self.wait(steady.wait_probability.value(), steady.waiting_time.seconds());
        if wait.probability <= 0.0 {
            return wait;
        }
        let line = waiting / wait.probability;
        let squared = 1.0 / (1.0 + line * line / (elsewhere + line));
        let limited = limited_population_factor(squared, self.variability.squared());
        wait.with_variability(limited * self.variability_of_waits(steady.busy))
    }

    /// Returns the squared coefficient of variation of the wait of those who wait, under an independent
    /// stream that keeps `busy` servers busy.
    ///
    /// Exact for one server with the laws of [`crate::queueing::stations::service_time_law`], from the second
    /// moment of Pollaczek and Khinchine: 1 + (1 − ρ) k (C² − 1) / (C² + 1), where k is 2 for balanced
    /// exponentials and 2/3 for a gamma law. With several servers its distance from 1 grows by the factor 1 +
    /// ln(c) / 2, but the result is never below 0.75, which fits simulations of up to ten servers to 0.1 for
    /// C² up to 4.
    fn variability_of_waits(&self, busy: f64) -> f64 {
        let (servers, squared) = (self.servers.as_f64(), self.variability.squared());
        let idle = (1.0 - busy / servers).clamp(0.0, 1.0);
        let law = if squared > 1.0 { 2.0 } else { 2.0 / 3.0 };
        let several = 1.0 + 0.5 * servers.min(10.0).ln();
        (1.0 + idle * law * several * (squared - 1.0) / (squared + 1.0)).max(0.75)
    }
}

/// Returns the variability of waits in a limited population relative to that under an independent stream,
/// where it would be `squared` with exponential service.
///
/// At 1 and beyond, a queue varies with its length whatever the service. Below 1 the queue holds the
/// remainder of a limited number, and varies as the `services` do, as far as the departures ahead of an order
/// decide.
fn limited_population_factor(squared: f64, services: f64) -> f64 {
    if squared >= 1.0 { 1.0 } else { squared.max(0.0) * services.clamp(0.01, 10.0).powf(1.0 - squared) }
}

/// Limits the joint variance of a chain's waits to the one that a limited number of orders inside allows.
///
/// With a limited number, one queue is longer when others are shorter, but the waits are added up as if they
/// were independent. Together they vary as the number of orders inside, and as the departures that they wait
/// for. Orders come back as regularly as they left, so that with constant services their number varies half
/// as much as with exponential ones (the peakedness of a GI/M/∞ station).
pub(crate) fn limit_joint_variance(
    waits: &mut [Wait],
    stations: &[Station],
    inside: f64,
    variance: f64,
    throughput: f64,
) {
    let total_variance: f64 = waits.iter().map(Wait::variance).sum();
    let total_mean: f64 = waits.iter().map(Wait::mean).sum();
    let services =
        waits.iter().zip(stations).map(|(wait, station)| wait.mean() * station.variability.squared());
    let services = (services.sum::<f64>() / total_mean).clamp(0.05, 10.0);
    let variance = variance * f64::midpoint(1.0, services.min(1.0));
    let limit = (variance + inside * services) / (throughput * throughput);
    if total_variance > limit {
        for wait in waits {
            *wait = wait.with_variability(wait.squared * limit / total_variance);
        }
    }
}
