//! What each command does, in order.

use std::process::Command;

use anyhow::Result;

use crate::server::Server;
use crate::site::{self, Site};
use crate::step;
use crate::tools::Tools;

/// The port of `serve` where none is asked for.
const PORT: u16 = 8080;

/// Builds the release site.
///
/// # Errors
/// When a tool is missing or the build fails.
pub fn build() -> Result<()> {
    site::build(&Tools::open()?)?;
    step::say("the site is in dist/");
    Ok(())
}

/// Builds the release site and serves it until the process is ended.
///
/// # Errors
/// When the build fails, or the port that was asked for is taken.
pub fn serve(port: Option<u16>, open: bool) -> Result<()> {
    site::build(&Tools::open()?)?;
    let server = match port {
        Some(port) => Server::start(Site::load(&site::dist())?, port)?,
        None => Server::start(Site::load(&site::dist())?, PORT)
            .or_else(|_| Server::start(Site::load(&site::dist())?, 0))?,
    };
    println!("The Waiting Line is at {} (Ctrl+C ends it)", server.url());
    if open {
        open_browser(&server.url());
    }
    server.wait();
    Ok(())
}

fn open_browser(url: &str) {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("explorer", &[]),
        _ => ("xdg-open", &[]),
    };
    if Command::new(program).args(arguments).arg(url).spawn().is_err() {
        step::say(&format!("{program} is not here to open the browser; the address above does"));
    }
}
