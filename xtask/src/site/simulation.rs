//! The site's second program: the simulation beside the page, compiled for speed, and the script that starts it.
//!
//! Trunk gives a worker's files no hash in their names and no integrity, so they are made here.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::naming::{integrity, named, replaced};
use super::program::FEATURES;
use super::split::ordered;
use crate::step;
use crate::tools::{Tools, WASM_TARGET};

/// Builds the program, puts its files into the site, and writes their names where they are read.
///
/// # Errors
/// When a tool is missing or fails, or a file names none of the names that it should.
pub(super) fn add(tools: &Tools, dist: &Path) -> Result<()> {
    let mut compile = tools.command("cargo");
    compile.args(["build", "--locked", "--offline", "--package", "waiting-line", "--bin", "simulation"]);
    compile.args(["--no-default-features", "--profile", "simulation", "--target", WASM_TARGET]);
    step::run("build the simulation", &mut compile)?;
    let target = crate::root().join("target");
    let folder = target.join("simulation-site");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut bind = tools.command("wasm-bindgen");
    bind.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&folder);
    bind.arg(target.join(WASM_TARGET).join("simulation/simulation.wasm"));
    step::run("bind the simulation", &mut bind)?;
    let optimised = folder.join("simulation.wasm");
    let mut optimise = tools.command("wasm-opt");
    optimise.arg("-O3").args(FEATURES).arg(folder.join("simulation_bg.wasm")).arg("-o").arg(&optimised);
    step::run("optimise the simulation", &mut optimise)?;
    let read = |path: &Path| fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    let binary = ordered(&read(&optimised)?)?;
    let glue = read(&folder.join("simulation.js"))?;
    let script = fs::read_to_string(crate::root().join("public/simulation.js"))
        .context("cannot read public/simulation.js")?;

    let binary_name = named("simulation", &binary, "wasm");
    let glue_name = named("simulation-glue", &glue, "js");
    let checked = format!("integrity: '{}'", integrity(&binary));
    let script = replaced(&script, "simulation-glue.js", &glue_name)?;
    let script = replaced(&script, "simulation.wasm", &binary_name)?;
    let script = replaced(&script, "integrity: ''", &checked)?;
    let script_name = named("simulation", script.as_bytes(), "js");
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    let page = replaced(&page, "simulation.js", &script_name)?;
    for (name, bytes) in [(binary_name, binary), (glue_name, glue), (script_name, script.into_bytes())] {
        fs::write(dist.join(&name), bytes).with_context(|| format!("cannot write {name}"))?;
    }
    fs::write(&index, page).context("cannot write index.html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_and_the_page_name_each_file_once() {
        let read = |path: &str| fs::read_to_string(crate::root().join(path)).unwrap();
        let script = read("public/simulation.js");
        for place in ["simulation-glue.js", "simulation.wasm", "integrity: ''"] {
            assert!(replaced(&script, place, "x").is_ok(), "{place}");
        }
        assert!(replaced(&read("index.html"), "simulation.js", "x").is_ok());
    }
}
