//! *The Waiting Line*: which steps of an order must finish before the user gets an answer, and what that does to
//! latency, capacity and failure.
//!
//! A module may import what stands above it in this list, never what stands below; `tests/it/architecture.rs` holds
//! everyone to it.
//!
//! - [`units`]: times, rates, loads, counts and probabilities; parsing and formatting them
//! - [`scenario`]: what the learner sets: workload, API workers, steps, broker, client
//! - [`model`]: the theory: laws, stations, the worker pool, bounds; one entry point, [`model::evaluate`]
//! - [`sim`]: the same scenario played out event by event: the check on the theory, and the picture of what happens
//! - [`charts`]: figures as values, the flow laid out in time, and one renderer
//! - [`lesson`]: what is taught: ready scenarios, questions, and the sentences about what a picture shows
//! - [`text`]: what the interface says, in English
//! - [`session`]: what the person works on: actions, undo, quiz progress, links and stored state
//! - [`live`]: a run to watch: what a page asks of a simulation beside it, and what that answers
//! - [`turns`]: which parts of the page follow a drag within one frame
//! - [`dom`]: markup that follows its sources: tags, attributes, live values (wasm only)
//! - [`browser`]: the rim: fragment, storage, canvas, clipboard, full screen (wasm only)
//! - [`views`]: what the person sees: components (wasm only)

#[cfg(all(target_arch = "wasm32", feature = "page"))]
mod browser;
pub mod charts;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
mod dom;
pub mod lesson;
pub mod live;
pub mod model;
pub mod scenario;
pub mod session;
pub mod sim;
pub mod text;
pub mod turns;
pub mod units;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod views;
