//! The behaviour of the quiz, and its invariants under any actions.

use std::collections::HashSet;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::lessons::{Topic, questions};
use crate::session::arbitrary::quiz_action;

fn quiz_after(actions: &[QuizAction]) -> Quiz {
    actions.iter().fold(Quiz::Welcome, |quiz, &action| quiz.apply(action))
}

fn card(quiz: &Quiz) -> &QuestionCard {
    match quiz {
        Quiz::Asking { card, .. } | Quiz::Answered { card, .. } => card,
        Quiz::Welcome | Quiz::Finished { .. } => {
            panic!("no question is shown in {quiz:?}")
        }
    }
}

fn right(quiz: &Quiz) -> QuizAction {
    QuizAction::Choose(card(quiz).right_place())
}

fn wrong(quiz: &Quiz) -> QuizAction {
    QuizAction::Choose((card(quiz).right_place() + 1) % 4)
}

fn ids_of(round: &Round) -> Vec<&'static str> {
    round.questions().map(|question| question.id).collect()
}

/// Answers every question of the round; those whose index is in `slips`, only at the second try.
fn finish(mut quiz: Quiz, slips: &[usize]) -> Round {
    while let Quiz::Asking { round, .. } = &quiz {
        if slips.contains(&round.answered()) {
            let slip = wrong(&quiz);
            quiz = quiz.apply(slip);
        }
        let answer = right(&quiz);
        quiz = quiz.apply(answer).apply(QuizAction::Next);
    }
    let Quiz::Finished { round } = quiz else { panic!("the round did not end: {quiz:?}") };
    round
}

#[test]
fn a_wrong_choice_stays_marked_and_the_question_stays_asked() {
    let asked = quiz_after(&[QuizAction::Start(1)]);
    let slip = wrong(&asked);
    let again = asked.clone().apply(slip).apply(slip);
    let QuizAction::Choose(place) = slip else { unreachable!() };
    assert_eq!(card(&again).wrong_places(), [place]);
    assert!(matches!(&again, Quiz::Asking { round, .. } if round.answered() == 0));
    let answer = right(&again);
    let answered = again.apply(answer);
    let Quiz::Answered { verdict, round, .. } = &answered else { panic!("{answered:?}") };
    assert_eq!((*verdict, round.score()), (Verdict::CorrectAfterRetry, 0));
}

#[test]
fn the_first_try_scores() {
    let asked = quiz_after(&[QuizAction::Start(1)]);
    let answer = right(&asked);
    let answered = asked.apply(answer);
    assert!(
        matches!(&answered, Quiz::Answered { verdict: Verdict::FirstTry, round, .. } if round.score() == 1)
    );
}

#[test]
fn what_makes_no_sense_changes_nothing() {
    let check = |quiz: &Quiz, action| assert_eq!(quiz.clone().apply(action), *quiz, "{action:?}");
    check(&Quiz::Welcome, QuizAction::Choose(0));
    check(&Quiz::Welcome, QuizAction::Next);
    check(&Quiz::Welcome, QuizAction::RetryMissed);
    let asked = quiz_after(&[QuizAction::Start(1)]);
    check(&asked, QuizAction::Choose(4));
    check(&asked, QuizAction::Next);
    check(&asked, QuizAction::RetryMissed);
    let answer = right(&asked);
    let answered = asked.apply(answer);
    check(&answered, QuizAction::Choose(0));
    let perfect = Quiz::Finished { round: finish(quiz_after(&[QuizAction::Start(1)]), &[]) };
    check(&perfect, QuizAction::RetryMissed);
    check(&perfect, QuizAction::Next);
}

#[test]
fn a_round_asks_no_question_twice_and_shows_every_option_once() {
    let mut quiz = quiz_after(&[QuizAction::Start(7)]);
    let mut seen = HashSet::new();
    while let Quiz::Asking { .. } = quiz {
        let shown = card(&quiz);
        assert!(seen.insert(shown.question().id));
        let texts: HashSet<&str> = shown.choices().iter().map(|choice| choice.text.as_ref()).collect();
        assert_eq!(texts.len(), 4);
        assert_eq!(shown.choices()[shown.right_place()], &shown.question().choices[shown.question().right]);
        let answer = right(&quiz);
        quiz = quiz.apply(answer).apply(QuizAction::Next);
    }
    assert_eq!(seen.len(), Round::MAX_QUESTIONS.min(questions().len()));
}

#[test]
fn the_seed_gives_the_order_of_questions_and_of_options() {
    let ids = |seed| {
        let Quiz::Asking { round, .. } = quiz_after(&[QuizAction::Start(seed)]) else {
            panic!("nothing is asked")
        };
        ids_of(&round)
    };
    assert_eq!(ids(5), ids(5));
    assert_ne!(ids(5), ids(6));
    let places: HashSet<usize> =
        (0..100).map(|seed| QuestionCard::new(0, seed).unwrap().right_place()).collect();
    assert_eq!(places.len(), 4);
}

#[test]
fn the_score_is_told_by_topic() {
    let round = finish(quiz_after(&[QuizAction::Start(3)]), &[0, 4]);
    let all = round.len();
    assert_eq!((round.score(), round.missed_count(), round.answered()), (all - 2, 2, all));
    for score in round.by_topic() {
        assert_eq!(
            score.answered,
            round.questions().filter(|question| question.topic == score.topic).count()
        );
    }
    let topics: Vec<Topic> = round.by_topic().iter().map(|score| score.topic).collect();
    assert!(topics.is_sorted(), "topics come in the order of the material: {topics:?}");
    assert_eq!(round.by_topic().iter().map(|score| score.right).sum::<usize>(), all - 2);
}

#[test]
fn what_was_missed_can_be_retried_until_nothing_is() {
    let first = finish(quiz_after(&[QuizAction::Start(3)]), &[0, 4]);
    let ids = ids_of(&first);
    let retry = Quiz::Finished { round: first }.apply(QuizAction::RetryMissed);
    let asked: HashSet<&str> = ids_of(retry.round().unwrap()).into_iter().collect();
    assert_eq!(asked, HashSet::from([ids[0], ids[4]]));
    let second = finish(retry, &[1]);
    assert_eq!((second.len(), second.score(), second.missed_count()), (2, 1, 1));
}

#[test]
fn leaving_ends_the_quiz() {
    assert_eq!(quiz_after(&[QuizAction::Start(1), QuizAction::Leave]), Quiz::Welcome);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_actions_leave_a_quiz_that_adds_up(actions in vec(quiz_action(), 0..200)) {
        let mut quiz = Quiz::Welcome.apply(QuizAction::Start(11));
        for action in actions {
            quiz = quiz.apply(action);
            if let Some(round) = quiz.round() {
                prop_assert!(!round.is_empty());
                prop_assert!(round.answered() <= round.len());
                prop_assert_eq!(round.score() + round.missed_count(), round.answered());
            }
            match &quiz {
                Quiz::Asking { round, card } => {
                    prop_assert!(round.answered() < round.len());
                    prop_assert!(!card.wrong_places().contains(&card.right_place()));
                }
                Quiz::Answered { card, verdict, .. } => {
                    prop_assert_eq!(*verdict == Verdict::FirstTry, card.wrong_places().is_empty());
                }
                Quiz::Finished { round } => prop_assert_eq!(round.answered(), round.len()),
                Quiz::Welcome => {}
            }
        }
    }
}
