//! Tests of the whole: the house rules, and the simulation beside the theory.
//!
//! Helpers here may fail loudly, as tests do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod architecture;
mod simulation;
mod theory_meets_simulation;
