//! Traces of orders: what happened to which order, and when.

use std::collections::VecDeque;

use super::clock::Instant;

/// An event in the life of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceRecord {
    pub at: Instant,
    /// Correlation id of the order.
    pub order: u32,
    pub event: TraceEvent,
    /// Index of the step in the scenario; `None` for events of the whole order.
    pub step: Option<u8>,
    /// Attempt of the client, of the caller of a step, or of the broker, from 1.
    pub attempt: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TraceEvent {
    Submitted,
    /// The request joins the queue for a worker.
    QueuedForWorker,
    WorkerAssigned,
    /// A call joins the queue of a step.
    Enqueued,
    Started,
    Ended,
    Failed,
    /// Rejected by a full queue, an open breaker, a full bulkhead, a maximum waiting time, or a step that is
    /// down.
    Rejected,
    /// The caller of a step stops waiting.
    TimedOut,
    /// The broker has accepted the events, or they are stored in the outbox.
    Published,
    /// The broker was down, so that the events are lost.
    EventsLost,
    /// An event is delivered again after a failed delivery or a lost acknowledgement.
    Redelivered,
    /// An idempotent consumer recognised the event and did nothing.
    Skipped,
    Effect,
    /// The effect of a step happened again.
    DuplicateEffect,
    AcknowledgementLost,
    /// The deliveries of an event were used up.
    DeadLettered,
    Answered,
    /// The answer came after the client had stopped waiting.
    AnsweredLate,
    /// The client stops waiting for this attempt.
    ClientTimedOut,
    /// The client has no answer and does not retry.
    GivenUp,
}

/// The trace of one order, as far as it was followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// In order of time.
    pub records: Vec<TraceRecord>,
    /// Moment up to which the order was followed; [`Instant::NEVER`] if to its end.
    pub until: Instant,
}

/// The trace of an order that is never submitted.
impl Default for Trace {
    fn default() -> Self {
        Self { records: Vec::new(), until: Instant::NEVER }
    }
}

impl Trace {
    /// Returns the moment of the last record, if the order was followed to its end.
    pub fn end(&self) -> Option<Instant> {
        let last = self.records.last().map_or(Instant::START, |record| record.at);
        (self.until == Instant::NEVER).then_some(last)
    }
}

/// A recorder of trace records.
#[derive(Debug, Clone, Default)]
pub enum Recorder {
    #[default]
    Off,
    /// A digest of all records in their order.
    Digest(u64),
    /// All records of one order.
    Order { number: u32, records: Vec<TraceRecord> },
    /// The latest records, in order of time.
    Latest { capacity: usize, records: VecDeque<TraceRecord> },
}

impl Recorder {
    /// The digest of no records (the offset basis of FNV-1a).
    pub const EMPTY_DIGEST: Self = Self::Digest(0xcbf2_9ce4_8422_2325);

    #[inline]
    pub(super) fn record(&mut self, record: TraceRecord) {
        match self {
            Self::Off => {}
            _ => self.keep(record),
        }
    }

    #[cold]
    fn keep(&mut self, record: TraceRecord) {
        match self {
            Self::Digest(digest) => *digest = update_digest(*digest, record),
            Self::Order { number, records } if *number == record.order => records.push(record),
            Self::Off | Self::Order { .. } => {}
            Self::Latest { capacity, records } => {
                if records.len() >= *capacity {
                    records.pop_front();
                }
                records.push_back(record);
            }
        }
    }
}

/// Adds a record to a digest: FNV-1a over 64-bit words instead of bytes.
fn update_digest(digest: u64, record: TraceRecord) -> u64 {
    let step = record.step.unwrap_or(u8::MAX);
    let details = u64::from(record.order) << 24
        | u64::from(step) << 16
        | u64::from(record.attempt) << 8
        | record.event as u64;
    [record.at.nanos(), details].into_iter().fold(digest, |digest, word| {
        let mixed = (digest ^ word).wrapping_mul(0x0000_0100_0000_01b3);
        mixed ^ mixed >> 29
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(nanos: u64, order: u32, event: TraceEvent) -> TraceRecord {
        TraceRecord { at: Instant::from_nanos(nanos), order, event, step: None, attempt: 1 }
    }

    fn digest(records: &[TraceRecord]) -> u64 {
        let mut recorder = Recorder::EMPTY_DIGEST;
        for &record in records {
            recorder.record(record);
        }
        let Recorder::Digest(digest) = recorder else { panic!("{recorder:?}") };
        digest
    }

    #[test]
    fn a_digest_depends_on_every_part_and_on_the_order() {
        let (a, b) = (record(1, 1, TraceEvent::Submitted), record(1, 2, TraceEvent::Submitted));
        let digests = [
            digest(&[]),
            digest(&[a]),
            digest(&[a, b]),
            digest(&[b, a]),
            digest(&[record(2, 1, TraceEvent::Submitted)]),
            digest(&[record(1, 1, TraceEvent::Answered)]),
            digest(&[TraceRecord { step: Some(0), ..a }]),
            digest(&[TraceRecord { attempt: 2, ..a }]),
        ];
        for (index, digest) in digests.iter().enumerate() {
            assert!(!digests[..index].contains(digest), "{index}");
        }
    }

    #[test]
    fn recorders_keep_what_they_are_for() {
        let mut one = Recorder::Order { number: 2, records: Vec::new() };
        let mut latest = Recorder::Latest { capacity: 2, records: VecDeque::new() };
        for order in 0..4 {
            one.record(record(5, order, TraceEvent::Submitted));
            latest.record(record(5, order, TraceEvent::Submitted));
        }
        let Recorder::Order { records, .. } = one else { panic!("{one:?}") };
        assert_eq!(records, [record(5, 2, TraceEvent::Submitted)]);
        let Recorder::Latest { records, .. } = latest else { panic!("{latest:?}") };
        assert_eq!(records, [record(5, 2, TraceEvent::Submitted), record(5, 3, TraceEvent::Submitted)]);
    }
}
