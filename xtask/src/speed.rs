//! How long the model takes, natively and as WebAssembly: one program, built for each and run by the machine and by Node.js.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::step;
use crate::tools::{Tools, WASM_TARGET};

/// The program: `src/bin/model_speed.rs`.
const PROGRAM: &str = "model_speed";

/// Measures and prints a table: natively, as WebAssembly at the page's optimisation, and at the simulation's.
///
/// # Errors
/// When a tool is missing, or a build or a run fails.
pub(crate) fn measure(tools: &Tools) -> Result<()> {
    tools.ensure_builders()?;
    let columns = [native(tools)?, web_assembly(tools, "release")?, web_assembly(tools, "simulation")?];
    println!("| what, in ms | native | wasm, opt z | wasm, opt 3 |\n|---|---|---|---|");
    let [native, small, fast] = columns.each_ref().map(|printed| rows(printed));
    for ((native, small), fast) in native.iter().zip(&small).zip(&fast) {
        println!("| {} | {} | {} | {} |", native.0, native.1, small.1, fast.1);
    }
    Ok(())
}

/// The names and the figures of what the program printed, to three digits.
fn rows(printed: &str) -> Vec<(&str, String)> {
    fn row(line: &str) -> Option<(&str, String)> {
        let (name, figure) = line.split_once('\t')?;
        let figure: f64 = figure.parse().ok()?;
        let digits = (2.0 - figure.log10().floor()).clamp(0.0, 6.0) as usize;
        Some((name, format!("{figure:.digits$}")))
    }
    printed.lines().filter_map(row).collect()
}

fn native(tools: &Tools) -> Result<String> {
    build(tools, "simulation", None)?;
    printed(&mut Command::new(crate::root().join("target/simulation").join(PROGRAM)))
}

/// Builds the program as WebAssembly, binds it for Node.js, and runs it there.
fn web_assembly(tools: &Tools, profile: &str) -> Result<String> {
    build(tools, profile, Some(WASM_TARGET))?;
    let target = crate::root().join("target");
    let folder = target.join("model-speed").join(profile);
    let mut bind = tools.command("wasm-bindgen");
    bind.args(["--target", "nodejs", "--no-typescript", "--out-dir"]).arg(&folder);
    bind.arg(target.join(WASM_TARGET).join(profile).join(format!("{PROGRAM}.wasm")));
    step::run("bind the model for Node.js", &mut bind)?;
    printed(tools.command("node").arg(folder.join(format!("{PROGRAM}.js"))))
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

/// What a program prints.
fn printed(program: &mut Command) -> Result<String> {
    let name = program.get_program().to_string_lossy().into_owned();
    let output = step::watched("measure the model", || {
        program.stderr(Stdio::inherit()).output().with_context(|| format!("{name} does not start"))
    })?;
    if !output.status.success() {
        bail!("{name} ended with {}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}
