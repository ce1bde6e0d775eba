//! A page for each entry of the menu.

// The component macro makes the types of properties public, and components own their properties.
#![allow(unreachable_pub, clippy::needless_pass_by_value)]

pub(crate) mod explore;
pub(crate) mod library;
pub(crate) mod live;
pub(crate) mod practise;
