//! What each command does, in order.

use std::ffi::OsString;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::server::Server;
use crate::site::{self, Profile, Site};
use crate::speed;
use crate::step;
use crate::tools::{Browser, Tools, WASM_TARGET};

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

/// Formatting, lints for the machine and for the browser, licences, and the tests that need no browser.
///
/// # Errors
/// At the first of them that fails.
pub fn check() -> Result<()> {
    let tools = Tools::open()?;
    tools.ensure_checkers()?;
    run_checks(&tools)
}

fn run_checks(tools: &Tools) -> Result<()> {
    let cargo = |name: &str, arguments: &[&str]| step::run(name, tools.command("cargo").args(arguments));
    cargo("formatting", &["fmt", "--all", "--check"])?;
    let everything = ["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"];
    cargo("lints, native", &everything)?;
    let app = [
        "clippy",
        "--package",
        "waiting-line",
        "--lib",
        "--bins",
        "--target",
        WASM_TARGET,
        "--",
        "-D",
        "warnings",
    ];
    cargo("lints, wasm32", &app)?;
    cargo("licences, bans, sources", &["deny", "check", "licenses", "bans", "sources"])?;
    check_advisories(tools)?;
    cargo("tests without browsers", &["test", "--workspace"])
}

/// Looks for known vulnerabilities where their database can be reached; it lies outside the package registries.
fn check_advisories(tools: &Tools) -> Result<()> {
    let mut fetch = tools.command("cargo");
    fetch.args(["deny", "fetch", "db"]).env("GIT_TERMINAL_PROMPT", "0").stderr(Stdio::null());
    let fetched = step::watched("fetch the advisories", || Ok(fetch.status()?.success()))?;
    if !fetched {
        step::say("  the database of advisories cannot be reached from here: not checked");
        return Ok(());
    }
    step::run("advisories", tools.command("cargo").args(["deny", "check", "--disable-fetch", "advisories"]))
}

/// All checks, then the tests in both browsers against the release site, which must keep its limit of weight.
///
/// # Errors
/// At the first that fails. What is missing on the machine is found out first.
pub fn test() -> Result<()> {
    let tools = Tools::open()?;
    tools.ensure_builders()?;
    tools.ensure_checkers()?;
    for browser in Browser::ALL {
        tools.ensure_browser(browser)?;
    }
    tools.ensure_axe()?;
    run_checks(&tools)?;
    let weights = site::build(&tools)?;
    Browser::ALL.into_iter().try_for_each(|browser| test_in_browser(&tools, browser, &[]))?;
    weights.check()
}

/// The tests in one browser alone, those whose names contain one of the filters, against the release site.
///
/// # Errors
/// When something is missing, the build fails, or a test does.
pub fn test_in(browser: Browser, filters: &[&str]) -> Result<()> {
    let tools = Tools::open()?;
    site::build(&tools)?;
    test_in_browser(&tools, browser, filters)
}

fn test_in_browser(tools: &Tools, browser: Browser, filters: &[&str]) -> Result<()> {
    let mut tests = browser_tests(tools, browser)?;
    step::run(&format!("tests in {}", browser.name()), tests.args(filters))
}

fn browser_tests(tools: &Tools, browser: Browser) -> Result<Command> {
    let mut tests = tools.command("cargo");
    tests.args(["test", "--package", "waiting-line", "--features", "browser-tests", "--test", "e2e", "--"]);
    tests.envs(stage(tools, browser)?);
    Ok(tests)
}

/// Measures the model alone, natively and as WebAssembly side by side.
///
/// # Errors
/// When a tool is missing or the build fails.
pub fn bench_model() -> Result<()> {
    speed::measure(&Tools::open()?)
}

/// Measures: the model natively and as WebAssembly, the native benchmarks, then the page in Chromium, which writes
/// `target/browser-report.md`.
///
/// # Errors
/// When something is missing, the build fails, or a benchmark does.
pub fn bench() -> Result<()> {
    let tools = Tools::open()?;
    speed::measure(&tools)?;
    site::build(&tools)?;
    let lighthouse = tools.ensure_lighthouse()?;
    let mut benches = tools.command("cargo");
    step::run("benchmarks", benches.args(["bench", "--package", "waiting-line"]))?;
    let mut page = browser_tests(&tools, Browser::Chromium)?;
    page.args(["--ignored", "--nocapture", "measure"]).env("WAITING_LINE_LIGHTHOUSE", lighthouse);
    step::run("measures of the page", &mut page)
}

/// Finds out anew which functions the first picture and the main job do without.
///
/// # Errors
/// When something is missing, a build fails, or the page does not start.
pub fn profile() -> Result<()> {
    let tools = Tools::open()?;
    site::build(&tools)?;
    let profile = Profile::of(&site::dist())?;
    let seen = profile.folder().with_extension("txt");
    let mut page = browser_tests(&tools, Browser::Chromium)?;
    page.args(["--ignored", "--exact", "profile::profile"]);
    page.env("WAITING_LINE_DIST", profile.folder()).env("WAITING_LINE_SEEN", &seen);
    step::run("watch the first picture and the main job", &mut page)?;
    let seen = std::fs::read_to_string(&seen).with_context(|| format!("cannot read {}", seen.display()))?;
    let seen = seen
        .lines()
        .map(str::parse)
        .collect::<Result<_, _>>()
        .context("what the page told is no list of numbers")?;
    let count = profile.write_list(&seen)?;
    step::say(&format!("{count} functions come later"));
    Ok(())
}

/// What a program that drives a browser must know of this machine.
fn stage(tools: &Tools, browser: Browser) -> Result<[(&'static str, OsString); 5]> {
    let driven =
        tools.ensure_browser(browser).with_context(|| format!("no {} to test in", browser.name()))?;
    Ok([
        ("WAITING_LINE_BROWSER", browser.name().into()),
        ("WAITING_LINE_BROWSER_PROGRAM", driven.browser.into()),
        ("WAITING_LINE_DRIVER", driven.driver.into()),
        ("WAITING_LINE_DIST", site::dist().into()),
        ("WAITING_LINE_AXE", tools.ensure_axe()?.into()),
    ])
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
