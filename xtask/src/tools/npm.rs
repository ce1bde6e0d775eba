//! Tools that are npm packages.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::cargo::WASM_OPT;
use super::{Tools, system};
use crate::step;

struct Package {
    name: &'static str,
    version: &'static str,
}

/// Contains wasm-opt, which optimises WebAssembly. Debian's version 108 builds without complaint, but the
/// page stops with `Table.grow()`.
const BINARYEN: Package = Package { name: "binaryen", version: "132.0.0" };

/// The version that `wasm-opt --version` prints for [`BINARYEN`].
const BINARYEN_RELEASE: &str = "132";

/// Finds accessibility problems; the browser tests inject it.
const AXE: Package = Package { name: "axe-core", version: "4.14.1" };

/// Scores the page in the benchmarks.
const LIGHTHOUSE: Package = Package { name: "lighthouse", version: "12.8.2" };

impl Tools {
    pub(super) fn has_wasm_opt(&self) -> bool {
        self.has_version("wasm-opt", BINARYEN_RELEASE) || self.has_crate(&WASM_OPT)
    }

    /// Returns the version of wasm-opt for Trunk if it is not the one that `Trunk.toml` names.
    pub(super) fn older_wasm_opt(&self) -> Option<&'static str> {
        let is_older = !self.has_version("wasm-opt", BINARYEN_RELEASE) && self.has_crate(&WASM_OPT);
        is_older.then_some("version_116")
    }

    /// Gets wasm-opt, from npm or as a crate.
    pub(super) fn ensure_wasm_opt(&self) -> Result<()> {
        if self.has_wasm_opt() {
            return Ok(());
        }
        if self.ensure_npm()? { self.ensure_package(&BINARYEN) } else { self.ensure_crate(&WASM_OPT) }
    }

    /// Gets axe-core and returns the path of its script.
    ///
    /// # Errors
    /// Fails when there is no npm; the message says where to get it.
    pub(crate) fn ensure_axe(&self) -> Result<PathBuf> {
        self.ensure_package(&AXE)?;
        Ok(self.package_folder(&AXE).join("axe.min.js"))
    }

    /// Gets Lighthouse and returns the path of its program.
    ///
    /// # Errors
    /// As [`Self::ensure_axe`].
    pub(crate) fn ensure_lighthouse(&self) -> Result<PathBuf> {
        self.ensure_package(&LIGHTHOUSE)?;
        self.find(LIGHTHOUSE.name).context("npm installed lighthouse without its program")
    }

    fn package_folder(&self, package: &Package) -> PathBuf {
        self.root().join("npm/node_modules").join(package.name)
    }

    fn ensure_npm(&self) -> Result<bool> {
        Ok(self.find("npm").is_some() || system::install_packages(&["nodejs", "npm"])?)
    }

    fn ensure_package(&self, package: &Package) -> Result<()> {
        let expected = format!("\"version\": \"{}\"", package.version);
        let description = self.package_folder(package).join("package.json");
        let is_installed = || fs::read_to_string(&description).is_ok_and(|text| text.contains(&expected));
        if is_installed() {
            return Ok(());
        }
        if !self.ensure_npm()? {
            bail!("npm is missing, which gets {}; install Node.js from https://nodejs.org", package.name);
        }
        let _lock = self.lock()?;
        if is_installed() {
            return Ok(());
        }
        let folder = self.root().join("npm");
        fs::create_dir_all(&folder)?;
        let mut npm = self.command("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]).arg(&folder);
        npm.arg(format!("{}@{}", package.name, package.version));
        step::run(&format!("install {} {} (once)", package.name, package.version), &mut npm)
    }
}
