//! What a worker goes through between taking an order and answering it: stations in a row, groups of parallel steps, and
//! time without a queue.

use super::fork_join::Join;
use super::root;
use super::station::Station;
use crate::units::{Rate, Time};

/// The synchronous part of an order, as one worker sees it.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    /// The steps that can make an order wait, one for each group, with exponential service: the exact formulas know no
    /// other.
    pub(super) stations: Vec<Station>,
    /// The groups of parallel steps, each around one of the stations.
    pub(super) joins: Vec<Join>,
    /// Time that passes without any queue.
    pub(super) delay: Time,
    /// The squared coefficient of variation of the whole chain's service time.
    pub(super) variability: f64,
}

impl Chain {
    /// The time from one end to the other when nobody else is there (R₀).
    pub(super) fn unloaded(&self) -> Time {
        self.without_queue() + self.stations.iter().map(|station| station.service_time).sum()
    }

    /// What of it no queue can lengthen, with the waits for slower members of groups as they are when nobody is in line.
    pub(super) fn without_queue(&self) -> Time {
        self.delay + Time::from_seconds(self.joins.iter().map(Join::beyond_alone).sum())
    }

    /// What the slowest station can do; `None` where nothing limits the chain.
    pub(super) fn capacity(&self) -> Option<Rate> {
        self.stations.iter().filter_map(Station::capacity).reduce(Rate::min)
    }

    /// How many orders are inside on average when they pass at that rate as an independent stream; `None` where a station
    /// cannot keep up.
    pub(super) fn in_system(&self, throughput: Rate) -> Option<f64> {
        let beyond: f64 = self.joins.iter().map(|join| join.beyond(throughput, None)).sum();
        let mut total = throughput.value() * (self.delay.seconds() + beyond);
        for station in &self.stations {
            let steady = station.under(throughput)?;
            total += steady.busy + throughput.value() * steady.waiting_time.seconds();
        }
        Some(total)
    }

    /// The rate of a stream whose orders take that long, found in the logarithm of what is left to the capacity, along which a
    /// queue grows evenly.
    pub(super) fn stream_that_takes(&self, time: Time) -> Rate {
        let Some(capacity) = self.capacity() else { return Rate::ZERO };
        let rate = |depth: f64| capacity * -(-depth).exp_m1();
        let surplus = |depth: f64| {
            let rate = rate(depth);
            self.in_system(rate).map_or(700.0, |inside| (inside / rate.value() / time.seconds()).ln())
        };
        rate(root::between(1e-9, 40.0, surplus))
    }
}
