//! Steps side by side: a group is done when its slowest member is.
//!
//! In the chain one member stands for the group, the one that saturates first; the others run beside it. What the group
//! takes beyond that member is the mean of the slowest of independent responses, waits included. It is exact without
//! waiting. With waiting it is an approximation, because the members' queues grow and shrink together; the correction for
//! that is exact for two equal single servers (R. Nelson and A. N. Tantawi, “Approximate analysis of fork/join
//! synchronization in parallel queues”, 1988).

use super::chain::Chain;
use super::service_law::{ServiceLaw, slowest_of};
use super::spread::Spread;
use super::station::Station;
use super::worker_pool::waiting_by_population;
use crate::units::Rate;

/// The grid of one response.
const POINTS: usize = 384;
/// At how many populations the group is computed; between them it is interpolated.
const SAMPLES: usize = 24;

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
    /// Its queue, with exponential service.
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
    pub(super) fn beyond(&self, stream: Rate, backbone_wait: Option<f64>) -> f64 {
        let (mean, _) = self.response(stream, backbone_wait);
        let wait = backbone_wait.unwrap_or_else(|| wait_at(&self.members[0].station, stream));
        (mean - wait - self.members[0].station.service_time.seconds()).max(0.0)
    }

    /// Mean and variance of the group's response under a stream, in seconds. Where the backbone is known to wait otherwise
    /// than under an independent stream, because the orders inside are limited, the other members' waits are taken in the
    /// same proportion.
    pub(super) fn response(&self, stream: Rate, backbone_wait: Option<f64>) -> (f64, f64) {
        let open_wait = wait_at(&self.members[0].station, stream);
        let negligible = 0.05 * self.members[0].station.service_time.seconds();
        let proportion = backbone_wait.map_or(1.0, |wait| (wait + negligible) / (open_wait + negligible));
        let waits: Vec<(f64, f64)> = self
            .members
            .iter()
            .map(|member| {
                member.station.under(stream).map_or((0.0, 0.0), |steady| {
                    (steady.waits.value(), steady.waiting_time.seconds() * proportion)
                })
            })
            .collect();
        let mean_wait = waits.iter().map(|(_, wait)| *wait).fold(0.0, f64::max);
        if mean_wait < 1e-9 * self.alone.0 {
            return self.alone;
        }
        let still = vec![(0.0, 0.0); waits.len()];
        let (loaded, unloaded) = (self.slowest(&waits, &waits), self.slowest(&still, &waits));
        // Queues that are fed by the same orders are long together, so the slowest is a little less slow.
        let backbone = &self.members[0].station;
        let busy = (stream.value() * backbone.service_time.seconds() / backbone.servers.as_f64()).min(1.0);
        let together = 1.0 - 0.25 * busy;
        let own = waits[0].1;
        let excess = (loaded.0 - unloaded.0 - own) * together;
        (self.alone.0 + own + excess, (self.alone.1 + loaded.1 - unloaded.1).max(0.0))
    }

    /// Mean and variance of the slowest member with those waits, on a grid wide enough for `widest`.
    fn slowest(&self, waits: &[(f64, f64)], widest: &[(f64, f64)]) -> (f64, f64) {
        let spans = self.members.iter().zip(widest).map(|(member, (share, wait))| {
            let (mean, variance) = member.law.moments();
            let wait_variance = wait * wait * (2.0 / share.max(1e-9) - 1.0);
            mean + wait + 9.0 * (variance + wait_variance).sqrt()
        });
        let end = spans.fold(0.0, f64::max);
        let responses: Vec<Spread> = self
            .members
            .iter()
            .zip(waits)
            .map(|(member, &(share, wait))| {
                let mut response = Spread::new(POINTS, 0.0, end, |_| 1.0);
                response.add(&member.law);
                response.add_wait(share, wait / share.max(1e-9));
                response
            })
            .collect();
        let step = end / (POINTS - 1) as f64;
        let (mut mean, mut square) = (0.0, 0.0);
        for i in 0..POINTS {
            let time = step * i as f64;
            let later = 1.0 - responses.iter().map(|response| response.below(time)).product::<f64>();
            let weight = if i == 0 { 0.5 * step } else { step };
            mean += weight * later;
            square += weight * 2.0 * time * later;
        }
        (mean, (square - mean * mean).max(0.0))
    }
}

