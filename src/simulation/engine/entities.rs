//! Entities that move through the system: orders, the requests that carry them, and the calls of steps.

use crate::simulation::clock::Instant;

/// An order of a client, however often it is sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Order {
    /// Correlation id: orders are numbered from 1 in the order of submission.
    pub(crate) number: u32,
    pub(crate) submitted: Instant,
    /// The request that the client waits for, or `NONE`.
    pub(crate) awaited_request: u32,
    /// Number of references: the client until it is answered or gives up, requests, and calls.
    pub(crate) reference_count: u32,
    /// Bit set of the steps that had their effect.
    pub(crate) completed_steps: u32,
    pub(crate) partition: u16,
    /// Number of times that the order was sent.
    pub(crate) attempt: u8,
    pub(crate) is_published: bool,
}

/// A transmission of an order, as the API sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request {
    pub(crate) order: u32,
    /// First of the calls that the request waits for, linked through `Call::sibling`.
    pub(crate) first_call: u32,
    pub(crate) arrived_at: Instant,
    pub(crate) group: u8,
    /// Steps of the current group that are not done.
    pub(crate) pending: u8,
    /// `true` if a step of the current group has failed for good.
    pub(crate) has_failed: bool,
    pub(crate) stage: RequestStage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequestStage {
    Waiting,
    Running,
    /// Waits for the acknowledgement of the broker.
    Publishing,
    /// Cancelled while publishing; ends with the event that is scheduled for it.
    Cancelled,
}

/// An attempt at a step, or, after the answer, an event on its way to its effect.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call {
    pub(crate) order: u32,
    /// The request that waits for the call, or `NONE`.
    pub(crate) request: u32,
    /// Next call that the same request waits for.
    pub(crate) sibling: u32,
    pub(crate) station: u32,
    /// Arrival at the station.
    pub(crate) arrived_at: Instant,
    /// Publication, or [`Instant::NEVER`] for a direct call.
    pub(crate) published_at: Instant,
    pub(crate) step: u8,
    /// Attempt of the caller, from 1.
    pub(crate) attempt: u8,
    /// Delivery by the broker, from 1.
    pub(crate) delivery: u8,
    pub(crate) stage: CallStage,
    /// `true` while the call counts as an active caller for the bulkhead and the breaker.
    pub(crate) is_active_caller: bool,
    /// `true` for an event that cannot be handled.
    pub(crate) is_poison: bool,
    /// `true` if an idempotent consumer has recognised the event as done.
    pub(crate) is_recognised: bool,
}

impl Call {
    /// Returns `true` for an event of the broker, `false` for a direct call.
    pub(crate) fn is_event(&self) -> bool {
        self.published_at != Instant::NEVER
    }

    /// Returns the delivery of an event, the attempt of a direct call.
    pub(crate) fn attempt_number(&self) -> u8 {
        if self.is_event() { self.delivery } else { self.attempt }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallStage {
    /// On its way: an event is scheduled for it.
    Scheduled,
    Queued,
    InService,
    /// Cancelled; ends with the event that is scheduled for it.
    Cancelled,
    InOutbox,
    DeadLettered,
}
