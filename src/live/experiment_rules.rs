//! The rules of an experiment in a message, for [`Request::TraceDigest`](super::Request::TraceDigest).

use serde::{Deserialize, Serialize};

use crate::scenario::Scenario;
use crate::simulation::{
    BrokerRule, Experiment, Fault, Limits, Patience, Pattern, QueueRule, Replay, Slice, StepRule, Until,
};

/// An [`Experiment`] without its scenario, which an experiment only borrows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExperimentRules {
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

impl ExperimentRules {
    pub fn from_experiment(experiment: &Experiment<'_>) -> Self {
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

    /// Returns the experiment with these rules on a scenario.
    pub fn into_experiment(self, scenario: &Scenario) -> Experiment<'_> {
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
}
