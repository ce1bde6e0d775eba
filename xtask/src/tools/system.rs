//! The system's own packages, where this person may install them.

use std::process::{Command, Stdio};

use anyhow::Result;

use crate::step;

/// Installs Debian packages. `false` where that is not for us to do: no `apt-get` here, or no right to use it.
pub(super) fn install(packages: &[&str]) -> Result<bool> {
    let Some(prefix) = administrator() else { return Ok(false) };
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
    step::run("read the lists of packages", &mut apt(&["update", "-qq"]))?;
    let install = ["install", "-y", "-qq", "--no-install-recommends"];
    let arguments: Vec<&str> = install.into_iter().chain(packages.iter().copied()).collect();
    step::run(&format!("install {} (once)", packages.join(", ")), &mut apt(&arguments))?;
    Ok(true)
}

/// What to write before a command that needs the administrator: nothing for root itself, `sudo` where it asks nothing.
fn administrator() -> Option<&'static [&'static str]> {
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
