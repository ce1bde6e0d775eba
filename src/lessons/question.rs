//! Types of the quiz: a question, its options, and the scenario that proves the answer.

use std::borrow::Cow;

use super::Topic;
use crate::scenario::Scenario;

/// A multiple-choice question with one right option.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Key in stored progress and links. Never change it once published.
    pub id: &'static str,
    pub topic: Topic,
    /// Numbers of the facts of the material that the question tests, such as "OF-2".
    pub findings: Vec<&'static str>,
    pub prompt: Cow<'static, str>,
    /// In no fixed order: the quiz shuffles them.
    pub choices: [Choice; 4],
    /// Index of the right option in `choices`.
    pub right: usize,
    pub proof: Option<Proof>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub text: Cow<'static, str>,
    /// Says why the option is right or wrong, without a reference to its position.
    pub explanation: Cow<'static, str>,
}

/// A scenario that shows in Explore why the answer is right.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    pub scenario: Scenario,
    /// A sentence that says what to look at.
    pub hint: Cow<'static, str>,
}
