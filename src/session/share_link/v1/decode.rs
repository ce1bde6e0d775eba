//! Decoding version 1: every number is validated before it becomes a quantity.

use std::ops::RangeInclusive;

use super::{AttemptsV1, BrokerV1, PLACEMENTS, ScenarioV1, TimeV1, WorkloadV1};
use crate::scenario::{Attempts, Broker, Client, Scenario, Step, StepId, StepName, Workload, limits};
use crate::session::share_link::validator::{ValidationError, Validator};
use crate::session::share_link::{LinkField, LinkSection, step_names};
use crate::units::{Probability, Rate, Servers, Time, Users, Variability};

/// A decoded scenario; values outside their limits are clamped, and the first of them is in the error.
pub(in crate::session) struct ValidatedScenario {
    pub(in crate::session) scenario: Scenario,
    pub(in crate::session) error: Option<ValidationError>,
}

impl ScenarioV1 {
    /// Returns the scenario; `None` if the columns do not fit together.
    pub(in crate::session) fn decode(self, section: LinkSection) -> Option<ValidatedScenario> {
        let mut validator = Validator::new(section);
        let scenario = Scenario {
            steps: self.decode_steps(&mut validator)?,
            workload: self.workload.validate(&mut validator),
            workers: decode_servers(self.workers, LinkField::Workers, &mut validator),
            broker: self.broker.map_or_else(Broker::default, |broker| broker.decode(&mut validator)),
            client: self.timeout.map_or_else(Client::default, |timeout| Client {
                timeout: timeout.decode(LinkField::ClientTimeout, &limits::TIMEOUT, &mut validator),
            }),
            seed: self.seed,
        };
        Some(ValidatedScenario { scenario: scenario.within_limits()?, error: validator.into_error() })
    }

    fn decode_steps(&self, validator: &mut Validator) -> Option<Vec<Step>> {
        let count = self.service_times.len();
        let ids = self.ids.clone().unwrap_or_else(|| (1..).take(count).collect());
        let names: Vec<&str> = step_names::decode(&self.names).collect();
        if [names.len(), ids.len(), self.servers.len()] != [count; 3] {
            return None;
        }
        let allowed = *limits::STEPS.start() as u64..=*limits::STEPS.end() as u64;
        validator.check_count(LinkField::Steps, count as u64, &allowed, "");
        let mut steps: Vec<Step> = Vec::new();
        for index in 0..count.min(Scenario::MAX_STEPS) {
            validator.step = Some(index);
            let id = StepId(ids[index]);
            if steps.iter().any(|step| step.id == id) {
                let rule = "one that no other step has".to_owned();
                validator.report(LinkField::Identity, id.0.to_string(), rule);
            }
            let service_time = self.service_times[index];
            steps.push(Step {
                id,
                name: decode_name(names[index], validator),
                service_time: service_time.decode(LinkField::ServiceTime, &limits::SERVICE_TIME, validator),
                variability: Variability::EXPONENTIAL,
                servers: decode_servers(self.servers[index], LinkField::Servers, validator),
                placement: PLACEMENTS[(self.placements >> (2 * index) & 3) as usize],
                attempts: Attempts::default(),
            });
        }
        let hundredths = |variability: &Variability| (variability.squared() * 100.0).round() as u64;
        let allowed = hundredths(limits::VARIABILITY.start())..=hundredths(limits::VARIABILITY.end());
        for &(index, variability) in &self.variabilities {
            let index = usize::from(index);
            validator.step = Some(index);
            validator.check_count(LinkField::Variability, variability.into(), &allowed, " hundredths");
            steps.get_mut(index)?.variability = Variability::new(f64::from(variability) / 100.0);
        }
        for &(index, attempts) in &self.attempts {
            let index = usize::from(index);
            validator.step = Some(index);
            steps.get_mut(index)?.attempts = attempts.decode(validator);
        }
        validator.step = None;
        Some(steps)
    }
}

impl TimeV1 {
    fn decode(self, field: LinkField, limits: &RangeInclusive<Time>, validator: &mut Validator) -> Time {
        let half = self.0 / 2;
        let micros = if self.0.is_multiple_of(2) { half.saturating_mul(1_000) } else { half };
        validator.check_time(field, micros, limits);
        Time::from_micros(micros)
    }
}

impl WorkloadV1 {
    /// Returns the workload, with values outside their limits clamped.
    pub(in crate::session) fn decode(self) -> Workload {
        self.validate(&mut Validator::new(LinkSection::Experiment)).within_limits()
    }

    fn validate(self, validator: &mut Validator) -> Workload {
        match self {
            Self::Closed { users, think_time } => {
                let allowed = limits::USERS.start().count()..=limits::USERS.end().count();
                validator.check_count(LinkField::Users, users.into(), &allowed, "");
                let think_time = think_time.decode(LinkField::ThinkTime, &limits::THINK_TIME, validator);
                Workload::Closed { users: Users::new(u64::from(users)), think_time }
            }
            Self::Open { arrival_rate } => {
                let allowed =
                    limits::ARRIVAL_RATE.start().thousandths()..=limits::ARRIVAL_RATE.end().thousandths();
                let unit = " thousandths per second";
                validator.check_count(LinkField::ArrivalRate, arrival_rate, &allowed, unit);
                Workload::Open { arrival_rate: Rate::from_thousandths(arrival_rate) }
            }
        }
    }
}

impl AttemptsV1 {
    fn decode(self, validator: &mut Validator) -> Attempts {
        validator.check_count(LinkField::Retries, self.retries, &limits::RETRIES, "");
        Attempts {
            failure: decode_probability(self.failure, LinkField::FailureProbability, validator),
            timeout: self
                .timeout
                .map(|timeout| timeout.decode(LinkField::StepTimeout, &limits::TIMEOUT, validator)),
            retries: self.retries,
            backoff: self.backoff.decode(LinkField::Backoff, &limits::BACKOFF, validator),
        }
    }
}

impl BrokerV1 {
    fn decode(self, validator: &mut Validator) -> Broker {
        if let Some(partitions) = self.partitions {
            validator.check_count(LinkField::Partitions, partitions, &limits::PARTITIONS, "");
        }
        validator.check_count(LinkField::Deliveries, self.max_deliveries, &limits::DELIVERIES, "");
        let latency = &limits::PUBLISH_LATENCY;
        Broker {
            publish_latency: self.publish_latency.decode(LinkField::PublishLatency, latency, validator),
            partitions: self.partitions,
            hot_key_share: decode_probability(self.hot_key_share, LinkField::HotKeyShare, validator),
            max_deliveries: self.max_deliveries,
            ack_loss: decode_probability(self.ack_loss, LinkField::AckLoss, validator),
        }
    }
}

fn decode_name(text: &str, validator: &mut Validator) -> StepName {
    let name = StepName::new(text);
    if name.as_str() != text {
        let rule = format!("1 to {} characters without control characters", StepName::MAX_CHARS);
        validator.report(LinkField::Name, format!("{text:?}"), rule);
    }
    name
}

fn decode_servers(value: u32, field: LinkField, validator: &mut Validator) -> Servers {
    let allowed = limits::SERVERS.start().count()..=limits::SERVERS.end().count();
    validator.check_count(field, value.into(), &allowed, "");
    Servers::new(u64::from(value))
}

fn decode_probability(value: u32, field: LinkField, validator: &mut Validator) -> Probability {
    let allowed = limits::PROBABILITY.start().millionths()..=limits::PROBABILITY.end().millionths();
    validator.check_count(field, value, &allowed, " millionths");
    Probability::from_millionths(value)
}
