//! The quiz: each answer is judged at once, a question is answered until it is right, the first try is
//! scored.

use serde_json::json;
use waiting_line::lessons::{Question, questions};

use crate::support::{Page, Screen, Site, Theme, key};

/// Opens the page and starts a quiz.
fn start_quiz() -> Page {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.click_button("Practise");
    page.click_button("Start the questions");
    page.expect_count("#prompt", 1);
    page
}

/// The number of questions in a round.
const ROUND: usize = 20;

fn normalize(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the question that the page shows.
#[track_caller]
fn current_question(page: &Page) -> &'static Question {
    let prompt = page.text("#prompt");
    questions()
        .iter()
        .find(|question| normalize(&question.prompt) == prompt)
        .unwrap_or_else(|| panic!("no question {prompt}"))
}

/// Returns the texts of the options in the order shown, each after its number.
fn options(page: &Page) -> Vec<String> {
    let texts = page.eval("harness.findAll('.answer').map((option) => harness.normalize(option.innerText))");
    serde_json::from_value(texts).unwrap()
}

/// Returns the keys of the right option and of the wrong ones.
#[track_caller]
fn option_keys(page: &Page) -> (String, Vec<String>) {
    let question = current_question(page);
    let text = normalize(&question.choices[question.right].text);
    let key = |index: usize| (index + 1).to_string();
    let options = options(page);
    let right = options.iter().position(|option| option[2..] == text);
    let right = right.unwrap_or_else(|| panic!("{text} is none of {options:#?}"));
    (key(right), (0..4).filter(|index| *index != right).map(key).collect())
}

/// Presses the key of the right option, and goes on to the next question or to the score.
#[track_caller]
fn answer_right(page: &Page) {
    page.press_keys(&[&option_keys(page).0]);
    go_on(page);
}

/// Presses Enter below an answered question, and waits for the next one or for the score.
#[track_caller]
fn go_on(page: &Page) {
    page.expect_count(".answer-why", 4);
    page.press_keys(&[key::ENTER]);
    page.expect_count(".answer-why", 0);
    page.wait_until_idle();
}

/// Expects the start of the feedback below the options, and that it has the focus.
#[track_caller]
fn expect_feedback(page: &Page, start: &str) {
    page.wait_until(&format!("harness.text('.feedback h3').startsWith({})", json!(start)));
    page.expect_focus(".feedback h3");
}

#[test]
fn a_question_has_four_options_and_keys_for_them() {
    let page = start_quiz();
    assert!(questions().len() >= 15);
    page.expect_text(".progress span", &format!("Question 1 of {ROUND}"));
    let question = current_question(&page);
    let options = options(&page);
    assert_eq!(options.len(), 4);
    for (number, option) in (1..).zip(&options) {
        assert!(option.starts_with(&number.to_string()), "{option}");
    }
    for choice in &question.choices {
        let text = normalize(&choice.text);
        assert!(options.iter().any(|option| option[2..] == text), "{text} is none of {options:#?}");
    }
}

#[test]
fn a_wrong_answer_is_explained_at_once_and_another_can_be_chosen() {
    let page = start_quiz();
    let question = current_question(&page);
    let (right, wrong) = option_keys(&page);
    page.press_keys(&[&wrong[0]]);
    expect_feedback(&page, "Not yet. Read why, and choose again.");
    // Only the chosen option is explained: the others can still be chosen.
    page.expect_count(".answer-why", 1);
    page.expect_text("[data-verdict=wrong] .answer-verdict", "✕ Not this one");
    // A wrong option cannot be chosen twice.
    page.press_keys(&[&wrong[0]]);
    page.wait_until_idle();
    page.expect_count(".answer-why", 1);
    page.press_keys(&[&right]);
    expect_feedback(&page, "Right. It counts when it comes at the first try");
    page.expect_count(".answer-why", 4);
    for choice in &question.choices {
        page.expect_text_contains(".answers", &[&normalize(&choice.explanation)]);
    }
    page.press_keys(&[key::ENTER]);
    page.expect_text(".progress span", &format!("Question 2 of {ROUND}"));
}

#[test]
fn a_right_answer_at_the_first_try_counts() {
    let page = start_quiz();
    let (right, _) = option_keys(&page);
    page.click(&format!(".answers li:nth-child({right}) .answer"));
    expect_feedback(&page, "Right at the first try.");
    page.expect_count(".answer-why", 4);
    page.expect_text("[data-verdict=right] .answer-verdict", "✓ Right");
    page.click_button("Next question");
    page.expect_count(".answer-why", 0);
}

#[test]
fn letters_choose_too_and_the_next_question_takes_the_focus() {
    let page = start_quiz();
    let (right, _) = option_keys(&page);
    page.press_keys(&[["a", "b", "c", "d"][right.parse::<usize>().unwrap() - 1]]);
    expect_feedback(&page, "Right at the first try.");
    page.press_keys(&[key::TAB]);
    page.press_keys(&[key::ENTER]);
    page.expect_text(".progress span", &format!("Question 2 of {ROUND}"));
    // The button that had the focus is gone.
    page.expect_focus("#prompt");
}

#[test]
fn show_me_opens_the_scenario_that_proves_it() {
    let page = start_quiz();
    while current_question(&page).proof.is_none() {
        answer_right(&page);
    }
    let question = current_question(&page);
    let proof = question.proof.as_ref().unwrap();
    page.press_keys(&[&option_keys(&page).0]);
    page.click_button("Show me in Explore");
    page.expect_text(".views [aria-current=page]", "Explore");
    page.expect_text(".toast", &normalize(&proof.hint));
    let names: Vec<&str> = proof.scenario.steps.iter().map(|step| step.name.as_str()).collect();
    page.expect_step_names(&names);
    page.click_button("Practise");
    // The quiz is where it was left.
    page.expect_text("#prompt", &normalize(&question.prompt));
    page.expect_count(".answer-why", 4);
}

#[test]
fn the_score_counts_first_tries_and_the_missed_ones_can_be_retried() {
    let page = start_quiz();
    let is_missed = |number: &usize| number % 9 == 7;
    for number in 0..ROUND {
        if is_missed(&number) {
            page.press_keys(&[&option_keys(&page).1[1]]);
            page.expect_count(".answer-why", 1);
        }
        answer_right(&page);
    }
    let missed = (0..ROUND).filter(is_missed).count();
    page.expect_text(".score", &format!("{} of {ROUND} right at the first try", ROUND - missed));
    page.wait_until("harness.findAll('.topics li').length >= 5");
    page.screenshot("practise-score");
    page.click_button("Retry the missed ones");
    page.expect_text(".progress span", &format!("Question 1 of {missed}"));
    for _ in 0..missed {
        answer_right(&page);
    }
    page.expect_text(".score", &format!("{missed} of {missed} right at the first try"));
    page.expect_eval(
        "harness.findAll('button').some((button) => button.textContent.startsWith('Retry'))",
        false,
    );
    page.click_button("Start again, newly mixed");
    page.expect_text(".progress span", &format!("Question 1 of {ROUND}"));
}

#[test]
fn keys_in_the_quiz_do_not_reach_through_a_sheet() {
    let page = start_quiz();
    page.press_keys(&["?"]);
    page.expect_count("dialog[open]", 1);
    page.press_keys(&["1"]);
    page.press_keys(&[key::ESCAPE]);
    page.expect_count("dialog[open]", 0);
    page.wait_until_idle();
    page.expect_count(".answer-why", 0);
}
