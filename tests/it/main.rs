//! Tests of the whole: the house rules, the model beside reference numbers and properties, and the simulation
//! beside the theory.
//!
//! Helpers here may fail loudly, as tests do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod architecture;
mod properties;
mod reference;
mod simulation;
mod the_line;
mod theory_meets_simulation;
