//! Parallel steps: a group is done when its slowest member is.
//!
//! In the chain one member represents the group, the one that saturates first; the others run beside it. The
//! time that the group takes beyond the representative (the synchronization delay) is the mean of the maximum
//! of independent responses, waits included, less the representative's response.
//!
//! Exact without waiting. With waiting it is an approximation, because the members' queues grow and shrink
//! together; the correction for that is exact for two equal single servers (R. Nelson and A. N. Tantawi,
//! “Approximate analysis of fork/join synchronization in parallel queues”, 1988).

use crate::queueing::stations::Station;
use crate::queueing::stations::max_of_independent::{DelayedService, moments_of_max};
use crate::queueing::stations::service_time_law::ServiceTimeLaw;
use crate::queueing::stations::wait::Wait;
use crate::units::Rate;

/// A group of parallel steps.
#[derive(Debug, Clone)]
pub(crate) struct ForkJoin {
    /// The index of the representative among the chain's stations.
    pub(crate) station: usize,
    /// The representative first, then the others.
    members: Vec<Member>,
    /// Mean and variance of the group's time when nobody waits, in seconds and seconds squared.
    unloaded: (f64, f64),
}

/// A parallel step.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) station: Station,
    /// The service, including delays without a queue before and after it.
    pub(crate) law: ServiceTimeLaw,
}

impl ForkJoin {
    /// Forms a group of `members`, of which the first is the chain's station of that index.
    pub(crate) fn new(station: usize, members: Vec<Member>) -> Self {
        let laws: Vec<DelayedService> = members.iter().map(|member| member.law.into()).collect();
        Self { station, unloaded: moments_of_max(&laws), members }
    }

    /// Returns the synchronization delay when nobody waits, in seconds.
    pub(crate) fn unloaded_synchronization_delay(&self) -> f64 {
        (self.unloaded.0 - self.members[0].station.service_time.seconds()).max(0.0)
    }

    /// Returns the variance of the group's time under a stream, given the representative's wait, in seconds
    /// squared.
    pub(crate) fn variance(&self, stream: Rate, representative_wait: &Wait) -> f64 {
        let waits = self.member_waits(stream, representative_wait.mean());
        let (_, variance) = self.max_moments(&waits);
        // The maximum is that of exponential waits; the representative's wait may vary less.
        (variance + representative_wait.variance() - waits[0].variance()).max(variance.min(self.unloaded.1))
    }

    /// Returns the synchronization delay under a stream, in seconds.
    pub(crate) fn synchronization_delay(&self, stream: Rate, representative_wait: f64) -> f64 {
        let waits = self.member_waits(stream, representative_wait);
        let (mean, _) = self.max_moments(&waits);
        let service = self.members[0].station.service_time.seconds();
        // Queues that are fed by the same orders are long together, so the maximum is a little smaller.
        let waiting = |(member, wait): (&Member, &Wait)| wait.mean() / (wait.mean() + member.law.moments().0);
        let mut others = self.members.iter().zip(&waits);
        let representative = others.next().map_or(0.0, waiting);
        let correlation_factor = 1.0 - 0.25 * representative.min(others.map(waiting).fold(0.0, f64::max));
        (mean - service - representative_wait).max(0.0) * correlation_factor
    }

    /// Returns the waits of the members. If the representative's wait differs from that under an independent
    /// stream, because the orders inside are limited or come from other steps, the other members' waits are
    /// scaled in the same proportion.
    fn member_waits(&self, stream: Rate, representative_wait: f64) -> Vec<Wait> {
        let representative = &self.members[0].station;
        // At saturation the open wait is infinite; just below, it is long enough for the proportion.
        let stream = representative.capacity().map_or(stream, |most| stream.min(most * (1.0 - 1e-9)));
        let negligible = 0.05 * representative.service_time.seconds();
        let open_wait = wait_at(representative, stream);
        let proportion = (representative_wait + negligible) / (open_wait + negligible);
        let wait = |(index, member): (usize, &Member)| {
            let steady = member.station.steady_state(stream);
            let open_wait = steady.map_or(0.0, |steady| steady.waiting_time.seconds());
            let share = steady.map_or(1.0, |steady| steady.wait_probability.value());
            let mean = if index == 0 { representative_wait } else { open_wait * proportion };
            member.station.wait(share, mean)
        };
        self.members.iter().enumerate().map(wait).collect()
    }

    /// Returns mean and variance of the maximum of the members with those waits, in seconds and seconds
    /// squared.
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

/// Returns the mean wait at a station under a stream, in seconds.
fn wait_at(station: &Station, stream: Rate) -> f64 {
    station.steady_state(stream).map_or(0.0, |steady| steady.waiting_time.seconds())
}
