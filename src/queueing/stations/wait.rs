//! A wait in line: nothing for most, and for a share of all a time that is spread around its mean.

use crate::queueing::stations::service_time_law::ServiceLaw;
use crate::queueing::stations::{Station, Steadied, allen_cunneen};
use crate::units::Time;
use crate::units::power::power;

/// The most stages that stand in for a wait that varies little; further ones would cost time and show nothing.
const MOST_STAGES: u32 = 8;

/// A wait in line.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Wait {
    /// How often there is any.
    pub(crate) share: f64,
    /// Its mean where there is any, in seconds.
    pub(crate) if_any: f64,
    /// Its squared coefficient of variation where there is any.
    pub(crate) squared: f64,
}

impl Wait {
    /// The same wait with that squared coefficient of variation for those who wait. More than an exponential's means that some of
    /// them wait hardly at all: they are counted among those who do not.
    pub(crate) fn varying(self, squared: f64) -> Self {
        if squared > 1.0 {
            let long = 2.0 / (1.0 + squared);
            return Self { share: self.share * long, if_any: self.if_any / long, squared: 1.0 };
        }
        if squared * f64::from(MOST_STAGES) >= 1.0 || self.share <= 0.0 {
            return Self { squared, ..self };
        }
        // Hardly anybody finds a server free where waits vary so little.
        Self { share: 1.0, if_any: self.mean(), squared }
    }

    /// The mean over all, in seconds.
    pub(crate) fn mean(&self) -> f64 {
        self.share * self.if_any
    }

    /// The same as a time.
    pub(crate) fn mean_time(&self) -> Time {
        Time::from_seconds(self.mean())
    }

    /// The variance over all, in seconds squared.
    pub(crate) fn variance(&self) -> f64 {
        self.share * (1.0 + self.squared - self.share) * self.if_any * self.if_any
    }

    /// The law of those who wait.
    pub(crate) fn law(&self) -> ServiceLaw {
        ServiceLaw::of_stages(MOST_STAGES, 0.0, self.if_any, self.squared)
    }
}

/// The line at one station.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct QueueMoments {
    /// How often an order that arrives finds all servers busy.
    pub(crate) share: f64,
    /// How many wait, on average.
    pub(crate) waiting: f64,
    /// The mean square of the wait over all orders, in seconds squared.
    pub(crate) square: f64,
}

impl Station {
    /// An exponential wait with that mean over all, of which that share waits at least. With exponential service those who wait do
    /// so for no longer than the mean wait and a service, so at least the mean wait's share of both waits; otherwise all waits are
    /// longer by the factor of Allen and Cunneen.
    pub(crate) fn wait(&self, share: f64, mean: f64) -> Wait {
        if mean <= 0.0 {
            return Wait::default();
        }
        let service = self.service_time.seconds() * allen_cunneen(1.0, self.variability);
        let share = share.max(mean / (mean + service)).min(1.0);
        Wait { share, if_any: mean / share, squared: 1.0 }
    }

    /// The wait at this station under a stream that does not depend on it.
    pub(crate) fn wait_under(&self, steady: &Steadied) -> Wait {
        let wait = self.wait(steady.waits.value(), steady.waiting_time.seconds());
        wait.varying(self.variability_of_waits(steady.busy))
    }

    /// The wait at this station in a chain with a limited number of orders inside, of which the exact line for exponential service
    /// is known, and by how much a wait is `longer` than that on average, in seconds.
    pub(crate) fn wait_in_line(&self, line: &QueueMoments, throughput: f64, longer: f64) -> Wait {
        let service = self.service_time.seconds();
        let exponential = line.waiting / throughput;
        let mean = exponential + longer;
        if exponential.min(mean) < 1e-12 * service {
            return Wait::default();
        }
        let squared = line.square / exponential * (line.share / exponential) - 1.0;
        // Of how much it varies this share is due to the departures ahead of an order; how many there are varies as their mean does.
        let departures = service / self.servers.as_f64() * line.share / exponential / squared;
        let departures = if departures < 1.0 { departures } else { 1.0 };
        let services = 1.0 + departures * (self.variability.squared() * exponential / mean - 1.0);
        let limited = limited(squared, services);
        let wait = self.wait(line.share, mean);
        wait.varying(limited * self.variability_of_waits(throughput * service))
    }

    /// The same in a chain of which only means are known: how many wait here, and how many orders are elsewhere and may come here.
    /// A line that holds nearly all of a limited number is as long as what is left of them.
    pub(crate) fn wait_among(&self, steady: &Steadied, waiting: f64, elsewhere: f64) -> Wait {
        let wait = self.wait(steady.waits.value(), steady.waiting_time.seconds());
        if wait.share <= 0.0 {
            return wait;
        }
        let line = waiting / wait.share;
        let squared = 1.0 / (1.0 + line * line / (elsewhere + line));
        let limited = limited(squared, self.variability.squared());
        wait.varying(limited * self.variability_of_waits(steady.busy))
    }

    /// The squared coefficient of variation of the wait of those who wait under a stream that does not depend on it, where so many
    /// servers are busy.
    ///
    /// Exact for one server with the laws of [`crate::queueing::stations::service_time_law`], from the second moment of Pollaczek and Khinchine:
    /// 1 + (1 − ρ) k (C² − 1) / (C² + 1), where k is 2 for balanced exponentials and 2/3 for a gamma law. With several servers it is
    /// further from one by the factor 1 + ln(c) / 2, but never below 0.75, which fits simulations of up to ten to 0.1 for C² up to 4.
    fn variability_of_waits(&self, busy: f64) -> f64 {
        let (servers, squared) = (self.servers.as_f64(), self.variability.squared());
        let idle = (1.0 - busy / servers).clamp(0.0, 1.0);
        let law = if squared > 1.0 { 2.0 } else { 2.0 / 3.0 };
        let several = 1.0 + 0.5 * servers.min(10.0).ln();
        (1.0 + idle * law * several * (squared - 1.0) / (squared + 1.0)).max(0.75)
    }
}

/// How much waits vary that would vary by `squared` with exponential service, against an independent stream's. Where that is as much
/// as an independent stream's, a line varies with its own length whatever the service. Where it is less, the line holds what is left
/// of a limited number, and it varies as the `services` do, as far as the departures ahead of an order decide.
fn limited(squared: f64, services: f64) -> f64 {
    if squared >= 1.0 { 1.0 } else { squared.max(0.0) * power(services.clamp(0.01, 10.0), 1.0 - squared) }
}

/// Lets the waits of a chain vary together no more than the number of orders inside lets them: with a limited number, what one
/// line is longer by others are shorter by, and they are added up as if they were independent. In all they vary as the orders
/// inside do, and as the departures that they wait for. Orders come back as regularly as they left, so that with constant services
/// their number varies half as much as with exponential ones (the peakedness of a GI/M/∞ station).
pub(crate) fn share_the_limit(
    waits: &mut [Wait],
    stations: &[Station],
    inside: f64,
    variance: f64,
    throughput: f64,
) {
    let all: f64 = waits.iter().map(Wait::variance).sum();
    let waited: f64 = waits.iter().map(Wait::mean).sum();
    let services =
        waits.iter().zip(stations).map(|(wait, station)| wait.mean() * station.variability.squared());
    let services = (services.sum::<f64>() / waited).clamp(0.05, 10.0);
    let variance = variance * f64::midpoint(1.0, services.min(1.0));
    let limit = (variance + inside * services) / (throughput * throughput);
    if all > limit {
        for wait in waits {
            *wait = wait.varying(wait.squared * limit / all);
        }
    }
}
