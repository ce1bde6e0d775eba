use std::collections::HashSet;

use super::*;

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

/// Options are shown in any order, so no text may point at one by its place; and a curve has a better name.
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
    let bank = questions();
    for (id, right) in [
        ("of-1-chain", "1,050 ms"),
        ("of-2-slow-email", "3.65 s"),
        ("of-4-connections", "76.2"),
        ("of-4-workers", "200"),
        ("of-5-hybrid", "500 ms"),
        ("of-5-publish", "520 ms"),
        ("of-7-backlog", "Answers stay quick; email’s backlog grows by 2 each second"),
        ("of-7-consumers", "300"),
        ("of-8-open", "900 ms"),
        ("of-8-closed", "5.25 s"),
        ("ap-1-rate", "1,600 per second"),
        ("ap-2-payload", "2.0 Gbit/s"),
        ("ap-3-wait", "1,070 ms"),
    ] {
        let question = bank.iter().find(|question| question.id == id).unwrap();
        assert_eq!(question.choices[question.right].text, right, "{id}");
    }
}

#[test]
fn steps_are_listed_as_a_sentence_does() {
    assert_eq!(
        steps_in_words(&PresetId::AllSync.scenario()),
        "payment 300 ms, inventory 200 ms, email 400 ms and analytics 150 ms"
    );
}
