//! Closed form for pools too large to convolve: the random population is replaced by its mean.
//!
//! A closed system is treated as an open one whose rate is such that, on average, as many are in it as there are. Good
//! where the populations are large: past the knee it overstates the response time by up to 4 % at ten thousand users and
//! 0.1 % at a hundred million; at a hundred it is not to be used.
//!
//! Source: W. Whitt, “Open and closed models for networks of queues”, 1984.

use super::chain::Chain;
use super::root;
use super::station::Station;
use crate::units::{Rate, Servers, Time, Variability};

/// The workers and the chain that each of them goes through.
pub(super) struct LargePool<'a> {
    pub(super) chain: &'a Chain,
    pub(super) workers: Servers,
    /// The throughput with all workers busy.
    pub(super) wall: Rate,
}

/// A large pool in its steady state.
pub(super) struct Means {
    /// Orders answered per second.
    pub(super) throughput: Rate,
    /// Orders that hold a worker.
    pub(super) busy: f64,
    /// Orders that wait for a worker.
    pub(super) queue: f64,
}

impl<'a> LargePool<'a> {
    /// The pool, and how fast it is with all workers busy.
    pub(super) fn new(chain: &'a Chain, workers: Servers) -> Self {
        let most = workers.as_f64();
        let unhindered = Rate::per_second(most / chain.unloaded().seconds());
        let limit = chain.capacity().map_or(unhindered, |capacity| unhindered.min(capacity));
        let wall = rate_that_holds(most, limit, |rate| chain.in_system(rate));
        Self { chain, workers, wall }
    }

    /// Users who think, order and wait.
    pub(super) fn closed(&self, users: f64, think_time: Time) -> Means {
        let throughput = rate_that_holds(users, self.wall, |rate| {
            let means = self.under(rate)?;
            Some(rate.value() * think_time.seconds() + means.busy + means.queue)
        });
        let means = self.under(throughput);
        let (busy, queue) = means.map_or((self.workers.as_f64(), 0.0), |means| (means.busy, means.queue));
        // At the wall the queue is what is left of the users: the last digit of the rate decides it otherwise.
        let waiting = users - throughput.value() * think_time.seconds() - busy;
        let saturated = throughput.value() * think_time.seconds() < 0.5 * users;
        Means { throughput, busy, queue: if saturated { waiting.max(0.0) } else { queue } }
    }

    /// A stream of orders; `None` where it comes at the wall or beyond.
    pub(super) fn under(&self, arrival_rate: Rate) -> Option<Means> {
        let busy = self.chain.in_system(arrival_rate)?;
        let holding = Station {
            service_time: Time::from_seconds(busy / arrival_rate.value()),
            servers: self.workers,
            variability: Variability::EXPONENTIAL,
        };
        let steady = holding.under(arrival_rate)?;
        Some(Means {
            throughput: arrival_rate,
            busy,
            queue: arrival_rate.value() * steady.waiting_time.seconds(),
        })
    }
}

/// The rate below `limit` at which `wanted` are in the system, where that number grows without bound or reaches the limit.
/// The search is in the logarithm of what is left to the limit, along which a queue grows evenly.
fn rate_that_holds(wanted: f64, limit: Rate, in_system: impl Fn(Rate) -> Option<f64>) -> Rate {
    let rate = |depth: f64| limit * -(-depth).exp_m1();
    let depth =
        root::between(1e-12, 40.0, |depth| in_system(rate(depth)).map_or(700.0, |n| (n / wanted).ln()));
    rate(depth)
}
