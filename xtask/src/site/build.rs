//! Building the site: Trunk makes the page, and what the model computes ahead of time lies beside it.

use std::fs;
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use super::{Site, Weights, dist, program, simulation, style};
use crate::step;
use crate::tools::Tools;

/// Builds the release site into `dist/`, makes sure that nothing it names is missing, and prints what it weighs.
///
/// # Errors
/// When a tool is missing, the build fails, or the page names a file that is not there.
pub fn build(tools: &Tools) -> Result<Weights> {
    tools.ensure_builders()?;
    // With the crates fetched beforehand Trunk needs no network: it looks for nothing that the tools' folder has not.
    step::run("fetch the crates", tools.command("cargo").args(["fetch", "--locked"]))?;
    // Trunk takes NO_COLOR only as `true` or `false`.
    let mut trunk = tools.command("trunk");
    trunk.args(["build", "--release", "--locked", "--offline"]).env_remove("NO_COLOR");
    step::run("build the site", &mut trunk)?;
    program::shrink(tools, &dist())?;
    style::join(&dist())?;
    simulation::add(tools, &dist())?;
    step::watched("compute the questions", || write_questions(tools))?;
    let weights = step::watched("weigh the site", || Site::load(&dist())?.weigh())?;
    println!("{weights}");
    Ok(weights)
}

/// Writes the file that the page fetches when somebody wants to practise.
fn write_questions(tools: &Tools) -> Result<()> {
    let mut program = tools.command("cargo");
    program.args([
        "run",
        "--quiet",
        "--locked",
        "--offline",
        "--package",
        "waiting-line",
        "--bin",
        "questions",
    ]);
    let run = program.stderr(Stdio::inherit()).output().context("cargo does not start")?;
    if !run.status.success() {
        bail!("the program `questions` ended with {}; what it printed above says why", run.status);
    }
    let path = dist().join("questions.txt");
    fs::write(&path, run.stdout).with_context(|| format!("cannot write {}", path.display()))
}
