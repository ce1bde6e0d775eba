//! A sentence in parts, so that the page can set off what matters.

use std::borrow::Cow;
use std::fmt;

use crate::queueing::explain::ExplainedValue;

/// One or more sentences, in parts that are simply read one after the other.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sentence {
    /// The parts; spaces belong to them.
    pub parts: Vec<Part>,
}

/// A stretch of text with one emphasis.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The text.
    pub text: Cow<'static, str>,
    /// How it stands out.
    pub emphasis: Emphasis,
    /// Where it comes from, if it is a number that is computed, or says that there is no such number.
    pub origin: Option<Origin>,
}

/// Where a number of a sentence comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Origin {
    /// It is a figure of what is set.
    Here(ExplainedValue),
    /// It is that figure at another load.
    At(f64, ExplainedValue),
    /// It is the staleness of the effect of this index of the course, when it is latest.
    Worst(usize),
    /// It is how long that effect needs to catch up, or why it never does.
    CatchingUp(usize),
    /// It is that figure after the change that is to be predicted.
    Changed(ExplainedValue),
}

impl Origin {
    /// Whether the number stands in this sentence only.
    pub fn is_told_only_here(self) -> bool {
        match self {
            Self::Here(figure) => matches!(figure, ExplainedValue::Limit(_) | ExplainedValue::TailRatio),
            Self::At(_, figure) => figure == ExplainedValue::TimeoutExceeded,
            Self::Worst(_) | Self::CatchingUp(_) | Self::Changed(_) => true,
        }
    }
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
    pub(crate) fn plain(self, text: impl Into<Cow<'static, str>>) -> Self {
        self.with(text.into(), Emphasis::Plain)
    }

    /// Goes on with what the sentence is about.
    pub(super) fn strong(self, text: impl Into<Cow<'static, str>>) -> Self {
        self.with(text.into(), Emphasis::Strong)
    }

    /// Goes on with an emphasis.
    pub(super) fn with(mut self, text: Cow<'static, str>, emphasis: Emphasis) -> Self {
        self.parts.push(Part { text, emphasis, origin: None });
        self
    }

    /// Goes on with a number that comes from somewhere.
    pub(in crate::lessons) fn number(self, text: String, origin: Origin) -> Self {
        self.plain(text).from(origin)
    }

    /// Says where the number comes from that was told last.
    pub(super) fn from(mut self, origin: Origin) -> Self {
        if let Some(last) = self.parts.last_mut() {
            last.origin = Some(origin);
        }
        self
    }
}

/// The plain text, as it is announced.
impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| f.write_str(&part.text))
    }
}
