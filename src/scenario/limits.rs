//! The limits of every value of a scenario.
//!
//! Values that people enter are clamped to these limits and rounded to the precision of links (microseconds,
//! thousandths of an order per second, millionths of a probability), so that a scenario and its link never
//! differ. Links and files with values outside the limits are refused.

use std::ops::RangeInclusive;

use super::{Attempts, Broker, Client, Scenario, Step, StepId, Workload};
use crate::units::{Probability, Rate, Servers, Time, Users, Variability};

pub const SERVICE_TIME: RangeInclusive<Time> = Time::ZERO..=Time::from_whole_seconds(10);
pub const THINK_TIME: RangeInclusive<Time> = Time::ZERO..=Time::from_whole_seconds(3_600);
pub const PUBLISH_LATENCY: RangeInclusive<Time> = Time::ZERO..=Time::from_whole_seconds(10);
/// The timeout of a client or of a step's caller.
pub const TIMEOUT: RangeInclusive<Time> = Time::from_whole_millis(1)..=Time::from_whole_seconds(3_600);
pub const BACKOFF: RangeInclusive<Time> = Time::ZERO..=Time::from_whole_seconds(3_600);
pub const USERS: RangeInclusive<Users> = Users::ONE..=Users::MAX;
/// Connections and consumers of a step, and API workers.
pub const SERVERS: RangeInclusive<Servers> = Servers::ONE..=Servers::MAX;
pub const ARRIVAL_RATE: RangeInclusive<Rate> =
    Rate::from_thousandths(1)..=Rate::from_thousandths(1_000_000_000_000);
pub const VARIABILITY: RangeInclusive<Variability> = Variability::CONSTANT..=Variability::MAX;
pub const PROBABILITY: RangeInclusive<Probability> = Probability::ZERO..=Probability::ONE;
pub const RETRIES: RangeInclusive<u8> = 0..=20;
/// Deliveries of an event before it goes to the dead-letter queue.
pub const DELIVERIES: RangeInclusive<u8> = 1..=u8::MAX;
pub const PARTITIONS: RangeInclusive<u16> = 1..=u16::MAX;
pub const STEPS: RangeInclusive<usize> = 1..=20;

impl Scenario {
    /// Returns the scenario with all values clamped and rounded, surplus steps removed, and a new identity
    /// for every step whose identity is already taken. Returns `None` for a scenario without steps.
    pub fn within_limits(self) -> Option<Self> {
        let mut steps: Vec<Step> = Vec::with_capacity(self.steps.len());
        for mut step in self.steps.into_iter().take(Self::MAX_STEPS) {
            if steps.iter().any(|earlier| earlier.id == step.id) {
                step.id = unused_id(|id| steps.iter().any(|earlier| earlier.id == id));
            }
            steps.push(step.within_limits());
        }
        (!steps.is_empty()).then(|| Self {
            workload: self.workload.within_limits(),
            workers: self.workers,
            steps,
            broker: self.broker.within_limits(),
            client: Client { timeout: clamp_time(self.client.timeout, &TIMEOUT) },
            seed: self.seed,
        })
    }
}

impl Workload {
    /// Returns the workload with its values clamped and rounded.
    #[must_use]
    pub fn within_limits(self) -> Self {
        match self {
            Self::Closed { users, think_time } => {
                Self::Closed { users: clamp(users, &USERS), think_time: clamp_time(think_time, &THINK_TIME) }
            }
            Self::Open { arrival_rate } => {
                let rounded = Rate::from_thousandths(arrival_rate.thousandths());
                Self::Open { arrival_rate: clamp(rounded, &ARRIVAL_RATE) }
            }
        }
    }
}

impl Step {
    /// Returns the step with its values clamped and rounded.
    #[must_use]
    pub fn within_limits(self) -> Self {
        Self {
            service_time: clamp_time(self.service_time, &SERVICE_TIME),
            variability: Variability::new(self.variability.squared()),
            attempts: self.attempts.within_limits(),
            ..self
        }
    }
}

