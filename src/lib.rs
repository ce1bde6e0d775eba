//! *The Waiting Line*: which steps of an order must finish before the user gets an answer, and what that does
//! to latency, capacity and failure.
//!
//! A module may import what stands above it in this list, never what stands below; `tests/it/architecture.rs`
//! holds everyone to it.
//!
//! - [`units`]: times, rates, loads, counts and probabilities; parsing and formatting them
//! - [`scenario`]: what the learner sets: workload, API workers, steps, broker, client
//! - [`queueing`]: the theory: laws, stations, networks, bounds; its entry point is [`queueing::evaluate`]
//! - [`simulation`]: the same scenario, event by event: the check on the theory, and the runs of Live
//! - [`charts`]: figures as values, the flow laid out in time, and one renderer
//! - [`lessons`]: presets, questions, and the sentences about what a figure shows
//! - [`strings`]: the text of the interface, in English
//! - [`session`]: the state of the page: actions, undo, quiz progress, share links and the stored state
//! - [`live`]: the protocol between the page and the simulation in its worker, and the worker's side of it
//! - [`platform`]: adapters to the browser: canvas, storage, URL hash, clipboard, full screen (wasm only)
//! - [`components`]: controls and chart parts that know no domain (wasm only)
//! - [`dispatch`]: sends actions to the session (wasm only)
//! - [`pages`]: one page for each entry of the menu (wasm only)
//! - [`app`]: the root component, the header, and what is done once for the whole page (wasm only)

#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod app;
pub mod charts;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
mod components;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
mod dispatch;
pub mod lessons;
pub mod live;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
mod pages;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
mod platform;
pub mod queueing;
pub mod scenario;
pub mod session;
pub mod simulation;
pub mod strings;
pub mod units;
