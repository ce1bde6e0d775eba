//! A station: identical servers and the queue before them.

use super::linked_queue::LinkedQueue;
use super::slab::Slab;
use crate::simulation::clock::Instant;
use crate::simulation::experiment::Discipline;
use crate::simulation::statistics::time_average::TimeWeightedAverage;

/// A station of identical servers with one queue. Its visitors are entries of a slab, of which it knows the
/// keys. The API workers are a station, too.
#[derive(Debug, Clone, Default)]
pub(crate) struct Station {
    servers: u32,
    capacity: u32,
    discipline: Discipline,
    queue: LinkedQueue,
    /// `true` while no service may start.
    pub(crate) is_stopped: bool,
    pub(crate) busy: TimeWeightedAverage,
    pub(crate) waiting: TimeWeightedAverage,
    /// Highest number of an order that had its effect here, to detect overtaken ones.
    pub(crate) latest_order: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    Started,
    Queued,
    Rejected,
}

impl Station {
    /// Creates a station with room for `capacity` visitors in its queue.
    pub(crate) fn new(servers: u32, capacity: u32, discipline: Discipline) -> Self {
        Self { servers, capacity, discipline, ..Self::default() }
    }

    /// Takes a free server, joins the queue, or is rejected if the queue is full.
    pub(crate) fn admit<T>(&mut self, slab: &mut Slab<T>, visitor: u32, now: Instant) -> Admission {
        if self.has_free_server() && self.waiting.level() == 0 {
            self.busy.increment(now);
            Admission::Started
        } else if self.waiting.level() < self.capacity {
            self.queue.push_back(slab, visitor);
            self.waiting.increment(now);
            Admission::Queued
        } else {
            Admission::Rejected
        }
    }

    pub(crate) fn release_server(&mut self, now: Instant) {
        self.busy.decrement(now);
    }

    /// Removes a visitor from the queue without service.
    pub(crate) fn leave_queue<T>(&mut self, slab: &mut Slab<T>, visitor: u32, now: Instant) {
        self.queue.remove(slab, visitor);
        self.waiting.decrement(now);
    }

    pub(crate) fn can_serve(&self) -> bool {
        self.waiting.level() > 0 && self.has_free_server()
    }

    /// Removes the next visitor from the queue, by the queue discipline.
    pub(crate) fn pop_next<T>(&mut self, slab: &mut Slab<T>, now: Instant) -> Option<u32> {
        let next = match self.discipline {
            Discipline::Fifo => self.queue.pop_front(slab),
            Discipline::Lifo => self.queue.pop_back(slab),
        }?;
        self.waiting.decrement(now);
        Some(next)
    }

    /// Occupies a server for a visitor that left the queue.
    pub(crate) fn occupy_server(&mut self, now: Instant) {
        self.busy.increment(now);
    }

    fn has_free_server(&self) -> bool {
        !self.is_stopped && self.busy.level() < self.servers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn served(discipline: Discipline) -> Vec<char> {
        let mut slab = Slab::default();
        let now = Instant::START;
        let mut station = Station::new(1, 2, discipline);
        let admissions: Vec<Admission> = ('a'..='d')
            .map(|visitor| {
                let key = slab.insert(visitor);
                station.admit(&mut slab, key, now)
            })
            .collect();
        assert_eq!(
            admissions,
            [Admission::Started, Admission::Queued, Admission::Queued, Admission::Rejected]
        );
        assert!(!station.can_serve());
        station.release_server(now);
        assert!(station.can_serve());
        std::iter::from_fn(|| station.pop_next(&mut slab, now).map(|key| slab[key])).collect()
    }

    #[test]
    fn the_discipline_says_who_is_next() {
        assert_eq!(served(Discipline::Fifo), ['b', 'c']);
        assert_eq!(served(Discipline::Lifo), ['c', 'b']);
    }

    #[test]
    fn a_stopped_station_lets_everyone_wait() {
        let mut slab = Slab::default();
        let key = slab.insert(());
        let mut station = Station::new(1, 5, Discipline::Fifo);
        station.is_stopped = true;
        assert_eq!(station.admit(&mut slab, key, Instant::START), Admission::Queued);
        assert!(!station.can_serve());
        station.is_stopped = false;
        assert!(station.can_serve());
    }
}