impl Attempts {
    /// Returns the attempts with their values clamped and rounded.
    #[must_use]
    pub fn within_limits(self) -> Self {
        Self {
            failure: round_probability(self.failure),
            timeout: self.timeout.map(|timeout| clamp_time(timeout, &TIMEOUT)),
            retries: clamp(self.retries, &RETRIES),
            backoff: clamp_time(self.backoff, &BACKOFF),
        }
    }
}

impl Broker {
    /// Returns the broker with its values clamped and rounded.
    #[must_use]
    pub fn within_limits(self) -> Self {
        Self {
            publish_latency: clamp_time(self.publish_latency, &PUBLISH_LATENCY),
            partitions: self.partitions.map(|partitions| clamp(partitions, &PARTITIONS)),
            hot_key_share: round_probability(self.hot_key_share),
            max_deliveries: clamp(self.max_deliveries, &DELIVERIES),
            ack_loss: round_probability(self.ack_loss),
        }
    }
}

/// Returns the lowest identity from 1 that is not taken. There are always fewer steps than identities.
pub fn unused_id(is_taken: impl Fn(StepId) -> bool) -> StepId {
    (1..u16::MAX).map(StepId).find(|&id| !is_taken(id)).unwrap_or(StepId(u16::MAX))
}

fn clamp_time(value: Time, limits: &RangeInclusive<Time>) -> Time {
    clamp(Time::from_micros(value.micros()), limits)
}

fn round_probability(value: Probability) -> Probability {
    Probability::from_millionths(value.millionths())
}

fn clamp<T: PartialOrd + Copy>(value: T, limits: &RangeInclusive<T>) -> T {
    if value < *limits.start() {
        *limits.start()
    } else if value > *limits.end() {
        *limits.end()
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::StepName;

    #[test]
    fn a_workload_is_forced_into_its_limits() {
        let check = |workload: Workload, clamped: Workload| assert_eq!(workload.within_limits(), clamped);
        let closed = |users, seconds| Workload::Closed {
            users: Users::new(users),
            think_time: Time::from_seconds(seconds),
        };
        let open = |rate| Workload::Open { arrival_rate: Rate::per_second(rate) };
        check(closed(0, 1.0), closed(1, 1.0));
        check(closed(u64::MAX, 1e9), closed(100_000_000, 3_600.0));
        check(closed(10, 0.123_456_7), closed(10, 0.123_457));
        check(open(0.0), open(0.001));
        check(open(18.963_4), open(18.963));
        check(open(1e15), open(1e9));
    }

    #[test]
    fn a_step_is_forced_into_its_limits() {
        let mut step = Step::new(StepId(1), StepName::new("a"), 12_000.0, 3);
        step.attempts = Attempts {
            failure: Probability::new(0.123_456_78),
            timeout: Some(Time::ZERO),
            retries: 200,
            backoff: Time::MAX,
        };
        let step = step.within_limits();
        assert_eq!(step.service_time, Time::from_whole_seconds(10));
        assert_eq!(
            step.attempts,
            Attempts {
                failure: Probability::new(0.123_457),
                timeout: Some(Time::from_millis(1.0)),
                retries: 20,
                backoff: Time::from_whole_seconds(3_600),
            }
        );
    }

    #[test]
    fn steps_are_few_and_no_identity_is_given_twice() {
        let mut scenario = Scenario::online_shop();
        scenario.steps = vec![scenario.steps[0].clone(); 30];
        let scenario = scenario.within_limits().unwrap();
        let ids: Vec<u16> = scenario.steps.iter().map(|step| step.id.0).collect();
        assert_eq!(ids, (1..=20).collect::<Vec<u16>>());
    }

    #[test]
    fn an_order_without_steps_is_none() {
        let empty = Scenario { steps: Vec::new(), ..Scenario::online_shop() };
        assert_eq!(empty.within_limits(), None);
    }

    #[test]
    fn what_is_within_limits_stays_as_it_is() {
        let shop = Scenario::online_shop();
        assert_eq!(shop.clone().within_limits(), Some(shop));
    }
}
