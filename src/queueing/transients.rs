//! Behaviour over time while a load or a capacity changes.

pub mod disturbance;
pub mod fluid;
pub mod fluid_transient;
pub mod metastable;
pub mod retry_storm;
