//! The errors of a scenario that cannot be evaluated.

use std::fmt;

use thiserror::Error;

use crate::scenario::{Attempts, Scenario, StepId};
use crate::units::Time;

/// A value of a scenario that has no meaning: its field, the value found, the rule, and the way out.
///
/// Numbers that are no quantities at all (not finite, negative, out of range) never get this far: the types
/// of [`crate::units`] refuse them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ScenarioError {
    #[error("{}: found none, an order needs at least one; add a step", self.field())]
    NoSteps,
    #[error("{}: found {found}, at most {} are allowed; remove some", self.field(), Scenario::MAX_STEPS)]
    TooManySteps { found: usize },
    #[error("{}: found twice, each step needs its own; give one of them another", self.field())]
    DuplicateStep { id: StepId },
    #[error("{field}: found 0 s, so that every attempt would fail; set more than 0 s, or none at all")]
    ZeroTimeout { field: ScenarioField },
    #[error("{}: found {found}, at most {} are allowed; set fewer", self.field(), Attempts::MAX_RETRIES)]
    TooManyRetries { id: StepId, found: u8 },
    #[error("{}: found 0, a topic has at least one; set 1 or more, or a queue without order", self.field())]
    NoPartitions,
    #[error("{}: found 0, every event is delivered at least once; set 1 or more", self.field())]
    NoDeliveries,
    /// The demands of all steps before the answer and the publish latency are zero, so that throughput would
    /// have no limit.
    #[error(
        "{}: found 0 s and no step before the answer that takes time, so that throughput has no limit; \
         set a publish latency, or let the caller wait for a step",
        self.field()
    )]
    NothingBeforeTheAnswer,
}

/// The field of a scenario that a [`ScenarioError`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScenarioField {
    Steps,
    StepIdentity(StepId),
    StepTimeout(StepId),
    StepRetries(StepId),
    ClientTimeout,
    Partitions,
    MaxDeliveries,
    PublishLatency,
}

impl fmt::Display for ScenarioField {
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

impl ScenarioError {
    /// Returns the field that is wrong.
    pub fn field(&self) -> ScenarioField {
        match *self {
            Self::NoSteps | Self::TooManySteps { .. } => ScenarioField::Steps,
            Self::DuplicateStep { id } => ScenarioField::StepIdentity(id),
            Self::ZeroTimeout { field } => field,
            Self::TooManyRetries { id, .. } => ScenarioField::StepRetries(id),
            Self::NoPartitions => ScenarioField::Partitions,
            Self::NoDeliveries => ScenarioField::MaxDeliveries,
            Self::NothingBeforeTheAnswer => ScenarioField::PublishLatency,
        }
    }

    /// Returns the first error of a scenario, apart from [`ScenarioError::NothingBeforeTheAnswer`], which
    /// needs the steps' demands.
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
                return Err(Self::ZeroTimeout { field: ScenarioField::StepTimeout(id) });
            }
            if step.attempts.retries > Attempts::MAX_RETRIES {
                return Err(Self::TooManyRetries { id, found: step.attempts.retries });
            }
        }
        if scenario.client.timeout.is_zero() {
            return Err(Self::ZeroTimeout { field: ScenarioField::ClientTimeout });
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Placement;

    #[test]
    fn each_rule_names_field_value_rule_and_remedy() {
        let check = |change: &dyn Fn(&mut Scenario), field: ScenarioField, sentence: &str| {
            let mut scenario = Scenario::online_shop();
            change(&mut scenario);
            let error = crate::queueing::evaluate(&scenario).unwrap_err();
            assert_eq!(error.field(), field);
            assert_eq!(error.to_string(), sentence);
        };
        check(
            &|s| s.steps.clear(),
            ScenarioField::Steps,
            "steps: found none, an order needs at least one; add a step",
        );
        check(
            &|s| s.steps = vec![s.steps[0].clone(); 21],
            ScenarioField::Steps,
            "steps: found 21, at most 20 are allowed; remove some",
        );
        check(
            &|s| s.steps[1].id = StepId(1),
            ScenarioField::StepIdentity(StepId(1)),
            "identity of step 1: found twice, each step needs its own; give one of them another",
        );
        check(
            &|s| s.steps[2].attempts.timeout = Some(Time::ZERO),
            ScenarioField::StepTimeout(StepId(3)),
            "timeout of step 3: found 0 s, so that every attempt would fail; \
             set more than 0 s, or none at all",
        );
        check(
            &|s| s.client.timeout = Time::ZERO,
            ScenarioField::ClientTimeout,
            "client timeout: found 0 s, so that every attempt would fail; \
             set more than 0 s, or none at all",
        );
        check(
            &|s| s.steps[0].attempts.retries = 21,
            ScenarioField::StepRetries(StepId(1)),
            "retries of step 1: found 21, at most 20 are allowed; set fewer",
        );
        check(
            &|s| s.broker.partitions = Some(0),
            ScenarioField::Partitions,
            "partitions: found 0, a topic has at least one; set 1 or more, or a queue without order",
        );
        check(
            &|s| s.broker.max_deliveries = 0,
            ScenarioField::MaxDeliveries,
            "deliveries before the dead-letter queue: found 0, every event is delivered at least once; \
             set 1 or more",
        );
        let nothing = "publish latency: found 0 s and no step before the answer that takes time, so that \
                       throughput has no limit; set a publish latency, or let the caller wait for a step";
        check(
            &|s| s.steps.iter_mut().for_each(|step| step.placement = Placement::Async),
            ScenarioField::PublishLatency,
            nothing,
        );
        check(
            &|s| s.steps.iter_mut().for_each(|step| step.service_time = Time::ZERO),
            ScenarioField::PublishLatency,
            nothing,
        );
    }
}
