//! What the person sees: components. State comes down as narrow read-only signals; intent goes up as actions.
//!
//! Components are visible to the crate only, though the macro makes their properties public, and they own what they are
//! given, though some only look at it.
#![allow(unreachable_pub, clippy::needless_pass_by_value)]

mod app;
mod appearance;
mod dispatch;
mod explore;
mod footer;
mod header;
mod help;
mod keeping;
mod keys;
mod library;
mod notices;
mod opening;
mod palette;
mod parts;
mod practise;
mod rest;
mod run;
mod share;
mod toast;

pub use app::mount;
