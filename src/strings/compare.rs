//! Text of the comparison between the pinned scenario A and the current scenario B.

pub const PINNED: &str = "A, pinned";
pub const PIN: &str = "Pin as A to compare";
pub const UNPIN: &str = "Stop comparing";
pub const REPLACE_PINNED: &str = "Pin this instead";
pub const RESTORE_PINNED: &str = "Go back to A";
pub const TITLE: &str = "Before and after";
pub const INTRO: &str = "Pin this scenario as A, then change something: A stays beside it, as ghosts in the \
    charts and figure by figure here.";
pub const SUBTITLE: &str = "what is pinned as A, beside what is set now";
pub const COLUMN_QUANTITY: &str = "figure";
pub const COLUMN_CURRENT: &str = "B, now";
pub const COLUMN_CHANGE: &str = "change";
pub const BETTER: &str = "✓ better";
pub const WORSE: &str = "✕ worse";
