//! A sequence of questions and the outcome of those already answered.

use super::shuffle::shuffled;
use super::{QuestionCard, Verdict};
use crate::lessons::{Question, Topic, questions};

/// Questions in the order in which they are asked, and the verdicts on those already answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    seed: u32,
    /// Indices in the bank of questions.
    order: Vec<usize>,
    verdicts: Vec<Verdict>,
}

/// The score in one topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopicScore {
    pub topic: Topic,
    /// The number of questions answered right at the first try.
    pub right: usize,
    pub answered: usize,
}

impl Round {
    /// The most questions of a round: few enough to finish it in one sitting.
    pub const MAX_QUESTIONS: usize = 20;

    /// Returns a round of questions from the whole bank, chosen and ordered by the seed.
    pub(super) fn shuffled(seed: u32) -> Self {
        let mut round = Self::new((0..questions().len()).collect(), seed);
        round.order.truncate(Self::MAX_QUESTIONS);
        round
    }

    /// Returns a round of the missed questions, in a new order.
    #[must_use]
    pub(super) fn retry_missed(&self) -> Self {
        Self::new(self.missed().collect(), self.seed.wrapping_add(1))
    }

    /// Returns a round whose first questions are answered.
    pub(super) fn resume(seed: u32, order: Vec<usize>, verdicts: Vec<Verdict>) -> Self {
        Self { seed, order, verdicts }
    }

    /// The verdicts on the questions answered, in their order.
    pub(super) fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    fn new(questions: Vec<usize>, seed: u32) -> Self {
        Self { seed, order: shuffled(questions, seed, 0), verdicts: Vec::new() }
    }

    /// The seed of the order: a link with this seed asks the same questions in the same order.
    pub fn seed(&self) -> u32 {
        self.seed
    }

    pub fn len(&self) -> usize {
        self.order.len()
    }

    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The questions in the order in which they are asked.
    pub fn questions(&self) -> impl Iterator<Item = &'static Question> {
        self.order.iter().map(|&question| &questions()[question])
    }

    /// The number of questions answered.
    pub fn answered(&self) -> usize {
        self.verdicts.len()
    }

    /// The number of questions answered right at the first try.
    pub fn score(&self) -> usize {
        self.verdicts.iter().filter(|&&verdict| verdict == Verdict::FirstTry).count()
    }

    /// The number of questions answered right only after a wrong choice.
    pub fn missed_count(&self) -> usize {
        self.missed().count()
    }

    /// The score by topic, in the order of the material, without topics of which nothing was answered.
    pub fn by_topic(&self) -> Vec<TopicScore> {
        let score = |topic| {
            let verdicts =
                || self.results().filter(move |&(question, _)| questions()[question].topic == topic);
            let right = verdicts().filter(|&(_, verdict)| verdict == Verdict::FirstTry).count();
            TopicScore { topic, right, answered: verdicts().count() }
        };
        Topic::ALL.into_iter().map(score).filter(|score| score.answered > 0).collect()
    }

    /// Returns the card of the next question, unless all are answered.
    pub(super) fn next_card(&self) -> Option<QuestionCard> {
        self.order.get(self.answered()).and_then(|&question| QuestionCard::new(question, self.seed))
    }

    /// Records the verdict on the next question.
    pub(super) fn record(&mut self, verdict: Verdict) {
        self.verdicts.push(verdict);
    }

    fn missed(&self) -> impl Iterator<Item = usize> {
        self.results()
            .filter(|&(_, verdict)| verdict == Verdict::CorrectAfterRetry)
            .map(|(question, _)| question)
    }

    fn results(&self) -> impl Iterator<Item = (usize, Verdict)> {
        self.order.iter().copied().zip(self.verdicts.iter().copied())
    }
}
