//! Version 1 of a scenario in links and stored states: whole numbers in columns, without default values.
//!
//! Old links contain these types, so they never change; a later version gets other types, with a conversion
//! from these.

mod decode;
#[cfg(test)]
mod tests;

pub(in crate::session) use decode::ValidatedScenario;

use serde::{Deserialize, Serialize};

use super::step_names;
use crate::scenario::{Attempts, Broker, Client, Placement, Scenario, StepId, Workload};
use crate::units::{Time, Variability};

#[derive(Debug, Serialize, Deserialize)]
pub(in crate::session) struct ScenarioV1 {
    names: String,
    /// The identities, unless they are 1, 2, 3 …
    ids: Option<Vec<u16>>,
    service_times: Vec<TimeV1>,
    servers: Vec<u32>,
    /// Two bits for each step, the first step's lowest.
    placements: u64,
    /// Indices of steps whose service times are not exponential, and their squared coefficient of variation
    /// in hundredths.
    variabilities: Vec<(u8, u16)>,
    /// Indices of steps that can fail.
    attempts: Vec<(u8, AttemptsV1)>,
    workload: WorkloadV1,
    workers: u32,
    broker: Option<BrokerV1>,
    /// The client's timeout, unless it is the default.
    timeout: Option<TimeV1>,
    seed: u32,
}

/// A time: twice the milliseconds if they are whole, otherwise twice the microseconds plus one.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(in crate::session) struct TimeV1(u64);

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(in crate::session) enum WorkloadV1 {
    Closed {
        users: u32,
        think_time: TimeV1,
    },
    /// The arrival rate is in thousandths of an order per second.
    Open {
        arrival_rate: u64,
    },
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct AttemptsV1 {
    failure: u32,
    timeout: Option<TimeV1>,
    retries: u8,
    backoff: TimeV1,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct BrokerV1 {
    publish_latency: TimeV1,
    partitions: Option<u16>,
    hot_key_share: u32,
    max_deliveries: u8,
    ack_loss: u32,
}

impl ScenarioV1 {
    pub(in crate::session) fn encode(scenario: &Scenario) -> Self {
        let steps = &scenario.steps;
        let column = |index: usize| index as u8;
        let is_counted = steps.iter().zip(1..).all(|(step, number)| step.id == StepId(number));
        Self {
            names: step_names::encode(steps.iter().map(|step| &step.name)),
            ids: (!is_counted).then(|| steps.iter().map(|step| step.id.0).collect()),
            service_times: steps.iter().map(|step| TimeV1::encode(step.service_time)).collect(),
            servers: steps.iter().map(|step| step.servers.count() as u32).collect(),
            placements: steps.iter().rev().fold(0, |bits, step| bits << 2 | placement_bits(step.placement)),
            variabilities: (steps.iter().enumerate())
                .filter(|(_, step)| step.variability != Variability::EXPONENTIAL)
                .map(|(index, step)| (column(index), (step.variability.squared() * 100.0).round() as u16))
                .collect(),
            attempts: (steps.iter().enumerate())
                .filter(|(_, step)| step.attempts != Attempts::default())
                .map(|(index, step)| (column(index), AttemptsV1::encode(step.attempts)))
                .collect(),
            workload: WorkloadV1::encode(scenario.workload),
            workers: scenario.workers.count() as u32,
            broker: (scenario.broker != Broker::default()).then(|| BrokerV1::encode(scenario.broker)),
            timeout: (scenario.client != Client::default()).then(|| TimeV1::encode(scenario.client.timeout)),
            seed: scenario.seed,
        }
    }
}

impl TimeV1 {
    fn encode(time: Time) -> Self {
        let micros = time.micros();
        Self(if micros.is_multiple_of(1_000) { micros / 1_000 * 2 } else { micros * 2 + 1 })
    }
}

impl WorkloadV1 {
    pub(in crate::session) fn encode(workload: Workload) -> Self {
        match workload {
            Workload::Closed { users, think_time } => {
                Self::Closed { users: users.count() as u32, think_time: TimeV1::encode(think_time) }
            }
            Workload::Open { arrival_rate } => Self::Open { arrival_rate: arrival_rate.thousandths() },
        }
    }
}

impl AttemptsV1 {
    fn encode(attempts: Attempts) -> Self {
        Self {
            failure: attempts.failure.millionths(),
            timeout: attempts.timeout.map(TimeV1::encode),
            retries: attempts.retries,
            backoff: TimeV1::encode(attempts.backoff),
        }
    }
}

impl BrokerV1 {
    fn encode(broker: Broker) -> Self {
        Self {
            publish_latency: TimeV1::encode(broker.publish_latency),
            partitions: broker.partitions,
            hot_key_share: broker.hot_key_share.millionths(),
            max_deliveries: broker.max_deliveries,
            ack_loss: broker.ack_loss.millionths(),
        }
    }
}

/// The placements by the two bits that encode them.
const PLACEMENTS: [Placement; 4] =
    [Placement::Sync, Placement::Parallel, Placement::Async, Placement::PublishAndWait];

fn placement_bits(placement: Placement) -> u64 {
    (0..).zip(PLACEMENTS).find(|&(_, listed)| listed == placement).map_or(0, |(bits, _)| bits)
}
