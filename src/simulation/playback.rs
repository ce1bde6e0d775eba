//! Playback in both directions: snapshots of a run, and replay from the nearest one.

use super::clock::Instant;
use super::engine::Simulation;
use super::trace::{Recorder, Trace};

/// A run that moves in both directions. It keeps snapshots on the way; to go back it restores an earlier one
/// and handles the same events again.
#[derive(Debug, Clone)]
pub struct Playback {
    current: Simulation,
    snapshots: Vec<Simulation>,
    spacing: u64,
    memory_limit: usize,
}

impl Playback {
    /// Initial spacing of the snapshots, in events.
    const INITIAL_SPACING: u64 = 1_000;
    /// Memory limit of all snapshots together, in bytes.
    const MEMORY_LIMIT: usize = 24 << 20;

    pub fn new(start: Simulation) -> Self {
        let snapshots = vec![start.clone()];
        Self { current: start, snapshots, spacing: Self::INITIAL_SPACING, memory_limit: Self::MEMORY_LIMIT }
    }

    pub fn simulation(&self) -> &Simulation {
        &self.current
    }

    /// Returns the run, to replace its recorder or to ask for a report.
    pub fn simulation_mut(&mut self) -> &mut Simulation {
        &mut self.current
    }

    /// Handles up to `events` events and returns how many it handled.
    pub fn advance(&mut self, events: u64) -> u64 {
        let start = self.current.events();
        let target = start.saturating_add(events);
        while self.current.events() < target {
            let due = self.next_snapshot();
            let next = target.min(due.max(self.current.events() + 1));
            self.current.run(next - self.current.events());
            if self.current.stop_reason().is_some() {
                break;
            }
            if self.current.events() >= due {
                self.save_snapshot();
            }
        }
        self.current.events() - start
    }

    /// Goes back by `events` events, at most to the start.
    pub fn rewind(&mut self, events: u64) {
        self.seek(self.current.events().saturating_sub(events));
    }

    /// Goes to the state after `events` events since the start.
    pub fn seek(&mut self, events: u64) {
        if events < self.current.events() {
            self.restore(|snapshot| snapshot.events() <= events);
        }
        self.advance(events - self.current.events().min(events));
    }

    /// Advances to a moment, by `max_events` events at most. Returns `true` if all events up to and including
    /// the moment have been handled, or the run is over.
    pub fn advance_to(&mut self, moment: Instant, max_events: u64) -> bool {
        let target = self.current.events().saturating_add(max_events);
        let mut due = self.next_snapshot();
        while self.current.events() < target {
            let continues = self.current.stop_reason().is_none()
                && self.current.next_event_time().is_some_and(|at| at <= moment);
            if !continues || !self.current.step() {
                self.current.run_until(moment);
                return true;
            }
            if self.current.events() >= due {
                self.save_snapshot();
                due = self.next_snapshot();
            }
        }
        false
    }

    /// Goes back to the last snapshot before a moment, if the run has reached that moment.
    pub fn rewind_before(&mut self, moment: Instant) {
        if moment < self.current.now() {
            self.restore(|snapshot| snapshot.now() < moment || snapshot.events() == 0);
        }
    }

    /// Returns the trace of an order that has been submitted, to its end or over `max_events` events at most.
    /// It replays a copy of the last snapshot before the submission.
    pub fn trace(&self, order: u32, max_events: u64) -> Trace {
        let before = self.snapshots.iter().rfind(|snapshot| snapshot.order_count() < order);
        let Some(mut run) = before.cloned() else { return Trace::default() };
        run.recorder = Recorder::Order { number: order, records: Vec::new() };
        let last = run.events().saturating_add(max_events).max(self.current.events());
        while run.events() < last && run.run(200).is_none() && !run.is_order_gone(order) {}
        let until = if run.is_order_gone(order) { Instant::NEVER } else { run.now() };
        match run.recorder {
            Recorder::Order { records, .. } => Trace { records, until },
            _ => Trace::default(),
        }
    }

    /// Returns the number of events after which the next snapshot is due.
    fn next_snapshot(&self) -> u64 {
        self.snapshots.last().map_or(0, Simulation::events) + self.spacing
    }

    /// Restores the last snapshot that fits, else the start. The recorder stays.
    fn restore(&mut self, fits: impl Fn(&Simulation) -> bool) {
        let last = self.snapshots.iter().rposition(fits).unwrap_or(0);
        if let Some(snapshot) = self.snapshots.get(last) {
            let recorder = std::mem::take(&mut self.current.recorder);
            self.current = snapshot.clone();
            self.current.recorder = recorder;
        }
    }

    /// Saves a snapshot. If all take too much memory, every second one is dropped and the spacing doubles.
    fn save_snapshot(&mut self) {
        let mut snapshot = self.current.clone();
        snapshot.recorder = Recorder::Off;
        self.snapshots.push(snapshot);
        while self.bytes() > self.memory_limit && self.snapshots.len() > 2 {
            let mut index = 0;
            self.snapshots.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.spacing *= 2;
        }
    }

    /// Returns the approximate memory of the snapshots, in bytes.
    pub fn bytes(&self) -> usize {
        self.snapshots.iter().map(Simulation::bytes).sum()
    }
}
