//! Words of the comparison.

/// What is pinned, beside what is shown.
pub const PINNED: &str = "A, pinned";
/// Pins the scenario.
pub const PIN: &str = "Pin as A to compare";
/// Ends the comparison.
pub const UNPIN: &str = "Stop comparing";
/// Pins what is shown in place of what is pinned.
pub const PIN_AGAIN: &str = "Pin this instead";
/// Shows what is pinned.
pub const BACK: &str = "Go back to A";
/// The panel with the differences.
pub const TITLE: &str = "Before and after";
/// What to do there.
pub const INTRO: &str = "Pin this scenario as A, then change something: A stays beside it, as ghosts in the charts and figure by figure here.";
/// What it shows.
pub const SUB: &str = "what is pinned as A, beside what is set now";
/// Its columns.
pub const FIGURE: &str = "figure";
/// Its columns.
pub const NOW: &str = "B, now";
/// Its columns.
pub const CHANGE: &str = "change";
/// A change for the better.
pub const BETTER: &str = "✓ better";
/// A change for the worse.
pub const WORSE: &str = "✕ worse";
