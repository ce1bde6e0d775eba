//! Native integration tests: the house rules, the theory compared with reference numbers and tested for
//! properties, and the simulation compared with the theory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails loudly")]

mod answer_line;
mod architecture;
mod properties;
mod reference;
mod simulation;
mod theory_vs_simulation;
