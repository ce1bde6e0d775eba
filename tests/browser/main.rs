//! The product as a person meets it: the release site, in a real browser, under the policy it is published with.
//!
//! `cargo xtask test chromium` and `cargo xtask test firefox` build the site and run these.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails loudly")]

mod amiss;
mod failures;
mod person;
mod practise;
mod stage;
mod start;
