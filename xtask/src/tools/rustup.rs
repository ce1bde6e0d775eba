//! The compiler's targets and components, through rustup.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::step;

/// Gets a target for the toolchain in use.
pub(super) fn ensure_target(target: &str) -> Result<()> {
    if sysroot()?.join("lib/rustlib").join(target).join("lib").is_dir() {
        return Ok(());
    }
    add(&["target", "add", target])
}

/// Gets a component for the toolchain in use, known by the program it brings.
pub(super) fn ensure_component(component: &str, program: &str) -> Result<()> {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    if sysroot()?.join("bin").join(file).is_file() {
        return Ok(());
    }
    add(&["component", "add", component])
}

fn add(arguments: &[&str]) -> Result<()> {
    let line = arguments.join(" ");
    if Command::new("rustup").arg("--version").output().is_err() {
        bail!("rustup is not here to do `rustup {line}`; get it from https://rustup.rs");
    }
    step::run(&format!("rustup {line}"), Command::new("rustup").args(arguments).current_dir(crate::root()))
}

fn sysroot() -> Result<PathBuf> {
    let output = Command::new("rustc").args(["--print", "sysroot"]).current_dir(crate::root()).output();
    let output = output.context("rustc does not start; get it from https://rustup.rs")?;
    Ok(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
}
