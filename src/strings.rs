//! English text of the interface: all words on the page that do not depend on a scenario.
//!
//! [`crate::lessons::narrative`] writes sentences about a scenario, [`crate::units::format`] writes numbers.

pub mod compare;
pub mod explanation;
pub mod explore;
pub mod library;
pub mod live;
pub mod practise;
pub mod shell;
pub mod tools;
