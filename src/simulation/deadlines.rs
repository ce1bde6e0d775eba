//! Timeouts, most of which never come true.

use std::collections::VecDeque;

use super::agenda::{Agenda, Event, Turn};
use super::clock::Instant;

/// Timeouts of one length, in the order in which they were set, which is the order in which they run out. Only the
/// earliest that still matters is on the agenda, so that the timeouts of answered orders cost nothing there.
#[derive(Debug, Clone, Default)]
pub(super) struct Deadlines {
    waiting: VecDeque<Deadline>,
    armed: Option<Turn>,
}

/// When somebody's patience ends: who stands in a place of a slab, as long as it is the same generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Deadline {
    at: Instant,
    turn: Turn,
    pub(super) place: u32,
    pub(super) generation: u32,
}

impl Deadlines {
    /// Sets a timeout. `matters` says of another whether anyone still waits for it; `event` is what its end will be.
    pub(super) fn set(
        &mut self,
        (at, place, generation): (Instant, u32, u32),
        agenda: &mut Agenda,
        event: Event,
        matters: impl Fn(Deadline) -> bool,
    ) {
        let turn = agenda.turn();
        self.forget(matters);
        self.waiting.push_back(Deadline { at, turn, place, generation });
        if self.armed.is_none() {
            self.arm(agenda, event);
        }
    }

    /// The timeout that has run out now, if it still matters; the next one that does goes on the agenda.
    pub(super) fn run_out(
        &mut self,
        agenda: &mut Agenda,
        event: Event,
        matters: impl Fn(Deadline) -> bool,
    ) -> Option<Deadline> {
        let armed = self.armed.take();
        self.forget(&matters);
        let due = self.waiting.front().copied().filter(|first| Some(first.turn) == armed);
        if due.is_some() {
            self.waiting.pop_front();
            self.forget(matters);
        }
        self.arm(agenda, event);
        due
    }

    /// The bytes that the timeouts have taken.
    pub(super) fn bytes(&self) -> usize {
        self.waiting.capacity() * size_of::<Deadline>()
    }

    fn forget(&mut self, matters: impl Fn(Deadline) -> bool) {
        while self.waiting.front().is_some_and(|&first| !matters(first)) {
            self.waiting.pop_front();
        }
    }

    fn arm(&mut self, agenda: &mut Agenda, event: Event) {
        self.armed = self.waiting.front().map(|first| first.turn);
        if let Some(first) = self.waiting.front() {
            agenda.put_in_turn(first.at, first.turn, event);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_still_matters_runs_out() {
        let mut agenda = Agenda::default();
        let mut deadlines = Deadlines::default();
        let event = Event::ClientGivesUp;
        for place in 0..10 {
            let at = Instant::from_nanos(100 + u64::from(place));
            deadlines.set((at, place, 1), &mut agenda, event, |_| true);
        }
        let matters = |deadline: Deadline| deadline.place % 4 == 3;
        let mut ran_out = Vec::new();
        let mut events = 0;
        while let Some((now, _)) = agenda.take() {
            events += 1;
            if let Some(deadline) = deadlines.run_out(&mut agenda, event, matters) {
                ran_out.push((now.nanos(), deadline.place));
            }
        }
        assert_eq!(ran_out, [(103, 3), (107, 7)]);
        assert_eq!(events, 3, "the first was on the agenda already; of the others only those that matter");
    }
}
