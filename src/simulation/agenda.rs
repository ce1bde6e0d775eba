//! What is going to happen: the future-event list, ordered by time and then by insertion.

use super::clock::Instant;

/// What can happen. The number says to whom: an index of a call, a request, an order, a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// An order of an open workload comes in.
    Arrives,
    /// A user of a closed workload has thought enough.
    ThinkingEnds,
    /// One of those who think and are counted has thought enough.
    CrowdStirs,
    /// The number of users rises.
    UsersJoin,
    /// The work of a call is done.
    CallEnds(u32),
    /// A call reaches its step after the broker carried it.
    CallArrives(u32),
    /// A call that was put off is made.
    CallRetries(u32),
    /// A call that nothing accepted comes back.
    CallRefused(u32),
    /// The broker has taken what a request publishes.
    Published(u32),
    /// A client sends its order again.
    Resends(u32),
    /// The earliest client that still waits gives up.
    ClientGivesUp,
    /// The earliest caller of the step at this index that still waits gives up.
    CallerGivesUp(u32),
    /// A fault starts or ends.
    FaultsChange,
    /// The dead letters of the replay at this index are delivered again.
    Replays(u32),
}

impl Event {
    /// The bits that the number of an event takes: more than can be in flight at once.
    const NUMBER_BITS: u32 = 24;

    /// Kind and number in 28 bits.
    fn packed(self) -> u64 {
        let (kind, number) = match self {
            Self::Arrives => (0, 0),
            Self::ThinkingEnds => (1, 0),
            Self::UsersJoin => (2, 0),
            Self::CallEnds(call) => (3, call),
            Self::CallArrives(call) => (4, call),
            Self::CallRetries(call) => (5, call),
            Self::CallRefused(call) => (6, call),
            Self::Published(request) => (7, request),
            Self::Resends(order) => (8, order),
            Self::ClientGivesUp => (9, 0),
            Self::CallerGivesUp(step) => (10, step),
            Self::FaultsChange => (11, 0),
            Self::Replays(replay) => (12, replay),
            Self::CrowdStirs => (13, 0),
        };
        kind << Self::NUMBER_BITS | u64::from(number)
    }

    /// The event that was packed.
    fn unpacked(bits: u64) -> Self {
        let number = (bits & ((1 << Self::NUMBER_BITS) - 1)) as u32;
        match bits >> Self::NUMBER_BITS & 0xf {
            0 => Self::Arrives,
            1 => Self::ThinkingEnds,
            2 => Self::UsersJoin,
            3 => Self::CallEnds(number),
            4 => Self::CallArrives(number),
            5 => Self::CallRetries(number),
            6 => Self::CallRefused(number),
            7 => Self::Published(number),
            8 => Self::Resends(number),
            9 => Self::ClientGivesUp,
            10 => Self::CallerGivesUp(number),
            11 => Self::FaultsChange,
            12 => Self::Replays(number),
            _ => Self::CrowdStirs,
        }
    }
}

/// The place of an event among those of the same moment: the order of insertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Turn(u64);

/// The future-event list: a heap with four children to a node, whose entries are single numbers made of the time, the
/// turn and the event, from high to low. Comparing two numbers is then comparing times, and turns where times tie.
#[derive(Debug, Clone, Default)]
pub(super) struct Agenda {
    heap: Vec<u128>,
    turns: u64,
}

const CHILDREN: usize = 4;
const EVENT_BITS: u32 = Event::NUMBER_BITS + 4;

impl Agenda {
    /// The next turn, for what is kept elsewhere until it becomes the earliest of its kind.
    pub(super) fn turn(&mut self) -> Turn {
        self.turns += 1;
        Turn(self.turns)
    }

    /// Puts an event on the list, after all others of the same moment.
    pub(super) fn put(&mut self, at: Instant, event: Event) {
        let turn = self.turn();
        self.put_in_turn(at, turn, event);
    }

    /// Puts an event on the list in a turn that it was given before.
    pub(super) fn put_in_turn(&mut self, at: Instant, turn: Turn, event: Event) {
        let low = turn.0 << EVENT_BITS | event.packed();
        let entry = u128::from(at.nanos()) << 64 | u128::from(low);
        let mut hole = self.heap.len();
        self.heap.push(entry);
        while hole > 0 {
            let parent = (hole - 1) / CHILDREN;
            if self.heap[parent] <= entry {
                break;
            }
            self.heap[hole] = self.heap[parent];
            hole = parent;
        }
        self.heap[hole] = entry;
    }

    /// When the next event happens.
    pub(super) fn next_at(&self) -> Option<Instant> {
        self.heap.first().map(|entry| Instant::from_nanos((entry >> 64) as u64))
    }

    /// Takes the next event off the list.
    pub(super) fn take(&mut self) -> Option<(Instant, Event)> {
        let last = self.heap.pop()?;
        let first = match self.heap.first() {
            Some(&first) => {
                self.settle(last);
                first
            }
            None => last,
        };
        let event = Event::unpacked(first as u64 & ((1 << EVENT_BITS) - 1));
        Some((Instant::from_nanos((first >> 64) as u64), event))
    }

    /// Finds the place of an entry when the first has been taken.
    fn settle(&mut self, entry: u128) {
        let heap = self.heap.as_mut_slice();
        let mut hole = 0;
        loop {
            let start = CHILDREN * hole + 1;
            let least = if let Some(four) = heap.get(start..start + CHILDREN) {
                let left = usize::from(four[1] < four[0]);
                let right = 2 + usize::from(four[3] < four[2]);
                start + if four[right] < four[left] { right } else { left }
            } else {
                match (start..heap.len()).min_by_key(|&child| heap[child]) {
                    Some(child) => child,
                    None => break,
                }
            };
            if entry <= heap[least] {
                break;
            }
            heap[hole] = heap[least];
            hole = least;
        }
        heap[hole] = entry;
    }

    /// The bytes that the list has taken.
    pub(super) fn bytes(&self) -> usize {
        self.heap.capacity() * size_of::<u128>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_by_time_and_ties_by_insertion() {
        let mut agenda = Agenda::default();
        let mut state = 1_u64;
        let mut expected = Vec::new();
        for number in 0..5_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let at = Instant::from_nanos(state >> 56);
            agenda.put(at, Event::CallEnds(number));
            expected.push((at, number));
        }
        expected.sort_by_key(|&(at, _)| at);
        for (at, number) in expected {
            assert_eq!(agenda.next_at(), Some(at));
            assert_eq!(agenda.take(), Some((at, Event::CallEnds(number))));
        }
        assert_eq!((agenda.next_at(), agenda.take()), (None, None));
    }

    #[test]
    fn a_turn_taken_early_counts() {
        let mut agenda = Agenda::default();
        let early = agenda.turn();
        let at = Instant::from_nanos(5);
        agenda.put(at, Event::Arrives);
        agenda.put_in_turn(at, early, Event::ClientGivesUp);
        assert_eq!(agenda.take(), Some((at, Event::ClientGivesUp)));
    }

    #[test]
    fn every_event_survives_packing() {
        let most = (1 << Event::NUMBER_BITS) - 1;
        for event in [
            Event::Arrives,
            Event::ThinkingEnds,
            Event::UsersJoin,
            Event::CallEnds(most),
            Event::CallArrives(1),
            Event::CallRetries(2),
            Event::CallRefused(3),
            Event::Published(4),
            Event::Resends(5),
            Event::ClientGivesUp,
            Event::CallerGivesUp(6),
            Event::FaultsChange,
            Event::Replays(7),
        ] {
            assert_eq!(Event::unpacked(event.packed()), event);
        }
    }
}
