//! Tools that are Rust crates: built once from the registry, at a pinned version.

use std::fs;

use anyhow::{Context, Result};

use super::Tools;
use crate::step;

/// A tool that `cargo install` brings.
pub(super) struct CrateTool<'a> {
    package: &'static str,
    program: &'static str,
    version: &'a str,
    /// What the program says when asked for its version, where that is not the crate's.
    says: Option<&'static str>,
    features: &'static [&'static str],
}

impl<'a> CrateTool<'a> {
    const fn new(package: &'static str, program: &'static str, version: &'a str) -> Self {
        Self { package, program, version, says: None, features: &[] }
    }

    /// The tool's program, to look for it and to start it.
    pub(super) fn program(&self) -> &'static str {
        self.program
    }
}

/// Bundles the site. 0.22 wants a newer compiler than the pinned one.
pub(super) const TRUNK: CrateTool<'_> = CrateTool {
    features: &["--no-default-features", "--features", "rustls"],
    ..CrateTool::new("trunk", "trunk", "0.21.14")
};

/// Checks licences, sources and advisories of the dependencies.
pub(super) const CARGO_DENY: CrateTool<'_> = CrateTool::new("cargo-deny", "cargo-deny", "0.20.2");

/// Drives Firefox.
pub(super) const GECKODRIVER: CrateTool<'_> = CrateTool::new("geckodriver", "geckodriver", "0.37.1");

/// Optimises the WebAssembly file, where npm cannot bring a newer one; takes a C++ compiler and some minutes.
pub(super) const WASM_OPT: CrateTool<'_> =
    CrateTool { says: Some("116"), ..CrateTool::new("wasm-opt", "wasm-opt", "0.116.1") };

/// The other end of the `wasm-bindgen` crate, which must be of exactly its version.
const WASM_BINDGEN: CrateTool<'_> = CrateTool {
    features: &["--no-default-features"],
    ..CrateTool::new("wasm-bindgen-cli", "wasm-bindgen", "")
};

fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, entry) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    entry.split('"').next()
}

impl Tools {
    /// Builds the wasm-bindgen that fits `Cargo.lock`.
    pub(super) fn ensure_wasm_bindgen(&self) -> Result<()> {
        let lock = fs::read_to_string(crate::root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
        let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock names no wasm-bindgen")?;
        self.ensure_crate(&CrateTool { version, ..WASM_BINDGEN })
    }

    /// Builds a tool at its version, unless it is there, in the tools' folder or on the search path.
    pub(super) fn ensure_crate(&self, tool: &CrateTool<'_>) -> Result<()> {
        let is_there = || self.has_version(tool.program, tool.says.unwrap_or(tool.version));
        if is_there() {
            return Ok(());
        }
        let _alone = self.lock()?;
        if is_there() {
            return Ok(());
        }
        let mut install = self.command("cargo");
        install.args(["install", "--locked", "--force", "--root"]).arg(self.root());
        install.arg(format!("{}@{}", tool.package, tool.version)).args(tool.features);
        // A quick build of the tool is worth more than a quick tool.
        install.envs([
            ("CARGO_PROFILE_RELEASE_LTO", "off"),
            ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
            ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
            ("CARGO_PROFILE_RELEASE_PANIC", "unwind"),
        ]);
        step::run(&format!("install {} {} (once, takes minutes)", tool.package, tool.version), &mut install)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_package_itself() {
        let lock = "[[package]]\nname = \"wasm-bindgen-backend\"\nversion = \"0.2.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked_version(lock, "leptos"), None);
    }
}
