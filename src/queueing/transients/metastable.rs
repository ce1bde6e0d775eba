//! Metastable retry loops: retries that feed on the queue that they make, so that a station can have two
//! stable states, one of which is collapse.
//!
//! A call that waits too long is given up and made again, so that a long queue attracts more calls. The
//! attempts' rate Λ solves Λ = λ (1 − p^(r+1)) / (1 − p), where p is the share of attempts that take longer
//! than the timeout at that rate. Below the capacity there are none, one or two solutions: the working point,
//! and above it the rate from which the queue runs away. If all attempts together exceed the capacity, the
//! collapsed state sustains itself even after its cause is gone.
//!
//! Source: N. Bronson and others, “Metastable failures in distributed systems”, 2021.

use crate::queueing::laws::retries::{amplification, attempt_failure};
use crate::queueing::numerics::root;
use crate::queueing::stations::Station;
use crate::scenario::Step;
use crate::units::{Probability, Rate, Servers, Time, Variability};

/// A station with exponential service whose callers give up and try again. The server does not learn of those
/// who gave up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetryLoop {
    /// Calls per second, first attempts only.
    pub arrival_rate: Rate,
    /// The mean time of one service.
    pub service_time: Time,
    pub servers: Servers,
    /// The probability that a service fails by itself.
    pub failure: Probability,
    /// The time after which a caller gives up.
    pub timeout: Time,
    /// The number of retries after a failed attempt.
    pub retries: u8,
}

/// The stable states of a retry loop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Equilibrium {
    /// Only the working point: the loop returns to it after any disturbance.
    Safe {
        /// Attempts per second at the working point.
        attempts: Rate,
    },
    /// The working point and collapse: a disturbance beyond the threshold leads to collapse for good.
    Metastable {
        /// Attempts per second at the working point.
        attempts: Rate,
        /// Attempts per second from which on the queue runs away.
        threshold: Rate,
        /// Attempts per second in collapse.
        collapsed: Rate,
    },
    /// Only collapse: the queue grows without end.
    Collapsed {
        /// Attempts per second.
        attempts: Rate,
    },
}

impl RetryLoop {
    /// Makes the retry loop of a step at that rate of calls; `None` if its caller never gives up or its
    /// service takes no time.
    pub fn for_step(step: &Step, arrival_rate: Rate) -> Option<Self> {
        let timeout = step.attempts.timeout.filter(|_| !step.service_time.is_zero())?;
        Some(Self {
            arrival_rate,
            service_time: step.service_time,
            servers: step.servers,
            failure: attempt_failure(step.attempts.failure, Probability::ZERO),
            timeout,
            retries: step.attempts.retries,
        })
    }

    pub fn capacity(&self) -> Rate {
        Rate::per_second(self.servers.as_f64() / self.service_time.seconds())
    }

    /// Returns the highest rate of calls at which no disturbance can leave the loop in collapse, c / (S (r +
    /// 1)).
    ///
    /// ```
    /// # use waiting_line::queueing::transients::metastable::RetryLoop;
    /// # use waiting_line::units::{Probability, Rate, Servers, Time};
    /// let payment = RetryLoop {
    ///     arrival_rate: Rate::per_second(70.0),
    ///     service_time: Time::from_millis(100.0),
    ///     servers: Servers::new(10),
    ///     failure: Probability::ZERO,
    ///     timeout: Time::from_whole_seconds(1),
    ///     retries: 3,
    /// };
    /// assert_eq!(payment.max_safe_arrival_rate().value(), 25.0);
    /// ```
    pub fn max_safe_arrival_rate(&self) -> Rate {
        self.capacity() * (1.0 / (f64::from(self.retries) + 1.0))
    }

    /// Finds the stable states. The service must take time.
    ///
    /// ```
    /// # use waiting_line::queueing::transients::metastable::{Equilibrium, RetryLoop};
    /// # use waiting_line::units::{Probability, Rate, Servers, Time};
    /// # let payment = RetryLoop {
    /// #     arrival_rate: Rate::per_second(70.0),
    /// #     service_time: Time::from_millis(100.0),
    /// #     servers: Servers::new(10),
    /// #     failure: Probability::ZERO,
    /// #     timeout: Time::from_whole_seconds(1),
    /// #     retries: 3,
    /// # };
    /// let Equilibrium::Metastable { attempts, threshold, collapsed } = payment.equilibrium() else {
    ///     panic!()
    /// };
    /// assert!((attempts.value() - 70.0035).abs() < 1e-4);
    /// assert!((threshold.value() - 98.6914).abs() < 1e-4);
    /// assert_eq!(collapsed.value(), 280.0);
    /// ```
    pub fn equilibrium(&self) -> Equilibrium {
        let collapsed = self.arrival_rate * (f64::from(self.retries) + 1.0);
        let equilibria = self.equilibria();
        match (equilibria.first(), equilibria.get(1)) {
            (Some(&attempts), Some(&threshold)) => Equilibrium::Metastable { attempts, threshold, collapsed },
            (Some(&attempts), None) => Equilibrium::Safe { attempts },
            (None, _) => Equilibrium::Collapsed { attempts: collapsed },
        }
    }

    /// Returns the attempts per second that reproduce themselves, below the capacity, in ascending order.
    fn equilibria(&self) -> Vec<Rate> {
        let (calls, capacity) = (self.arrival_rate.value(), self.capacity().value());
        if calls >= capacity {
            return Vec::new();
        }
        // Even steps in the logarithm of the distance to the capacity, along which a queue grows evenly.
        let steps = 240;
        let deepest = 16.0;
        let shallowest = -(-calls / capacity).ln_1p();
        let rate = |step: f64| {
            let depth = shallowest + (deepest - shallowest).max(1.0) * step / f64::from(steps);
            capacity * -(-depth).exp_m1()
        };
        let surplus =
            |attempts: f64| calls * amplification(self.attempt_failure(attempts), self.retries) - attempts;
        let mut equilibria = Vec::new();
        let mut before = surplus(rate(0.0));
        for step in 1..=steps {
            let current = surplus(rate(f64::from(step)));
            if (before >= 0.0) != (current >= 0.0) {
                let root = root::find_root(rate(f64::from(step - 1)), rate(f64::from(step)), surplus);
                equilibria.push(Rate::per_second(root));
            }
            before = current;
        }
        equilibria
    }

    /// Returns the probability that an attempt fails at that rate of attempts: M/M/c, P(T > τ).
    fn attempt_failure(&self, attempts: f64) -> Probability {
        let (service_time, servers) = (self.service_time, self.servers);
        let station = Station { service_time, servers, variability: Variability::EXPONENTIAL };
        let late = station.response_tail(Rate::per_second(attempts), self.timeout);
        attempt_failure(self.failure, late.unwrap_or(Probability::ONE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payment(rate: f64, retries: u8) -> Equilibrium {
        RetryLoop {
            arrival_rate: Rate::per_second(rate),
            service_time: Time::from_millis(100.0),
            servers: Servers::new(10),
            failure: Probability::ZERO,
            timeout: Time::from_whole_seconds(1),
            retries,
        }
        .equilibrium()
    }

    #[test]
    fn without_retries_or_with_little_load_it_is_safe() {
        assert!(matches!(payment(70.0, 0), Equilibrium::Safe { .. }));
        assert!(matches!(payment(22.0, 3), Equilibrium::Safe { .. }));
        assert!(matches!(payment(70.0, 1), Equilibrium::Metastable { .. }));
        assert!(matches!(payment(99.9, 3), Equilibrium::Collapsed { .. }));
        assert!(matches!(payment(100.0, 3), Equilibrium::Collapsed { .. }));
    }
}