/// The mean wait at a station under a stream, in seconds.
fn wait_at(station: &Station, stream: Rate) -> f64 {
    station.under(stream).map_or(0.0, |steady| steady.waiting_time.seconds())
}

/// The groups of a chain with a limited number of orders inside.
///
/// The convolution knows the chain without the waits for slower members. With `n` orders in it, more are really inside:
/// those, and the ones that only wait for the rest of their group.
#[derive(Debug)]
pub(super) struct Joined {
    /// What each group takes beyond its backbone, by the population of the chain without it, in seconds.
    pub(super) beyond: Vec<Vec<f64>>,
    /// How many orders are really inside, by the same population.
    inside: Vec<f64>,
}

impl Joined {
    /// All groups of a chain whose throughput without them is known by population.
    pub(super) fn new(chain: &Chain, throughput: &[f64]) -> Self {
        let most = throughput.len() - 1;
        let beyond: Vec<Vec<f64>> = chain
            .joins
            .iter()
            .map(|join| {
                let waiting = waiting_by_population(chain, join.station, most);
                let at = |n: usize| {
                    let wait = if throughput[n] > 0.0 { waiting[n] / throughput[n] } else { 0.0 };
                    let arriving = Rate::per_second(throughput[n.saturating_sub(1)]);
                    join.beyond(arriving, Some(wait))
                };
                interpolated(most, at)
            })
            .collect();
        let inside = (0..=most)
            .map(|n| n as f64 + throughput[n] * beyond.iter().map(|beyond| beyond[n]).sum::<f64>())
            .collect();
        Self { beyond, inside }
    }

    /// Between which populations of the chain without groups so many orders really inside fall, and how far towards the
    /// higher.
    fn place(&self, inside: f64) -> (usize, f64) {
        let above = self.inside.partition_point(|here| *here < inside).clamp(1, self.inside.len() - 1);
        let (low, high) = (self.inside[above - 1], self.inside[above]);
        (above - 1, ((inside - low) / (high - low)).clamp(0.0, 1.0))
    }

    /// The chain's throughput by the number of orders really inside.
    pub(super) fn slowed(&self, throughput: &[f64]) -> Vec<f64> {
        (0..throughput.len())
            .map(|n| {
                let (low, part) = self.place(n as f64);
                throughput[low] + part * (throughput[low + 1] - throughput[low])
            })
            .collect()
    }

    /// How often how many orders are in the chain without groups, where `shares` says how often how many really are.
    pub(super) fn without(&self, shares: &[f64]) -> Vec<f64> {
        let mut without = vec![0.0; shares.len()];
        for (n, share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
            let (low, part) = if n == 0 { (0, 0.0) } else { self.place(n as f64) };
            without[low] += share * (1.0 - part);
            if part > 0.0 {
                without[low + 1] += share * part;
            }
        }
        without
    }
}

/// A function of 0 to `most`, computed at some places and drawn straight between them.
fn interpolated(most: usize, f: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut values = Vec::with_capacity(most + 1);
    values.push(f(0));
    let mut before = (0, values[0]);
    for sample in 1..=SAMPLES {
        // Evenly at first, then in the same proportion.
        let growth = ((most as f64 + 1.0).ln() * sample as f64 / SAMPLES as f64).exp() - 1.0;
        let at = (growth.round() as usize).clamp(sample.min(most), most);
        let here = f(at);
        for n in before.0 + 1..=at {
            values.push(before.1 + (here - before.1) * (n - before.0) as f64 / (at - before.0) as f64);
        }
        before = (at, here);
        if at == most {
            break;
        }
    }
    values
}
