//! Who waits for the answer.

use serde::{Deserialize, Serialize};

use crate::units::Time;

/// The client that sends an order and waits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Client {
    /// How long it waits before it gives up; longer than nothing.
    pub timeout: Time,
}

/// A client that gives up after ten seconds.
impl Default for Client {
    fn default() -> Self {
        Self { timeout: Time::from_whole_seconds(10) }
    }
}
