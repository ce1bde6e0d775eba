//! What is taught: ready scenarios, questions about them, and the sentences that say what a picture shows.

#[cfg(not(target_arch = "wasm32"))]
mod bank;
mod comparison;
pub mod narrative;
mod prediction;
mod preset;
mod question;
mod questions;
pub mod tables;
mod topic;
mod words;

pub use comparison::{Difference, Tendency, compare};
pub use prediction::Prediction;
pub use preset::PresetId;
pub use question::{Choice, Proof, Question};
pub use questions::{provide, questions};
pub use topic::Topic;
