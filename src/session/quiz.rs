//! The quiz: a question is asked until it is answered right, only the first try scores, and missed questions
//! can be retried.

mod progress;
mod question_card;
mod round;
mod shuffle;
#[cfg(test)]
mod tests;
mod verdict;

pub use progress::Progress;
pub use question_card::QuestionCard;
pub use round::{Round, TopicScore};
pub use verdict::Verdict;

/// The state of the quiz.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Quiz {
    /// No round has begun.
    #[default]
    Welcome,
    /// The question on the card waits for its right answer; wrong ones may have been chosen already.
    Asking { round: Round, card: QuestionCard },
    /// The question on the card, which the round already counts, was answered right.
    Answered { round: Round, card: QuestionCard, verdict: Verdict },
    /// All questions of the round are answered.
    Finished { round: Round },
}

/// A request to change the quiz.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuizAction {
    /// Begins a round; the seed determines its questions, their order, and that of their options.
    Start(u32),
    /// Chooses the option at this place as displayed, counted from 0.
    Choose(usize),
    /// Goes on from an answered question.
    Next,
    /// Begins a round of the questions that were not answered right at the first try.
    RetryMissed,
    /// Leaves the round.
    Leave,
}

impl Quiz {
    /// Returns the quiz after an action; an action that makes no sense in the present state changes nothing.
    #[must_use]
    pub(super) fn apply(self, action: QuizAction) -> Self {
        match (self, action) {
            (_, QuizAction::Start(seed)) => Self::ask_next(Round::shuffled(seed)),
            (_, QuizAction::Leave) => Self::Welcome,
            (Self::Asking { round, card }, QuizAction::Choose(place)) => Self::choose(round, card, place),
            (Self::Answered { round, .. }, QuizAction::Next) => Self::ask_next(round),
            (Self::Finished { round }, QuizAction::RetryMissed) if round.missed_count() > 0 => {
                Self::ask_next(round.retry_missed())
            }
            (unchanged, _) => unchanged,
        }
    }

    /// The round that has begun or is finished, if there is one.
    pub fn round(&self) -> Option<&Round> {
        match self {
            Self::Welcome => None,
            Self::Asking { round, .. } | Self::Answered { round, .. } | Self::Finished { round } => {
                Some(round)
            }
        }
    }

    /// The seed of the round, if one has begun: a link with this seed asks the same questions.
    pub fn seed(&self) -> Option<u32> {
        self.round().map(Round::seed)
    }

    /// Returns the quiz after a link with that seed was opened: its round begins, unless a round is going on
    /// or this very one is finished.
    #[must_use]
    pub(super) fn start_from_link(self, seed: Option<u32>) -> Self {
        let is_going_on = matches!(self, Self::Asking { .. } | Self::Answered { .. });
        match seed {
            Some(seed) if !is_going_on && self.seed() != Some(seed) => self.apply(QuizAction::Start(seed)),
            _ => self,
        }
    }

    /// Asks the next question of the round, or finishes it.
    fn ask_next(round: Round) -> Self {
        match round.next_card() {
            Some(card) => Self::Asking { round, card },
            None => Self::Finished { round },
        }
    }

    fn choose(mut round: Round, mut card: QuestionCard, place: usize) -> Self {
        if place == card.right_place() {
            let verdict = card.verdict();
            round.record(verdict);
            Self::Answered { round, card, verdict }
        } else {
            card.mark_wrong(place);
            Self::Asking { round, card }
        }
    }
}
