//! Steps side by side: a group is done when its slowest member is.
//!
//! In the chain one member stands for the group, the one that saturates first; the others run beside it. What the group
//! takes beyond that member is the mean of the slowest of independent responses, waits included. It is exact without
//! waiting. With waiting it is an approximation, because the members' queues grow and shrink together; the correction for
//! that is exact for two equal single servers (R. Nelson and A. N. Tantawi, “Approximate analysis of fork/join
//! synchronization in parallel queues”, 1988).

use crate::queueing::stations::Station;
use crate::queueing::stations::max_of_independent::{Waited, slowest_of};
use crate::queueing::stations::service_time_law::ServiceLaw;
use crate::queueing::stations::wait::Wait;
use crate::units::Rate;

/// A group of parallel steps around the member that stands for it in the chain.
#[derive(Debug, Clone)]
pub(crate) struct Join {
    /// The backbone's place among the chain's stations.
    pub(crate) station: usize,
    /// The backbone first, then the others.
    members: Vec<Member>,
    /// Mean and variance of the group when nobody waits, in seconds.
    alone: (f64, f64),
}

/// One of the parallel steps.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// Its queue.
    pub(crate) station: Station,
    /// Its service, with what passes before and after it.
    pub(crate) law: ServiceLaw,
}

impl Join {
    /// The group of those members, of which the first is the chain's station of that index.
    pub(crate) fn new(station: usize, members: Vec<Member>) -> Self {
        let laws: Vec<Waited> = members.iter().map(|member| member.law.into()).collect();
        Self { station, alone: slowest_of(&laws), members }
    }

    /// What the group takes beyond its backbone's service when nobody waits.
    pub(crate) fn beyond_alone(&self) -> f64 {
        (self.alone.0 - self.members[0].station.service_time.seconds()).max(0.0)
    }

    /// The variance of what the group takes under a stream, where the backbone waits like that, in seconds squared.
    pub(crate) fn variance(&self, stream: Rate, backbone_wait: &Wait) -> f64 {
        let waits = self.waits(stream, backbone_wait.mean());
        let (_, variance) = self.slowest(&waits);
        // The slowest is the slowest of exponential waits; the backbone's may vary less.
        (variance + backbone_wait.variance() - waits[0].variance()).max(variance.min(self.alone.1))
    }

    /// What the group takes beyond its backbone's response under a stream, in seconds.
    pub(crate) fn beyond(&self, stream: Rate, backbone_wait: f64) -> f64 {
        let waits = self.waits(stream, backbone_wait);
        let (mean, _) = self.slowest(&waits);
        let service = self.members[0].station.service_time.seconds();
        // Queues that are fed by the same orders are long together, so the slowest is a little less slow.
        let waiting = |(member, wait): (&Member, &Wait)| wait.mean() / (wait.mean() + member.law.moments().0);
        let mut others = self.members.iter().zip(&waits);
        let backbone = others.next().map_or(0.0, waiting);
        let together = 1.0 - 0.25 * backbone.min(others.map(waiting).fold(0.0, f64::max));
        (mean - service - backbone_wait).max(0.0) * together
    }

    /// The waits of the members. Where the backbone waits otherwise than under an independent stream, because the orders inside are
    /// limited or come from other steps, the other members' waits are taken in the same proportion.
    fn waits(&self, stream: Rate, backbone_wait: f64) -> Vec<Wait> {
        let backbone = &self.members[0].station;
        // Where it is full its open wait has no end; just below that it is so long that the proportion says enough.
        let stream = backbone.capacity().map_or(stream, |most| stream.min(most * (1.0 - 1e-9)));
        let negligible = 0.05 * backbone.service_time.seconds();
        let open_wait = wait_at(backbone, stream);
        let proportion = (backbone_wait + negligible) / (open_wait + negligible);
        let wait = |(index, member): (usize, &Member)| {
            let steady = member.station.under(stream);
            let open_wait = steady.map_or(0.0, |steady| steady.waiting_time.seconds());
            let share = steady.map_or(1.0, |steady| steady.waits.value());
            let mean = if index == 0 { backbone_wait } else { open_wait * proportion };
            member.station.wait(share, mean)
        };
        self.members.iter().enumerate().map(wait).collect()
    }

    /// Mean and variance of the slowest member with those waits, in seconds and their square.
    fn slowest(&self, waits: &[Wait]) -> (f64, f64) {
        if waits.iter().all(|wait| wait.mean() < 1e-9 * self.alone.0) {
            return self.alone;
        }
        let waited = |(member, wait): (&Member, &Wait)| Waited {
            law: member.law,
            share: wait.share,
            wait: wait.if_any,
        };
        slowest_of(&self.members.iter().zip(waits).map(waited).collect::<Vec<_>>())
    }
}

/// The mean wait at a station under a stream, in seconds.
fn wait_at(station: &Station, stream: Rate) -> f64 {
    station.under(stream).map_or(0.0, |steady| steady.waiting_time.seconds())
}
