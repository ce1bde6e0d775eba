//! The Universal Scalability Law: the throughput of several instances that share something.
//!
//! Source: N. J. Gunther, “Guerrilla Capacity Planning”, 2007. Not to be combined with a queueing formula for
//! the same resource: the contention would count twice.

use crate::units::Rate;

/// The parameters of the Universal Scalability Law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scalability {
    /// The throughput of one instance (γ).
    pub single: Rate,
    /// The share of the work that only one instance can do at a time (α).
    pub contention: f64,
    /// The loss of each pair of instances to keeping each other informed (β).
    pub coherency: f64,
}

impl Scalability {
    /// Returns the throughput of `n` instances, γ n / (1 + α (n − 1) + β n (n − 1)).
    ///
    /// ```
    /// # use waiting_line::{queueing::laws::scalability::Scalability, units::Rate};
    /// let law = Scalability { single: Rate::per_second(100.0), contention: 0.02, coherency: 0.0005 };
    /// assert_eq!(law.throughput(1.0), Rate::per_second(100.0));
    /// assert!((law.throughput(32.0).value() - 1512.287).abs() < 0.001);
    /// assert!(law.throughput(64.0) < law.throughput(32.0));
    /// ```
    pub fn throughput(&self, instances: f64) -> Rate {
        let others = instances - 1.0;
        let loss = self.contention * others + self.coherency * instances * others;
        self.single * (instances / (1.0 + loss))
    }

    /// Returns the number of instances beyond which more of them do less, √((1 − α) / β); `None` if there is
    /// no such number.
    ///
    /// ```
    /// # use waiting_line::{queueing::laws::scalability::Scalability, units::Rate};
    /// let law = Scalability { single: Rate::per_second(100.0), contention: 0.02, coherency: 0.0005 };
    /// assert!((law.peak().unwrap() - 44.2719).abs() < 1e-4);
    /// ```
    pub fn peak(&self) -> Option<f64> {
        (self.coherency > 0.0 && self.contention < 1.0)
            .then(|| ((1.0 - self.contention) / self.coherency).sqrt())
    }

    /// Returns the whole number of instances with the highest throughput; `None` if more always do more.
    ///
    /// ```
    /// # use waiting_line::{queueing::laws::scalability::Scalability, units::Rate};
    /// let law = Scalability { single: Rate::per_second(100.0), contention: 0.02, coherency: 0.0005 };
    /// assert_eq!(law.best_instances(), Some(44));
    /// ```
    pub fn best_instances(&self) -> Option<u32> {
        let below = self.peak()?.floor().max(1.0);
        let best = if self.throughput(below + 1.0) > self.throughput(below) { below + 1.0 } else { below };
        Some(best as u32)
    }
}
