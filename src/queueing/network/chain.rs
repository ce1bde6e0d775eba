//! What a worker goes through between taking an order and answering it: stations in a row, groups of parallel steps, and
//! time without a queue.

use crate::queueing::network::fork_join::ForkJoin;
use crate::queueing::numerics::root;
use crate::queueing::stations::{Station, SteadyState};
use crate::units::{Rate, Time, Variability};

/// The synchronous part of an order, as one worker sees it.
#[derive(Debug, Clone)]
pub(crate) struct Chain {
    /// The steps that can make an order wait, one for each group, in the order in which they are passed.
    pub(crate) stations: Vec<Station>,
    /// The groups of parallel steps, each around one of the stations.
    pub(crate) fork_joins: Vec<ForkJoin>,
    /// Time that passes without any queue.
    pub(crate) delay: Time,
    /// The squared coefficient of variation of the whole chain's service time.
    pub(crate) variability: f64,
}

impl Chain {
    /// The time from one end to the other when nobody else is there (R₀).
    pub(crate) fn unloaded(&self) -> Time {
        self.queue_free_time() + self.stations.iter().map(|station| station.service_time).sum()
    }

    /// What of it no queue can lengthen, with the waits for slower members of groups as they are when nobody is in line.
    pub(crate) fn queue_free_time(&self) -> Time {
        self.delay
            + Time::from_seconds(self.fork_joins.iter().map(ForkJoin::unloaded_synchronization_delay).sum())
    }

    /// What the slowest station can do; `None` where nothing limits the chain.
    pub(crate) fn capacity(&self) -> Option<Rate> {
        self.stations.iter().filter_map(Station::capacity).reduce(Rate::min)
    }

    /// The station that saturates first.
    pub(crate) fn bottleneck(&self) -> Option<usize> {
        let demand = |station: usize| {
            let station = &self.stations[station];
            station.service_time.seconds() / station.servers.as_f64()
        };
        (0..self.stations.len()).max_by(|a, b| demand(*a).total_cmp(&demand(*b)))
    }

    /// Whether a station can make anybody wait with so many orders inside.
    pub(crate) fn can_queue(&self, station: usize, inside: usize) -> bool {
        self.stations[station].servers.count() < inside as u64
    }

    /// Whether the wait at a station needs no correction: its service is exponential, and so is that of all before it that can
    /// make anybody wait.
    pub(crate) fn has_exact_wait(&self, station: usize) -> bool {
        self.stations[..=station].iter().all(|station| station.variability == Variability::EXPONENTIAL)
    }

    /// The same chain as the convolution knows it: exponential, and nobody waits for the slower members of a group.
    pub(crate) fn exponential(&self) -> Self {
        let plain = |station: &Station| Station { variability: Variability::EXPONENTIAL, ..*station };
        let stations = self.stations.iter().map(plain).collect();
        Self {
            stations,
            fork_joins: Vec::new(),
            delay: self.queue_free_time(),
            variability: self.variability,
        }
    }

    /// By how much the mean wait at each station is longer than with independent arrivals and exponential service, when orders
    /// pass at that rate. They come as they like, and from each station as it lets them go.
    pub(crate) fn wait_factors(&self, throughput: Rate) -> Vec<f64> {
        self.arrivals(throughput)
            .map(|(station, busy, arrivals)| station.wait_factor(busy, arrivals))
            .collect()
    }

    /// The steady state of each station when orders pass at that rate as an independent stream; `None` where one of them cannot
    /// keep up.
    pub(crate) fn steady_state(&self, stream: Rate) -> Option<Vec<SteadyState>> {
        self.arrivals(stream)
            .map(|(station, _, arrivals)| station.steady_state_with(stream, arrivals))
            .collect()
    }

    /// The stations with their utilization and the variability of what arrives there.
    fn arrivals(&self, throughput: Rate) -> impl Iterator<Item = (&Station, f64, f64)> {
        let mut arrivals = 1.0_f64;
        self.stations.iter().map(move |station| {
            let busy = (throughput * station.service_time).erlangs() / station.servers.as_f64();
            let busy = busy.min(1.0);
            // Even distances between two arrivals count little where a line is long: over long times they are no more regular
            // than what came in at the front (S. Suresh and W. Whitt, 1990).
            let arrivals_here = arrivals + 0.5 * busy.powi(10) * (1.0 - arrivals).max(0.0);
            arrivals = station.departures(busy, arrivals);
            (station, busy, arrivals_here)
        })
    }

    /// How many orders are inside on average when they pass at that rate as an independent stream; `None` where a station
    /// cannot keep up.
    pub(crate) fn in_system(&self, throughput: Rate) -> Option<f64> {
        let steady = self.steady_state(throughput)?;
        let waited: f64 = steady.iter().map(|station| station.waiting_time.seconds()).sum();
        let served: f64 = steady.iter().map(|station| station.busy).sum();
        let delay_of = |join: &ForkJoin| {
            join.synchronization_delay(throughput, steady[join.station].waiting_time.seconds())
        };
        let delays: f64 = self.fork_joins.iter().map(delay_of).sum();
        Some(served + throughput.value() * (self.delay.seconds() + waited + delays))
    }

    /// The rate of a stream whose orders take that long, found in the logarithm of what is left to the capacity, along which a
    /// queue grows evenly.
    pub(crate) fn stream_with_response_time(&self, time: Time) -> Rate {
        let Some(capacity) = self.capacity() else { return Rate::ZERO };
        let rate = |depth: f64| capacity * -(-depth).exp_m1();
        let surplus = |depth: f64| {
            let rate = rate(depth);
            self.in_system(rate).map_or(700.0, |inside| (inside / rate.value() / time.seconds()).ln())
        };
        rate(root::find_root(1e-9, 40.0, surplus))
    }
}
