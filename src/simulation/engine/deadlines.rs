//! Timeouts, most of which are cancelled before they expire.

use std::collections::VecDeque;

use super::event_queue::{Event, EventQueue, SequenceNumber};
use crate::simulation::clock::Instant;

/// Timeouts of one length, in the order in which they were set, which is the order in which they expire. Only
/// the earliest one that is still due is in the event queue, so that the timeouts of answered orders cost
/// nothing there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Deadlines {
    waiting: VecDeque<Deadline>,
    scheduled: Option<SequenceNumber>,
}

/// A timeout of the entry with this key and generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Deadline {
    time: Instant,
    sequence_number: SequenceNumber,
    pub(crate) key: u32,
    pub(crate) generation: u32,
}

impl Deadlines {
    /// Sets a timeout of the entry with this key and generation. `is_due` tells whether somebody still waits
    /// for another one; `event` is scheduled for the earliest.
    pub(crate) fn set(
        &mut self,
        time: Instant,
        (key, generation): (u32, u32),
        event_queue: &mut EventQueue,
        event: Event,
        is_due: impl Fn(Deadline) -> bool,
    ) {
        let sequence_number = event_queue.next_sequence_number();
        self.drop_cancelled(is_due);
        self.waiting.push_back(Deadline { time, sequence_number, key, generation });
        if self.scheduled.is_none() {
            self.schedule_first(event_queue, event);
        }
    }

    /// Returns the timeout that expires now, if it is still due, and schedules `event` for the next one that
    /// is.
    pub(crate) fn expire(
        &mut self,
        event_queue: &mut EventQueue,
        event: Event,
        is_due: impl Fn(Deadline) -> bool,
    ) -> Option<Deadline> {
        let scheduled = self.scheduled.take();
        self.drop_cancelled(&is_due);
        let expired = self.waiting.front().copied().filter(|first| Some(first.sequence_number) == scheduled);
        if expired.is_some() {
            self.waiting.pop_front();
            self.drop_cancelled(is_due);
        }
        self.schedule_first(event_queue, event);
        expired
    }

    pub(crate) fn bytes(&self) -> usize {
        self.waiting.capacity() * size_of::<Deadline>()
    }

    fn drop_cancelled(&mut self, is_due: impl Fn(Deadline) -> bool) {
        while self.waiting.front().is_some_and(|&first| !is_due(first)) {
            self.waiting.pop_front();
        }
    }

    fn schedule_first(&mut self, event_queue: &mut EventQueue, event: Event) {
        self.scheduled = self.waiting.front().map(|first| first.sequence_number);
        if let Some(first) = self.waiting.front() {
            event_queue.schedule_with(first.sequence_number, first.time, event);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_still_is_due_runs_out() {
        let mut event_queue = EventQueue::default();
        let mut deadlines = Deadlines::default();
        let event = Event::ClientTimeout;
        for key in 0..10 {
            let time = Instant::from_nanos(100 + u64::from(key));
            deadlines.set(time, (key, 1), &mut event_queue, event, |_| true);
        }
        let is_due = |deadline: Deadline| deadline.key % 4 == 3;
        let mut expired = Vec::new();
        let mut events = 0;
        while let Some((now, _)) = event_queue.pop_next() {
            events += 1;
            if let Some(deadline) = deadlines.expire(&mut event_queue, event, is_due) {
                expired.push((now.nanos(), deadline.key));
            }
        }
        assert_eq!(expired, [(103, 3), (107, 7)]);
        assert_eq!(events, 3, "the first was scheduled already; of the others only those that are due");
    }
}
