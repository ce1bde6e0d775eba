//! The steps of an order.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::units::format::capitalize;
use crate::units::{Probability, Servers, Time, Variability};

/// The identity of a step, which stays when it is renamed or moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StepId(pub u16);

/// One step of an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its identity.
    pub id: StepId,
    /// What it is called.
    pub name: StepName,
    /// The mean time of the work itself, without any waiting.
    pub service_time: Time,
    /// How much that time varies.
    pub variability: Variability,
    /// Connections: how many orders can be in this step at once.
    pub servers: Servers,
    /// Whether and how the caller waits for it.
    pub placement: Placement,
    /// How often it fails, and what its caller does then.
    pub attempts: Attempts,
}

impl Step {
    /// A synchronous step with exponential service that never fails.
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

/// Whether and how the caller waits for a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Placement {
    /// The caller waits; it starts when the steps before it are done.
    Sync,
    /// The caller waits; it starts together with the synchronous step before it.
    Parallel,
    /// Published as an event; nobody waits.
    Async,
    /// Published as an event, and yet the caller waits for the result: asynchronous in name only.
    PublishAndWait,
}

impl Placement {
    /// Whether the caller waits.
    pub fn is_waited_for(self) -> bool {
        self != Self::Async
    }
}

/// How often a step fails, and what its caller does then.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Attempts {
    /// How often one attempt fails.
    pub failure: Probability,
    /// When the caller gives one attempt up, if ever.
    pub timeout: Option<Time>,
    /// How often the caller tries again, at most [`Attempts::MAX_RETRIES`] times.
    pub retries: u8,
    /// The wait before the first retry; each later one is twice as long.
    pub backoff: Time,
}

impl Attempts {
    /// The most retries that can be set.
    pub const MAX_RETRIES: u8 = 20;
}

/// What a step is called: 1 to [`StepName::MAX_CHARS`] characters without control characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StepName(String);

impl StepName {
    /// The longest name.
    pub const MAX_CHARS: usize = 40;

    /// A name from any text: control characters and outer spaces go, what is too long is cut, an empty one becomes "Step".
    pub fn new(text: &str) -> Self {
        let kept: String = text.chars().filter(|c| !c.is_control()).collect();
        let name: String = kept.trim().chars().take(Self::MAX_CHARS).collect();
        let name = name.trim_end();
        Self(if name.is_empty() { "Step".to_owned() } else { name.to_owned() })
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the step is about, for sentences: the name without its leading verb, so that "Send email" becomes "Email".
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
