//! Why a scenario cannot be evaluated.

use std::fmt;

use crate::scenario::{Attempts, Scenario, StepId};
use crate::units::Time;

/// What in a scenario has no meaning: the field, the value found, the rule, and the way out.
///
/// Numbers that are no quantities at all (not finite, negative, out of range) never get this far: the types of
/// [`crate::units`] refuse them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejection {
    /// There is no step.
    NoSteps,
    /// There are more steps than can be drawn.
    TooManySteps {
        /// How many there are.
        found: usize,
    },
    /// Two steps have the same identity.
    DuplicateStep {
        /// The identity.
        id: StepId,
    },
    /// A timeout of nothing: every attempt would fail.
    ZeroTimeout {
        /// Whose it is.
        field: Field,
    },
    /// More retries than make sense.
    TooManyRetries {
        /// The step.
        id: StepId,
        /// How many it has.
        found: u8,
    },
    /// A topic without partitions.
    NoPartitions,
    /// Events that are never delivered.
    NoDeliveries,
    /// Nothing before the answer takes any time, so that throughput would have no limit.
    NothingBeforeTheAnswer,
}

/// The part of a scenario that is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The list of steps.
    Steps,
    /// A step's identity.
    StepIdentity(StepId),
    /// A step's timeout.
    StepTimeout(StepId),
    /// A step's retries.
    StepRetries(StepId),
    /// The client's timeout.
    ClientTimeout,
    /// The broker's partitions.
    Partitions,
    /// The broker's deliveries before the dead-letter queue.
    MaxDeliveries,
    /// What the caller waits for the broker.
    PublishLatency,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Steps => f.write_str("steps"),
            Self::StepIdentity(id) => write!(f, "identity of step {}", id.0),
            Self::StepTimeout(id) => write!(f, "timeout of step {}", id.0),
            Self::StepRetries(id) => write!(f, "retries of step {}", id.0),
            Self::ClientTimeout => f.write_str("client timeout"),
            Self::Partitions => f.write_str("partitions"),
            Self::MaxDeliveries => f.write_str("deliveries before the dead-letter queue"),
            Self::PublishLatency => f.write_str("publish latency"),
        }
    }
}

impl Rejection {
    /// Where the fault is.
    pub fn field(&self) -> Field {
        match *self {
            Self::NoSteps | Self::TooManySteps { .. } => Field::Steps,
            Self::DuplicateStep { id } => Field::StepIdentity(id),
            Self::ZeroTimeout { field } => field,
            Self::TooManyRetries { id, .. } => Field::StepRetries(id),
            Self::NoPartitions => Field::Partitions,
            Self::NoDeliveries => Field::MaxDeliveries,
            Self::NothingBeforeTheAnswer => Field::PublishLatency,
        }
    }

