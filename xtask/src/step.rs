//! A step of a command: prints its name, a sign of life while it runs, and the time it took.

use std::process::Command;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// A step that runs longer than this prints that it is still running, again and again.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Does `work` as a step.
///
/// # Errors
/// Fails when `work` fails.
pub(crate) fn with_progress<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    eprintln!("▸ {name}");
    let (done, waiting) = channel::<()>();
    let result = thread::scope(|scope| {
        scope.spawn(move || {
            while waiting.recv_timeout(HEARTBEAT) == Err(RecvTimeoutError::Timeout) {
                eprintln!("  … {name}: {} so far", elapsed(start));
            }
        });
        let result = work();
        drop(done);
        result
    });
    eprintln!("{} {name}: {}", if result.is_ok() { "✓" } else { "✗" }, elapsed(start));
    result
}

/// Runs a program as a step; its output is shown as it comes.
///
/// # Errors
/// Fails when the program does not start or does not succeed.
pub(crate) fn run(name: &str, command: &mut Command) -> Result<()> {
    with_progress(name, || {
        let program = command.get_program().to_string_lossy().into_owned();
        let status = command.status().with_context(|| format!("{program} does not start"))?;
        if !status.success() {
            bail!("{name}: {program} ended with {status}; its output above says why");
        }
        Ok(())
    })
}

/// Runs a program as a step and returns its output.
///
/// # Errors
/// As [`run`], or when the output is not UTF-8.
pub(crate) fn output(name: &str, command: &mut Command) -> Result<String> {
    with_progress(name, || {
        let program = command.get_program().to_string_lossy().into_owned();
        let output = command.stderr(std::process::Stdio::inherit()).output();
        let output = output.with_context(|| format!("{program} does not start"))?;
        if !output.status.success() {
            bail!("{name}: {program} ended with {}; its output above says why", output.status);
        }
        Ok(String::from_utf8(output.stdout)?)
    })
}

fn elapsed(start: Instant) -> String {
    let seconds = start.elapsed().as_secs();
    if seconds < 60 { format!("{seconds} s") } else { format!("{} min {:02} s", seconds / 60, seconds % 60) }
}
