//! `cargo xtask COMMAND`: the project's own commands, for everything that Trunk does not do.

mod bench;
mod commands;
mod post_build;
mod site;
mod step;
mod tools;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use tools::Browser;

const USAGE: &str = "\
cargo xtask serve [TRUNK OPTIONS]    get the tools, then `trunk serve`: builds the site after each change
cargo xtask build                    get the tools, then `trunk build --release`; prints the site's weight
cargo xtask check                    formatting, lints, licences, tests without browsers
cargo xtask test                     check, then the tests in Chromium and Firefox
cargo xtask test BROWSER [FILTER…]   only those in `chromium` or `firefox`, with names that contain a filter
cargo xtask bench                    all benchmarks
cargo xtask bench model              only the model, natively and as WebAssembly
cargo xtask post-build               only for Trunk: finishes each build (a hook in Trunk.toml)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve", options @ ..] => commands::serve(options),
        ["build"] => commands::build(),
        ["check"] => commands::check(),
        ["test"] => commands::test(),
        ["test", browser, filters @ ..] => {
            let browser = Browser::ALL.into_iter().find(|known| known.name() == *browser);
            commands::test_in(browser.context("test takes `chromium`, `firefox` or nothing")?, filters)
        }
        ["bench"] => commands::bench(),
        ["bench", "model"] => commands::bench_model(),
        ["post-build"] => post_build::run(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        other => bail!("`{}` is not one of the commands:\n{USAGE}", other.join(" ")),
    }
}

/// The folder of the workspace.
fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}
