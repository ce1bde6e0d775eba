//! A station: servers and the line before them.

use super::area::Area;
use super::clock::Instant;
use super::experiment::Discipline;
use super::slab::{Line, Slab};

/// So many servers that serve one at a time each, and one line before them. Who is served or waits is in a slab; the
/// station knows places only. The API workers are a station, too.
#[derive(Debug, Clone, Default)]
pub(super) struct Station {
    servers: u32,
    room: u32,
    discipline: Discipline,
    line: Line,
    /// Whether nothing is started.
    pub(super) stopped: bool,
    /// Servers at work.
    pub(super) busy: Area,
    /// Who stands in line.
    pub(super) waiting: Area,
    /// The latest order that had its effect here, to notice one that was overtaken.
    pub(super) latest: u32,
}

/// What becomes of someone who comes to a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    /// A server is free.
    Starts,
    /// It has to wait.
    Waits,
    /// The line is full.
    Refused,
}

impl Station {
    /// A station with so many servers, and room for so many to wait.
    pub(super) fn new(servers: u32, room: u32, discipline: Discipline) -> Self {
        Self { servers, room, discipline, ..Self::default() }
    }

    /// Someone comes: takes a server if one is free, else stands in line if there is room.
    pub(super) fn arrive<T>(&mut self, slab: &mut Slab<T>, place: u32, now: Instant) -> Admission {
        if self.has_free() && self.waiting.level() == 0 {
            self.busy.rise(now);
            Admission::Starts
        } else if self.waiting.level() < self.room {
            self.line.join(slab, place);
            self.waiting.rise(now);
            Admission::Waits
        } else {
            Admission::Refused
        }
    }

    /// A server is done.
    pub(super) fn release(&mut self, now: Instant) {
        self.busy.fall(now);
    }

    /// Someone leaves the line without being served.
    pub(super) fn abandon<T>(&mut self, slab: &mut Slab<T>, place: u32, now: Instant) {
        self.line.leave(slab, place);
        self.waiting.fall(now);
    }

    /// Whether someone waits although a server is free.
    pub(super) fn can_serve(&self) -> bool {
        self.waiting.level() > 0 && self.has_free()
    }

    /// Who is next in line, and leaves it.
    pub(super) fn call_next<T>(&mut self, slab: &mut Slab<T>, now: Instant) -> Option<u32> {
        let next = match self.discipline {
            Discipline::Fifo => self.line.first(),
            Discipline::Lifo => self.line.last(),
        }?;
        self.abandon(slab, next, now);
        Some(next)
    }

    /// Takes a server for who was called.
    pub(super) fn occupy(&mut self, now: Instant) {
        self.busy.rise(now);
    }

    fn has_free(&self) -> bool {
        !self.stopped && self.busy.level() < self.servers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn served(discipline: Discipline) -> Vec<u32> {
        let mut slab = Slab::default();
        let places: Vec<u32> = (0..4).map(|number| slab.insert(number)).collect();
        let now = Instant::START;
        let mut station = Station::new(1, 2, discipline);
        let admissions: Vec<Admission> =
            places.iter().map(|&place| station.arrive(&mut slab, place, now)).collect();
        assert_eq!(admissions, [Admission::Starts, Admission::Waits, Admission::Waits, Admission::Refused]);
        assert!(!station.can_serve());
        station.release(now);
        assert!(station.can_serve());
        std::iter::from_fn(|| station.call_next(&mut slab, now)).collect()
    }

    #[test]
    fn the_discipline_says_who_is_next() {
        assert_eq!(served(Discipline::Fifo), [1, 2]);
        assert_eq!(served(Discipline::Lifo), [2, 1]);
    }

    #[test]
    fn a_stopped_station_lets_everyone_wait() {
        let mut slab = Slab::default();
        let place = slab.insert(());
        let mut station = Station::new(1, 5, Discipline::Fifo);
        station.stopped = true;
        assert_eq!(station.arrive(&mut slab, place, Instant::START), Admission::Waits);
        assert!(!station.can_serve());
        station.stopped = false;
        assert!(station.can_serve());
    }
}
