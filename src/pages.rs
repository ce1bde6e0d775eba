//! One page for each entry of the menu.

pub(crate) mod explore;
pub(crate) mod library;
pub(crate) mod live;
pub(crate) mod practise;
