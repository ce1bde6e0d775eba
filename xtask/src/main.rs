//! `cargo xtask COMMAND`: reads the command line, runs the command.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use xtask::commands;
use xtask::tools::Browser;

const USAGE: &str = "\
cargo xtask serve [--open] [--port N]   build the release site and serve it on 127.0.0.1
cargo xtask build                       build the release site into dist/
cargo xtask check                       formatting, lints, licences, tests without browsers
cargo xtask test                        check, then the tests in Chromium and Firefox
cargo xtask test BROWSER [FILTER…]      only those in `chromium` or `firefox`, with names that contain a filter
cargo xtask profile                     find out anew which functions the first picture and the main job do without
cargo xtask bench                       measure
cargo xtask bench model                 measure the model alone, natively and as WebAssembly";

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
        ["serve", options @ ..] => serve(options),
        ["build"] => commands::build(),
        ["check"] => commands::check(),
        ["test"] => commands::test(),
        ["test", browser, filters @ ..] => {
            let browser = Browser::ALL.into_iter().find(|known| known.name() == *browser);
            commands::test_in(browser.context("test takes `chromium`, `firefox` or nothing")?, filters)
        }
        ["profile"] => commands::profile(),
        ["bench"] => commands::bench(),
        ["bench", "model"] => commands::bench_model(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        other => bail!("`{}` is not one of the commands:\n{USAGE}", other.join(" ")),
    }
}

fn serve(options: &[&str]) -> Result<()> {
    let mut open = false;
    let mut port = None;
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        match *option {
            "--open" => open = true,
            "--port" => {
                let number = rest.next().context("--port needs a number from 0 to 65535 after it")?;
                port = Some(
                    number.parse().with_context(|| format!("`{number}` is not a port from 0 to 65535"))?,
                );
            }
            other => bail!("serve takes --open and --port N, not `{other}`"),
        }
    }
    commands::serve(port, open)
}
