//! The message broker.

use serde::{Deserialize, Serialize};

use crate::units::{Probability, Time};

/// The message broker that delivers events to the asynchronous steps.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Broker {
    /// The time until the broker acknowledges a published event, for which the caller waits.
    pub publish_latency: Time,
    /// The partitions of the topic, each of which handles its events in order, one at a time. `None` is a
    /// shared queue without order.
    pub partitions: Option<u16>,
    /// The share of events that have the same key, and so go to the same partition.
    pub hot_key_share: Probability,
    /// The number of deliveries after which an event goes to the dead-letter queue.
    pub max_deliveries: u8,
    /// The probability that the acknowledgement of a processed event is lost, so that it is delivered again.
    pub ack_loss: Probability,
}

/// Returns a broker without latency and without losses, as in the article.
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
