//! One question as it is shown.

use super::round::Verdict;
use super::shuffle::shuffled;
use crate::lessons::{Choice, Question, questions};
use crate::session::checksum::crc32;

/// A question with its options in the order in which they are displayed, and those that were tried in vain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    question: usize,
    order: [usize; 4],
    wrong: Vec<usize>,
}

impl Card {
    /// The question at an index of [`questions`], where there is one. The order of its options depends on nothing but
    /// the seed and the question's name, so that new questions do not change it.
    pub(super) fn new(question: usize, seed: u32) -> Option<Self> {
        let id = questions().get(question)?.id;
        let order = shuffled([0, 1, 2, 3], seed, crc32(id.as_bytes()));
        Some(Self { question, order, wrong: Vec::new() })
    }

    /// The card with these places tried in vain, as far as they are wrong ones.
    #[must_use]
    pub(super) fn with_wrong(mut self, places: &[usize]) -> Self {
        let right = self.right_place();
        places.iter().filter(|&&place| place != right).for_each(|&place| self.mark_wrong(place));
        self
    }

    /// The question.
    pub fn question(&self) -> &'static Question {
        &questions()[self.question]
    }

    /// Its options in the order of display.
    pub fn choices(&self) -> [&'static Choice; 4] {
        self.order.map(|choice| &self.question().choices[choice])
    }

    /// At which place the right option is displayed, counted from 0.
    pub fn right_place(&self) -> usize {
        self.order.iter().position(|&choice| choice == self.question().right).unwrap_or_default()
    }

    /// The places chosen in vain, the latest last.
    pub fn wrong_places(&self) -> &[usize] {
        &self.wrong
    }

    /// Keeps a wrong place in mind, once; one that is not displayed is no choice.
    pub(super) fn mark_wrong(&mut self, place: usize) {
        if place < self.order.len() && !self.wrong.contains(&place) {
            self.wrong.push(place);
        }
    }

    /// What answering now is worth.
    pub(super) fn verdict(&self) -> Verdict {
        if self.wrong.is_empty() { Verdict::FirstTry } else { Verdict::Later }
    }
}
