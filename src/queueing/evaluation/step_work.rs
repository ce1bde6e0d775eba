//! The work of one step for one order: all attempts of a call, or all deliveries of an event.

use crate::queueing::laws::delivery::AtLeastOnce;
use crate::queueing::laws::retries::{amplification, attempt_failure, backoff_time, final_error};
use crate::queueing::stations::service_time_law::ServiceTimeLaw;
use crate::scenario::{Broker, Placement, Step};
use crate::units::{Probability, Servers, Time, Variability};

/// The ratio of each backoff to the one before.
const BACKOFF_FACTOR: f64 = 2.0;

/// The work of one step for one order.
#[derive(Debug, Clone)]
pub(crate) struct StepWork {
    /// The number of orders that can be in the step at once.
    pub(crate) servers: Servers,
    /// Attempts of a call, or deliveries of an event.
    pub(crate) visits: f64,
    /// The mean time that one visit holds a server.
    pub(crate) visit: Time,
    pub(crate) visit_variability: Variability,
    /// The mean time that one order holds a server, over all visits.
    pub(crate) demand: Time,
    /// The variance of the demand, in seconds squared.
    pub(crate) variance: f64,
    /// Time that passes without holding a server: the waits between attempts, and the broker's latency.
    pub(crate) delay: Time,
    /// The probability that the step succeeds in the end.
    pub(crate) success: Probability,
    /// The delivery of the events, if the step is asynchronous.
    pub(crate) delivery: AtLeastOnce,
}

impl StepWork {
    /// Computes the work of a step. An attempt that times out gives its connection back. Time spent in a
    /// queue does not count against the timeout here (see [`crate::queueing::transients::metastable`] for
    /// when it does).
    pub(crate) fn new(step: &Step, broker: &Broker) -> Self {
        let law = ServiceTimeLaw::new(Time::ZERO, step.service_time, step.variability);
        let attempts = step.attempts;
        let timeout = attempts.timeout.map_or(f64::INFINITY, Time::seconds);
        let (visit, square) = law.truncated_moments(timeout);
        let visit_variance = (square - visit * visit).max(0.0);
        let failure = attempt_failure(attempts.failure, Probability::new(law.tail(timeout)));
        let delivery =
            AtLeastOnce { failure, ack_loss: broker.ack_loss, max_deliveries: broker.max_deliveries };
        let (visits, success, variance_of_visits) = if step.placement == Placement::Async {
            (delivery.deliveries(), delivery.lost().complement(), 0.0)
        } else {
            let error = final_error(failure, attempts.retries);
            (
                amplification(failure, attempts.retries),
                error.complement(),
                attempts_variance(failure, attempts.retries),
            )
        };
        let backoff = match step.placement {
            Placement::Async => Time::ZERO,
            _ => backoff_time(failure, attempts.retries, attempts.backoff, BACKOFF_FACTOR),
        };
        let broker_latency =
            if step.placement == Placement::PublishAndWait { broker.publish_latency } else { Time::ZERO };
        let visit_squared = if visit > 0.0 { visit_variance / (visit * visit) } else { 0.0 };
        Self {
            servers: step.servers,
            visits,
            visit: Time::from_seconds(visit),
            visit_variability: Variability::try_new(visit_squared).unwrap_or(step.variability),
            demand: Time::from_seconds(visits * visit),
            variance: visits * visit_variance + variance_of_visits * visit * visit,
            delay: backoff + broker_latency,
            success,
            delivery,
        }
    }

    /// Returns the law of the whole step for its caller, without any queue.
    pub(crate) fn law(&self) -> ServiceTimeLaw {
        let demand = self.demand.seconds();
        let squared = if demand > 0.0 { self.variance / (demand * demand) } else { 0.0 };
        ServiceTimeLaw::fit(self.delay.seconds(), demand, squared)
    }

    /// Returns the mean time that one order holds each of the servers.
    pub(crate) fn demand_per_server(&self) -> Time {
        self.demand / self.servers.as_f64()
    }
}

/// Returns the variance of the number of attempts.
fn attempts_variance(failure: Probability, retries: u8) -> f64 {
    let p = failure.value();
    let mean = amplification(failure, retries);
    // E A² = Σ (2 i + 1) P(A > i).
    let square: f64 = (0..=i32::from(retries)).map(|i| (2.0 * f64::from(i) + 1.0) * p.powi(i)).sum();
    (square - mean * mean).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Attempts, Scenario};

    fn email(attempts: Attempts, placement: Placement) -> StepWork {
        let mut step = Scenario::online_shop().steps[2].clone();
        step.attempts = attempts;
        step.placement = placement;
        StepWork::new(&step, &Broker::default())
    }

    #[test]
    fn a_step_that_never_fails_is_its_service() {
        let work = email(Attempts::default(), Placement::Sync);
        assert_eq!(
            (work.demand, work.delay, work.success),
            (Time::from_millis(400.0), Time::ZERO, Probability::ONE)
        );
        assert_eq!(work.visit_variability, Variability::EXPONENTIAL);
    }

    #[test]
    fn retries_cost_attempts_and_backoffs() {
        let attempts = Attempts {
            failure: Probability::new(0.5),
            timeout: None,
            retries: 1,
            backoff: Time::from_millis(100.0),
        };
        let work = email(attempts, Placement::Sync);
        assert_eq!((work.demand.micros(), work.delay.micros()), (600_000, 50_000));
        assert_eq!(work.success, Probability::new(0.75));
    }

    #[test]
    fn a_timeout_cuts_the_service_off() {
        let attempts = Attempts { timeout: Some(Time::from_millis(400.0)), ..Attempts::default() };
        let work = email(attempts, Placement::Sync);
        let kept = 1.0 - (-1.0_f64).exp();
        assert!((work.demand.seconds() - 0.4 * kept).abs() < 1e-12);
        assert!((work.success.value() - kept).abs() < 1e-12);
    }

    #[test]
    fn failed_events_are_delivered_again_by_the_broker() {
        let attempts = Attempts { failure: Probability::new(0.5), retries: 20, ..Attempts::default() };
        let work = email(attempts, Placement::Async);
        assert!((work.visits - 1.9375).abs() < 1e-12, "five deliveries at most: {}", work.visits);
    }
}
