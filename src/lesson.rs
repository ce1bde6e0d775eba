//! What is taught: ready scenarios, and questions about them.

mod preset;
mod question;
mod topic;

mod bank;

pub use bank::questions;
pub use preset::PresetId;
pub use question::{Choice, Proof, Question};
pub use topic::Topic;
