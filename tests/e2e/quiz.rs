//! Practise: answered until right, told at once, scored by the first try.

use serde_json::json;
use waiting_line::lessons::{Question, questions};

use crate::support::{Page, Screen, Stage, Theme, key};

/// The quiz, begun.
fn begin() -> Page {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.press_button("Practise");
    page.press_button("Start the questions");
    page.wait_until("document.querySelector('#prompt')");
    page
}

/// How many questions a round has.
const ROUND: usize = 20;

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The question that is asked.
fn asked(page: &Page) -> &'static Question {
    let prompt = page.text("#prompt");
    questions()
        .iter()
        .find(|question| spaced(&question.prompt) == prompt)
        .unwrap_or_else(|| panic!("no question {prompt}"))
}

/// What the answers say, from the first to the last.
fn answers(page: &Page) -> Vec<String> {
    let texts = page.value("[...document.querySelectorAll('.answer')].map((it) => it.innerText)");
    serde_json::from_value::<Vec<String>>(texts).unwrap().iter().map(|text| spaced(text)).collect()
}

/// The keys of the right answer and of the wrong ones.
fn keys(page: &Page) -> (String, Vec<String>) {
    let question = asked(page);
    let text = spaced(&question.choices[question.right].text);
    let key = |place: usize| (place + 1).to_string();
    let places = answers(page);
    let right = places.iter().position(|answer| answer[2..] == text);
    let right = right.unwrap_or_else(|| panic!("{text} is none of {places:#?}"));
    (key(right), (0..4).filter(|place| *place != right).map(key).collect())
}

/// What stands in the message under the answers, which must have the focus.
#[track_caller]
fn told(page: &Page) -> String {
    assert_eq!(page.value("document.activeElement === document.querySelector('.feedback h3')"), true);
    page.text(".feedback h3")
}

#[test]
fn a_question_has_four_options_and_keys_for_them() {
    let page = begin();
    assert!(questions().len() >= 15);
    assert_eq!(page.text(".progress span"), format!("Question 1 of {ROUND}"));
    let question = asked(&page);
    let shown = answers(&page);
    assert_eq!(shown.len(), 4);
    for (number, answer) in (1..).zip(&shown) {
        assert!(answer.starts_with(&number.to_string()), "{answer}");
    }
    for choice in &question.choices {
        let text = spaced(&choice.text);
        assert!(shown.iter().any(|answer| answer[2..] == text), "{text} is none of {shown:#?}");
    }
}

#[test]
fn a_wrong_answer_is_explained_at_once_and_another_can_be_chosen() {
    let page = begin();
    let question = asked(&page);
    let (right, wrong) = keys(&page);
    page.press(&[&wrong[0]]);
    assert_eq!(told(&page), "Not yet. Read why, and choose again.");
    let explained = |page: &Page| page.count(".answer-why");
    assert_eq!(explained(&page), 1, "only the chosen one: the others can still be chosen");
    assert_eq!(page.text("[data-verdict=wrong] .answer-verdict"), "✕ Not this one");
    page.press(&[&wrong[0]]);
    assert_eq!(explained(&page), 1, "a wrong one cannot be chosen twice");
    page.press(&[&right]);
    assert!(told(&page).starts_with("Right. It counts when it comes at the first try"), "{}", told(&page));
    assert_eq!(explained(&page), 4, "every option is explained");
    let text = page.text(".answers");
    for choice in &question.choices {
        assert!(text.contains(&spaced(&choice.explanation)), "{} in {text}", choice.explanation);
    }
    page.press(&[key::ENTER]);
    assert_eq!(page.text(".progress span"), format!("Question 2 of {ROUND}"));
}

#[test]
fn a_right_answer_at_the_first_try_counts() {
    let page = begin();
    let (right, _) = keys(&page);
    page.click(&format!(".answers li:nth-child({right}) .answer"));
    assert_eq!(told(&page), "Right at the first try.");
    assert_eq!(page.count(".answer-why"), 4);
    assert_eq!(page.text("[data-verdict=right] .answer-verdict"), "✓ Right");
    page.press_button("Next question");
    assert_eq!(page.count(".answer-why"), 0);
}

#[test]
fn letters_choose_too_and_the_next_question_takes_the_focus() {
    let page = begin();
    let (right, _) = keys(&page);
    page.press(&[["a", "b", "c", "d"][right.parse::<usize>().unwrap() - 1]]);
    assert_eq!(told(&page), "Right at the first try.");
    page.press(&[key::TAB]);
    page.press(&[key::ENTER]);
    assert_eq!(page.text(".progress span"), format!("Question 2 of {ROUND}"));
    // Where it was is gone, so it goes to the question.
    page.wait_until("document.activeElement.id === 'prompt'");
}

#[test]
fn show_me_opens_the_scenario_that_proves_it() {
    let page = begin();
    while asked(&page).proof.is_none() {
        page.press(&[&keys(&page).0]);
        page.press(&[key::ENTER]);
    }
    let question = asked(&page);
    let proof = question.proof.as_ref().unwrap();
    page.press(&[&keys(&page).0]);
    page.press_button("Show me in Explore");
    assert_eq!(page.text(".views [aria-current=page]"), "Explore");
    assert_eq!(page.text(".toast"), spaced(&proof.look_at));
    let names: Vec<String> = proof.scenario.steps.iter().map(|step| step.name.as_str().to_owned()).collect();
    assert_eq!(page.steps(), names);
    page.press_button("Practise");
    assert_eq!(page.text("#prompt"), spaced(&question.prompt), "the quiz is where it was");
    assert_eq!(page.count(".answer-why"), 4);
}

#[test]
fn the_score_counts_first_tries_and_the_missed_ones_can_be_retried() {
    let page = begin();
    let all = ROUND;
    for number in 0..all {
        let (right, wrong) = keys(&page);
        if number % 9 == 7 {
            page.press(&[&wrong[1]]);
        }
        page.press(&[&right]);
        page.press(&[key::ENTER]);
    }
    let missed = (0..all).filter(|number| number % 9 == 7).count();
    assert_eq!(page.text(".score"), format!("{} of {all} right at the first try", all - missed));
    assert!(page.count(".topics li") >= 5);
    page.screenshot("practise-score");
    page.press_button("Retry the missed ones");
    assert_eq!(page.text(".progress span"), format!("Question 1 of {missed}"));
    for _ in 0..missed {
        page.press(&[&keys(&page).0]);
        page.press(&[key::ENTER]);
    }
    assert_eq!(page.text(".score"), format!("{missed} of {missed} right at the first try"));
    assert_eq!(
        page.value(
            "[...document.querySelectorAll('button')].some((it) => it.textContent.startsWith('Retry'))"
        ),
        false
    );
    page.press_button("Start again, newly mixed");
    assert_eq!(page.text(".progress span"), format!("Question 1 of {all}"));
}

#[test]
fn keys_in_the_quiz_do_not_reach_through_a_sheet() {
    let page = begin();
    page.press(&["?"]);
    page.press(&["1"]);
    page.press(&[key::ESCAPE]);
    assert_eq!(page.count(".answer-why"), 0, "the answer was chosen behind the sheet");
    assert_eq!(page.value(&format!("document.querySelectorAll({}).length", json!("dialog[open]"))), 0);
}
