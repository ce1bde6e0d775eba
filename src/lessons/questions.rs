//! The questions at hand. The model computes them, but not in the browser: the site carries them as a file, which the
//! page fetches when somebody wants to practise, so that nobody waits for them who does not.

use std::sync::OnceLock;

use super::Question;

static QUESTIONS: OnceLock<Vec<Question>> = OnceLock::new();

/// Every question, in the order of the material. Their figures are computed once.
#[cfg(not(target_arch = "wasm32"))]
pub fn questions() -> &'static [Question] {
    QUESTIONS.get_or_init(super::bank::compute)
}

/// Every question, in the order of the material; none until they are [provided](provide).
#[cfg(target_arch = "wasm32")]
pub fn questions() -> &'static [Question] {
    QUESTIONS.get().map_or(&[], Vec::as_slice)
}

/// Gives the page its questions. Those that are there already stay: a quiz may be under way with them.
pub fn provide(questions: Vec<Question>) {
    // A second delivery is the same file again.
    let _ = QUESTIONS.set(questions);
}
