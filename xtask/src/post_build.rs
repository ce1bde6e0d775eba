//! The post-build hook of `Trunk.toml`. Trunk adds hashes only to the names of the page's files; this adds
//! them to those of the simulation's files, and writes the names and an integrity hash where they are read.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

const WORKER_WASM: &str = "simulation_worker_bg.wasm";
const WORKER_GLUE: &str = "simulation_worker.js";
/// The copy of `public/simulation.js`, which starts the worker.
const WORKER_SCRIPT: &str = "simulation.js";
/// The empty place in the script for the hash of the WebAssembly file.
const INTEGRITY: &str = "integrity: ''";

/// Finishes the site that Trunk has put into its staging folder.
///
/// # Errors
/// Fails when Trunk has not started this command, or a file is missing or lacks a name to be replaced.
pub(crate) fn run() -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR").context("only Trunk runs this command, as a hook")?;
    finish_site(staging.as_ref())
}

fn finish_site(staging: &Path) -> Result<()> {
    let wasm = add_hash_to_name(staging, WORKER_WASM)?;
    let glue = add_hash_to_name(staging, WORKER_GLUE)?;
    let integrity = format!("integrity: '{}'", integrity(&fs::read(staging.join(&wasm))?));
    edit(staging, WORKER_SCRIPT, |script| {
        let script = replace_once(&script, WORKER_WASM, &wasm)?;
        let script = replace_once(&script, WORKER_GLUE, &glue)?;
        replace_once(&script, INTEGRITY, &integrity)
    })?;
    let script = add_hash_to_name(staging, WORKER_SCRIPT)?;
    edit(staging, "index.html", |page| allow_reload_script(replace_once(&page, WORKER_SCRIPT, &script)?))
}

/// Allows the inline script by which `trunk serve` reloads the page; the published page has none.
fn allow_reload_script(page: String) -> Result<String> {
    if page.contains("<script>") {
        replace_once(&page, "script-src 'self'", "script-src 'self' 'unsafe-inline'")
    } else {
        Ok(page)
    }
}

/// Renames a file such as `a.js` to `a-<hash>.js` and returns the new name.
fn add_hash_to_name(folder: &Path, name: &str) -> Result<String> {
    let path = folder.join(name);
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let digest = Sha384::digest(&bytes);
    let hash = digest.iter().take(8).fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
    let new_name = format!("{stem}-{hash:016x}.{extension}");
    fs::rename(&path, folder.join(&new_name)).with_context(|| format!("cannot rename {}", path.display()))?;
    Ok(new_name)
}

/// The value of an `integrity` attribute.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

fn edit(folder: &Path, name: &str, change: impl FnOnce(String) -> Result<String>) -> Result<()> {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let text = change(text).with_context(|| format!("in {name}"))?;
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn replace_once(text: &str, from: &str, to: &str) -> Result<String> {
    let count = text.matches(from).count();
    ensure!(count == 1, "`{from}` must stand there once, it stands there {count} times");
    Ok(text.replacen(from, to, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_integrity_of_nothing_is_that_of_the_standard() {
        let nothing = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(integrity(b""), nothing);
    }

    #[test]
    fn a_name_is_replaced_once_or_it_is_an_error() {
        assert_eq!(replace_once("import './a.js'", "a.js", "a-1.js").unwrap(), "import './a-1.js'");
        for text in ["nothing", "a.js a.js"] {
            assert!(replace_once(text, "a.js", "a-1.js").is_err(), "{text}");
        }
    }

    #[test]
    fn the_script_and_the_page_name_the_files_of_the_worker() {
        let folder = std::env::temp_dir().join(format!("waiting-line-post-build-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let source = |path: &str| fs::read_to_string(crate::root().join(path)).unwrap();
        fs::write(folder.join(WORKER_SCRIPT), source("public/simulation.js")).unwrap();
        // Trunk removes the link by which it copies the script.
        fs::write(folder.join("index.html"), source("index.html").replace("public/simulation.js", ""))
            .unwrap();
        fs::write(folder.join(WORKER_WASM), b"\0asm").unwrap();
        fs::write(folder.join(WORKER_GLUE), "export default 1").unwrap();
        finish_site(&folder).unwrap();
        let names =
            fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort_unstable();
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let (page, script) = (read(&names[0]), read(&names[1]));
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(names.len(), 4);
        assert!(page.contains(&format!("content=\"{}\"", names[1])), "{page}");
        assert!(!page.contains("unsafe-inline"), "{page}");
        assert!(script.contains(&format!("'./{}'", names[2])), "{script}");
        assert!(script.contains(&format!("'./{}'", names[3])), "{script}");
        assert!(script.contains(&integrity(b"\0asm")), "{script}");
    }

    #[test]
    fn only_a_page_with_the_reload_script_allows_inline_scripts() {
        let policy = "<meta content=\"script-src 'self' 'wasm-unsafe-eval'\">";
        assert_eq!(allow_reload_script(policy.to_owned()).unwrap(), policy);
        let served = allow_reload_script(format!("{policy}<script>reload()</script>")).unwrap();
        assert!(served.contains("script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'"), "{served}");
    }
}
