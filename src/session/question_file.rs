//! The questions as a file of text beside the program, to be read where there is no time to compute them.
//!
//! ```text
//! waiting-line-questions 1
//!
//! of-1-chain                            its name
//! 0 3 OF-1                              topic, right option, the facts it asks for
//! An order calls four services, …       the question
//! 263 ms                                an option,
//! This is the mean of one step. …       and why it is right or wrong; three more of both
//! s=1.BwsKDAoNCg4…                      the scenario that shows the answer, as a link; where there is one
//! The four solid bars end at the line…  what to look at in it
//!
//! end
//! ```

use std::fmt;
use std::str::Lines;

use super::View;
use super::share_link::{self, Shared};
use crate::lessons::{Choice, Proof, Question, Topic};

const HEAD: &str = "waiting-line-questions 1";
/// The last line, so that a file without it is known to be cut off.
const END: &str = "end";

/// Why a file of questions cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionFileError {
    /// It begins with another line than this page's.
    OtherVersion {
        /// Its beginning.
        found: String,
    },
    /// Its end is missing.
    Truncated,
    /// A question in it is incomplete, or makes no sense.
    Damaged {
        /// Which one, counted from 1.
        number: usize,
    },
}

impl fmt::Display for QuestionFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherVersion { found } => write!(
                f,
                "the file of questions begins with \"{found}\", not with \"{HEAD}\": reload the page to update it"
            ),
            Self::Truncated => {
                f.write_str("the file of questions ends too early: reload the page to get it afresh")
            }
            Self::Damaged { number } => {
                write!(
                    f,
                    "question {number} in the file of questions is damaged: reload the page to get it afresh"
                )
            }
        }
    }
}

impl std::error::Error for QuestionFileError {}

/// The file with these questions. Their texts are of one line each.
pub fn write(questions: &[Question]) -> String {
    let mut blocks = vec![HEAD.to_owned()];
    blocks.extend(questions.iter().map(|question| lines_of(question).join("\n")));
    blocks.push(END.to_owned());
    blocks.join("\n\n")
}

/// The questions in a file, which stays in memory as long as they do.
///
/// # Errors
/// When it is of another version, incomplete, or damaged.
pub fn read(text: &'static str) -> Result<Vec<Question>, QuestionFileError> {
    let mut lines = text.lines();
    let head = lines.next().unwrap_or_default();
    if head != HEAD {
        return Err(QuestionFileError::OtherVersion { found: head.chars().take(HEAD.len()).collect() });
    }
    let mut questions = Vec::new();
    let is_whole = text.strip_suffix(END).is_some_and(|rest| rest.ends_with("\n\n"));
    if !is_whole || lines.next() != Some("") {
        return Err(QuestionFileError::Truncated);
    }
    while let Some(id) = lines.next().filter(|line| *line != END) {
        let damaged = QuestionFileError::Damaged { number: questions.len() + 1 };
        questions.push(question_in(id, &mut lines).ok_or(damaged)?);
    }
    Ok(questions)
}

fn lines_of(question: &Question) -> Vec<String> {
    let topic = Topic::ALL.iter().position(|topic| *topic == question.topic).unwrap_or_default();
    let mut lines = vec![
        question.id.to_owned(),
        format!("{topic} {} {}", question.right, question.facts.join(" ")),
        question.prompt.to_string(),
    ];
    for choice in &question.choices {
        lines.extend([choice.text.to_string(), choice.explanation.to_string()]);
    }
    if let Some(proof) = &question.proof {
        let shared =
            Shared { scenario: proof.scenario.clone(), pinned: None, view: View::Explore, quiz_seed: None };
        lines.extend([share_link::encode_shared(&shared), proof.look_at.to_string()]);
    }
    lines
}

/// The question with this name, of which the other lines follow, and the empty one behind them.
fn question_in(id: &'static str, lines: &mut Lines<'static>) -> Option<Question> {
    let mut marks = lines.next()?.split(' ');
    let topic = *Topic::ALL.get(marks.next()?.parse::<usize>().ok()?)?;
    let right = marks.next()?.parse().ok().filter(|right| *right < 4)?;
    let facts = marks.collect();
    let prompt = lines.next()?.into();
    let mut choice = || Some(Choice { text: lines.next()?.into(), explanation: lines.next()?.into() });
    let choices = [choice()?, choice()?, choice()?, choice()?];
    let mut next = lines.next()?;
    let mut proof = None;
    if !next.is_empty() {
        proof =
            Some(Proof { scenario: share_link::decode(next).ok()?.scenario, look_at: lines.next()?.into() });
        next = lines.next()?;
    }
    next.is_empty().then_some(Question { id, topic, facts, prompt, choices, right, proof })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::questions;

    fn file() -> &'static str {
        write(questions()).leak()
    }

    #[test]
    fn every_question_comes_out_as_it_went_in() {
        let read = read(file()).unwrap();
        assert_eq!(read.len(), questions().len());
        for (read, written) in read.iter().zip(questions()) {
            assert_eq!(read, written);
        }
    }

    #[test]
    fn a_file_without_questions_has_none() {
        assert_eq!(read(write(&[]).leak()), Ok(Vec::new()));
    }

    #[test]
    fn a_file_of_another_kind_is_refused() {
        let check = |text: &'static str, found: &str| {
            assert_eq!(read(text), Err(QuestionFileError::OtherVersion { found: found.to_owned() }));
        };
        check("", "");
        check("<!DOCTYPE html>\n<title>Not found</title>", "<!DOCTYPE html>");
        check("waiting-line-questions 2\n\nend", "waiting-line-questions 2");
        check("waiting-line-questions 10\n\nend", "waiting-line-questions 1");
        let sentence = read("no").unwrap_err().to_string();
        assert_eq!(
            sentence,
            "the file of questions begins with \"no\", not with \"waiting-line-questions 1\": reload the page to update it"
        );
    }

    #[test]
    fn what_is_damaged_is_named() {
        let check = |from: &str, to: &str| {
            let text = file().replacen(from, to, 1).leak();
            assert_ne!(text, file(), "{from}");
            assert_eq!(read(text), Err(QuestionFileError::Damaged { number: 1 }), "{from} to {to}");
        };
        check("\n0 3 OF-1\n", "\n99 3 OF-1\n");
        check("\n0 3 OF-1\n", "\n0 4 OF-1\n");
        check("\n0 3 OF-1\n", "\n0\n");
        check("\ns=1.", "\ns=9.");
        check("\ns=1.", "\n");
        check("\n1,050 ms\n", "\n");
        check("\nof-1-chain\n", "\nof-1-chain\n\n");
        let sentence = QuestionFileError::Damaged { number: 7 }.to_string();
        assert_eq!(
            sentence,
            "question 7 in the file of questions is damaged: reload the page to get it afresh"
        );
    }

    #[test]
    fn a_file_that_ends_too_early_is_refused() {
        let text = file();
        let ends = (HEAD.len() + 1..text.len()).filter(|end| text.is_char_boundary(*end));
        for end in ends.step_by(97).chain([text.len() - 1]) {
            assert_eq!(read(&text[..end]), Err(QuestionFileError::Truncated), "{end}");
        }
    }
}
