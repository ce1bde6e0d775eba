//! Debian packages, where the user may install them.

use std::process::{Command, Stdio};

use anyhow::Result;

use crate::step;

/// Installs Debian packages. Returns `false` if there is no `apt-get`, or no right to use it.
pub(super) fn install_packages(packages: &[&str]) -> Result<bool> {
    let Some(prefix) = root_prefix() else { return Ok(false) };
    if !succeeds("apt-get", &["--version"]) {
        return Ok(false);
    }
    let apt = |arguments: &[&str]| {
        let words: Vec<&str> =
            prefix.iter().copied().chain(["apt-get"]).chain(arguments.iter().copied()).collect();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    step::run("read the package lists", &mut apt(&["update", "-qq"]))?;
    let install = ["install", "-y", "-qq", "--no-install-recommends"];
    let arguments: Vec<&str> = install.into_iter().chain(packages.iter().copied()).collect();
    step::run(&format!("install {} (once)", packages.join(", ")), &mut apt(&arguments))?;
    Ok(true)
}

/// Returns the words before a command that needs root: none for root, `sudo` if it asks for no password.
/// `None` if the user may not become root.
fn root_prefix() -> Option<&'static [&'static str]> {
    let user = Command::new("id").arg("-u").stderr(Stdio::null()).output().ok()?;
    if user.stdout.trim_ascii() == b"0" {
        Some(&[])
    } else if succeeds("sudo", &["-n", "true"]) {
        Some(&["sudo", "-n"])
    } else {
        None
    }
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
