//! The run time of the model, natively and as WebAssembly: `src/bin/model_speed.rs` built for each.

use std::process::Command;

use anyhow::Result;

use crate::step;
use crate::tools::{Tools, WASM_TARGET};

const PROGRAM: &str = "model_speed";

/// Prints the times natively, as WebAssembly optimised like the page, and optimised like the simulation.
///
/// # Errors
/// Fails when a tool is missing, or a build or a run fails.
pub(crate) fn measure_model(tools: &Tools) -> Result<()> {
    tools.ensure_builders()?;
    let columns = [native(tools)?, web_assembly(tools, "release")?, web_assembly(tools, "simulation")?];
    println!("| case, in ms | native | wasm, opt z | wasm, opt 3 |\n|---|---|---|---|");
    let [native, small, fast] = columns.each_ref().map(|output| rows(output));
    for ((native, small), fast) in native.iter().zip(&small).zip(&fast) {
        println!("| {} | {} | {} | {} |", native.0, native.1, small.1, fast.1);
    }
    Ok(())
}

/// The cases and their times to three digits.
fn rows(output: &str) -> Vec<(&str, String)> {
    fn row(line: &str) -> Option<(&str, String)> {
        let (name, time) = line.split_once('\t')?;
        let time: f64 = time.parse().ok()?;
        let digits = (2.0 - time.log10().floor()).clamp(0.0, 6.0) as usize;
        Some((name, format!("{time:.digits$}")))
    }
    output.lines().filter_map(row).collect()
}

fn native(tools: &Tools) -> Result<String> {
    build(tools, "simulation", None)?;
    let program = crate::root().join("target/simulation").join(PROGRAM);
    step::output("measure the model", &mut Command::new(program))
}

fn web_assembly(tools: &Tools, profile: &str) -> Result<String> {
    build(tools, profile, Some(WASM_TARGET))?;
    let target = crate::root().join("target");
    let folder = target.join("model-speed").join(profile);
    let mut bind = tools.command("wasm-bindgen");
    bind.args(["--target", "nodejs", "--no-typescript", "--out-dir"]).arg(&folder);
    bind.arg(target.join(WASM_TARGET).join(profile).join(format!("{PROGRAM}.wasm")));
    step::run("bind the model for Node.js", &mut bind)?;
    step::output("measure the model", tools.command("node").arg(folder.join(format!("{PROGRAM}.js"))))
}

fn build(tools: &Tools, profile: &str, target: Option<&str>) -> Result<()> {
    let mut compile = tools.command("cargo");
    compile.args(["build", "--locked", "--package", "waiting-line", "--bin", PROGRAM]);
    compile.args(["--no-default-features", "--profile", profile]);
    if let Some(target) = target {
        compile.args(["--target", target]);
    }
    step::run(&format!("build the model for {}", target.unwrap_or("this machine")), &mut compile)
}
