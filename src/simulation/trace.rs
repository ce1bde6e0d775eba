//! The course of orders: what happened to which, when.

use std::collections::VecDeque;

use super::clock::Instant;

/// One thing that happened to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// When.
    pub at: Instant,
    /// The order's correlation id.
    pub order: u32,
    /// What.
    pub mark: Mark,
    /// At which step, by its index in the scenario; none where it concerns the whole order.
    pub step: Option<u8>,
    /// Which attempt it was, from 1: of the client, of the caller of a step, or of the broker.
    pub attempt: u8,
}

/// What can happen to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Mark {
    /// The client sends it.
    Submitted,
    /// It stands in line for an API worker.
    WaitsForWorker,
    /// It has a worker.
    WorkerTaken,
    /// It stands in line at a step.
    Enqueued,
    /// A step begins its work.
    Started,
    /// A step has done its work.
    Ended,
    /// A step's work has failed.
    Failed,
    /// It was refused: a full line, an open breaker, a full bulkhead, too long a wait, a step that is down.
    Refused,
    /// The caller of a step waits no longer.
    TimedOut,
    /// The broker has taken its events, or, with an outbox, they are written down.
    Published,
    /// The broker was down: its events are lost.
    EventsLost,
    /// A consumer has it in line again after a failed delivery or a lost acknowledgement.
    DeliveredAgain,
    /// A consumer knew it and did nothing.
    Skipped,
    /// The effect of a step happened.
    Effect,
    /// The effect happened once more than it should have.
    DuplicateEffect,
    /// The acknowledgement of its effect was lost.
    AcknowledgementLost,
    /// Its deliveries were used up.
    DeadLettered,
    /// The client has its answer.
    Answered,
    /// An answer came that nobody waits for any more.
    AnsweredTooLate,
    /// The client stops waiting for this attempt.
    ClientTimedOut,
    /// The client has no answer and does not try again.
    GivenUp,
}

/// The course of one order, as far as it was followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// What happened to it, in order of time.
    pub records: Vec<Record>,
    /// Up to when it was followed; [`Instant::NEVER`] where it came to its end.
    pub until: Instant,
}

/// Of an order that never comes.
impl Default for Trace {
    fn default() -> Self {
        Self { records: Vec::new(), until: Instant::NEVER }
    }
}

impl Trace {
    /// When the last thing happens to the order, where that is known.
    pub fn end(&self) -> Option<Instant> {
        let last = self.records.last().map_or(Instant::START, |record| record.at);
        (self.until == Instant::NEVER).then_some(last)
    }
}

/// What is kept of what happens.
#[derive(Debug, Clone, Default)]
pub enum Recorder {
    /// Nothing.
    #[default]
    Off,
    /// A number that depends on every record, and on their order.
    Digest(u64),
    /// All records of one order.
    Order {
        /// Its correlation id.
        number: u32,
        /// What happened to it, in order of time.
        records: Vec<Record>,
    },
    /// The latest records.
    Latest {
        /// How many at most.
        room: usize,
        /// The records, the latest last.
        records: VecDeque<Record>,
    },
}

impl Recorder {
    /// A digest of nothing yet (the offset basis of FNV-1a).
    pub const DIGEST: Self = Self::Digest(0xcbf2_9ce4_8422_2325);

    /// Keeps a record in its way.
    #[inline]
    pub(super) fn note(&mut self, record: Record) {
        match self {
            Self::Off => {}
            _ => self.keep(record),
        }
    }

    #[cold]
    fn keep(&mut self, record: Record) {
        match self {
            Self::Digest(digest) => *digest = digested(*digest, record),
            Self::Order { number, records } if *number == record.order => records.push(record),
            Self::Off | Self::Order { .. } => {}
            Self::Latest { room, records } => {
                if records.len() >= *room {
                    records.pop_front();
                }
                records.push_back(record);
            }
        }
    }
}

/// A digest with one more record in it: FNV-1a over whole words instead of bytes.
fn digested(digest: u64, record: Record) -> u64 {
    let step = record.step.unwrap_or(u8::MAX);
    let small = u64::from(record.order) << 24
        | u64::from(step) << 16
        | u64::from(record.attempt) << 8
        | record.mark as u64;
    [record.at.nanos(), small].into_iter().fold(digest, |digest, word| {
        let mixed = (digest ^ word).wrapping_mul(0x0000_0100_0000_01b3);
        mixed ^ mixed >> 29
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(nanos: u64, order: u32, mark: Mark) -> Record {
        Record { at: Instant::from_nanos(nanos), order, mark, step: None, attempt: 1 }
    }

    fn digest(records: &[Record]) -> u64 {
        let mut recorder = Recorder::DIGEST;
        for &record in records {
            recorder.note(record);
        }
        let Recorder::Digest(digest) = recorder else { panic!("{recorder:?}") };
        digest
    }

    #[test]
    fn a_digest_depends_on_every_part_and_on_the_order() {
        let (a, b) = (record(1, 1, Mark::Submitted), record(1, 2, Mark::Submitted));
        let digests = [
            digest(&[]),
            digest(&[a]),
            digest(&[a, b]),
            digest(&[b, a]),
            digest(&[record(2, 1, Mark::Submitted)]),
            digest(&[record(1, 1, Mark::Answered)]),
            digest(&[Record { step: Some(0), ..a }]),
            digest(&[Record { attempt: 2, ..a }]),
        ];
        for (index, digest) in digests.iter().enumerate() {
            assert!(!digests[..index].contains(digest), "{index}");
        }
    }

    #[test]
    fn recorders_keep_what_they_are_for() {
        let mut one = Recorder::Order { number: 2, records: Vec::new() };
        let mut latest = Recorder::Latest { room: 2, records: VecDeque::new() };
        for order in 0..4 {
            one.note(record(5, order, Mark::Submitted));
            latest.note(record(5, order, Mark::Submitted));
        }
        let Recorder::Order { records, .. } = one else { panic!("{one:?}") };
        assert_eq!(records, [record(5, 2, Mark::Submitted)]);
        let Recorder::Latest { records, .. } = latest else { panic!("{latest:?}") };
        assert_eq!(records, [record(5, 2, Mark::Submitted), record(5, 3, Mark::Submitted)]);
    }
}
