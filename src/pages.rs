//! One page for each entry of the menu.

pub(crate) mod explore;
