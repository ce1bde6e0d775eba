//! The charts of the page: each module lays one kind out as a [`Figure`](super::Figure).

pub(super) mod distribution;
pub(super) mod response;
pub(super) mod saturation;
pub(super) mod staleness;
pub(super) mod strip;
pub(super) mod waterfall;
