//! Stations in a row inside a limited pool of workers, solved as a closed network.

pub(super) mod birth_death;
pub(super) mod chain;
pub(super) mod fork_join;
pub(super) mod large_pool;
pub(super) mod pool_wait;
pub(super) mod throughput_table;
pub(super) mod worker_pool;
