//! Tools that are npm packages: wasm-opt, esbuild, and what the browser tests and benchmarks bring into the page.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::crates::WASM_OPT;
use super::{Tools, system};
use crate::step;

struct Package {
    name: &'static str,
    version: &'static str,
}

/// Brings wasm-opt, the optimiser of the WebAssembly file. An old one (Debian's 108) builds without complaint, and the
/// page then dies with `Table.grow()`.
const BINARYEN: Package = Package { name: "binaryen", version: "132.0.0" };

/// How `wasm-opt --version` calls the release of [`BINARYEN`].
const BINARYEN_RELEASE: &str = "132";

/// Shortens the scripts of the page.
const ESBUILD: Package = Package { name: "esbuild", version: "0.28.2" };

/// Finds mistakes of accessibility; the browser tests inject it.
const AXE: Package = Package { name: "axe-core", version: "4.14.1" };

/// Scores the page; the benchmarks run it.
const LIGHTHOUSE: Package = Package { name: "lighthouse", version: "12.8.2" };

impl Tools {
    /// Gets an optimiser for the WebAssembly file: from npm, or as a crate where there is no npm.
    pub(super) fn ensure_wasm_opt(&self) -> Result<()> {
        if self.has_version("wasm-opt", BINARYEN_RELEASE) {
            return Ok(());
        }
        if self.has_npm()? { self.ensure_package(&BINARYEN) } else { self.ensure_crate(&WASM_OPT) }
    }

    /// Gets what shortens scripts; false where there is no npm, and the scripts stay as they were written.
    ///
    /// # Errors
    /// When npm cannot install it.
    pub fn ensure_esbuild(&self) -> Result<bool> {
        let has_npm = self.has_npm()?;
        if has_npm {
            self.ensure_package(&ESBUILD)?;
        }
        Ok(has_npm)
    }

    /// Gets axe-core, which finds mistakes of accessibility, and says where its script stands.
    ///
    /// # Errors
    /// When npm is neither here nor ours to install; the message says where to get it.
    pub fn ensure_axe(&self) -> Result<PathBuf> {
        self.ensure_page_tool(&AXE)?;
        Ok(self.folder_of(&AXE).join("axe.min.js"))
    }

    /// Gets Lighthouse, which scores the page, and says where its program stands.
    ///
    /// # Errors
    /// As [`Self::ensure_axe`].
    pub fn ensure_lighthouse(&self) -> Result<PathBuf> {
        self.ensure_page_tool(&LIGHTHOUSE)?;
        self.find_script(LIGHTHOUSE.name).context("npm installed lighthouse without its program")
    }

    fn ensure_page_tool(&self, package: &Package) -> Result<()> {
        if !self.has_npm()? {
            bail!(
                "npm is not here to get {}; install Node.js with npm, from https://nodejs.org",
                package.name
            );
        }
        self.ensure_package(package)
    }

    pub(super) fn npm_binaries(&self) -> PathBuf {
        self.root().join("npm/node_modules/.bin")
    }

    fn folder_of(&self, package: &Package) -> PathBuf {
        self.root().join("npm/node_modules").join(package.name)
    }

    fn has_npm(&self) -> Result<bool> {
        Ok(self.find_script("npm").is_some() || system::install(&["nodejs", "npm"])?)
    }

    fn ensure_package(&self, package: &Package) -> Result<()> {
        let expected = format!("\"version\": \"{}\"", package.version);
        let description = self.folder_of(package).join("package.json");
        let is_there = || fs::read_to_string(&description).is_ok_and(|text| text.contains(&expected));
        if is_there() {
            return Ok(());
        }
        let _alone = self.lock()?;
        if is_there() {
            return Ok(());
        }
        let folder = self.root().join("npm");
        fs::create_dir_all(&folder)?;
        let Some(program) = self.find_script("npm") else { bail!("npm is gone from the search path") };
        let mut npm = self.start(program);
        npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]).arg(&folder);
        npm.arg(format!("{}@{}", package.name, package.version));
        step::run(&format!("install {} {} (once)", package.name, package.version), &mut npm)
    }
}
