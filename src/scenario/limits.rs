//! How far each value of a scenario can be set.
//!
//! Whatever comes from people is forced into these limits and onto the grid that links keep (microseconds, thousandths
//! of an order per second, millionths of a probability), so that a scenario and its link never differ. Whatever comes
//! from links and files is refused outside them.

use std::ops::RangeInclusive;

use super::{Attempts, Broker, Client, Scenario, Step, StepId, Workload};
use crate::units::{Probability, Rate, Servers, Time, Users, Variability};

/// The mean time of one step.
pub const SERVICE_TIME: RangeInclusive<Time> = Time::ZERO..=Scenario::MAX_SERVICE_TIME;
/// From an answer to the same user's next order.
pub const THINK_TIME: RangeInclusive<Time> = Time::ZERO..=Time::from_whole_seconds(3_600);
/// What the caller waits for the broker.
pub const PUBLISH_LATENCY: RangeInclusive<Time> = Time::ZERO..=Time::from_whole_seconds(10);
/// How long a client or a step's caller waits before it gives up; never no time at all.
pub const TIMEOUT: RangeInclusive<Time> = Time::from_whole_millis(1)..=Time::from_whole_seconds(3_600);
/// The wait before a first retry.
pub const BACKOFF: RangeInclusive<Time> = Time::ZERO..=Time::from_whole_seconds(3_600);
/// Users of a closed workload.
pub const USERS: RangeInclusive<Users> = Users::ONE..=Users::MAX;
/// Connections of a step, consumers, API workers.
pub const SERVERS: RangeInclusive<Servers> = Servers::ONE..=Servers::MAX;
/// Orders per second of an open workload.
pub const ARRIVAL_RATE: RangeInclusive<Rate> =
    Rate::from_thousandths(1)..=Rate::from_thousandths(1_000_000_000_000);
/// The squared coefficient of variation of a service time.
pub const VARIABILITY: RangeInclusive<Variability> = Variability::CONSTANT..=Variability::MAX;
/// Anything that happens or not.
pub const PROBABILITY: RangeInclusive<Probability> = Probability::ZERO..=Probability::ONE;
/// How often a step is tried again.
pub const RETRIES: RangeInclusive<u8> = 0..=Attempts::MAX_RETRIES;
/// How often an event is delivered before it goes to the dead-letter queue.
pub const DELIVERIES: RangeInclusive<u8> = 1..=u8::MAX;
/// Partitions of the topic.
pub const PARTITIONS: RangeInclusive<u16> = 1..=u16::MAX;
/// Steps of an order.
pub const STEPS: RangeInclusive<usize> = 1..=Scenario::MAX_STEPS;

impl Scenario {
    /// The scenario with every value in its limits and on the grid, at most [`Scenario::MAX_STEPS`] steps, and no
    /// identity given twice; nothing where it has no step at all.
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
            client: Client { timeout: time(self.client.timeout, &TIMEOUT) },
            seed: self.seed,
        })
    }
}

impl Workload {
    /// The workload with its values in their limits and on the grid.
    #[must_use]
    pub fn within_limits(self) -> Self {
        match self {
            Self::Closed { users, think_time } => {
                Self::Closed { users: nearest(users, &USERS), think_time: time(think_time, &THINK_TIME) }
            }
            Self::Open { arrival_rate } => {
                let on_grid = Rate::from_thousandths(arrival_rate.thousandths());
                Self::Open { arrival_rate: nearest(on_grid, &ARRIVAL_RATE) }
            }
        }
    }
}

impl Step {
    /// The step with its values in their limits and on the grid.
    #[must_use]
    pub fn within_limits(self) -> Self {
        Self {
            service_time: time(self.service_time, &SERVICE_TIME),
            variability: Variability::new(self.variability.squared()),
            attempts: self.attempts.within_limits(),
            ..self
        }
    }
}

impl Attempts {
    /// The attempts with their values in their limits and on the grid.
    #[must_use]
    pub fn within_limits(self) -> Self {
        Self {
            failure: probability(self.failure),
            timeout: self.timeout.map(|timeout| time(timeout, &TIMEOUT)),
            retries: nearest(self.retries, &RETRIES),
            backoff: time(self.backoff, &BACKOFF),
        }
    }
}

impl Broker {
    /// The broker with its values in their limits and on the grid.
    #[must_use]
    pub fn within_limits(self) -> Self {
        Self {
            publish_latency: time(self.publish_latency, &PUBLISH_LATENCY),
            partitions: self.partitions.map(|partitions| nearest(partitions, &PARTITIONS)),
            hot_key_share: probability(self.hot_key_share),
            max_deliveries: nearest(self.max_deliveries, &DELIVERIES),
            ack_loss: probability(self.ack_loss),
        }
    }
}

/// The first identity from 1 on that is not taken; there always is one, for steps are few and identities many.
pub fn unused_id(taken: impl Fn(StepId) -> bool) -> StepId {
    (1..u16::MAX).map(StepId).find(|&id| !taken(id)).unwrap_or(StepId(u16::MAX))
}

fn time(found: Time, limits: &RangeInclusive<Time>) -> Time {
    nearest(Time::from_micros(found.micros()), limits)
}

fn probability(found: Probability) -> Probability {
    Probability::from_millionths(found.millionths())
}

fn nearest<T: PartialOrd + Copy>(found: T, limits: &RangeInclusive<T>) -> T {
    if found < *limits.start() {
        *limits.start()
    } else if found > *limits.end() {
        *limits.end()
    } else {
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::StepName;

    #[test]
    fn a_workload_is_forced_into_its_limits() {
        let check = |found: Workload, kept: Workload| assert_eq!(found.within_limits(), kept);
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
        let kept = scenario.within_limits().unwrap();
        let ids: Vec<u16> = kept.steps.iter().map(|step| step.id.0).collect();
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
