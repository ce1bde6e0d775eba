//! Teaching material: presets, quiz questions, predictions, and sentences that describe a scenario.

mod comparison;
mod grammar;
pub mod narrative;
mod prediction;
mod preset;
mod question;
mod questions;
pub mod tables;
mod topic;

pub use comparison::{Difference, Tendency, compare};
pub use prediction::Prediction;
pub use preset::PresetId;
pub use question::{Choice, Proof, Question};
pub use questions::questions;
pub use topic::Topic;
