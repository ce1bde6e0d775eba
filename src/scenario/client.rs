//! The client of the API.

use serde::{Deserialize, Serialize};

use crate::units::Time;

/// The client, which sends an order and waits for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Client {
    /// The time after which it gives up, more than zero.
    pub timeout: Time,
}

impl Default for Client {
    fn default() -> Self {
        Self { timeout: Time::from_whole_seconds(10) }
    }
}
