//! A run through questions, and what came of it.

use serde::{Deserialize, Serialize};

use super::card::Card;
use super::shuffle::shuffled;
use crate::lessons::{Question, Topic, questions};

/// Questions in the order in which they are asked, and what came of those already answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    seed: u32,
    asked: Vec<usize>,
    verdicts: Vec<Verdict>,
}

/// How a question was answered. Stored progress keeps the place in this list: append, never reorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// Right at once: this scores.
    FirstTry,
    /// Right after a wrong choice.
    Later,
}

/// The score in one topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopicScore {
    /// What the questions were about.
    pub topic: Topic,
    /// How many were right at the first try.
    pub right: usize,
    /// How many were answered.
    pub answered: usize,
}

impl Round {
    /// The most questions of a round: few enough to come to its end in one sitting.
    pub const MOST: usize = 20;

    /// Questions from the whole bank; the seed chooses them, and gives their order.
    pub(super) fn mixed(seed: u32) -> Self {
        let mut round = Self::of((0..questions().len()).collect(), seed);
        round.asked.truncate(Self::MOST);
        round
    }

    /// The questions that were not right at the first try, in a new order.
    #[must_use]
    pub(super) fn of_missed(&self) -> Self {
        Self::of(self.missed().collect(), self.seed.wrapping_add(1))
    }

    /// A round that was begun before, the first questions of it answered.
    pub(super) fn resumed(seed: u32, asked: Vec<usize>, verdicts: Vec<Verdict>) -> Self {
        Self { seed, asked, verdicts }
    }

    /// What came of the questions answered, in their order.
    pub(super) fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    fn of(asked: Vec<usize>, seed: u32) -> Self {
        Self { seed, asked: shuffled(asked, seed, 0), verdicts: Vec::new() }
    }

    /// Where the order comes from: a link with this seed asks the same questions in the same order.
    pub fn seed(&self) -> u32 {
        self.seed
    }

    /// How many questions are asked in all.
    pub fn len(&self) -> usize {
        self.asked.len()
    }

    /// Whether there is nothing to ask.
    pub fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    /// The questions in the order in which they are asked.
    pub fn questions(&self) -> impl Iterator<Item = &'static Question> {
        self.asked.iter().map(|&question| &questions()[question])
    }

    /// How many questions are answered.
    pub fn answered(&self) -> usize {
        self.verdicts.len()
    }

    /// How many were right at the first try.
    pub fn score(&self) -> usize {
        self.verdicts.iter().filter(|&&verdict| verdict == Verdict::FirstTry).count()
    }

    /// How many were answered, but not at the first try.
    pub fn missed_count(&self) -> usize {
        self.missed().count()
    }

    /// The score by topic, in the order of the material; topics of which nothing was answered are left out.
    pub fn by_topic(&self) -> Vec<TopicScore> {
        let score = |topic| {
            let verdicts =
                || self.results().filter(move |&(question, _)| questions()[question].topic == topic);
            let right = verdicts().filter(|&(_, verdict)| verdict == Verdict::FirstTry).count();
            TopicScore { topic, right, answered: verdicts().count() }
        };
        Topic::ALL.into_iter().map(score).filter(|score| score.answered > 0).collect()
    }

    /// The question that comes next, where one does.
    pub(super) fn next_card(&self) -> Option<Card> {
        self.asked.get(self.answered()).and_then(|&question| Card::new(question, self.seed))
    }

    /// Notes what came of the next question.
    pub(super) fn note(&mut self, verdict: Verdict) {
        self.verdicts.push(verdict);
    }

    fn missed(&self) -> impl Iterator<Item = usize> {
        self.results().filter(|&(_, verdict)| verdict == Verdict::Later).map(|(question, _)| question)
    }

    fn results(&self) -> impl Iterator<Item = (usize, Verdict)> {
        self.asked.iter().copied().zip(self.verdicts.iter().copied())
    }
}
