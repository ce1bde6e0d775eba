//! The path of an order that holds a worker: stations in a row, groups of parallel steps, and time without a
//! queue.

use crate::queueing::network::fork_join::ForkJoin;
use crate::queueing::numerics::root;
use crate::queueing::stations::{Station, SteadyState};
use crate::units::{Rate, Time, Variability};

/// The synchronous part of an order, from taking a worker to giving it back.
#[derive(Debug, Clone)]
pub(crate) struct Chain {
    /// A station for each group of steps that can make an order wait, in the order of the chain.
    pub(crate) stations: Vec<Station>,
    /// The groups of parallel steps, each around one of the stations.
    pub(crate) fork_joins: Vec<ForkJoin>,
    /// Time that passes without any queue.
    pub(crate) delay: Time,
    /// The squared coefficient of variation of the whole chain's service time.
    pub(crate) variability: f64,
}

impl Chain {
    /// Returns the time through the chain with nobody else there (R₀).
    pub(crate) fn unloaded(&self) -> Time {
        self.queue_free_time() + self.stations.iter().map(|station| station.service_time).sum()
    }

    /// Returns the part of [`Chain::unloaded`] that no queue can lengthen, including the unloaded
    /// synchronization delays.
    pub(crate) fn queue_free_time(&self) -> Time {
        self.delay
            + Time::from_seconds(self.fork_joins.iter().map(ForkJoin::unloaded_synchronization_delay).sum())
    }

    /// Returns the capacity of the slowest station; `None` if nothing limits the chain.
    pub(crate) fn capacity(&self) -> Option<Rate> {
        self.stations.iter().filter_map(Station::capacity).reduce(Rate::min)
    }

    /// Returns the index of the station that saturates first.
    pub(crate) fn bottleneck(&self) -> Option<usize> {
        let demand = |station: usize| {
            let station = &self.stations[station];
            station.service_time.seconds() / station.servers.as_f64()
        };
        (0..self.stations.len()).max_by(|a, b| demand(*a).total_cmp(&demand(*b)))
    }

    /// Returns whether orders can queue at a station with that many orders inside the chain.
    pub(crate) fn can_queue(&self, station: usize, inside: usize) -> bool {
        self.stations[station].servers.count() < inside as u64
    }

    /// Returns whether the wait at a station needs no correction: its service is exponential, and so is that
    /// of all stations before it.
    pub(crate) fn has_exact_wait(&self, station: usize) -> bool {
        self.stations[..=station].iter().all(|station| station.variability == Variability::EXPONENTIAL)
    }

    /// Returns the chain as the convolution sees it: exponential, with the synchronization delays as
    /// constants.
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

    /// Returns the mean wait at each station relative to that under Poisson arrivals and exponential service,
    /// at that throughput. Arrivals at the first station are Poisson; later ones receive the departures of
    /// the station before.
    pub(crate) fn wait_factors(&self, throughput: Rate) -> Vec<f64> {
        self.arrivals(throughput)
            .map(|(station, busy, arrivals)| station.wait_factor(busy, arrivals))
            .collect()
    }

    /// Returns the steady state of each station under an independent stream; `None` if one of them cannot
    /// keep up.
    pub(crate) fn steady_state(&self, stream: Rate) -> Option<Vec<SteadyState>> {
        self.arrivals(stream)
            .map(|(station, _, arrivals)| station.steady_state_with(stream, arrivals))
            .collect()
    }

    /// Iterates over the stations with their utilization and the variability of their arrivals.
    fn arrivals(&self, throughput: Rate) -> impl Iterator<Item = (&Station, f64, f64)> {
        let mut arrivals = 1.0_f64;
        self.stations.iter().map(move |station| {
            let busy = (throughput * station.service_time).erlangs() / station.servers.as_f64();
            let busy = busy.min(1.0);
            // Regular arrivals count little where the queue is long: over long times they are no more regular
            // than the arrivals at the first station (S. Suresh and W. Whitt, 1990).
            let arrivals_here = arrivals + 0.5 * busy.powi(10) * (1.0 - arrivals).max(0.0);
            arrivals = station.departures(busy, arrivals);
            (station, busy, arrivals_here)
        })
    }

    /// Returns the mean number of orders inside under an independent stream; `None` if a station cannot keep
    /// up.
    pub(crate) fn in_system(&self, throughput: Rate) -> Option<f64> {
        let steady = self.steady_state(throughput)?;
        let waiting: f64 = steady.iter().map(|station| station.waiting_time.seconds()).sum();
        let in_service: f64 = steady.iter().map(|station| station.busy).sum();
        let delay_of = |join: &ForkJoin| {
            join.synchronization_delay(throughput, steady[join.station].waiting_time.seconds())
        };
        let delays: f64 = self.fork_joins.iter().map(delay_of).sum();
        Some(in_service + throughput.value() * (self.delay.seconds() + waiting + delays))
    }

    /// Returns the rate of an independent stream whose orders take that long. The root is searched in the
    /// logarithm of the distance to the capacity, along which a queue grows evenly.
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
