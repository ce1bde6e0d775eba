//! What a worker goes through between taking an order and answering it: the stations in a row, and time without a queue.

use super::station::Station;
use crate::units::{Rate, Time, Variability};

/// The synchronous part of an order, as one worker sees it.
#[derive(Debug, Clone, Default)]
pub(super) struct Chain {
    /// The steps that can make an order wait, with exponential service: the exact formulas know no other.
    pub(super) stations: Vec<Station>,
    /// Time that passes without any queue: publishing, and the wait of a parallel group for its slowest member.
    pub(super) delay: Time,
    /// The squared coefficient of variation of the whole chain's service time.
    pub(super) variability: f64,
}

impl Chain {
    /// A chain of those stations and that delay.
    pub(super) fn new(stations: Vec<Station>, delay: Time) -> Self {
        let total = delay + stations.iter().map(|station| station.service_time).sum();
        let share =
            |station: &Station| (station.service_time / total).powi(2) * station.variability.squared();
        let variability = if total.is_zero() { 0.0 } else { stations.iter().map(share).sum() };
        let exponential = |station| Station { variability: Variability::EXPONENTIAL, ..station };
        let stations = stations.into_iter().map(exponential).collect();
        Self { stations, delay, variability }
    }

    /// The time from one end to the other when nobody else is there (R₀).
    pub(super) fn unloaded(&self) -> Time {
        self.delay + self.stations.iter().map(|station| station.service_time).sum()
    }

    /// What the slowest station can do; `None` where nothing limits the chain.
    pub(super) fn capacity(&self) -> Option<Rate> {
        self.stations.iter().filter_map(Station::capacity).reduce(Rate::min)
    }

    /// How many orders are inside on average when they pass at that rate as an independent stream; `None` where a station
    /// cannot keep up.
    pub(super) fn in_system(&self, throughput: Rate) -> Option<f64> {
        let mut total = throughput.value() * self.delay.seconds();
        for station in &self.stations {
            let steady = station.under(throughput)?;
            total += steady.busy + throughput.value() * steady.waiting_time.seconds();
        }
        Some(total)
    }
}
