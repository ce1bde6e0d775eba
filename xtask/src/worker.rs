//! A hook of Trunk (`Trunk.toml`): gives the worker's files names with a hash, as Trunk does for all others.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

/// The worker's program, its bindings, and the script that starts it; each is named in the next one.
const PROGRAM: &str = "simulation_worker_bg.wasm";
const BINDINGS: &str = "simulation_worker.js";
const SCRIPT: &str = "simulation.js";

/// Renames the worker's files in Trunk's staging folder, and writes the names and the program's integrity where they are read.
///
/// # Errors
/// When Trunk has not built the files, or a file does not name the next one exactly once.
pub(crate) fn hash_files() -> Result<()> {
    let folder = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let folder = folder.context("TRUNK_STAGING_DIR is not set: Trunk calls this command as a hook")?;
    let program = read(&folder, PROGRAM)?;
    let integrity = format!("integrity: 'sha384-{}'", STANDARD.encode(Sha384::digest(&program)));
    let program_name = rename(&folder, PROGRAM, &program)?;
    let bindings = read(&folder, BINDINGS)?;
    let bindings_name = rename(&folder, BINDINGS, &bindings)?;

    let script = read_text(&folder, SCRIPT)?;
    let script = replace_once(&script, PROGRAM, &program_name)?;
    let script = replace_once(&script, BINDINGS, &bindings_name)?;
    let script = replace_once(&script, "integrity: ''", &integrity)?;
    fs::write(folder.join(SCRIPT), &script).with_context(|| format!("cannot write {SCRIPT}"))?;
    let script_name = rename(&folder, SCRIPT, script.as_bytes())?;

    let page = replace_once(&read_text(&folder, "index.html")?, SCRIPT, &script_name)?;
    fs::write(folder.join("index.html"), page).context("cannot write index.html")
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>> {
    fs::read(folder.join(name)).with_context(|| format!("cannot read {name} in {}", folder.display()))
}

fn read_text(folder: &Path, name: &str) -> Result<String> {
    String::from_utf8(read(folder, name)?).with_context(|| format!("{name} is not UTF-8"))
}

/// Adds a hash of the content to a file's name. Returns the new name.
fn rename(folder: &Path, name: &str, content: &[u8]) -> Result<String> {
    let (stem, extension) = name.split_once('.').context("the name has no extension")?;
    let digest = Sha384::digest(content);
    let hash = digest.iter().take(8).fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
    let hashed = format!("{stem}-{hash:016x}.{extension}");
    fs::rename(folder.join(name), folder.join(&hashed)).with_context(|| format!("cannot rename {name}"))?;
    Ok(hashed)
}

fn replace_once(text: &str, from: &str, to: &str) -> Result<String> {
    let count = text.matches(from).count();
    ensure!(count == 1, "`{from}` must stand once where it is replaced, but stands {count} times");
    Ok(text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_and_the_page_name_each_file_once() {
        let read = |path: &str| fs::read_to_string(crate::root().join(path)).unwrap();
        let script = read("public/simulation.js");
        for name in [PROGRAM, BINDINGS, "integrity: ''"] {
            assert!(replace_once(&script, name, "x").is_ok(), "{name}");
        }
        assert!(replace_once(&script, "no such name", "x").is_err());
    }
}
