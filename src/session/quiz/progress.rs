//! The progress of a quiz by the identities of its questions, which stay valid when the bank grows.

use super::{QuestionCard, Quiz, Round, Verdict};
use crate::lessons::questions;

/// The stored part of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub(in crate::session) seed: u32,
    /// The identities of the round's questions in order. States stored before the page knew its questions
    /// have none: they stand for a new round.
    pub(in crate::session) questions: Vec<String>,
    /// The verdicts on the questions answered.
    pub(in crate::session) verdicts: Vec<Verdict>,
    /// The places of the wrong options chosen at the question shown.
    pub(in crate::session) wrong: Vec<usize>,
    /// Set if the question shown is the last one answered, and not the next.
    pub(in crate::session) is_answered: bool,
}

impl Quiz {
    /// Returns what to store of the round, if one has begun.
    pub(in crate::session) fn progress(&self) -> Option<Progress> {
        let round = self.round()?;
        let wrong = match self {
            Self::Asking { card, .. } | Self::Answered { card, .. } => card.wrong_places().to_vec(),
            Self::Welcome | Self::Finished { .. } => Vec::new(),
        };
        Some(Progress {
            seed: round.seed(),
            questions: round.questions().map(|question| question.id.to_owned()).collect(),
            verdicts: round.verdicts().to_vec(),
            wrong,
            is_answered: matches!(self, Self::Answered { .. }),
        })
    }

    /// Returns the quiz at the stored point; questions that no longer exist are skipped.
    pub(in crate::session) fn resume(progress: &Progress) -> Self {
        if progress.questions.is_empty() {
            return Self::ask_next(Round::shuffled(progress.seed));
        }
        let indices: Vec<Option<usize>> = progress
            .questions
            .iter()
            .map(|id| questions().iter().position(|question| question.id == id.as_str()))
            .collect();
        let verdicts = &progress.verdicts[..progress.verdicts.len().min(indices.len())];
        let shown = verdicts.len().checked_sub(usize::from(progress.is_answered));
        let card = shown
            .and_then(|shown| indices.get(shown).copied().flatten())
            .and_then(|question| QuestionCard::new(question, progress.seed))
            .map(|card| card.with_wrong(&progress.wrong));
        let results = indices.iter().zip(verdicts).filter(|(question, _)| question.is_some());
        let round = Round::resume(
            progress.seed,
            indices.iter().flatten().copied().collect(),
            results.map(|(_, &verdict)| verdict).collect(),
        );
        match (card, verdicts.last()) {
            _ if round.is_empty() => Self::Welcome,
            (Some(card), Some(&verdict)) if progress.is_answered => Self::Answered { round, card, verdict },
            (Some(card), _) if !progress.is_answered => Self::Asking { round, card },
            _ => Self::ask_next(round),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::session::QuizAction;
    use crate::session::arbitrary::quiz_action;

    fn new_progress() -> Progress {
        Quiz::Welcome.apply(QuizAction::Start(5)).progress().unwrap()
    }

    #[test]
    fn questions_that_are_no_longer_known_are_passed_over() {
        let check = |change: fn(&mut Progress), answered, len| {
            let mut progress = new_progress();
            progress.questions.truncate(3);
            change(&mut progress);
            let quiz = Quiz::resume(&progress);
            let round = quiz.round().unwrap();
            assert_eq!((round.answered(), round.len()), (answered, len), "{progress:?}");
            quiz
        };
        check(|_| {}, 0, 3);
        let quiz = check(
            |progress| {
                progress.questions[0] = "gone".to_owned();
                progress.wrong = vec![0, 1];
            },
            0,
            2,
        );
        assert!(matches!(quiz, Quiz::Asking { card, .. } if card.wrong_places().is_empty()));
        check(
            |progress| {
                progress.questions[0] = "gone".to_owned();
                progress.verdicts = vec![Verdict::CorrectAfterRetry, Verdict::FirstTry];
            },
            1,
            2,
        );
        check(|progress| progress.verdicts = vec![Verdict::CorrectAfterRetry; 9], 3, 3);
        check(|progress| progress.is_answered = true, 0, 3);
    }

    #[test]
    fn a_quiz_of_which_nothing_is_known_has_not_new_progress() {
        let progress = Progress { questions: vec!["gone".to_owned()], ..new_progress() };
        assert_eq!(Quiz::resume(&progress), Quiz::Welcome);
    }

    #[test]
    fn a_quiz_kept_before_its_questions_were_known_begins() {
        let progress = Progress { questions: Vec::new(), ..new_progress() };
        assert_eq!(Quiz::resume(&progress), Quiz::Welcome.apply(QuizAction::Start(5)));
    }

    #[test]
    fn a_link_to_another_quiz_ends_one_only_when_it_is_finished() {
        let check = |change: fn(&mut Progress), seed, expected| {
            let mut progress = new_progress();
            progress.questions.truncate(3);
            change(&mut progress);
            let quiz = Quiz::resume(&progress);
            let opened = quiz.clone().start_from_link(seed);
            assert_eq!(opened != quiz, expected, "{quiz:?}");
        };
        check(|_| {}, Some(6), false);
        check(|progress| progress.verdicts = vec![Verdict::CorrectAfterRetry; 2], Some(6), false);
        check(|progress| progress.verdicts = vec![Verdict::CorrectAfterRetry; 3], Some(6), true);
        check(|progress| progress.verdicts = vec![Verdict::CorrectAfterRetry; 3], Some(5), false);
        check(|progress| progress.verdicts = vec![Verdict::CorrectAfterRetry; 3], None, false);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_quiz_goes_on_where_it_was_left(seed: u32, actions in vec(quiz_action(), 0..100)) {
            let quiz = actions.into_iter().fold(Quiz::Welcome.apply(QuizAction::Start(seed)), Quiz::apply);
            let resumed = quiz.progress().map_or(Quiz::Welcome, |progress| Quiz::resume(&progress));
            prop_assert_eq!(resumed, quiz);
        }
    }
}
