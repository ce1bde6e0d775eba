//! A sentence in parts, so that the page can set off what matters.

use std::borrow::Cow;
use std::fmt;

/// One or more sentences, in parts that are simply read one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    /// The parts; spaces belong to them.
    pub parts: Vec<Part>,
}

/// A stretch of text with one emphasis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The text.
    pub text: Cow<'static, str>,
    /// How it stands out.
    pub emphasis: Emphasis,
}

/// What a stretch of text stands out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Emphasis {
    /// It does not.
    Plain,
    /// As what the sentence is about.
    Strong,
    /// As work before the answer, in its colour.
    Sync,
    /// As work after the answer, in its colour.
    Async,
    /// As waiting, in its colour.
    Wait,
}

impl Sentence {
    /// Goes on without emphasis.
    pub(super) fn plain(self, text: impl Into<Cow<'static, str>>) -> Self {
        self.with(text.into(), Emphasis::Plain)
    }

    /// Goes on with what the sentence is about.
    pub(super) fn strong(self, text: impl Into<Cow<'static, str>>) -> Self {
        self.with(text.into(), Emphasis::Strong)
    }

    /// Goes on with an emphasis.
    pub(super) fn with(mut self, text: Cow<'static, str>, emphasis: Emphasis) -> Self {
        self.parts.push(Part { text, emphasis });
        self
    }
}

/// The plain text, as it is announced.
impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| f.write_str(&part.text))
    }
}
