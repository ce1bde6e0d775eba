//! What the interface says, in English: every word that a view shows and that does not follow from a scenario.
//!
//! Sentences about a scenario are made in [`crate::lessons::narrative`]; numbers are written by [`crate::units::format`].

pub mod compare;
pub mod explore;
pub mod library;
pub mod live;
pub mod practise;
pub mod shell;
pub mod tools;
pub mod why;
