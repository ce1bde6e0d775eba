//! The view Practise.

/// The view.
pub const TITLE: &str = "Practise";
/// What it is.
pub const INTRO: &str = "Twenty questions from the material, mixed. You may answer until you are right; the first try scores. \
                         Every option is explained, and where the model can show it, one button does.";
/// Begins.
pub const START: &str = "Start the questions";
/// Leaves.
pub const LEAVE: &str = "Stop here";
/// A right choice.
pub const RIGHT: &str = "✓ Right";
/// A wrong choice.
pub const WRONG: &str = "✕ Not this one";
/// The other wrong ones, once answered.
pub const OTHER: &str = "Why not";
/// After a wrong choice.
pub const AGAIN: &str = "Not yet. Read why, and choose again.";
/// After the right one at once.
pub const FIRST_TRY: &str = "Right at the first try.";
/// After the right one at last.
pub const AT_LAST: &str = "Right. It counts when it comes at the first try; it will come back in the retry.";
/// The next question.
pub const NEXT: &str = "Next question";
/// After the last.
pub const FINISH: &str = "See your score";
/// Opens the proof.
pub const SHOW_ME: &str = "Show me in Explore";
/// The choices.
pub const ANSWERS: &str = "Answers";
/// The end.
pub const DONE: &str = "Your score";
/// Only the missed ones.
pub const RETRY: &str = "Retry the missed ones";
/// From the start.
pub const FRESH: &str = "Start again, newly mixed";
/// By topic.
pub const BY_TOPIC: &str = "By topic";
/// Keys.
pub const KEYS_HINT: &str = "Keys 1 to 4 choose, Enter goes on.";

/// The bar of progress.
pub const PROGRESS: &str = "Questions answered";

/// How far.
pub fn progress(number: usize, of: usize) -> String {
    format!("Question {number} of {of}")
}

/// The score.
pub fn score(right: usize, of: usize) -> String {
    format!("{right} of {of} right at the first try")
}
