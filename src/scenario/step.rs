//! The steps of an order.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::limits;
use crate::units::format::capitalize;
use crate::units::{Probability, Servers, Time, Variability};

/// The identity of a step, which does not change when the step is renamed or moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StepId(pub u16);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub id: StepId,
    pub name: StepName,
    /// The mean service time, without waiting in a queue.
    pub service_time: Time,
    pub variability: Variability,
    /// The number of connections or consumers: that many orders are served at a time.
    pub servers: Servers,
    pub placement: Placement,
    pub attempts: Attempts,
}

impl Step {
    /// Creates a synchronous step with exponential service times that never fails.
    pub fn new(id: StepId, name: StepName, service_millis: f64, connections: u64) -> Self {
        Self {
            id,
            name,
            service_time: Time::from_millis(service_millis),
            variability: Variability::EXPONENTIAL,
            servers: Servers::new(connections),
            placement: Placement::Sync,
            attempts: Attempts::default(),
        }
    }
}

/// The position of a step relative to the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Placement {
    /// The caller waits for it. It starts when the steps before it are done.
    Sync,
    /// The caller waits for it. It starts together with the synchronous step before it.
    Parallel,
    /// It is published as an event, and the caller does not wait.
    Async,
    /// It is published as an event, but the caller waits for the result.
    PublishAndWait,
}

impl Placement {
    /// Returns whether the caller waits for the step.
    pub fn blocks_caller(self) -> bool {
        self != Self::Async
    }
}

/// The failures of a step, and the timeout and retries of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Attempts {
    /// The probability that one attempt fails.
    pub failure: Probability,
    /// The time after which the caller gives up an attempt.
    pub timeout: Option<Time>,
    /// The number of further attempts, at most [`Attempts::MAX_RETRIES`].
    pub retries: u8,
    /// The wait before the first retry; each later one is twice as long.
    pub backoff: Time,
}

impl Attempts {
    pub const MAX_RETRIES: u8 = *limits::RETRIES.end();
}

/// The name of a step: 1 to [`StepName::MAX_CHARS`] characters without control characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StepName(String);

impl StepName {
    pub const MAX_CHARS: usize = 40;

    /// Creates a name from any text: removes control characters and outer spaces, and cuts it if it is too
    /// long. An empty name becomes "Step".
    pub fn new(text: &str) -> Self {
        let kept: String = text.chars().filter(|c| !c.is_control()).collect();
        let name: String = kept.trim().chars().take(Self::MAX_CHARS).collect();
        let name = name.trim_end();
        Self(if name.is_empty() { "Step".to_owned() } else { name.to_owned() })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the name without its leading verb, for use in sentences.
    ///
    /// ```
    /// use waiting_line::scenario::StepName;
    /// assert_eq!(StepName::new("Send email").subject(), "Email");
    /// assert_eq!(StepName::new("Fulfilment").subject(), "Fulfilment");
    /// ```
    pub fn subject(&self) -> String {
        const VERBS: [&str; 16] = [
            "validate", "check", "send", "update", "charge", "reserve", "notify", "create", "load", "write",
            "index", "publish", "call", "record", "fetch", "start",
        ];
        match self.0.split_once(' ') {
            Some((verb, rest)) if VERBS.iter().any(|known| verb.eq_ignore_ascii_case(known)) => {
                capitalize(rest.trim_start())
            }
            _ => self.0.clone(),
        }
    }
}

impl fmt::Display for StepName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cleaned_at_the_door() {
        for (text, name) in [
            ("  Send email ", "Send email"),
            ("", "Step"),
            ("\u{7}\n", "Step"),
            ("a\tb", "ab"),
            (&"x".repeat(100), &"x".repeat(40)),
        ] {
            assert_eq!(StepName::new(text).as_str(), name);
        }
    }

    #[test]
    fn a_subject_is_the_name_without_its_verb() {
        for (name, subject) in [
            ("Validate payment", "Payment"),
            ("Check inventory", "Inventory"),
            ("Email", "Email"),
            ("Send ", "Send"),
        ] {
            assert_eq!(StepName::new(name).subject(), subject);
        }
    }
}
