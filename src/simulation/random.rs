//! Randomness of a run: number streams, and what is drawn from them.

pub(super) mod arrivals;
pub(super) mod service_time;
pub(super) mod streams;
