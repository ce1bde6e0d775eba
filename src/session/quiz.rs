//! The quiz: each question is answered until it is right, the first try scores, and what was missed can be retried.

mod card;
mod progress;
mod round;
mod shuffle;
#[cfg(test)]
mod tests;

pub use card::Card;
pub use progress::Progress;
pub use round::{Round, TopicScore, Verdict};

/// Where the quiz stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Quiz {
    /// Not begun.
    #[default]
    Welcome,
    /// A question waits for its right answer; wrong ones may have been chosen already.
    Asking {
        /// The questions of this round and what came of them so far.
        round: Round,
        /// The question asked.
        card: Card,
    },
    /// The right answer was chosen.
    Answered {
        /// The questions of this round and what came of them, this one included.
        round: Round,
        /// The question answered.
        card: Card,
        /// Whether it took more than one try.
        verdict: Verdict,
    },
    /// All questions of the round are answered.
    Finished {
        /// The questions of this round and what came of them.
        round: Round,
    },
}

/// What a person asks of the quiz.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuizAction {
    /// Begin a round; the seed gives its questions, their order, and that of their options.
    Start(u32),
    /// Choose the option at this place as displayed, counted from 0.
    Choose(usize),
    /// Go on from an answered question.
    Next,
    /// Begin a round of the questions that were not right at the first try.
    RetryMissed,
    /// Break the quiz off.
    Leave,
}

impl Quiz {
    /// The quiz after an action; one that makes no sense in the present state changes nothing.
    #[must_use]
    pub(super) fn after(self, action: QuizAction) -> Self {
        match (self, action) {
            (_, QuizAction::Start(seed)) => Self::asking(Round::mixed(seed)),
            (_, QuizAction::Leave) => Self::Welcome,
            (Self::Asking { round, card }, QuizAction::Choose(place)) => Self::chosen(round, card, place),
            (Self::Answered { round, .. }, QuizAction::Next) => Self::asking(round),
            (Self::Finished { round }, QuizAction::RetryMissed) if round.missed_count() > 0 => {
                Self::asking(round.of_missed())
            }
            (unchanged, _) => unchanged,
        }
    }

    /// The round that is under way or finished, where there is one.
    pub fn round(&self) -> Option<&Round> {
        match self {
            Self::Welcome => None,
            Self::Asking { round, .. } | Self::Answered { round, .. } | Self::Finished { round } => {
                Some(round)
            }
        }
    }

    /// Where the orders of its questions and options come from, once begun: a link with this seed asks the same.
    pub fn seed(&self) -> Option<u32> {
        self.round().map(Round::seed)
    }

    /// The quiz when a link with that seed is opened: it begins, unless one is under way or this very one is finished.
    #[must_use]
    pub(super) fn opened_with(self, seed: Option<u32>) -> Self {
        let is_under_way = matches!(self, Self::Asking { .. } | Self::Answered { .. });
        match seed {
            Some(seed) if !is_under_way && self.seed() != Some(seed) => self.after(QuizAction::Start(seed)),
            _ => self,
        }
    }

    /// The next question of the round, or its end.
    fn asking(round: Round) -> Self {
        match round.next_card() {
            Some(card) => Self::Asking { round, card },
            None => Self::Finished { round },
        }
    }

    fn chosen(mut round: Round, mut card: Card, place: usize) -> Self {
        if place == card.right_place() {
            let verdict = card.verdict();
            round.note(verdict);
            Self::Answered { round, card, verdict }
        } else {
            card.mark_wrong(place);
            Self::Asking { round, card }
        }
    }
}
