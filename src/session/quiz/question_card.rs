//! A question as it is displayed.

use super::Verdict;
use super::shuffle::shuffled;
use crate::lessons::{Choice, Question, questions};

/// A question with its options in the order of display, and the wrong ones that were chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionCard {
    question: usize,
    order: [usize; 4],
    wrong: Vec<usize>,
}

impl QuestionCard {
    /// Returns a card for the question at an index of [`questions`], if there is one. The order of its
    /// options depends on nothing but the seed and the question's identity, so that new questions do not
    /// change it.
    pub(super) fn new(question: usize, seed: u32) -> Option<Self> {
        let id = questions().get(question)?.id;
        let order = shuffled([0, 1, 2, 3], seed, crc32fast::hash(id.as_bytes()));
        Some(Self { question, order, wrong: Vec::new() })
    }

    /// Returns the card with these places marked as wrong, except for the right one.
    #[must_use]
    pub(super) fn with_wrong(mut self, places: &[usize]) -> Self {
        let right = self.right_place();
        places.iter().filter(|&&place| place != right).for_each(|&place| self.mark_wrong(place));
        self
    }

    pub fn question(&self) -> &'static Question {
        &questions()[self.question]
    }

    /// The options in the order of display.
    pub fn choices(&self) -> [&'static Choice; 4] {
        self.order.map(|choice| &self.question().choices[choice])
    }

    /// The place at which the right option is displayed, counted from 0.
    pub fn right_place(&self) -> usize {
        self.order.iter().position(|&choice| choice == self.question().right).unwrap_or_default()
    }

    /// The places of the wrong options that were chosen, the latest last.
    pub fn wrong_places(&self) -> &[usize] {
        &self.wrong
    }

    /// Marks a place as wrong, once; a place that is not displayed is ignored.
    pub(super) fn mark_wrong(&mut self, place: usize) {
        if place < self.order.len() && !self.wrong.contains(&place) {
            self.wrong.push(place);
        }
    }

    /// Returns the verdict for answering right now.
    pub(super) fn verdict(&self) -> Verdict {
        if self.wrong.is_empty() { Verdict::FirstTry } else { Verdict::CorrectAfterRetry }
    }
}
