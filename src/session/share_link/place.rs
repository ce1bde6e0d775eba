//! Where in a link a value stands, and the rules that it is held to.

use std::fmt;
use std::ops::RangeInclusive;

use super::{LinkError, Shared};
use crate::units::Time;
use crate::units::decimal::shortest;

/// Where in a link or a stored state a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// In which scenario.
    pub part: Part,
    /// In which step of it, counted from 0, if in one.
    pub step: Option<usize>,
    /// Which value.
    pub field: Field,
}

/// A scenario of which a link or a stored state may hold several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The experiment itself.
    Experiment,
    /// The one it is compared with.
    Pinned,
    /// The one it came from.
    Origin,
}

/// A value of a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// How many steps there are.
    Steps,
    /// What a step is called.
    Name,
    /// The identity of a step.
    Identity,
    /// The mean time of a step.
    ServiceTime,
    /// How much it varies.
    Variability,
    /// The connections of a step.
    Servers,
    /// How often an attempt fails.
    Failure,
    /// When an attempt is given up.
    StepTimeout,
    /// How often it is tried again.
    Retries,
    /// The wait before that.
    Backoff,
    /// Users.
    Users,
    /// How long they think.
    ThinkTime,
    /// Orders per second.
    ArrivalRate,
    /// API workers.
    Workers,
    /// What publishing takes.
    PublishLatency,
    /// Partitions of the topic.
    Partitions,
    /// The share of the hot key.
    HotKeyShare,
    /// Deliveries of an event.
    Deliveries,
    /// Acknowledgements lost.
    AckLoss,
    /// How long the client waits.
    ClientTimeout,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.field {
            Field::Steps => "the number of steps",
            Field::Name => "the name",
            Field::Identity => "the identity",
            Field::ServiceTime => "the latency",
            Field::Variability => "the variability",
            Field::Servers => "the number of connections",
            Field::Failure => "the probability of failure",
            Field::StepTimeout => "the timeout",
            Field::Retries => "the number of retries",
            Field::Backoff => "the backoff",
            Field::Users => "the number of users",
            Field::ThinkTime => "the think time",
            Field::ArrivalRate => "the arrival rate",
            Field::Workers => "the number of API workers",
            Field::PublishLatency => "the publish latency",
            Field::Partitions => "the number of partitions",
            Field::HotKeyShare => "the share of the hot key",
            Field::Deliveries => "the number of deliveries",
            Field::AckLoss => "the probability of a lost acknowledgement",
            Field::ClientTimeout => "the client timeout",
        })?;
        if let Some(step) = self.step {
            write!(f, " of step {}", step + 1)?;
        }
        f.write_str(match self.part {
            Part::Experiment => "",
            Part::Pinned => " in the pinned scenario",
            Part::Origin => " in the scenario that resetting leads back to",
        })
    }
}

/// A value that breaks a rule.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::session) struct Breach {
    pub(super) place: Place,
    pub(super) found: String,
    pub(super) rule: String,
}

impl Breach {
    /// The error that reports it, with all that was read.
    pub(in crate::session) fn into_error(self, shared: Shared) -> LinkError {
        let Self { place, found, rule } = self;
        LinkError::Invalid { place, found, rule, salvage: Some(Box::new(shared)) }
    }
}

/// Holds the values of one scenario to their rules, and keeps the first breach.
#[derive(Debug)]
pub(super) struct Inspector {
    part: Part,
    breach: Option<Breach>,
}

impl Inspector {
    pub(super) fn new(part: Part) -> Self {
        Self { part, breach: None }
    }

    /// The first breach, where there was one.
    pub(super) fn into_breach(self) -> Option<Breach> {
        self.breach
    }

    /// Notes a breach, unless there was one before.
    pub(super) fn note(&mut self, field: Field, step: Option<usize>, found: String, rule: String) {
        let place = Place { part: self.part, step, field };
        self.breach.get_or_insert(Breach { place, found, rule });
    }

    /// Holds a whole number of some unit to its limits.
    pub(super) fn count<T: Copy + Into<u64>>(
        &mut self,
        field: Field,
        step: Option<usize>,
        found: T,
        limits: RangeInclusive<u64>,
        unit: &str,
    ) {
        let found = found.into();
        if !limits.contains(&found) {
            let rule = format!("from {} to {}{unit}", limits.start(), limits.end());
            self.note(field, step, format!("{found}{unit}"), rule);
        }
    }

    /// Holds a time in microseconds to its limits.
    pub(super) fn time(
        &mut self,
        field: Field,
        step: Option<usize>,
        micros: u64,
        limits: &RangeInclusive<Time>,
    ) {
        if !limits.contains(&Time::from_micros(micros)) {
            let millis = |micros: u64| shortest(micros as f64 / 1e3, 3);
            let [least, most] = [limits.start(), limits.end()].map(|end| millis(end.micros()));
            self.note(field, step, format!("{} ms", millis(micros)), format!("from {least} to {most} ms"));
        }
    }
}
