//! Locations of everything that is in flight.

use super::clock::Instant;
use super::engine::Simulation;
use super::engine::entities::{CallStage, RequestStage};
use super::engine::slab::NONE;

/// A request, a call or an event of an order, with its location.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InFlightItem {
    /// Correlation id of the order.
    pub order: u32,
    pub location: Location,
    /// Arrival at the station, its queue included.
    pub arrived_at: Instant,
    /// `true` for an event, `false` for a request or a call.
    pub is_event: bool,
    /// `true` if a client still waits for it.
    pub is_awaited: bool,
}

/// A location in the system; a step is named by its index in the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    WorkerQueue,
    /// Waits for the acknowledgement of the broker.
    Publishing,
    /// On the way to a step: before a retry, or with the broker.
    InTransit(usize),
    Queue(usize),
    InService(usize),
    /// Stored until the broker is back.
    Outbox(usize),
    DeadLetters(usize),
}

impl Simulation {
    /// Returns everything that is in flight, in no particular order. A running request is represented by its
    /// calls.
    pub fn in_flight(&self) -> impl Iterator<Item = InFlightItem> {
        let requests = self.requests.iter().filter_map(|(key, request)| {
            let location = match request.stage {
                RequestStage::Waiting => Location::WorkerQueue,
                RequestStage::Publishing => Location::Publishing,
                RequestStage::Running | RequestStage::Cancelled => return None,
            };
            Some(InFlightItem {
                order: self.orders[request.order].number,
                location,
                arrived_at: request.arrived_at,
                is_event: false,
                is_awaited: self.is_awaited(key),
            })
        });
        let calls = self.calls.iter().filter_map(|(_, call)| {
            let step = usize::from(call.step);
            let location = match call.stage {
                CallStage::Scheduled => Location::InTransit(step),
                CallStage::Queued => Location::Queue(step),
                CallStage::InService => Location::InService(step),
                CallStage::InOutbox => Location::Outbox(step),
                CallStage::DeadLettered => Location::DeadLetters(step),
                CallStage::Cancelled => return None,
            };
            Some(InFlightItem {
                order: self.orders[call.order].number,
                location,
                arrived_at: call.arrived_at,
                is_event: call.is_event(),
                is_awaited: call.request != NONE && self.is_awaited(call.request),
            })
        });
        requests.chain(calls)
    }

    fn is_awaited(&self, request: u32) -> bool {
        self.orders[self.requests[request].order].awaited_request == request
    }
}
