//! The site's second program: the simulation beside the page, compiled for speed, and the script that starts it.
//!
//! Trunk gives a worker's files no hash in their names and no integrity, so they are made here.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

use crate::step;
use crate::tools::{Tools, WASM_TARGET};

/// What a compiler for browsers of these years may use; wasm-opt must be told.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

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
    let binary = read(&optimised)?;
    let glue = read(&folder.join("simulation.js"))?;
    let script = fs::read_to_string(crate::root().join("public/simulation.js"))
        .context("cannot read public/simulation.js")?;

    let binary_name = named("simulation", &binary, "wasm");
    let glue_name = named("simulation-glue", &glue, "js");
    let integrity = format!("integrity: 'sha384-{}'", STANDARD.encode(Sha384::digest(&binary)));
    let script = replaced(&script, "simulation-glue.js", &glue_name)?;
    let script = replaced(&script, "simulation.wasm", &binary_name)?;
    let script = replaced(&script, "integrity: ''", &integrity)?;
    let script_name = named("simulation", script.as_bytes(), "js");
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    let page = replaced(&page, "simulation.js", &script_name)?;
    for (name, bytes) in [(binary_name, binary), (glue_name, glue), (script_name, script.into_bytes())] {
        fs::write(dist.join(&name), bytes).with_context(|| format!("cannot write {name}"))?;
    }
    fs::write(&index, page).context("cannot write index.html")
}

/// A name that holds a hash of what is in the file.
fn named(stem: &str, bytes: &[u8], ending: &str) -> String {
    let hash = Sha384::digest(bytes).iter().take(8).fold(0, |hash: u64, byte| hash << 8 | u64::from(*byte));
    format!("{stem}-{hash:016x}.{ending}")
}

/// The text with the one place replaced that stands for something.
fn replaced(text: &str, place: &str, by: &str) -> Result<String> {
    if text.matches(place).count() != 1 {
        bail!(
            "`{place}` must stand once where the simulation is named, it stands {} times",
            text.matches(place).count()
        );
    }
    Ok(text.replacen(place, by, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_the_content() {
        assert_ne!(named("simulation", b"a", "js"), named("simulation", b"b", "js"));
        assert!(named("simulation", b"a", "js").starts_with("simulation-"));
    }

    #[test]
    fn what_stands_for_a_name_is_replaced_once_or_it_is_an_error() {
        assert_eq!(replaced("import './a.js'", "a.js", "a-1.js").unwrap(), "import './a-1.js'");
        for text in ["nothing", "a.js a.js"] {
            assert!(replaced(text, "a.js", "a-1.js").is_err(), "{text}");
        }
    }

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
