//! What is taught: ready scenarios, questions about them, and the sentences that say what a picture shows.

mod bank;
mod comparison;
pub mod narrative;
mod prediction;
mod preset;
mod question;
pub mod tables;
mod topic;
mod words;

pub use bank::questions;
pub use comparison::{Difference, Tendency, compare};
pub use prediction::Prediction;
pub use preset::PresetId;
pub use question::{Choice, Proof, Question};
pub use topic::Topic;
