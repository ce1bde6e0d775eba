//! Going back: snapshots of a run, and replay from the nearest one.

use super::clock::Instant;
use super::engine::Simulation;
use super::trace::{Recorder, Trace};

/// A run that can be moved in both directions. It keeps snapshots as it goes; to go back it takes the last one before
/// and lets the same events happen again.
#[derive(Debug, Clone)]
pub struct Playback {
    now: Simulation,
    past: Vec<Simulation>,
    spacing: u64,
    budget: usize,
}

impl Playback {
    /// How far apart snapshots lie at first, in events.
    const FIRST_SPACING: u64 = 1_000;
    /// What the snapshots may take together.
    const BUDGET: usize = 24 << 20;

    /// A run from its start.
    pub fn new(start: Simulation) -> Self {
        let past = vec![start.clone()];
        Self { now: start, past, spacing: Self::FIRST_SPACING, budget: Self::BUDGET }
    }

    /// The run as it stands.
    pub fn simulation(&self) -> &Simulation {
        &self.now
    }

    /// The run as it stands, to change what is recorded or to ask for a report.
    pub fn simulation_mut(&mut self) -> &mut Simulation {
        &mut self.now
    }

    /// Lets so many events happen; how many did.
    pub fn forward(&mut self, events: u64) -> u64 {
        let start = self.now.events();
        let target = start.saturating_add(events);
        while self.now.events() < target {
            let due = self.due();
            let next = target.min(due.max(self.now.events() + 1));
            self.now.run(next - self.now.events());
            if self.now.stopped().is_some() {
                break;
            }
            if self.now.events() >= due {
                self.keep();
            }
        }
        self.now.events() - start
    }

    /// Goes back by so many events, at most to the start.
    pub fn back(&mut self, events: u64) {
        self.seek(self.now.events().saturating_sub(events));
    }

    /// Goes to the state after so many events since the start.
    pub fn seek(&mut self, events: u64) {
        if events < self.now.events() {
            self.restore(|snapshot| snapshot.events() <= events);
        }
        self.forward(events - self.now.events().min(events));
    }

    /// Goes to a moment: everything up to it, that included, has happened.
    pub fn seek_moment(&mut self, moment: Instant) {
        self.back_before(moment);
        while !self.forward_to(moment, u64::MAX) {}
    }

    /// Goes on to a moment, but by so many events at most; whether it got there, or the run is over. Everything up to the
    /// moment, that included, has happened then.
    pub fn forward_to(&mut self, moment: Instant, events: u64) -> bool {
        let target = self.now.events().saturating_add(events);
        let mut due = self.due();
        while self.now.events() < target {
            let goes_on =
                self.now.stopped().is_none() && self.now.next_moment().is_some_and(|at| at <= moment);
            if !goes_on || !self.now.step() {
                self.now.run_until(moment);
                return true;
            }
            if self.now.events() >= due {
                self.keep();
                due = self.due();
            }
        }
        false
    }

    /// Goes back to a state from which a moment lies ahead: the last snapshot before it.
    pub fn back_before(&mut self, moment: Instant) {
        if moment < self.now.now() {
            self.restore(|snapshot| snapshot.now() < moment || snapshot.events() == 0);
        }
    }

    /// The course of an order that has come, to its end or over so many events at most: followed in a copy of the last
    /// snapshot before it came.
    pub fn trace(&self, number: u32, events: u64) -> Trace {
        let before = self.past.iter().rfind(|snapshot| snapshot.orders_so_far() < number);
        let Some(mut run) = before.cloned() else { return Trace::default() };
        run.recorder = Recorder::Order { number, records: Vec::new() };
        let last = run.events().saturating_add(events).max(self.now.events());
        while run.events() < last && run.run(200).is_none() && !run.has_forgotten(number) {}
        let until = if run.has_forgotten(number) { Instant::NEVER } else { run.now() };
        match run.recorder {
            Recorder::Order { records, .. } => Trace { records, until },
            _ => Trace::default(),
        }
    }

    /// After how many events the next snapshot is to be kept.
    fn due(&self) -> u64 {
        self.past.last().map_or(0, Simulation::events) + self.spacing
    }

    /// Takes up the last snapshot that will do; the start always does. What is recorded stays as it is now.
    fn restore(&mut self, will_do: impl Fn(&Simulation) -> bool) {
        let last = self.past.iter().rposition(will_do).unwrap_or(0);
        if let Some(snapshot) = self.past.get(last) {
            let recorder = std::mem::take(&mut self.now.recorder);
            self.now = snapshot.clone();
            self.now.recorder = recorder;
        }
    }

    /// Keeps a snapshot; when they take too much, every second one goes and the spacing doubles.
    fn keep(&mut self) {
        let mut snapshot = self.now.clone();
        snapshot.recorder = Recorder::Off;
        self.past.push(snapshot);
        while self.bytes() > self.budget && self.past.len() > 2 {
            let mut index = 0;
            self.past.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.spacing *= 2;
        }
    }

    /// The bytes that the snapshots take, about.
    pub fn bytes(&self) -> usize {
        self.past.iter().map(Simulation::bytes).sum()
    }
}
