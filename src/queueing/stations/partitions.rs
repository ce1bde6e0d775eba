//! Partitioned topics: events stay in order within a partition, at the price of one consumer for each.

use crate::queueing::stations::pollaczek_khinchine::SingleServer;
use crate::units::{Probability, Rate, Servers, Time, Variability};

/// A partitioned topic and the consumers of one group. A partition has one consumer; a consumer may have
/// several partitions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartitionedTopic {
    /// Deliveries per second, over all partitions.
    pub arrival_rate: Rate,
    /// At least one.
    pub partitions: u16,
    /// The share of all events that bear one and the same key.
    pub hot_key_share: Probability,
    pub consumers: Servers,
    /// The mean time that a consumer needs for one delivery.
    pub service_time: Time,
    pub variability: Variability,
}

/// Consumers that have the same load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConsumerClass {
    pub consumers: u64,
    /// The share of all events that each of them gets.
    pub share: f64,
    /// A consumer of this class, with its stream.
    pub server: SingleServer,
}

impl PartitionedTopic {
    /// Returns the number of consumers with work: those beyond the number of partitions have none.
    pub fn useful_consumers(&self) -> u64 {
        self.consumers.count().min(u64::from(self.partitions))
    }

    /// Returns the consumers by their load: the one with the hot key first, then those with as many
    /// partitions, then those with one fewer. Classes without members are left out.
    ///
    /// ```
    /// # use waiting_line::queueing::stations::partitions::PartitionedTopic;
    /// # use waiting_line::units::{Probability, Rate, Servers, Time, Variability};
    /// let email = PartitionedTopic {
    ///     arrival_rate: Rate::per_second(200.0),
    ///     partitions: 12,
    ///     hot_key_share: Probability::new(0.03),
    ///     consumers: Servers::new(12),
    ///     service_time: Time::from_millis(40.0),
    ///     variability: Variability::EXPONENTIAL,
    /// };
    /// let classes = email.classes();
    /// assert!((classes[0].server.arrival_rate.value() - 22.1667).abs() < 1e-4);
    /// assert!((classes[1].server.arrival_rate.value() - 16.1667).abs() < 1e-4);
    /// assert_eq!(classes[1].consumers, 11);
    /// ```
    pub fn classes(&self) -> Vec<ConsumerClass> {
        let (partitions, consumers) = (u64::from(self.partitions), self.useful_consumers());
        let (fewer, more) = (partitions / consumers, partitions % consumers);
        let hot = self.hot_key_share.value();
        let share = |own: u64| (1.0 - hot) * own as f64 / partitions as f64;
        let largest = if more > 0 { fewer + 1 } else { fewer };
        let peers = if more > 0 { more } else { consumers } - 1;
        let rest = if more > 0 { consumers - more } else { 0 };
        [(1, hot + share(largest)), (peers, share(largest)), (rest, share(fewer))]
            .into_iter()
            .filter(|(consumers, _)| *consumers > 0)
            .map(|(consumers, share)| ConsumerClass {
                consumers,
                share,
                server: SingleServer {
                    arrival_rate: self.arrival_rate * share,
                    service_time: self.service_time,
                    variability: self.variability,
                },
            })
            .collect()
    }

    /// Returns the rate of events at which the busiest consumer is full; `None` if processing takes no time.
    pub fn capacity(&self) -> Option<Rate> {
        let share = self.classes().iter().map(|class| class.share).fold(0.0, f64::max);
        (!self.service_time.is_zero()).then(|| Rate::per_second(1.0 / (self.service_time.seconds() * share)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(partitions: u16, consumers: u64, hot: f64) -> PartitionedTopic {
        PartitionedTopic {
            arrival_rate: Rate::per_second(120.0),
            partitions,
            hot_key_share: Probability::new(hot),
            consumers: Servers::new(consumers),
            service_time: Time::from_millis(40.0),
            variability: Variability::EXPONENTIAL,
        }
    }

    #[test]
    fn every_event_has_its_consumer() {
        for (partitions, consumers) in [(12, 12), (12, 5), (12, 100), (1, 1), (7, 3)] {
            for hot in [0.0, 0.2, 1.0] {
                let topic = topic(partitions, consumers, hot);
                let classes = topic.classes();
                let share: f64 = classes.iter().map(|class| class.share * class.consumers as f64).sum();
                assert!((share - 1.0).abs() < 1e-12, "{topic:?}");
                let consumers: u64 = classes.iter().map(|class| class.consumers).sum();
                assert_eq!(consumers, topic.useful_consumers());
            }
        }
    }

    #[test]
    fn all_on_one_key_leaves_one_consumer() {
        assert_eq!(topic(12, 12, 1.0).capacity(), Some(Rate::per_second(25.0)));
    }

    #[test]
    fn fewer_consumers_than_partitions_carry_several_each() {
        // Twelve partitions on five consumers: two of them have three partitions and saturate first.
        assert!((topic(12, 5, 0.0).capacity().unwrap().value() - 100.0).abs() < 1e-9);
    }
}
