//! An experiment on its way from one machine to another.

use serde::{Deserialize, Serialize};

use crate::scenario::Scenario;
use crate::simulation::{
    BrokerRule, Experiment, Fault, Limits, Patience, Pattern, QueueRule, Replay, Slice, StepRule, Until,
};

/// Everything of an experiment beyond its scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    until: Until,
    limits: Limits,
    pattern: Pattern,
    patience: Patience,
    cancels: bool,
    idempotency_key: bool,
    pool: QueueRule,
    steps: Vec<StepRule>,
    broker: BrokerRule,
    faults: Vec<Fault>,
    replays: Vec<Replay>,
}

impl Rules {
    /// The rules of an experiment.
    pub fn of(experiment: &Experiment<'_>) -> Self {
        let Experiment { until, limits, pattern, patience, cancels, idempotency_key, pool, broker, .. } =
            *experiment;
        Self {
            until,
            limits,
            pattern,
            patience,
            cancels,
            idempotency_key,
            pool,
            steps: experiment.steps.clone(),
            broker,
            faults: experiment.faults.clone(),
            replays: experiment.replays.clone(),
        }
    }

    /// The experiment that plays a scenario by these rules.
    pub fn experiment(self, scenario: &Scenario) -> Experiment<'_> {
        let Self {
            until,
            limits,
            pattern,
            patience,
            cancels,
            idempotency_key,
            pool,
            steps,
            broker,
            faults,
            replays,
        } = self;
        Experiment {
            scenario,
            until,
            limits,
            all_played: Slice::MOST_USERS,
            pattern,
            patience,
            cancels,
            idempotency_key,
            pool,
            steps,
            broker,
            faults,
            replays,
        }
    }

    /// The rules as Postcard writes them.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// The rules that Postcard wrote; nothing where it did not.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}
