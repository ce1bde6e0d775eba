//! The position of a value in a link or a stored state.

use std::fmt;

/// The position of a value in a link or a stored state. Its `Display` is the subject of an error message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldPath {
    pub section: LinkSection,
    /// The index of the step, for a value of a step.
    pub step: Option<usize>,
    pub field: LinkField,
}

/// A scenario in a link or a stored state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkSection {
    Experiment,
    /// The scenario that the experiment is compared with.
    Pinned,
    /// The scenario that resetting leads back to.
    Origin,
}

/// A value of a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkField {
    /// The number of steps.
    Steps,
    Name,
    Identity,
    ServiceTime,
    Variability,
    Servers,
    FailureProbability,
    StepTimeout,
    Retries,
    Backoff,
    Users,
    ThinkTime,
    ArrivalRate,
    Workers,
    PublishLatency,
    Partitions,
    HotKeyShare,
    Deliveries,
    /// The probability of a lost acknowledgement.
    AckLoss,
    ClientTimeout,
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.field {
            LinkField::Steps => "the number of steps",
            LinkField::Name => "the name",
            LinkField::Identity => "the identity",
            LinkField::ServiceTime => "the latency",
            LinkField::Variability => "the variability",
            LinkField::Servers => "the number of connections",
            LinkField::FailureProbability => "the probability of failure",
            LinkField::StepTimeout => "the timeout",
            LinkField::Retries => "the number of retries",
            LinkField::Backoff => "the backoff",
            LinkField::Users => "the number of users",
            LinkField::ThinkTime => "the think time",
            LinkField::ArrivalRate => "the arrival rate",
            LinkField::Workers => "the number of API workers",
            LinkField::PublishLatency => "the publish latency",
            LinkField::Partitions => "the number of partitions",
            LinkField::HotKeyShare => "the share of the hot key",
            LinkField::Deliveries => "the number of deliveries",
            LinkField::AckLoss => "the probability of a lost acknowledgement",
            LinkField::ClientTimeout => "the client timeout",
        })?;
        if let Some(step) = self.step {
            write!(f, " of step {}", step + 1)?;
        }
        f.write_str(match self.section {
            LinkSection::Experiment => "",
            LinkSection::Pinned => " in the pinned scenario",
            LinkSection::Origin => " in the scenario that resetting leads back to",
        })
    }
}
