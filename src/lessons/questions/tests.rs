use std::collections::HashSet;

use super::*;
use crate::lessons::questions;
use crate::queueing::{EffectState, Evaluation, ResourceState};

#[test]
fn every_question_has_four_different_options_and_one_right_one() {
    for question in questions() {
        assert!(question.right < 4, "{}: no answer is marked as right", question.id);
        let texts: HashSet<&str> = question.choices.iter().map(|choice| choice.text.as_ref()).collect();
        assert_eq!(texts.len(), 4, "{}: {texts:?}", question.id);
        for choice in &question.choices {
            assert!(!choice.text.is_empty(), "{}", question.id);
            assert!(choice.explanation.ends_with('.'), "{}: {}", question.id, choice.explanation);
        }
    }
}

#[test]
fn each_question_has_a_name_of_its_own() {
    let mut seen = HashSet::new();
    for question in questions() {
        assert!(seen.insert(question.id), "{} is there twice", question.id);
    }
}

/// The quiz shuffles the options, so no text may refer to the position of one.
#[test]
fn no_explanation_relies_on_the_order_of_the_options() {
    const PLACES: [&str; 10] = [
        "option a",
        "option b",
        "option c",
        "option d",
        "first option",
        "last option",
        "option above",
        "above",
        "all of these",
        "none of these",
    ];
    for question in questions() {
        for choice in &question.choices {
            for text in [&choice.text, &choice.explanation] {
                let text = text.to_lowercase();
                for place in PLACES {
                    assert!(!text.contains(place), "{}: {text}", question.id);
                }
            }
        }
    }
}

#[test]
fn the_right_figures_are_those_worked_out_by_hand() {
    let all = questions();
    for (id, right) in [
        ("of-1-chain", "1,050 ms"),
        ("of-2-slow-email", "3.65 s"),
        ("of-3-fails", "25.4 s"),
        ("of-3-limit", "19.0 per second"),
        ("of-8-knee", "About 39"),
        ("of-4-connections", "76.2"),
        ("of-4-workers", "200"),
        ("of-5-hybrid", "500 ms"),
        ("of-5-publish", "520 ms"),
        ("of-7-backlog", "Answers stay quick; email’s backlog grows by 2 each second"),
        ("of-7-consumers", "300"),
        ("of-8-open", "900 ms"),
        ("of-8-closed", "5.25 s"),
        ("hy-5-capacity", "5.3 times"),
        ("hy-5-availability", "96.95 %"),
        ("hy-5-downtime", "70.1 hours"),
        ("we-2-queue", "1,800"),
        ("we-2-drain", "90.0 s"),
        ("tr-2-work", "1,050 ms"),
        ("tr-2-done", "900 ms"),
        ("tr-2-parallel", "400 ms"),
        ("tr-3-coupling", "2.25 s"),
        ("tr-3-series", "95.1 %"),
        ("tr-8-tries", "1 in 10,000"),
        ("of-9-layers", "64"),
        ("op-1-count", "10,000"),
        ("op-3-drain", "240 s"),
        ("sc-3-users", "11.6"),
        ("sc-5-databases", "100: replicas for reads, shards for writes"),
        ("sc-5-replicas", "5.3 times"),
        ("sc-6-instances", "100"),
        ("sc-6-hybrid", "275"),
        ("sc-7-brokers", "30"),
        ("sc-8-bandwidth", "8 Gbit/s"),
        ("sc-8-copies", "48 Gbit/s"),
        ("sc-11-partitions", "12"),
        ("sc-11-readers", "400,000"),
        ("ap-1-rate", "1,600 per second"),
        ("ap-2-payload", "2.0 Gbit/s"),
        ("ap-3-wait", "1,070 ms"),
    ] {
        let question = all.iter().find(|question| question.id == id).unwrap();
        assert_eq!(question.choices[question.right].text, right, "{id}");
    }
}

#[test]
fn steps_are_listed_as_a_sentence_does() {
    assert_eq!(
        list_steps(&PresetId::AllSync.scenario()),
        "payment 300 ms, inventory 200 ms, email 400 ms and analytics 150 ms"
    );
}

