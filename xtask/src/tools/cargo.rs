//! Tools that are Rust crates.

use std::fs;

use anyhow::{Context, Result};

use super::Tools;
use crate::step;

/// A tool that `cargo binstall` or `cargo install` gets.
pub(super) struct CrateTool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    /// The installed versions that fit; one that ends with a dot is a prefix.
    fitting: &'static str,
    features: &'static [&'static str],
}

/// Bundles the site. Version 0.22 needs a newer compiler than the pinned one. Without TLS it cannot download
/// wasm-bindgen and wasm-opt, which are installed here anyway, but compiles faster.
pub(super) const TRUNK: CrateTool = CrateTool {
    package: "trunk",
    program: "trunk",
    version: "0.21.14",
    fitting: "0.21.",
    features: &["--no-default-features"],
};

/// Checks licences, sources and advisories of the dependencies.
pub(super) const CARGO_DENY: CrateTool = CrateTool {
    package: "cargo-deny",
    program: "cargo-deny",
    version: "0.20.2",
    fitting: "0.20.",
    features: &[],
};

/// Drives Firefox.
pub(super) const GECKODRIVER: CrateTool = CrateTool {
    package: "geckodriver",
    program: "geckodriver",
    version: "0.37.1",
    fitting: "0.37.",
    features: &[],
};

/// Optimises WebAssembly where there is no npm for a newer version; needs a C++ compiler and some minutes.
pub(super) const WASM_OPT: CrateTool =
    CrateTool { package: "wasm-opt", program: "wasm-opt", version: "0.116.1", fitting: "116", features: &[] };

/// The package and the program of wasm-bindgen, whose version must be that of the crate in `Cargo.lock`.
const WASM_BINDGEN: (&str, &str) = ("wasm-bindgen-cli", "wasm-bindgen");

/// The version of a package in the text of a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, entry) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    entry.split('"').next()
}

impl Tools {
    fn wasm_bindgen_version() -> Result<String> {
        let lock = fs::read_to_string(crate::root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
        let version = locked_version(&lock, WASM_BINDGEN.1).context("Cargo.lock has no wasm-bindgen")?;
        Ok(version.to_owned())
    }

    pub(super) fn has_wasm_bindgen(&self) -> Result<bool> {
        Ok(self.has_version(WASM_BINDGEN.1, &Self::wasm_bindgen_version()?))
    }

    /// Gets the wasm-bindgen that fits the crate in `Cargo.lock`.
    pub(super) fn ensure_wasm_bindgen(&self) -> Result<()> {
        if self.has_wasm_bindgen()? {
            return Ok(());
        }
        let _lock = self.lock()?;
        if self.has_wasm_bindgen()? {
            return Ok(());
        }
        self.install(WASM_BINDGEN.0, &Self::wasm_bindgen_version()?, &["--no-default-features"])
    }

    pub(super) fn has_crate(&self, tool: &CrateTool) -> bool {
        self.has_version(tool.program, tool.fitting)
    }

    /// Installs a tool, unless it is there at a fitting version.
    pub(super) fn ensure_crate(&self, tool: &CrateTool) -> Result<()> {
        if self.has_crate(tool) {
            return Ok(());
        }
        let _lock = self.lock()?;
        if self.has_crate(tool) {
            return Ok(());
        }
        self.install(tool.package, tool.version, tool.features)
    }

    fn install(&self, package: &str, version: &str, features: &[&str]) -> Result<()> {
        let name = format!("install {package} {version} (once)");
        let package = format!("{package}@{version}");
        if self.find("cargo-binstall").is_some() {
            let mut binstall = self.command("cargo");
            binstall.args(["binstall", "--no-confirm", "--force", "--root"]).arg(self.root()).arg(&package);
            if step::run(&name, &mut binstall).is_ok() {
                return Ok(());
            }
        }
        let mut install = self.command("cargo");
        install.args(["install", "--locked", "--force", "--root"]).arg(self.root());
        install.arg(&package).args(features);
        // A short build matters more than the speed of the tool.
        install.envs([
            ("CARGO_PROFILE_RELEASE_LTO", "off"),
            ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256"),
            ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
            ("CARGO_PROFILE_RELEASE_PANIC", "unwind"),
        ]);
        step::run(&name, &mut install)
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
