//! The product as a person meets it: the release site, in a real browser, under the policy it is published with.
//!
//! `cargo xtask test chromium` and `cargo xtask test firefox` build the site and run these.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails loudly")]

mod accessibility;
mod amiss;
mod answers;
mod asked;
mod charts;
mod entries;
mod explorer;
mod failures;
mod figures;
mod first_screen;
mod history;
mod keeping;
mod keyboard;
mod latency;
mod live;
mod live_charts;
mod load;
mod looks;
mod measure;
#[path = "../it/simulation/pairs.rs"]
mod pairs;
mod person;
mod placement;
mod practise;
mod presets;
mod profile;
mod quiz;
mod rest;
mod share;
mod start;
mod steps;
mod support;
mod touch;
mod tour;
