//! Text of the Practise page.

pub const TITLE: &str = "Practise";
pub const INTRO: &str = "Twenty questions from the material, mixed. You may answer until you are right; the \
    first try scores. Every option is explained, and where the model can show it, one button does.";
pub const START: &str = "Start the questions";
pub const STOP: &str = "Stop here";
pub const RIGHT: &str = "✓ Right";
pub const WRONG: &str = "✕ Not this one";
pub const WHY_NOT: &str = "Why not";
pub const TRY_AGAIN: &str = "Not yet. Read why, and choose again.";
pub const RIGHT_AT_FIRST_TRY: &str = "Right at the first try.";
pub const RIGHT_AFTER_RETRY: &str =
    "Right. It counts when it comes at the first try; it will come back in the retry.";
pub const NEXT: &str = "Next question";
pub const SHOW_SCORE: &str = "See your score";
pub const OPEN_IN_EXPLORE: &str = "Show me in Explore";
pub const ANSWERS: &str = "Answers";
pub const YOUR_SCORE: &str = "Your score";
pub const RETRY_MISSED: &str = "Retry the missed ones";
pub const START_AGAIN: &str = "Start again, newly mixed";
pub const BY_TOPIC: &str = "By topic";
pub const KEYS_HINT: &str = "Keys 1 to 4 choose, Enter goes on.";

pub const PROGRESS: &str = "Questions answered";

pub fn progress(number: usize, total: usize) -> String {
    format!("Question {number} of {total}")
}

pub fn score(right: usize, total: usize) -> String {
    format!("{right} of {total} right at the first try")
}
