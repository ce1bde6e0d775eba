//! The rules of an experiment in a message, for [`Request::TraceDigest`](super::Request::TraceDigest).

use serde::{Deserialize, Serialize};

use crate::scenario::Scenario;
use crate::simulation::{
    BrokerRule, EndCondition, Experiment, Fault, Limits, LoadPattern, Patience, QueueRule, Replay, StepRule,
};

/// An [`Experiment`] without its scenario, which an experiment only borrows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExperimentRules {
    end: EndCondition,
    limits: Limits,
    pattern: LoadPattern,
    patience: Patience,
    cancels_abandoned_work: bool,
    idempotency_key: bool,
    pool: QueueRule,
    steps: Vec<StepRule>,
    broker: BrokerRule,
    faults: Vec<Fault>,
    replays: Vec<Replay>,
}

impl ExperimentRules {
    pub fn from_experiment(experiment: &Experiment<'_>) -> Self {
        let Experiment {
            end,
            limits,
            pattern,
            patience,
            cancels_abandoned_work,
            idempotency_key,
            pool,
            broker,
            ..
        } = *experiment;
        Self {
            end,
            limits,
            pattern,
            patience,
            cancels_abandoned_work,
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
            end,
            limits,
            pattern,
            patience,
            cancels_abandoned_work,
            idempotency_key,
            pool,
            steps,
            broker,
            faults,
            replays,
        } = self;
        Experiment {
            scenario,
            end,
            limits,
            max_full_size_users: Experiment::MAX_FULL_SIZE_USERS,
            pattern,
            patience,
            cancels_abandoned_work,
            idempotency_key,
            pool,
            steps,
            broker,
            faults,
            replays,
        }
    }
}
