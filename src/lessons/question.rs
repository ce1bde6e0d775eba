//! A question with four options, and the scenario that proves its answer.

use std::borrow::Cow;

use super::Topic;
use crate::scenario::Scenario;

/// A multiple-choice question: four options, of which one is right, each with its reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Its name in stored progress and links; never changed once published.
    pub id: &'static str,
    /// What it is about.
    pub topic: Topic,
    /// The facts of the material that it asks for, such as "OF-2".
    pub facts: Vec<&'static str>,
    /// The question.
    pub prompt: Cow<'static, str>,
    /// The options, to be shown in any order.
    pub choices: [Choice; 4],
    /// Which option is right.
    pub right: usize,
    /// The scenario that shows the answer, where one does.
    pub proof: Option<Proof>,
}

/// One option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub text: Cow<'static, str>,
    /// Why it is right or wrong, without reference to its place among the options.
    pub explanation: Cow<'static, str>,
}

/// A scenario that shows the answer in Explore.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// The scenario to open.
    pub scenario: Scenario,
    /// What to look at, in a sentence.
    pub look_at: Cow<'static, str>,
}
