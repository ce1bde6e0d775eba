//! The tools that the project needs. A tool on the search path is used if its version fits. The others are
//! installed into a folder outside the clone (`$WAITING_LINE_TOOLS`, or `~/.cache/waiting-line`), where other
//! clones find them.

mod browsers;
mod cargo;
mod npm;
mod system;

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

pub(crate) use browsers::Browser;

use crate::step;

/// The compiler's target for the browser.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The folder of the tools.
pub(crate) struct Tools {
    root: PathBuf,
}

impl Tools {
    /// Opens the folder, and creates it if it is not there.
    ///
    /// # Errors
    /// Fails when the machine has no home folder, or the folder cannot be written.
    pub(crate) fn open() -> Result<Self> {
        let root = env::var_os("WAITING_LINE_TOOLS")
            .map(PathBuf::from)
            .or_else(|| env::home_dir().map(|home| home.join(".cache/waiting-line")))
            .context("no home folder to keep the tools in; set WAITING_LINE_TOOLS to a folder")?;
        let root = std::path::absolute(root)?;
        fs::create_dir_all(&root).with_context(|| format!("cannot make {}", root.display()))?;
        Ok(Self { root })
    }

    /// Gets what building the site needs: the compiler's target, Trunk, wasm-bindgen, wasm-opt.
    ///
    /// # Errors
    /// Fails when one is missing and cannot be installed; the message says how to get it by hand.
    pub(crate) fn ensure_builders(&self) -> Result<()> {
        let missing = self.missing_builders()?;
        if !missing.is_empty() {
            eprintln!("Once for this machine: {}.", missing.join(", "));
        }
        self.ensure_target()?;
        self.ensure_wasm_opt()?;
        self.ensure_wasm_bindgen()?;
        self.ensure_crate(&cargo::TRUNK)
    }

    /// The tools that will be installed, each with the time that it takes on two cores.
    fn missing_builders(&self) -> Result<Vec<&'static str>> {
        let mut missing = Vec::new();
        if !self.has_crate(&cargo::TRUNK) {
            missing.push("Trunk (3 minutes)");
        }
        if !self.has_wasm_bindgen()? {
            missing.push("wasm-bindgen (1 minute)");
        }
        if !self.has_wasm_opt() {
            missing.push("wasm-opt (10 seconds from npm)");
        }
        Ok(missing)
    }

    /// Gets what the checks need: clippy, rustfmt, cargo-deny.
    ///
    /// # Errors
    /// As [`Self::ensure_builders`].
    pub(crate) fn ensure_checkers(&self) -> Result<()> {
        self.ensure_target()?;
        self.ensure_component("clippy", "cargo-clippy")?;
        self.ensure_component("rustfmt", "rustfmt")?;
        self.ensure_crate(&cargo::CARGO_DENY)
    }

    fn ensure_target(&self) -> Result<()> {
        if self.sysroot()?.join("lib/rustlib").join(WASM_TARGET).join("lib").is_dir() {
            return Ok(());
        }
        self.rustup(&["target", "add", WASM_TARGET])
    }

    /// Gets a component of the toolchain, recognised by its program.
    fn ensure_component(&self, component: &str, program: &str) -> Result<()> {
        let file = format!("{program}{}", env::consts::EXE_SUFFIX);
        if self.sysroot()?.join("bin").join(file).is_file() {
            return Ok(());
        }
        self.rustup(&["component", "add", component])
    }

    fn rustup(&self, arguments: &[&str]) -> Result<()> {
        let line = arguments.join(" ");
        if self.find("rustup").is_none() {
            bail!("rustup is not on the search path to run `rustup {line}`; get it from https://rustup.rs");
        }
        step::run(&format!("rustup {line}"), self.command("rustup").args(arguments))
    }

    fn sysroot(&self) -> Result<PathBuf> {
        let output = self.command("rustc").args(["--print", "sysroot"]).output();
        let output = output.context("rustc does not start; get it from https://rustup.rs")?;
        Ok(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
    }

    /// Trunk, which takes its helpers from the search path.
    pub(crate) fn trunk(&self) -> Command {
        let mut trunk = self.command("trunk");
        // Trunk accepts NO_COLOR only as `true` or `false`.
        trunk.env_remove("NO_COLOR");
        if let Some(version) = self.older_wasm_opt() {
            trunk.env("TRUNK_TOOLS_WASM_OPT", version);
        }
        trunk
    }

    /// A program in the workspace's folder, with the tools first on its search path.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.find(program).unwrap_or_else(|| program.into()));
        command.current_dir(crate::root()).env("PATH", self.search_path());
        command
    }

    /// The path of a program, which on Windows may be a script.
    fn find(&self, program: &str) -> Option<PathBuf> {
        let suffixes: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
        let folders: Vec<PathBuf> = env::split_paths(&self.search_path()).collect();
        let paths = folders.iter().flat_map(|folder| suffixes.iter().map(move |suffix| (folder, suffix)));
        paths.map(|(folder, suffix)| folder.join(format!("{program}{suffix}"))).find(|path| path.is_file())
    }

    fn search_path(&self) -> OsString {
        let own = [self.root.join("bin"), self.root.join("npm/node_modules/.bin")];
        let inherited = env::var_os("PATH").unwrap_or_default();
        let all = own.into_iter().chain(env::split_paths(&inherited));
        env::join_paths(all).unwrap_or(inherited)
    }

    /// Returns true if a program prints this version. A `version` that ends with a dot is a prefix.
    fn has_version(&self, program: &str, version: &str) -> bool {
        let Some(path) = self.find(program) else { return false };
        let output = Command::new(path).arg("--version").stderr(Stdio::null()).output();
        let is_fitting = |word: &str| word == version || version.ends_with('.') && word.starts_with(version);
        output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).split_whitespace().any(is_fitting))
    }

    fn root(&self) -> &Path {
        &self.root
    }

    /// Waits until no other process installs into the folder. The lock holds until the file is dropped.
    fn lock(&self) -> Result<File> {
        let path = self.root.join("lock");
        let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
        Ok(file)
    }
}
