//! What is in flight: orders, the requests that carry them, and the calls that these make.

use super::clock::Instant;

/// What a client wants: one order, however often it is sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Order {
    /// Its correlation id: orders are numbered as they are first sent.
    pub(super) number: u32,
    /// When it was first sent.
    pub(super) submitted: Instant,
    /// The request that the client waits for.
    pub(super) awaited: u32,
    /// The client (until it has its answer or has given up), requests and calls that still refer to it.
    pub(super) references: u32,
    /// The steps that had their effect, a bit for each.
    pub(super) done: u32,
    /// The partition that its key falls into.
    pub(super) partition: u16,
    /// How often it was sent.
    pub(super) attempt: u8,
    /// Whether its events are published.
    pub(super) published: bool,
}

/// One sending of an order, as the API sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request {
    /// Which order.
    pub(super) order: u32,
    /// The calls that it waits for: the first of them; each knows the next.
    pub(super) calls: u32,
    /// When it came.
    pub(super) since: Instant,
    /// The group of steps that it is in.
    pub(super) group: u8,
    /// How many steps of that group are not done.
    pub(super) pending: u8,
    /// Whether one of them failed for good.
    pub(super) failed: bool,
    /// Where it is.
    pub(super) stage: RequestStage,
}

/// Where a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RequestStage {
    /// In line for a worker.
    Waiting,
    /// In its steps.
    Running,
    /// Before the broker's acknowledgement.
    Publishing,
    /// Refused a worker, or dropped while publishing: it ends with the event that is under way.
    Ended,
}

/// One attempt at one step; or, after the answer, one event on its way to its effect.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    /// Which order.
    pub(super) order: u32,
    /// The request that waits for it, if any still does.
    pub(super) request: u32,
    /// The next call that the same request waits for.
    pub(super) sibling: u32,
    /// The station that it is at, or heads for.
    pub(super) station: u32,
    /// When it came to the station.
    pub(super) since: Instant,
    /// When the broker took it; never, where its caller calls the step itself.
    pub(super) published: Instant,
    /// The step's index.
    pub(super) step: u8,
    /// Which attempt of the caller it is, from 1.
    pub(super) attempt: u8,
    /// Which delivery of the broker it is, from 1.
    pub(super) delivery: u8,
    /// Where it is.
    pub(super) stage: CallStage,
    /// Whether it counts among the callers in the step, for the bulkhead and the breaker.
    pub(super) admitted: bool,
    /// Whether it can never be handled.
    pub(super) poison: bool,
    /// Whether its consumer has recognised it as done.
    pub(super) skipped: bool,
}

impl Call {
    /// Whether the broker carries it, so that the broker's rules hold for it.
    pub(super) fn carried(&self) -> bool {
        self.published != Instant::NEVER
    }

    /// Which time it is: of the broker where it carries the call, else of the caller.
    pub(super) fn turn(&self) -> u8 {
        if self.carried() { self.delivery } else { self.attempt }
    }
}

/// Where a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CallStage {
    /// Between two places: an event on the agenda is about it.
    Due,
    /// In line at its station.
    Waiting,
    /// Being served; an event on the agenda ends that.
    InService,
    /// Nobody wants it any more; it ends with the event that is under way.
    Dropped,
    /// Written down until the broker is back.
    InOutbox,
    /// A dead letter.
    Dead,
}
