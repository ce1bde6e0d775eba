//! The outcome of one question.

use serde::{Deserialize, Serialize};

/// The outcome of a question. Stored progress keeps the index in this list: append, never reorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// Right at the first try, which scores.
    FirstTry,
    /// Right after a wrong choice.
    CorrectAfterRetry,
}