/// Reads the facts of the material: number and the places that must cover it (Q is the quiz).
fn facts() -> Vec<(&'static str, &'static str)> {
    include_str!("../../../tests/content/facts.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once('\t').unwrap())
        .collect()
}

#[test]
fn every_question_asks_for_facts_of_the_material() {
    let known: HashSet<&str> = facts().into_iter().map(|(fact, _)| fact).collect();
    for question in questions() {
        assert!(!question.findings.is_empty(), "{} asks for nothing", question.id);
        for fact in &question.findings {
            assert!(known.contains(fact), "{}: there is no fact {fact}", question.id);
        }
    }
}

#[test]
fn every_fact_is_asked_for() {
    let tested: HashSet<&str> = questions().iter().flat_map(|question| &question.findings).copied().collect();
    let facts = facts();
    assert_eq!(facts.iter().filter(|(_, homes)| homes.contains('Q')).count(), 58);
    let missing: Vec<_> = facts.into_iter().filter(|(fact, _)| !tested.contains(fact)).collect();
    assert!(missing.is_empty(), "no question asks for {missing:?}");
}

/// Otherwise a learner could guess the answer by its length.
#[test]
fn the_longest_option_is_rarely_the_right_one() {
    let length = |choice: &Choice| choice.text.chars().count();
    let in_words = |question: &&Question| question.choices.iter().any(|choice| length(choice) > 14);
    let worded: Vec<&Question> = questions().iter().filter(in_words).collect();
    let longest = |question: &&&Question| {
        let right = length(&question.choices[question.right]);
        question.choices.iter().filter(|choice| length(choice) >= right).count() == 1
    };
    let count = worded.iter().filter(longest).count();
    assert!(count * 4 <= worded.len(), "{count} of {} right options are the longest", worded.len());
}

/// Computes the Flesch–Kincaid grade level. Vowel groups count as syllables.
fn reading_grade(text: &str) -> f64 {
    let words: Vec<&str> = text.split_whitespace().collect();
    let sentences = words.iter().filter(|word| word.ends_with(['.', '?', '!'])).count().max(1);
    let vowel = |letter: char| "aeiouy".contains(letter.to_ascii_lowercase());
    let syllables = |word: &str| {
        let starts = word.chars().zip(std::iter::once(' ').chain(word.chars()));
        let groups = starts.filter(|(letter, before)| vowel(*letter) && !vowel(*before)).count();
        let silent = usize::from(groups > 1 && word.trim_end_matches(['.', ',', '?']).ends_with('e'));
        (groups - silent).max(1)
    };
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let count = words.len() as f64;
    0.39 * count / sentences as f64 + 11.8 * syllables as f64 / count - 15.59
}

#[test]
fn questions_are_asked_in_plain_words() {
    for question in questions() {
        let reading_grade = reading_grade(&question.prompt);
        assert!(
            reading_grade <= 9.0,
            "{} needs school grade {reading_grade:.1}: {}",
            question.id,
            question.prompt
        );
    }
}

#[test]
fn each_topic_has_questions() {
    for topic in Topic::ALL {
        let count = questions().iter().filter(|question| question.topic == topic).count();
        assert!(count >= 5, "{topic:?} has only {count}");
    }
}

/// Explore opens the proof, so the model must be able to evaluate it.
#[test]
fn every_proof_is_a_scenario_with_an_answer() {
    for question in questions() {
        if let Some(proof) = &question.proof {
            evaluate(&proof.scenario).unwrap_or_else(|rejection| panic!("{}: {rejection}", question.id));
            assert!(proof.hint.ends_with('.'), "{}", question.id);
        }
    }
}

/// Explore must show the number that the question calls right.
#[test]
fn a_proof_shows_the_answer() {
    let check = |id: &str, shown: fn(&Evaluation) -> String| {
        let question = questions().iter().find(|question| question.id == id).unwrap();
        let evaluation = evaluate(&question.proof.as_ref().unwrap().scenario).unwrap();
        let right = &question.choices[question.right].text;
        assert!(right.contains(&shown(&evaluation)), "{id}: {right}, but {} is shown", shown(&evaluation));
    };
    for id in ["of-1-chain", "of-2-slow-email", "of-5-hybrid", "of-5-publish", "ap-3-wait", "tr-2-parallel"] {
        check(id, |evaluation| format::time(evaluation.bounds.unloaded));
    }
    check("of-3-fails", |evaluation| match evaluation.outcome {
        Outcome::Steady(steady) => format::time(steady.response_time),
        other => panic!("{other:?}"),
    });
    check("of-8-knee", |evaluation| format::mean_count(evaluation.bounds.knee.unwrap().round()));
    check("of-4-connections", |evaluation| match evaluation.resources[3].state {
        ResourceState::Steady { in_service, .. } => format::mean_count(in_service),
        ResourceState::Growing { .. } => panic!("email keeps up"),
    });
    check("of-7-backlog", |evaluation| match (evaluation.outcome, evaluation.effects[0].state) {
        (Outcome::Steady(steady), EffectState::FallingBehind { growth, .. })
            if steady.response_time < evaluation.bounds.unloaded * 1.05 =>
        {
            format::configured_rate(growth)
        }
        other => panic!("answers are not quick, or email keeps up: {other:?}"),
    });
}
