//! Tests of the whole: the house rules.
//!
//! Helpers here may fail loudly, as tests do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod architecture;