    /// The first fault of a scenario, apart from [`Rejection::NothingBeforeTheAnswer`], which only its demands show.
    pub(crate) fn check(scenario: &Scenario) -> Result<(), Self> {
        let steps = &scenario.steps;
        if steps.is_empty() {
            return Err(Self::NoSteps);
        }
        if steps.len() > Scenario::MAX_STEPS {
            return Err(Self::TooManySteps { found: steps.len() });
        }
        for (index, step) in steps.iter().enumerate() {
            let id = step.id;
            if steps[..index].iter().any(|other| other.id == id) {
                return Err(Self::DuplicateStep { id });
            }
            if step.attempts.timeout.is_some_and(Time::is_zero) {
                return Err(Self::ZeroTimeout { field: Field::StepTimeout(id) });
            }
            if step.attempts.retries > Attempts::MAX_RETRIES {
                return Err(Self::TooManyRetries { id, found: step.attempts.retries });
            }
        }
        if scenario.client.timeout.is_zero() {
            return Err(Self::ZeroTimeout { field: Field::ClientTimeout });
        }
        if scenario.broker.partitions == Some(0) {
            return Err(Self::NoPartitions);
        }
        if scenario.broker.max_deliveries == 0 {
            return Err(Self::NoDeliveries);
        }
        Ok(())
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = self.field();
        match self {
            Self::NoSteps => {
                write!(f, "{field}: found none, an order needs at least one; add a step")
            }
            Self::TooManySteps { found } => {
                write!(f, "{field}: found {found}, at most {} are allowed; remove some", Scenario::MAX_STEPS)
            }
            Self::DuplicateStep { .. } => {
                write!(f, "{field}: found twice, each step needs its own; give one of them another")
            }
            Self::ZeroTimeout { .. } => {
                write!(
                    f,
                    "{field}: found 0 s, so that every attempt would fail; set more than 0 s, or none at all"
                )
            }
            Self::TooManyRetries { found, .. } => {
                write!(f, "{field}: found {found}, at most {} are allowed; set fewer", Attempts::MAX_RETRIES)
            }
            Self::NoPartitions => {
                write!(
                    f,
                    "{field}: found 0, a topic has at least one; set 1 or more, or a queue without order"
                )
            }
            Self::NoDeliveries => {
                write!(f, "{field}: found 0, every event is delivered at least once; set 1 or more")
            }
            Self::NothingBeforeTheAnswer => {
                write!(
                    f,
                    "{field}: found 0 s and no step before the answer that takes time, so that throughput has no limit; \
                     set a publish latency, or let the caller wait for a step"
                )
            }
        }
    }
}

impl std::error::Error for Rejection {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Placement;

    #[test]
    fn each_rule_names_field_value_rule_and_remedy() {
        let check = |change: &dyn Fn(&mut Scenario), field: Field, sentence: &str| {
            let mut scenario = Scenario::online_shop();
            change(&mut scenario);
            let rejection = crate::queueing::evaluate(&scenario).unwrap_err();
            assert_eq!(rejection.field(), field);
            assert_eq!(rejection.to_string(), sentence);
        };
        check(
            &|s| s.steps.clear(),
            Field::Steps,
            "steps: found none, an order needs at least one; add a step",
        );
        check(
            &|s| s.steps = vec![s.steps[0].clone(); 21],
            Field::Steps,
            "steps: found 21, at most 20 are allowed; remove some",
        );
        check(
            &|s| s.steps[1].id = StepId(1),
            Field::StepIdentity(StepId(1)),
            "identity of step 1: found twice, each step needs its own; give one of them another",
        );
        check(
            &|s| s.steps[2].attempts.timeout = Some(Time::ZERO),
            Field::StepTimeout(StepId(3)),
            "timeout of step 3: found 0 s, so that every attempt would fail; set more than 0 s, or none at all",
        );
        check(
            &|s| s.client.timeout = Time::ZERO,
            Field::ClientTimeout,
            "client timeout: found 0 s, so that every attempt would fail; set more than 0 s, or none at all",
        );
        check(
            &|s| s.steps[0].attempts.retries = 21,
            Field::StepRetries(StepId(1)),
            "retries of step 1: found 21, at most 20 are allowed; set fewer",
        );
        check(
            &|s| s.broker.partitions = Some(0),
            Field::Partitions,
            "partitions: found 0, a topic has at least one; set 1 or more, or a queue without order",
        );
        check(
            &|s| s.broker.max_deliveries = 0,
            Field::MaxDeliveries,
            "deliveries before the dead-letter queue: found 0, every event is delivered at least once; set 1 or more",
        );
        let nothing = "publish latency: found 0 s and no step before the answer that takes time, so that throughput \
                       has no limit; set a publish latency, or let the caller wait for a step";
        check(
            &|s| s.steps.iter_mut().for_each(|step| step.placement = Placement::Async),
            Field::PublishLatency,
            nothing,
        );
        check(
            &|s| s.steps.iter_mut().for_each(|step| step.service_time = Time::ZERO),
            Field::PublishLatency,
            nothing,
        );
    }
}
