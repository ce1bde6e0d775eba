//! A single station: a queue and its servers, fed by a stream of independent arrivals.

use crate::queueing::numerics::root;
use crate::queueing::stations::erlang::waiting_probability;
use crate::units::{Probability, Rate, Servers, Time, Variability};

/// A queue served first come, first served, by a number of equal servers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Station {
    /// The mean time of one service, over all attempts.
    pub service_time: Time,
    pub servers: Servers,
    pub variability: Variability,
}

/// The steady state of a station.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SteadyState {
    /// The mean number of busy servers.
    pub busy: f64,
    /// The share of arrivals that wait.
    pub wait_probability: Probability,
    /// The mean wait of all arrivals, including those who do not wait.
    pub waiting_time: Time,
}

impl Station {
    /// Returns the maximum throughput, c / S; `None` if service takes no time, so that nothing limits it.
    pub fn capacity(&self) -> Option<Rate> {
        (!self.service_time.is_zero())
            .then(|| Rate::per_second(self.servers.as_f64() / self.service_time.seconds()))
    }

    /// Computes the steady state under Poisson arrivals; `None` if there is none, because the arrival rate
    /// reaches the capacity.
    ///
    /// Exact for exponential service (M/M/c) and for one server (Pollaczek and Khinchine); otherwise
    /// [`allen_cunneen`] with [`several_servers`]: within 1.3 % for four servers at 80 % utilization and
    /// variabilities from 0 to 4.
    ///
    /// ```
    /// use waiting_line::{queueing::stations::Station, units::{Rate, Servers, Time, Variability}};
    /// let payment = Station {
    ///     service_time: Time::from_millis(300.0),
    ///     servers: Servers::new(10),
    ///     variability: Variability::EXPONENTIAL,
    /// };
    /// let steady = payment.steady_state(Rate::per_second(25.0)).unwrap();
    /// assert!((steady.wait_probability.value() - 0.306611).abs() < 1e-6);
    /// assert!((steady.waiting_time.millis() - 36.793344).abs() < 1e-6);
    /// assert!(payment.steady_state(Rate::per_second(34.0)).is_none());
    /// ```
    pub fn steady_state(&self, arrival_rate: Rate) -> Option<SteadyState> {
        self.steady_state_with(arrival_rate, 1.0)
    }

    /// Computes the steady state under arrivals with the squared coefficient of variation `arrivals`, which
    /// is 1 for Poisson arrivals.
    pub(crate) fn steady_state_with(&self, arrival_rate: Rate, arrivals: f64) -> Option<SteadyState> {
        let (service, servers) = (self.service_time.seconds(), self.servers.as_f64());
        let busy = arrival_rate.value() * service;
        (busy < servers).then(|| {
            let wait_probability = waiting_probability(servers, busy);
            let mean_wait = wait_probability * service / (servers - busy);
            SteadyState {
                busy,
                wait_probability: Probability::new(wait_probability),
                waiting_time: Time::from_seconds(mean_wait * self.wait_factor(busy / servers, arrivals)),
            }
        })
    }

    /// Returns the mean wait relative to that under Poisson arrivals with exponential service, at that
    /// utilization.
    pub(crate) fn wait_factor(&self, utilization: f64, arrivals: f64) -> f64 {
        let utilization = utilization.max(1e-12);
        allen_cunneen(arrivals, self.variability)
            * several_servers(self.servers, utilization, self.variability)
            * regular_arrivals(utilization, arrivals, self.variability)
    }

    /// Returns the squared coefficient of variation of the times between departures: near that of the
    /// arrivals at low utilization, near that of the service at high utilization. Many servers let the
    /// arrivals through.
    ///
    /// Source: W. Whitt, “The queueing network analyzer”, 1983.
    pub(crate) fn departures(&self, utilization: f64, arrivals: f64) -> f64 {
        let busy = utilization * utilization;
        let service = self.variability.squared().max(0.2);
        1.0 + (1.0 - busy) * (arrivals - 1.0) + busy * (service - 1.0) / self.servers.as_f64().sqrt()
    }
}

impl Station {
    /// Returns the probability that a response takes longer than `time`, for exponential service; `None` if
    /// the station cannot keep up.
    ///
    /// ```
    /// # use waiting_line::{queueing::stations::Station, units::{Rate, Servers, Time, Variability}};
    /// # let payment = Station {
    /// #     service_time: Time::from_millis(300.0),
    /// #     servers: Servers::new(10),
    /// #     variability: Variability::EXPONENTIAL,
    /// # };
    /// let late = payment.response_tail(Rate::per_second(25.0), Time::from_whole_seconds(1)).unwrap();
    /// assert!((late.value() - 0.0429).abs() < 1e-4);
    /// ```
    pub fn response_tail(&self, arrival_rate: Rate, time: Time) -> Option<Probability> {
        let tail = self.tail(arrival_rate.value(), time.seconds());
        (arrival_rate.value() * self.service_time.seconds() < self.servers.as_f64())
            .then(|| Probability::new(tail))
    }

