//! The future-event list, ordered by time and then by insertion.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::simulation::clock::Instant;

/// An event. Its number is the key of a call, a request or an order, or the index of a step or a replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    OrderArrival,
    ThinkingDone,
    /// The first of the counted thinkers is done.
    NextThinkerDone,
    UserArrival,
    ServiceDone(u32),
    CallArrival(u32),
    CallRetry(u32),
    CallRejection(u32),
    PublishAcknowledged(u32),
    OrderRetry(u32),
    /// The earliest client timeout expires.
    ClientTimeout,
    /// The earliest caller timeout of a step expires.
    CallerTimeout(u32),
    /// A fault starts or ends.
    FaultChange,
    DeadLetterReplay(u32),
}

/// Orders events of the same moment by insertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SequenceNumber(u64);

#[derive(Debug, Clone, Copy)]
struct ScheduledEvent {
    time: Instant,
    sequence_number: SequenceNumber,
    event: Event,
}

impl ScheduledEvent {
    /// Time and sequence number in one integer, which compares without a branch.
    fn key(&self) -> u128 {
        u128::from(self.time.nanos()) << 64 | u128::from(self.sequence_number.0)
    }
}

impl PartialEq for ScheduledEvent {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for ScheduledEvent {}

impl PartialOrd for ScheduledEvent {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ScheduledEvent {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

/// Events by time; events of the same moment in the order of their sequence numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventQueue {
    heap: BinaryHeap<Reverse<ScheduledEvent>>,
    last_sequence_number: u64,
}

impl EventQueue {
    /// Reserves a sequence number for an event that is scheduled later with [`Self::schedule_with`].
    pub(crate) fn next_sequence_number(&mut self) -> SequenceNumber {
        self.last_sequence_number += 1;
        SequenceNumber(self.last_sequence_number)
    }

    /// Schedules an event after all others of the same moment.
    pub(crate) fn schedule(&mut self, time: Instant, event: Event) {
        let sequence_number = self.next_sequence_number();
        self.schedule_with(sequence_number, time, event);
    }

    pub(crate) fn schedule_with(&mut self, sequence_number: SequenceNumber, time: Instant, event: Event) {
        self.heap.push(Reverse(ScheduledEvent { time, sequence_number, event }));
    }

    pub(crate) fn next_time(&self) -> Option<Instant> {
        self.heap.peek().map(|Reverse(next)| next.time)
    }

    pub(crate) fn pop_next(&mut self) -> Option<(Instant, Event)> {
        self.heap.pop().map(|Reverse(next)| (next.time, next.event))
    }

    /// Returns the allocated memory in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.heap.capacity() * size_of::<ScheduledEvent>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_by_time_and_ties_by_insertion() {
        let mut event_queue = EventQueue::default();
        let mut state = 1_u64;
        let mut expected = Vec::new();
        for call in 0..5_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let time = Instant::from_nanos(state >> 56);
            event_queue.schedule(time, Event::ServiceDone(call));
            expected.push((time, call));
        }
        expected.sort_by_key(|&(time, _)| time);
        for (time, call) in expected {
            assert_eq!(event_queue.next_time(), Some(time));
            assert_eq!(event_queue.pop_next(), Some((time, Event::ServiceDone(call))));
        }
        assert_eq!((event_queue.next_time(), event_queue.pop_next()), (None, None));
    }

    #[test]
    fn a_sequence_number_reserved_early_counts() {
        let mut event_queue = EventQueue::default();
        let early = event_queue.next_sequence_number();
        let time = Instant::from_nanos(5);
        event_queue.schedule(time, Event::OrderArrival);
        event_queue.schedule_with(early, time, Event::ClientTimeout);
        assert_eq!(event_queue.pop_next(), Some((time, Event::ClientTimeout)));
    }
}
