//! Where orders are at a moment.

use super::clock::Instant;
use super::engine::Simulation;
use super::order::{CallStage, RequestStage};

/// A request of an order, one of its calls, or one of its events, where it is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighting {
    /// The order's correlation id.
    pub order: u32,
    /// Where.
    pub place: Place,
    /// Since when it is at the station there, its line included.
    pub since: Instant,
    /// Whether the broker carries it.
    pub event: bool,
    /// Whether somebody still waits for it.
    pub awaited: bool,
}

/// A place in the system; a step is named by its index in the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// In line for an API worker.
    WorkerLine,
    /// Before the broker's acknowledgement.
    Publishing,
    /// On the way to a step: before a retry, or with the broker.
    OnTheWay(usize),
    /// In line at a step.
    Line(usize),
    /// Being worked on by a step.
    Service(usize),
    /// Written down until the broker is back.
    Outbox(usize),
    /// Among the dead letters of a step.
    DeadLetters(usize),
}

impl Simulation {
    /// Everything that is in flight, in no particular order. A request in its steps is seen where its calls are.
    pub fn sightings(&self) -> impl Iterator<Item = Sighting> {
        let requests = self.requests.iter().filter_map(|(place, request)| {
            let order = &self.orders[request.order];
            let stage = match request.stage {
                RequestStage::Waiting => Place::WorkerLine,
                RequestStage::Publishing => Place::Publishing,
                RequestStage::Running | RequestStage::Ended => return None,
            };
            let awaited = order.awaited == place;
            Some(Sighting { order: order.number, place: stage, since: request.since, event: false, awaited })
        });
        let calls = self.calls.iter().filter_map(|(_, call)| {
            let step = usize::from(call.step);
            let place = match call.stage {
                CallStage::Due => Place::OnTheWay(step),
                CallStage::Waiting => Place::Line(step),
                CallStage::InService => Place::Service(step),
                CallStage::InOutbox => Place::Outbox(step),
                CallStage::Dead => Place::DeadLetters(step),
                CallStage::Dropped => return None,
            };
            Some(Sighting {
                order: self.orders[call.order].number,
                place,
                since: call.since,
                event: call.carried(),
                awaited: self.is_awaited(call.request),
            })
        });
        requests.chain(calls)
    }

    /// Whether a client still waits for what a request will answer.
    fn is_awaited(&self, request: u32) -> bool {
        request != super::slab::NONE && self.orders[self.requests[request].order].awaited == request
    }
}
