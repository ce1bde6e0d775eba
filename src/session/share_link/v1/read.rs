//! Reading version 1: every number is held to its rule before it becomes a quantity.

use std::ops::RangeInclusive;

use super::{AttemptsV1, BrokerV1, PLACEMENTS, ScenarioV1, SpanV1, WorkloadV1};
use crate::scenario::{
    Attempts, Broker, Client, Placement, Scenario, Step, StepId, StepName, Workload, limits,
};
use crate::session::share_link::names;
use crate::session::share_link::place::{Breach, Field, Inspector, Part};
use crate::units::{Probability, Rate, Servers, Time, Users, Variability};

/// What came of reading a scenario: with a breach, the scenario has the nearest values that are allowed.
pub(in crate::session) struct Inspected {
    pub(in crate::session) scenario: Scenario,
    pub(in crate::session) breach: Option<Breach>,
}

impl ScenarioV1 {
    /// The scenario; nothing where the columns do not fit together.
    pub(in crate::session) fn read(self, part: Part) -> Option<Inspected> {
        let mut inspector = Inspector::new(part);
        let scenario = Scenario {
            steps: self.steps(&mut inspector)?,
            workload: self.workload.inspect(&mut inspector),
            workers: servers(self.workers, Field::Workers, None, &mut inspector),
            broker: self.broker.map_or_else(Broker::default, |broker| broker.read(&mut inspector)),
            client: self.timeout.map_or_else(Client::default, |timeout| Client {
                timeout: timeout.read(Field::ClientTimeout, None, &limits::TIMEOUT, &mut inspector),
            }),
            seed: self.seed,
        };
        Some(Inspected { scenario: scenario.within_limits()?, breach: inspector.into_breach() })
    }

    fn steps(&self, inspector: &mut Inspector) -> Option<Vec<Step>> {
        let count = self.service_times.len();
        let ids = self.ids.clone().unwrap_or_else(|| (1..).take(count).collect());
        let names: Vec<&str> = names::split(&self.names).collect();
        if [names.len(), ids.len(), self.servers.len()] != [count; 3] {
            return None;
        }
        if !limits::STEPS.contains(&count) {
            let rule = format!("from {} to {}", limits::STEPS.start(), limits::STEPS.end());
            inspector.note(Field::Steps, None, count.to_string(), rule);
        }
        let mut steps: Vec<Step> = Vec::new();
        for index in 0..count.min(Scenario::MAX_STEPS) {
            let at = Some(index);
            let id = StepId(ids[index]);
            if steps.iter().any(|step| step.id == id) {
                inspector.note(
                    Field::Identity,
                    at,
                    id.0.to_string(),
                    "one that no other step has".to_owned(),
                );
            }
            steps.push(Step {
                id,
                name: name(names[index], at, inspector),
                service_time: self.service_times[index].read(
                    Field::ServiceTime,
                    at,
                    &limits::SERVICE_TIME,
                    inspector,
                ),
                variability: Variability::EXPONENTIAL,
                servers: servers(self.servers[index], Field::Servers, at, inspector),
                placement: placement(self.placements >> (2 * index)),
                attempts: Attempts::default(),
            });
        }
        for &(index, hundredths) in &self.variabilities {
            let index = usize::from(index);
            inspector.count(Field::Variability, Some(index), hundredths, 0..=10_000, " hundredths");
            steps.get_mut(index)?.variability = Variability::new(f64::from(hundredths) / 100.0);
        }
        for &(index, attempts) in &self.attempts {
            let index = usize::from(index);
            steps.get_mut(index)?.attempts = attempts.read(index, inspector);
        }
        Some(steps)
    }
}

impl SpanV1 {
    fn read(
        self,
        field: Field,
        step: Option<usize>,
        limits: &RangeInclusive<Time>,
        inspector: &mut Inspector,
    ) -> Time {
        let half = self.0 / 2;
        let micros = if self.0.is_multiple_of(2) { half.saturating_mul(1_000) } else { half };
        inspector.time(field, step, micros, limits);
        Time::from_micros(micros)
    }
}

impl WorkloadV1 {
    /// The workload, with the nearest values that are allowed.
    pub(in crate::session) fn read(self) -> Workload {
        self.inspect(&mut Inspector::new(Part::Experiment)).within_limits()
    }

    fn inspect(self, inspector: &mut Inspector) -> Workload {
        match self {
            Self::Closed { users, think_time } => {
                let most = limits::USERS.end().count();
                inspector.count(Field::Users, None, users, limits::USERS.start().count()..=most, "");
                let think_time = think_time.read(Field::ThinkTime, None, &limits::THINK_TIME, inspector);
                Workload::Closed { users: Users::new(u64::from(users)), think_time }
            }
            Self::Open { arrival_rate } => {
                let allowed =
                    limits::ARRIVAL_RATE.start().thousandths()..=limits::ARRIVAL_RATE.end().thousandths();
                inspector.count(Field::ArrivalRate, None, arrival_rate, allowed, " thousandths per second");
                Workload::Open { arrival_rate: Rate::from_thousandths(arrival_rate) }
            }
        }
    }
}

impl AttemptsV1 {
    fn read(self, index: usize, inspector: &mut Inspector) -> Attempts {
        let at = Some(index);
        let most = u64::from(Attempts::MAX_RETRIES);
        inspector.count(Field::Retries, at, self.retries, 0..=most, "");
        Attempts {
            failure: probability(self.failure, Field::Failure, at, inspector),
            timeout: self
                .timeout
                .map(|timeout| timeout.read(Field::StepTimeout, at, &limits::TIMEOUT, inspector)),
            retries: self.retries,
            backoff: self.backoff.read(Field::Backoff, at, &limits::BACKOFF, inspector),
        }
    }
}

impl BrokerV1 {
    fn read(self, inspector: &mut Inspector) -> Broker {
        let latency = &limits::PUBLISH_LATENCY;
        if let Some(partitions) = self.partitions {
            inspector.count(Field::Partitions, None, partitions, 1..=u64::from(u16::MAX), "");
        }
        inspector.count(Field::Deliveries, None, self.max_deliveries, 1..=u64::from(u8::MAX), "");
        Broker {
            publish_latency: self.publish_latency.read(Field::PublishLatency, None, latency, inspector),
            partitions: self.partitions,
            hot_key_share: probability(self.hot_key_share, Field::HotKeyShare, None, inspector),
            max_deliveries: self.max_deliveries,
            ack_loss: probability(self.ack_loss, Field::AckLoss, None, inspector),
        }
    }
}

fn name(found: &str, step: Option<usize>, inspector: &mut Inspector) -> StepName {
    let name = StepName::new(found);
    if name.as_str() != found {
        let rule = format!("1 to {} characters without control characters", StepName::MAX_CHARS);
        inspector.note(Field::Name, step, format!("{found:?}"), rule);
    }
    name
}

fn servers(found: u32, field: Field, step: Option<usize>, inspector: &mut Inspector) -> Servers {
    let allowed = limits::SERVERS.start().count()..=limits::SERVERS.end().count();
    inspector.count(field, step, found, allowed, "");
    Servers::new(u64::from(found))
}

fn placement(bits: u64) -> Placement {
    PLACEMENTS[(bits & 3) as usize]
}

fn probability(found: u32, field: Field, step: Option<usize>, inspector: &mut Inspector) -> Probability {
    inspector.count(field, step, found, 0..=1_000_000, " millionths");
    Probability::from_millionths(found)
}
