//! Steps side by side: a group is done when its slowest member is.
//!
//! In the chain one member stands for the group, the one that saturates first; the others run beside it. What the group
//! takes beyond that member is the mean of the slowest of independent responses, waits included. It is exact without
//! waiting. With waiting it is an approximation, because the members' queues grow and shrink together; the correction for
//! that is exact for two equal single servers (R. Nelson and A. N. Tantawi, “Approximate analysis of fork/join
//! synchronization in parallel queues”, 1988).

use crate::queueing::stations::Station;
use crate::queueing::stations::max_of_independent::{DelayedService, moments_of_max};
use crate::queueing::stations::service_time_law::ServiceTimeLaw;
use crate::queueing::stations::wait::Wait;
use crate::units::Rate;

/// A group of parallel steps around the member that stands for it in the chain.
#[derive(Debug, Clone)]
pub(crate) struct ForkJoin {
    /// The backbone's place among the chain's stations.
    pub(crate) station: usize,
    /// The backbone first, then the others.
    members: Vec<Member>,
    /// Mean and variance of the group when nobody waits, in seconds.
    unloaded: (f64, f64),
}

/// One of the parallel steps.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// Its queue.
    pub(crate) station: Station,
    /// Its service, with what passes before and after it.
    pub(crate) law: ServiceTimeLaw,
}

impl ForkJoin {
    /// The group of those members, of which the first is the chain's station of that index.
    pub(crate) fn new(station: usize, members: Vec<Member>) -> Self {
        let laws: Vec<DelayedService> = members.iter().map(|member| member.law.into()).collect();
        Self { station, unloaded: moments_of_max(&laws), members }
    }

    /// What the group takes beyond its backbone's service when nobody waits.
    pub(crate) fn unloaded_synchronization_delay(&self) -> f64 {
        (self.unloaded.0 - self.members[0].station.service_time.seconds()).max(0.0)
    }

    /// The variance of what the group takes under a stream, where the backbone waits like that, in seconds squared.
    pub(crate) fn variance(&self, stream: Rate, backbone_wait: &Wait) -> f64 {
        let waits = self.member_waits(stream, backbone_wait.mean());
        let (_, variance) = self.max_moments(&waits);
        // The slowest is the slowest of exponential waits; the backbone's may vary less.
        (variance + backbone_wait.variance() - waits[0].variance()).max(variance.min(self.unloaded.1))
    }

    /// What the group takes beyond its backbone's response under a stream, in seconds.
    pub(crate) fn synchronization_delay(&self, stream: Rate, backbone_wait: f64) -> f64 {
        let waits = self.member_waits(stream, backbone_wait);
        let (mean, _) = self.max_moments(&waits);
        let service = self.members[0].station.service_time.seconds();
        // Queues that are fed by the same orders are long together, so the slowest is a little less slow.
        let waiting = |(member, wait): (&Member, &Wait)| wait.mean() / (wait.mean() + member.law.moments().0);
        let mut others = self.members.iter().zip(&waits);
        let representative = others.next().map_or(0.0, waiting);
        let correlation_factor = 1.0 - 0.25 * representative.min(others.map(waiting).fold(0.0, f64::max));
        (mean - service - backbone_wait).max(0.0) * correlation_factor
    }

    /// The waits of the members. Where the backbone waits otherwise than under an independent stream, because the orders inside are
    /// limited or come from other steps, the other members' waits are taken in the same proportion.
    fn member_waits(&self, stream: Rate, backbone_wait: f64) -> Vec<Wait> {
        let representative = &self.members[0].station;
        // Where it is full its open wait has no end; just below that it is so long that the proportion says enough.
        let stream = representative.capacity().map_or(stream, |most| stream.min(most * (1.0 - 1e-9)));
        let negligible = 0.05 * representative.service_time.seconds();
        let open_wait = wait_at(representative, stream);
        let proportion = (backbone_wait + negligible) / (open_wait + negligible);
        let wait = |(index, member): (usize, &Member)| {
            let steady = member.station.steady_state(stream);
            let open_wait = steady.map_or(0.0, |steady| steady.waiting_time.seconds());
            let share = steady.map_or(1.0, |steady| steady.wait_probability.value());
            let mean = if index == 0 { backbone_wait } else { open_wait * proportion };
            member.station.wait(share, mean)
        };
        self.members.iter().enumerate().map(wait).collect()
    }

    /// Mean and variance of the slowest member with those waits, in seconds and their square.
    fn max_moments(&self, waits: &[Wait]) -> (f64, f64) {
        if waits.iter().all(|wait| wait.mean() < 1e-9 * self.unloaded.0) {
            return self.unloaded;
        }
        let delayed = |(member, wait): (&Member, &Wait)| DelayedService {
            law: member.law,
            wait_probability: wait.probability,
            mean_wait: wait.conditional_mean,
        };
        moments_of_max(&self.members.iter().zip(waits).map(delayed).collect::<Vec<_>>())
    }
}

/// The mean wait at a station under a stream, in seconds.
fn wait_at(station: &Station, stream: Rate) -> f64 {
    station.steady_state(stream).map_or(0.0, |steady| steady.waiting_time.seconds())
}
