//! Steps side by side: a group is done when its slowest member is.
//!
//! In the chain one member stands for the group, the one that saturates first; the others run beside it. What the group
//! takes beyond that member is the mean of the slowest of independent responses, waits included. It is exact without
//! waiting. With waiting it is an approximation, because the members' queues grow and shrink together; the correction for
//! that is exact for two equal single servers (R. Nelson and A. N. Tantawi, “Approximate analysis of fork/join
//! synchronization in parallel queues”, 1988).

use super::service_law::{ServiceLaw, moments_of, slowest_of};
use super::spread::{Spread, Wait};
use super::station::Station;
use crate::units::Rate;
use crate::units::order::sort_by_number;

/// The grid of one response.
const POINTS: usize = 384;

/// A group of parallel steps around the member that stands for it in the chain.
#[derive(Debug, Clone)]
pub(super) struct Join {
    /// The backbone's place among the chain's stations.
    pub(super) station: usize,
    /// The backbone first, then the others.
    members: Vec<Member>,
    /// Mean and variance of the group when nobody waits, in seconds.
    alone: (f64, f64),
}

/// One of the parallel steps.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// Its queue.
    pub(super) station: Station,
    /// Its service, with what passes before and after it.
    pub(super) law: ServiceLaw,
}

impl Join {
    /// The group of those members, of which the first is the chain's station of that index.
    pub(super) fn new(station: usize, members: Vec<Member>) -> Self {
        let laws: Vec<ServiceLaw> = members.iter().map(|member| member.law).collect();
        Self { station, alone: slowest_of(&laws), members }
    }

    /// What the group takes beyond its backbone's service when nobody waits.
    pub(super) fn beyond_alone(&self) -> f64 {
        (self.alone.0 - self.members[0].station.service_time.seconds()).max(0.0)
    }

    /// What the group takes beyond its backbone's response under a stream, in seconds.
    pub(super) fn beyond(&self, stream: Rate, backbone_wait: f64) -> f64 {
        self.response(stream, backbone_wait).0
    }

    /// What the group takes beyond its backbone's response, and the variance of the whole group's, under a stream. Where the
    /// backbone waits otherwise than under an independent stream, because the orders inside are limited or come from other
    /// steps, the other members' waits are taken in the same proportion.
    pub(super) fn response(&self, stream: Rate, backbone_wait: f64) -> (f64, f64) {
        let backbone = &self.members[0].station;
        let service = backbone.service_time.seconds();
        let open_wait = wait_at(backbone, stream);
        let negligible = 0.05 * service;
        let proportion = (backbone_wait + negligible) / (open_wait + negligible);
        let waits: Vec<Wait> = self
            .members
            .iter()
            .enumerate()
            .map(|(index, member)| {
                let steady = member.station.under(stream);
                let mean = steady.map_or(0.0, |steady| steady.waiting_time.seconds() * proportion);
                let share = steady.map_or(1.0, |steady| steady.waits.value());
                Wait::new(
                    share,
                    if index == 0 { backbone_wait } else { mean },
                    member.station.service_time.seconds(),
                )
            })
            .collect();
        let longest_wait = waits.iter().map(Wait::mean).fold(0.0, f64::max);
        if longest_wait < 1e-9 * self.alone.0 {
            return (self.beyond_alone(), self.alone.1);
        }
        let still = vec![Wait::default(); waits.len()];
        let (loaded, unloaded) = (self.slowest(&waits, &waits), self.slowest(&still, &waits));
        let beyond = (self.beyond_alone() + loaded.0 - unloaded.0 - backbone_wait).max(0.0);
        // Queues that are fed by the same orders are long together, so the slowest is a little less slow.
        let waiting = |(member, wait): (&Member, &Wait)| wait.mean() / (wait.mean() + member.law.moments().0);
        let mut others = self.members.iter().zip(&waits);
        let backbone = others.next().map_or(0.0, waiting);
        let together = 1.0 - 0.25 * backbone.min(others.map(waiting).fold(0.0, f64::max));
        (beyond * together, (self.alone.1 + loaded.1 - unloaded.1).max(0.0))
    }

    /// Mean and variance of the slowest member with those waits, on a grid wide enough for the `widest`.
    fn slowest(&self, waits: &[Wait], widest: &[Wait]) -> (f64, f64) {
        let spans = self.members.iter().zip(widest).map(|(member, wait)| {
            let (mean, variance) = member.law.moments();
            mean + wait.mean() + 9.0 * (variance + wait.variance()).sqrt()
        });
        let end = spans.fold(0.0, f64::max);
        let responses: Vec<Response> = self
            .members
            .iter()
            .zip(waits)
            .map(|(member, wait)| {
                if member.law.is_constant() {
                    return Response::Constant { shift: member.law.shift, wait: *wait };
                }
                let mut response = Spread::new(POINTS, 0.0, end, |_| 1.0);
                response.add(&member.law);
                response.add_wait(wait);
                Response::Spread(response)
            })
            .collect();
        let mut breaks: Vec<f64> = self.members.iter().map(|member| member.law.shift).collect();
        sort_by_number(&mut breaks, |start| *start);
        breaks.push(end.max(breaks[breaks.len() - 1]));
        let later = |time: f64| 1.0 - responses.iter().map(|response| response.below(time)).product::<f64>();
        moments_of(later, &breaks, end / 2048.0, end / 24.0)
    }
}

/// How one member's response is spread.
enum Response {
    /// A constant service after a wait.
    Constant { shift: f64, wait: Wait },
    /// Any other.
    Spread(Spread),
}

impl Response {
    fn below(&self, time: f64) -> f64 {
        match self {
            Self::Constant { shift, .. } if time < *shift => 0.0,
            Self::Constant { shift, wait } => wait.below(time - shift),
            Self::Spread(spread) => spread.below(time),
        }
    }
}

/// The mean wait at a station under a stream, in seconds.
fn wait_at(station: &Station, stream: Rate) -> f64 {
    station.under(stream).map_or(0.0, |steady| steady.waiting_time.seconds())
}
