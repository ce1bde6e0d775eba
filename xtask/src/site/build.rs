//! Building the site with Trunk.

use anyhow::Result;

use super::{Site, Weights, dist, style};
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
    style::join(&dist())?;
    let weights = step::watched("weigh the site", || Site::load(&dist())?.weigh())?;
    println!("{weights}");
    Ok(weights)
}
