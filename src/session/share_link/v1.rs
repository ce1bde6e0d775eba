//! A scenario as version 1 of links and stored state writes it: whole numbers in columns, and nothing for what is usual.
//!
//! These types are what old links contain. They never change; what a later version adds goes into types of its own, with
//! a conversion from these.

mod read;
#[cfg(test)]
mod tests;

pub(in crate::session) use read::Inspected;

use serde::{Deserialize, Serialize};

use super::names;
use crate::scenario::{Attempts, Broker, Client, Placement, Scenario, StepId, Workload};
use crate::units::{Time, Variability};

/// A scenario.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::session) struct ScenarioV1 {
    names: String,
    /// The identities, unless they count from 1.
    ids: Option<Vec<u16>>,
    service_times: Vec<SpanV1>,
    servers: Vec<u32>,
    /// Two bits for each step, the first step's lowest.
    placements: u64,
    /// Which steps do not vary exponentially, and how much they do, in hundredths.
    variabilities: Vec<(u8, u16)>,
    /// Which steps can fail.
    attempts: Vec<(u8, AttemptsV1)>,
    workload: WorkloadV1,
    workers: u32,
    broker: Option<BrokerV1>,
    /// The client's, unless it is the usual one.
    timeout: Option<SpanV1>,
    seed: u32,
}

/// Twice the milliseconds where they are whole, else twice the microseconds and one.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(in crate::session) struct SpanV1(u64);

/// A workload; rates in thousandths per second.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(in crate::session) enum WorkloadV1 {
    /// So many users who think so long.
    Closed { users: u32, think_time: SpanV1 },
    /// So many thousandths of an order per second.
    Open { arrival_rate: u64 },
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct AttemptsV1 {
    failure: u32,
    timeout: Option<SpanV1>,
    retries: u8,
    backoff: SpanV1,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct BrokerV1 {
    publish_latency: SpanV1,
    partitions: Option<u16>,
    hot_key_share: u32,
    max_deliveries: u8,
    ack_loss: u32,
}

impl ScenarioV1 {
    pub(in crate::session) fn write(scenario: &Scenario) -> Self {
        let steps = &scenario.steps;
        let column = |index: usize| index as u8;
        let counted = steps.iter().zip(1..).all(|(step, number)| step.id == StepId(number));
        Self {
            names: names::join(steps.iter().map(|step| &step.name)),
            ids: (!counted).then(|| steps.iter().map(|step| step.id.0).collect()),
            service_times: steps.iter().map(|step| SpanV1::write(step.service_time)).collect(),
            servers: steps.iter().map(|step| step.servers.count() as u32).collect(),
            placements: steps.iter().rev().fold(0, |bits, step| bits << 2 | placement_bits(step.placement)),
            variabilities: (steps.iter().enumerate())
                .filter(|(_, step)| step.variability != Variability::EXPONENTIAL)
                .map(|(index, step)| (column(index), (step.variability.squared() * 100.0).round() as u16))
                .collect(),
            attempts: (steps.iter().enumerate())
                .filter(|(_, step)| step.attempts != Attempts::default())
                .map(|(index, step)| (column(index), AttemptsV1::write(step.attempts)))
                .collect(),
            workload: WorkloadV1::write(scenario.workload),
            workers: scenario.workers.count() as u32,
            broker: (scenario.broker != Broker::default()).then(|| BrokerV1::write(scenario.broker)),
            timeout: (scenario.client != Client::default()).then(|| SpanV1::write(scenario.client.timeout)),
            seed: scenario.seed,
        }
    }
}

impl SpanV1 {
    fn write(time: Time) -> Self {
        let micros = time.micros();
        Self(if micros.is_multiple_of(1_000) { micros / 1_000 * 2 } else { micros * 2 + 1 })
    }
}

impl WorkloadV1 {
    pub(in crate::session) fn write(workload: Workload) -> Self {
        match workload {
            Workload::Closed { users, think_time } => {
                Self::Closed { users: users.count() as u32, think_time: SpanV1::write(think_time) }
            }
            Workload::Open { arrival_rate } => Self::Open { arrival_rate: arrival_rate.thousandths() },
        }
    }
}

impl AttemptsV1 {
    fn write(attempts: Attempts) -> Self {
        Self {
            failure: attempts.failure.millionths(),
            timeout: attempts.timeout.map(SpanV1::write),
            retries: attempts.retries,
            backoff: SpanV1::write(attempts.backoff),
        }
    }
}

impl BrokerV1 {
    fn write(broker: Broker) -> Self {
        Self {
            publish_latency: SpanV1::write(broker.publish_latency),
            partitions: broker.partitions,
            hot_key_share: broker.hot_key_share.millionths(),
            max_deliveries: broker.max_deliveries,
            ack_loss: broker.ack_loss.millionths(),
        }
    }
}

/// What stands for a placement, by its place in this list.
const PLACEMENTS: [Placement; 4] =
    [Placement::Sync, Placement::Parallel, Placement::Async, Placement::PublishAndWait];

fn placement_bits(placement: Placement) -> u64 {
    (0..).zip(PLACEMENTS).find(|&(_, listed)| listed == placement).map_or(0, |(bits, _)| bits)
}
