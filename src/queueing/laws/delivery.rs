//! At-least-once delivery: duplicates, lost events and dead letters.

use crate::units::Probability;

/// A broker that delivers an event until it is acknowledged, a limited number of times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AtLeastOnce {
    /// The probability that a delivery fails without any effect (f).
    pub failure: Probability,
    /// The probability that the acknowledgement of a processed delivery is lost (d).
    pub ack_loss: Probability,
    /// The limit on deliveries of one event (m); at least one.
    pub max_deliveries: u8,
}

impl AtLeastOnce {
    /// Returns the probability that a delivery is not acknowledged, q = f + (1 − f) d.
    fn unacknowledged(&self) -> f64 {
        self.failure.value() + (1.0 - self.failure.value()) * self.ack_loss.value()
    }

    /// Returns the deliveries per event, 1 + q + … + q^(m−1): the factor by which redelivery multiplies the
    /// consumers' load.
    ///
    /// ```
    /// # use waiting_line::{queueing::laws::delivery::AtLeastOnce, units::Probability};
    /// let email = AtLeastOnce {
    ///     failure: Probability::new(0.05),
    ///     ack_loss: Probability::new(0.01),
    ///     max_deliveries: 5,
    /// };
    /// assert!((email.deliveries() - 1.063263).abs() < 1e-6);
    /// assert!((email.effects() - 1.010100).abs() < 1e-6);
    /// assert!((email.duplicates() - 0.010101).abs() < 1e-6);
    /// assert!((email.dead_letters().value() - 7.4574e-7).abs() < 1e-11);
    /// assert!((email.lost().value() - 3.125e-7).abs() < 1e-15);
    /// ```
    pub fn deliveries(&self) -> f64 {
        (1..self.max_deliveries).fold(1.0, |sum, _| 1.0 + self.unacknowledged() * sum)
    }

    /// Returns the effects per event of a consumer that does not recognise repetitions.
    pub fn effects(&self) -> f64 {
        (1.0 - self.failure.value()) * self.deliveries()
    }

    /// Returns the effects per event beyond the first.
    pub fn duplicates(&self) -> f64 {
        (self.effects() - (1.0 - self.lost().value())).max(0.0)
    }

    /// Returns the probability that an event ends in the dead-letter queue, q^m. Some of these events were
    /// processed, but never acknowledged.
    pub fn dead_letters(&self) -> Probability {
        Probability::new(self.unacknowledged().powi(i32::from(self.max_deliveries)))
    }

    /// Returns the probability that an event has no effect at all, f^m.
    pub fn lost(&self) -> Probability {
        Probability::new(self.failure.value().powi(i32::from(self.max_deliveries)))
    }

    /// Returns the mean number of deliveries up to the first effect, over the events that have one.
    ///
    /// ```
    /// # use waiting_line::{queueing::laws::delivery::AtLeastOnce, units::Probability};
    /// let email = AtLeastOnce {
    ///     failure: Probability::new(0.5),
    ///     ack_loss: Probability::ZERO,
    ///     max_deliveries: 2,
    /// };
    /// // Two in three of the successful ones at once, one in three the second time.
    /// assert!((email.deliveries_to_effect() - 4.0 / 3.0).abs() < 1e-12);
    /// ```
    pub fn deliveries_to_effect(&self) -> f64 {
        let failure = self.failure.value();
        let (mut chance, mut all, mut weighed) = (1.0, 0.0, 0.0);
        for delivery in 1..=self.max_deliveries {
            all += chance;
            weighed += chance * f64::from(delivery);
            chance *= failure;
        }
        weighed / all
    }
}
