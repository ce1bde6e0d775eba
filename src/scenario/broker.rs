//! What carries the events.

use serde::{Deserialize, Serialize};

use crate::units::{Probability, Time};

/// The broker between an order's answer and its asynchronous steps.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Broker {
    /// What the caller waits for the broker's acknowledgement.
    pub publish_latency: Time,
    /// Partitions of the topic: within one, events are handled in order, one at a time. None: a shared queue without order.
    pub partitions: Option<u16>,
    /// The share of all events that bear one and the same key, and so fall into one partition.
    pub hot_key_share: Probability,
    /// How often an event is delivered before it goes to the dead-letter queue.
    pub max_deliveries: u8,
    /// How often the acknowledgement of a processed event is lost, so that it comes again.
    pub ack_loss: Probability,
}

/// A broker that costs nothing and loses nothing, as the article has it.
impl Default for Broker {
    fn default() -> Self {
        Self {
            publish_latency: Time::ZERO,
            partitions: None,
            hot_key_share: Probability::ZERO,
            max_deliveries: 5,
            ack_loss: Probability::ZERO,
        }
    }
}
