//! The commands, each as a list of steps.

use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::tools::{Browser, Tools, WASM_TARGET};
use crate::{bench, site, step};

/// Serves the site with Trunk, which builds it again after each change.
///
/// # Errors
/// Fails when a tool is missing, or Trunk fails.
pub(crate) fn serve(options: &[&str]) -> Result<()> {
    let tools = Tools::open()?;
    tools.ensure_builders()?;
    step::run("serve the site", tools.trunk().arg("serve").args(options))
}

/// Builds the release site and prints its weight.
///
/// # Errors
/// Fails when a tool is missing or the build fails.
pub(crate) fn build() -> Result<()> {
    site::build(&Tools::open()?)?;
    site::print_weights()
}

/// Formatting, lints, licences, and the tests that need no browser.
///
/// # Errors
/// Fails when a tool is missing, or at the first check that fails.
pub(crate) fn check() -> Result<()> {
    let tools = Tools::open()?;
    tools.ensure_checkers()?;
    run_checks(&tools)
}

fn run_checks(tools: &Tools) -> Result<()> {
    let cargo = |name: &str, arguments: &[&str]| step::run(name, tools.command("cargo").args(arguments));
    cargo("formatting", &["fmt", "--all", "--check"])?;
    let native = ["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"];
    cargo("lints, native", &native)?;
    let wasm = ["clippy", "--package", "waiting-line", "--lib", "--bins", "--target", WASM_TARGET];
    cargo("lints, wasm32", &[&wasm[..], &["--", "-D", "warnings"]].concat())?;
    cargo("licences, bans, sources", &["deny", "check", "licenses", "bans", "sources"])?;
    check_advisories(tools)?;
    cargo("tests without browsers", &["test", "--workspace"])
}

/// Looks for known vulnerabilities, if their database can be reached: it is not in a package registry.
fn check_advisories(tools: &Tools) -> Result<()> {
    let mut fetch = tools.command("cargo");
    fetch.args(["deny", "fetch", "db"]).env("GIT_TERMINAL_PROMPT", "0").stderr(Stdio::null());
    let is_fetched = step::with_progress("fetch the advisories", || Ok(fetch.status()?.success()))?;
    if !is_fetched {
        eprintln!("  the database of advisories cannot be reached from here: not checked");
        return Ok(());
    }
    step::run("advisories", tools.command("cargo").args(["deny", "check", "--disable-fetch", "advisories"]))
}

/// All checks, then the tests in both browsers against the release site.
///
/// # Errors
/// Fails when a tool is missing, which is found out first, or at the first check that fails.
pub(crate) fn test() -> Result<()> {
    let tools = Tools::open()?;
    tools.ensure_builders()?;
    tools.ensure_checkers()?;
    for browser in Browser::ALL {
        tools.ensure_browser(browser)?;
    }
    tools.ensure_axe()?;
    run_checks(&tools)?;
    site::build(&tools)?;
    Browser::ALL.into_iter().try_for_each(|browser| test_in_browser(&tools, browser, &[]))
}

/// The tests in one browser, those whose names contain one of the filters.
///
/// # Errors
/// Fails when a tool is missing, the build fails, or a test fails.
pub(crate) fn test_in(browser: Browser, filters: &[&str]) -> Result<()> {
    let tools = Tools::open()?;
    site::build(&tools)?;
    test_in_browser(&tools, browser, filters)
}

fn test_in_browser(tools: &Tools, browser: Browser, filters: &[&str]) -> Result<()> {
    let mut tests = browser_tests(tools, browser)?;
    step::run(&format!("tests in {}", browser.name()), tests.args(filters))
}

/// The command of the browser tests, with the environment that they read.
fn browser_tests(tools: &Tools, browser: Browser) -> Result<Command> {
    let programs =
        tools.ensure_browser(browser).with_context(|| format!("no {} to test in", browser.name()))?;
    let mut tests = tools.command("cargo");
    tests.args(["test", "--package", "waiting-line", "--features", "browser-tests", "--test", "e2e", "--"]);
    tests
        .env("WAITING_LINE_BROWSER", browser.name())
        .env("WAITING_LINE_BROWSER_PROGRAM", programs.browser)
        .env("WAITING_LINE_DRIVER", programs.driver)
        .env("WAITING_LINE_DIST", site::dist())
        .env("WAITING_LINE_AXE", tools.ensure_axe()?);
    Ok(tests)
}

/// Measures the model natively and as WebAssembly.
///
/// # Errors
/// Fails when a tool is missing or the build fails.
pub(crate) fn bench_model() -> Result<()> {
    bench::measure_model(&Tools::open()?)
}

/// Measures the model, runs the native benchmarks, and measures the page in Chromium, which writes
/// `target/browser-report.md`.
///
/// # Errors
/// Fails when a tool is missing, the build fails, or a benchmark fails.
pub(crate) fn bench() -> Result<()> {
    let tools = Tools::open()?;
    bench::measure_model(&tools)?;
    site::build(&tools)?;
    let lighthouse = tools.ensure_lighthouse()?;
    step::run("benchmarks", tools.command("cargo").args(["bench", "--package", "waiting-line"]))?;
    let mut page = browser_tests(&tools, Browser::Chromium)?;
    page.args(["--ignored", "--nocapture", "measure"]).env("WAITING_LINE_LIGHTHOUSE", lighthouse);
    step::run("measure the page", &mut page)
}
