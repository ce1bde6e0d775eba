//! End-to-end tests: the release site in Chromium and Firefox, under the policy it is published with.
//!
//! `cargo xtask test chromium` and `cargo xtask test firefox` build the site and run these tests. `support`
//! holds the harness (server, browsers, pages), `controls` the selectors of the page's controls; the tests
//! stand in folders by the view that they are about, and `shell` is what surrounds the views.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails loudly")]

mod controls;
mod explore;
mod live;
#[path = "../it/simulation/pairs.rs"]
mod pairs;
mod practise;
mod shell;
mod support;
