//! What the project needs on the machine, where it is kept, how it gets there.
//!
//! Everything that can be is kept in one folder outside the clone (`$WAITING_LINE_TOOLS`, or `~/.cache/waiting-line`), so
//! that a second clone finds it there and compiles nothing again.

mod browsers;
mod crates;
mod npm;
mod rustup;
mod system;

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

pub use browsers::{Browser, Driven};
use crates::{CARGO_DENY, TRUNK};

/// The compiler's target for the browser.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The folder of the tools.
pub struct Tools {
    root: PathBuf,
}

impl Tools {
    /// Opens the folder, new if need be.
    ///
    /// # Errors
    /// When the machine names no home folder, or the folder cannot be written.
    pub fn open() -> Result<Self> {
        let root = env::var_os("WAITING_LINE_TOOLS")
            .map(PathBuf::from)
            .or_else(|| env::home_dir().map(|home| home.join(".cache/waiting-line")))
            .context("no home folder to keep the tools in; set WAITING_LINE_TOOLS to a folder")?;
        let root = std::path::absolute(root)?;
        fs::create_dir_all(&root).with_context(|| format!("cannot make {}", root.display()))?;
        Ok(Self { root })
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Gets what building the site takes: the compiler's target, Trunk, wasm-bindgen, wasm-opt.
    ///
    /// # Errors
    /// When one of them is missing and cannot be got; the message says how to get it by hand.
    pub fn ensure_builders(&self) -> Result<()> {
        rustup::ensure_target(WASM_TARGET)?;
        self.ensure_crate(&TRUNK)?;
        self.ensure_wasm_bindgen()?;
        self.ensure_wasm_opt()
    }

    /// Gets what the checks take: clippy, rustfmt, cargo-deny.
    ///
    /// # Errors
    /// As [`Self::ensure_builders`].
    pub fn ensure_checkers(&self) -> Result<()> {
        rustup::ensure_target(WASM_TARGET)?;
        rustup::ensure_component("clippy", "cargo-clippy")?;
        rustup::ensure_component("rustfmt", "rustfmt")?;
        self.ensure_crate(&CARGO_DENY)
    }

    /// A program to be started in the workspace, with the tools first on its search path.
    #[must_use]
    pub fn command(&self, program: &str) -> Command {
        self.start(self.find(program).unwrap_or_else(|| program.into()))
    }

    fn start(&self, program: PathBuf) -> Command {
        let mut command = Command::new(program);
        command.current_dir(crate::root()).env("PATH", self.search_path());
        command
    }

    /// Where a program stands: among the tools, or on the machine's search path.
    fn find(&self, program: &str) -> Option<PathBuf> {
        self.find_file(&format!("{program}{}", env::consts::EXE_SUFFIX))
    }

    /// Where a program of Node.js stands, which on Windows is a script.
    fn find_script(&self, program: &str) -> Option<PathBuf> {
        let suffix = if cfg!(windows) { ".cmd" } else { "" };
        self.find_file(&format!("{program}{suffix}"))
    }

    fn find_file(&self, file: &str) -> Option<PathBuf> {
        env::split_paths(&self.search_path()).map(|folder| folder.join(file)).find(|path| path.is_file())
    }

    fn search_path(&self) -> OsString {
        let own = [self.root.join("bin"), self.npm_binaries()];
        let machine = env::var_os("PATH").unwrap_or_default();
        let all = own.into_iter().chain(env::split_paths(&machine));
        env::join_paths(all).unwrap_or(machine)
    }

    /// Whether a program is there and prints this version of itself.
    fn has_version(&self, program: &str, version: &str) -> bool {
        let Some(path) = self.find(program).or_else(|| self.find_script(program)) else { return false };
        let printed = self.start(path).arg("--version").stderr(Stdio::null()).output();
        printed.is_ok_and(|output| {
            String::from_utf8_lossy(&output.stdout).split_whitespace().any(|word| word == version)
        })
    }

    /// Waits until no other clone installs into the folder; it is this process's until the file is dropped.
    fn lock(&self) -> Result<File> {
        let path = self.root.join("lock");
        let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
        Ok(file)
    }
}
