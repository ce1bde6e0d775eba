//! One step of a command: its name, its progress, its outcome.

use std::io::{IsTerminal, stderr};
use std::process::Command;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How long a step may run before it says that it is still at work.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Does `work` under a name, with a sign of life every 15 seconds and the time it took at the end.
///
/// # Errors
/// What `work` fails with.
pub fn watched<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let started = Instant::now();
    say(&format!("▸ {name}"));
    let (done, waiting) = channel::<()>();
    let result = thread::scope(|scope| {
        scope.spawn(move || {
            while waiting.recv_timeout(HEARTBEAT) == Err(RecvTimeoutError::Timeout) {
                say(&format!("  … {name}: {} so far", spent(started)));
            }
        });
        let result = work();
        drop(done);
        result
    });
    let outcome = if result.is_ok() { "✓" } else { "✗" };
    say(&format!("{outcome} {name}: {}", spent(started)));
    result
}

/// Runs a program under a name; what it prints is shown as it comes.
///
/// # Errors
/// When the program is not there, or ends with anything but success.
pub fn run(name: &str, command: &mut Command) -> Result<()> {
    watched(name, || {
        let program = command.get_program().to_string_lossy().into_owned();
        let status = command.status().with_context(|| format!("{program} does not start"))?;
        if !status.success() {
            bail!("{name}: {program} ended with {status}; what it printed above says why");
        }
        Ok(())
    })
}

/// Tells the person at the terminal one line; a progress bar that stands there gives way.
pub fn say(line: &str) {
    if stderr().is_terminal() {
        eprint!("\r\x1b[K");
    }
    eprintln!("{line}");
}

fn spent(since: Instant) -> String {
    let seconds = since.elapsed().as_secs();
    if seconds < 60 { format!("{seconds} s") } else { format!("{} min {:02} s", seconds / 60, seconds % 60) }
}
