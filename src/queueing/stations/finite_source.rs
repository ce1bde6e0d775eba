//! A limited number of users around one step: the finite-source queue M/M/c//N, exactly.
//!
//! Source: the birth–death equations; see L. Kleinrock, “Queueing Systems” I, 1975, chapter 3. States are
//! weighed relative to the one with all servers busy and nobody waiting, so that nothing overflows; both
//! sides cost some √N terms.

use crate::queueing::numerics::poisson::TruncatedPoisson;
use crate::units::{Probability, Rate, Servers, Time, Users, Utilization};

/// Users who think and then need one of the servers, both for exponential times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FiniteSource {
    pub users: Users,
    /// The time from an answer to the same user's next order; more than zero.
    pub think_time: Time,
    /// The mean time of one service; more than zero.
    pub service_time: Time,
    pub servers: Servers,
}

/// The steady state of a [`FiniteSource`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FiniteSourceState {
    pub throughput: Rate,
    pub response_time: Time,
    /// The mean number of orders waiting.
    pub waiting: f64,
    pub utilization: Utilization,
    /// The probability that all servers are busy.
    pub all_busy: Probability,
}

impl FiniteSource {
    /// Computes the steady state; `None` without users.
    ///
    /// ```
    /// # use waiting_line::{queueing::stations::finite_source::FiniteSource, units::{Servers, Time, Users}};
    /// let state = FiniteSource {
    ///     users: Users::new(20),
    ///     think_time: Time::from_whole_seconds(1),
    ///     service_time: Time::from_millis(500.0),
    ///     servers: Servers::new(4),
    /// }
    /// .steady_state()
    /// .unwrap();
    /// assert!((state.throughput.value() - 7.9919015).abs() < 1e-7);
    /// assert!((state.response_time.seconds() - 1.5025333).abs() < 1e-7);
    /// ```
    pub fn steady_state(&self) -> Option<FiniteSourceState> {
        let users = self.users.as_f64();
        if users <= 0.0 {
            return None;
        }
        let (think, service) = (self.think_time.seconds(), self.service_time.seconds());
        let servers = self.servers.as_f64().min(users);
        // The weight of state n − 1 relative to that of state n.
        let down = |n: f64| n * think / ((users - n + 1.0) * service);
        let mode = (users * service / (service + think)).floor().min(servers);
        let below = PartialSums::sum(mode, servers, users, down);
        let (weight, moment) = match TruncatedPoisson::new(users - servers, servers * think / service) {
            TruncatedPoisson::Truncated { weight, moment, .. } => (below.top * weight, below.top * moment),
            TruncatedPoisson::Untruncated => {
                return Some(self.saturated(users - servers - servers * think / service));
            }
        };
        let total = below.weight + weight;
        let busy = (below.moment + servers * weight) / total;
        let waiting = moment / total;
        let throughput = busy / service;
        Some(FiniteSourceState {
            throughput: Rate::per_second(throughput),
            response_time: Time::from_seconds(service + waiting / throughput),
            waiting,
            utilization: Utilization::from_share(busy / self.servers.as_f64()),
            all_busy: Probability::new(if servers < self.servers.as_f64() { 0.0 } else { weight / total }),
        })
    }

    /// The state so far beyond the knee that all servers are always busy.
    fn saturated(&self, waiting: f64) -> FiniteSourceState {
        let throughput = self.servers.as_f64() / self.service_time.seconds();
        FiniteSourceState {
            throughput: Rate::per_second(throughput),
            response_time: self.service_time + Time::from_seconds(waiting / throughput),
            waiting,
            utilization: Utilization::from_share(1.0),
            all_busy: Probability::ONE,
        }
    }
}

/// Sums over the states in which a server is free, with weights relative to the most frequent of them.
struct PartialSums {
    weight: f64,
    /// The sum of the weights times the busy servers.
    moment: f64,
    /// The weight of the state in which all servers are busy and nobody waits.
    top: f64,
}

impl PartialSums {
    fn sum(mode: f64, servers: f64, users: f64, down: impl Fn(f64) -> f64) -> Self {
        let mut side = Self { weight: 0.0, moment: 0.0, top: 1.0 };
        let mut weight = 1.0;
        let mut n = mode;
        while n < servers && weight > 1e-20 {
            side.add(n, weight);
            n += 1.0;
            weight /= down(n);
        }
        side.top = if n < servers { 0.0 } else { weight };
        let mut weight = 1.0;
        let mut n = mode.min(users);
        while n > 0.0 && weight > 1e-20 {
            weight *= down(n);
            n -= 1.0;
            side.add(n, weight);
        }
        side
    }

    fn add(&mut self, busy: f64, weight: f64) {
        self.weight += weight;
        self.moment += weight * busy;
    }
}