    /// Returns the response time that the `share` of all orders, below 1, do not exceed, for exponential
    /// service; `None` if the station cannot keep up.
    ///
    /// ```
    /// # use waiting_line::{queueing::stations::Station, units::{Rate, Servers, Time, Variability}};
    /// # let payment = Station {
    /// #     service_time: Time::from_millis(300.0),
    /// #     servers: Servers::new(10),
    /// #     variability: Variability::EXPONENTIAL,
    /// # };
    /// let p99 = payment.response_quantile(Rate::per_second(25.0), 0.99).unwrap();
    /// assert!((p99.seconds() - 1.437309).abs() < 1e-6);
    /// ```
    pub fn response_quantile(&self, arrival_rate: Rate, share: f64) -> Option<Time> {
        let mean = self.steady_state(arrival_rate)?.waiting_time + self.service_time;
        let late = |time: f64| self.tail(arrival_rate.value(), time) - (1.0 - share);
        let mut high = mean.seconds();
        while late(high) > 0.0 && high < Time::MAX.seconds() {
            high *= 2.0;
        }
        Some(Time::from_seconds(root::find_root(0.0, high, late)))
    }

    /// Computes P(T > t) = (1 − C) e^(−μt) + C (θ e^(−μt) − μ e^(−θt)) / (θ − μ), with θ = c μ − λ, in plain
    /// numbers.
    fn tail(&self, arrival_rate: f64, time: f64) -> f64 {
        let rate = 1.0 / self.service_time.seconds();
        let servers = self.servers.as_f64();
        let wait_probability = waiting_probability(servers, arrival_rate / rate);
        let drain = servers * rate - arrival_rate;
        let served = (-rate * time).exp();
        if (drain - rate).abs() < 1e-9 * rate {
            served * (1.0 + wait_probability * rate * time)
        } else {
            (1.0 - wait_probability) * served
                + wait_probability * (drain * served - rate * (-drain * time).exp()) / (drain - rate)
        }
    }
}

/// Returns Allen and Cunneen's factor (ca² + cs²) / 2, by which the mean wait is longer than with Poisson
/// arrivals and exponential service. Exact for one server with Poisson arrivals.
///
/// Source: A. O. Allen, “Probability, Statistics and Queueing Theory”, 1990.
///
/// ```
/// use waiting_line::{queueing::stations::allen_cunneen, units::Variability};
/// assert_eq!(allen_cunneen(1.0, Variability::CONSTANT), 0.5);
/// assert_eq!(allen_cunneen(1.0, Variability::SPIKY), 2.5);
/// ```
pub fn allen_cunneen(arrivals: f64, service: Variability) -> f64 {
    f64::midpoint(arrivals, service.squared())
}

/// Returns the correction of [`allen_cunneen`] for several servers: a constant service loses a little of its
/// advantage, and a very long one blocks only one of them. With γ = (1 − ρ)(c − 1)(√(4 + 5 c) − 2) / (16 ρ c)
/// the factor is (1 + γ) / (1 + γ C²).
///
/// Source: G. P. Cosmetatos, 1976, for constant service; T. Kimura, “A two-moment approximation for the mean
/// waiting time in the GI/G/s queue”, 1986, for the others. Exact with one server and with exponential
/// service.
///
/// ```
/// use waiting_line::{queueing::stations::several_servers, units::{Servers, Variability}};
/// let four = |variability| several_servers(Servers::new(4), 0.8, variability);
/// // The exact factors are 1.0357 and 0.9215.
/// assert!((four(Variability::CONSTANT) - 1.0340).abs() < 1e-4);
/// assert!((four(Variability::SPIKY) - 0.9102).abs() < 1e-4);
/// ```
pub fn several_servers(servers: Servers, utilization: f64, service: Variability) -> f64 {
    let c = servers.as_f64();
    let most = (c - 1.0) / (c + 1.0);
    let excess = (1.0 - utilization) * (c - 1.0) * ((4.0 + 5.0 * c).sqrt() - 2.0) / (16.0 * utilization * c);
    let excess = excess.clamp(0.0, most);
    (1.0 + excess) / (1.0 + excess * service.squared())
}

/// Returns the factor by which regular arrivals shorten waits beyond Allen and Cunneen, exp(−2 (1 − ρ)(1 −
/// ca²)² / (3 ρ (ca² + cs²))).
///
/// Source: W. Krämer and M. Langenbach-Belz, 1976.
fn regular_arrivals(utilization: f64, arrivals: f64, service: Variability) -> f64 {
    if arrivals >= 1.0 {
        return 1.0;
    }
    let regular = (1.0 - arrivals) * (1.0 - arrivals);
    (-2.0 * (1.0 - utilization) * regular / (3.0 * utilization * (arrivals + service.squared()))).exp()
}
