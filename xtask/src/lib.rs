//! The project's own commands, `cargo xtask …`; the browser tests borrow its server.
//!
//! - [`step`]: one step of a command: its name, its progress, its outcome
//! - [`tools`]: what the project needs on the machine, where it is kept, how it gets there
//! - [`site`]: the release site in `dist/`: built, checked, weighed
//! - [`server`]: serves the site on this machine as its host would, headers included
//! - `speed`: how long the model takes, natively and as WebAssembly
//! - [`commands`]: what each command does, in order

pub mod commands;
pub mod server;
pub mod site;
mod speed;
pub mod step;
pub mod tools;

use std::path::Path;

/// The folder of the workspace.
#[must_use]
pub fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}
