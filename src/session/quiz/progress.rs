//! How far a quiz has come, by the names of its questions: these outlive a bank that grows.

use super::{Card, Quiz, Round, Verdict};
use crate::lessons::questions;

/// What is kept of a quiz that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Where orders come from.
    pub(in crate::session) seed: u32,
    /// The names of the round's questions, in the order in which they are asked; none where it asks all of them and
    /// none was known yet.
    pub(in crate::session) asked: Vec<String>,
    /// What came of those answered.
    pub(in crate::session) verdicts: Vec<Verdict>,
    /// The places chosen in vain at the question shown.
    pub(in crate::session) wrong: Vec<usize>,
    /// Whether the question shown is the last one answered, and not the next.
    pub(in crate::session) answered: bool,
}

impl Quiz {
    /// What to keep of it, once begun.
    pub(in crate::session) fn progress(&self) -> Option<Progress> {
        let round = self.round()?;
        let wrong = match self {
            Self::Asking { card, .. } | Self::Answered { card, .. } => card.wrong_places().to_vec(),
            Self::Welcome | Self::Finished { .. } => Vec::new(),
        };
        Some(Progress {
            seed: round.seed(),
            asked: round.questions().map(|question| question.id.to_owned()).collect(),
            verdicts: round.verdicts().to_vec(),
            wrong,
            answered: matches!(self, Self::Answered { .. }),
        })
    }

    /// The quiz at the point that was kept; questions that are no longer known are passed over.
    pub(in crate::session) fn resumed(progress: &Progress) -> Self {
        if progress.asked.is_empty() {
            return Self::asking(Round::mixed(progress.seed));
        }
        let known: Vec<Option<usize>> = progress
            .asked
            .iter()
            .map(|id| questions().iter().position(|question| question.id == id.as_str()))
            .collect();
        let verdicts = &progress.verdicts[..progress.verdicts.len().min(known.len())];
        let shown = verdicts.len().checked_sub(usize::from(progress.answered));
        let card = shown
            .and_then(|shown| known.get(shown).copied().flatten())
            .and_then(|question| Card::new(question, progress.seed))
            .map(|card| card.with_wrong(&progress.wrong));
        let results = known.iter().zip(verdicts).filter(|(question, _)| question.is_some());
        let round = Round::resumed(
            progress.seed,
            known.iter().flatten().copied().collect(),
            results.map(|(_, &verdict)| verdict).collect(),
        );
        match (card, verdicts.last()) {
            _ if round.is_empty() => Self::Welcome,
            (Some(card), Some(&verdict)) if progress.answered => Self::Answered { round, card, verdict },
            (Some(card), _) if !progress.answered => Self::Asking { round, card },
            _ => Self::asking(round),
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

    fn begun() -> Progress {
        Quiz::Welcome.after(QuizAction::Start(5)).progress().unwrap()
    }

    #[test]
    fn questions_that_are_no_longer_known_are_passed_over() {
        let check = |change: fn(&mut Progress), answered, len| {
            let mut progress = begun();
            progress.asked.truncate(3);
            change(&mut progress);
            let quiz = Quiz::resumed(&progress);
            let round = quiz.round().unwrap();
            assert_eq!((round.answered(), round.len()), (answered, len), "{progress:?}");
            quiz
        };
        check(|_| {}, 0, 3);
        let quiz = check(
            |progress| {
                progress.asked[0] = "gone".to_owned();
                progress.wrong = vec![0, 1];
            },
            0,
            2,
        );
        assert!(matches!(quiz, Quiz::Asking { card, .. } if card.wrong_places().is_empty()));
        check(
            |progress| {
                progress.asked[0] = "gone".to_owned();
                progress.verdicts = vec![Verdict::Later, Verdict::FirstTry];
            },
            1,
            2,
        );
        check(|progress| progress.verdicts = vec![Verdict::Later; 9], 3, 3);
        check(|progress| progress.answered = true, 0, 3);
    }

    #[test]
    fn a_quiz_of_which_nothing_is_known_has_not_begun() {
        let progress = Progress { asked: vec!["gone".to_owned()], ..begun() };
        assert_eq!(Quiz::resumed(&progress), Quiz::Welcome);
    }

    #[test]
    fn a_quiz_kept_before_its_questions_were_known_begins() {
        let progress = Progress { asked: Vec::new(), ..begun() };
        assert_eq!(Quiz::resumed(&progress), Quiz::Welcome.after(QuizAction::Start(5)));
    }

    #[test]
    fn a_link_to_another_quiz_ends_one_only_when_it_is_finished() {
        let check = |change: fn(&mut Progress), seed, expected| {
            let mut progress = begun();
            progress.asked.truncate(3);
            change(&mut progress);
            let quiz = Quiz::resumed(&progress);
            let opened = quiz.clone().opened_with(seed);
            assert_eq!(opened != quiz, expected, "{quiz:?}");
        };
        check(|_| {}, Some(6), false);
        check(|progress| progress.verdicts = vec![Verdict::Later; 2], Some(6), false);
        check(|progress| progress.verdicts = vec![Verdict::Later; 3], Some(6), true);
        check(|progress| progress.verdicts = vec![Verdict::Later; 3], Some(5), false);
        check(|progress| progress.verdicts = vec![Verdict::Later; 3], None, false);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_quiz_goes_on_where_it_was_left(seed: u32, actions in vec(quiz_action(), 0..100)) {
            let quiz = actions.into_iter().fold(Quiz::Welcome.after(QuizAction::Start(seed)), Quiz::after);
            let resumed = quiz.progress().map_or(Quiz::Welcome, |progress| Quiz::resumed(&progress));
            prop_assert_eq!(resumed, quiz);
        }
    }
}
