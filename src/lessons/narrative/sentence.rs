//! A sentence as a list of spans with an emphasis, so that the page can highlight words and explain numbers.

use std::borrow::Cow;
use std::fmt;

use crate::queueing::explain::ExplainedValue;

/// A sentence or several. The text is the concatenation of the spans.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sentence {
    /// Spaces between words are part of the spans.
    pub spans: Vec<TextSpan>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TextSpan {
    pub text: Cow<'static, str>,
    pub emphasis: Emphasis,
    /// Set for a computed number, and for words that say that there is no such number.
    pub origin: Option<ValueOrigin>,
}

/// The computation behind a number in a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ValueOrigin {
    /// A value of the current scenario.
    Current(ExplainedValue),
    /// A value at another load, in users or orders per second.
    AtLoad(f64, ExplainedValue),
    /// The maximum staleness of the effect with this index in the transient.
    WorstStaleness(usize),
    /// The time that this effect needs to catch up, or the reason why it never does.
    CatchUpTime(usize),
    /// A value after the change of a prediction.
    AfterChange(ExplainedValue),
}

impl ValueOrigin {
    /// Returns `true` if the number appears only in this sentence, so that the Tab key must reach it here.
    pub fn is_tab_stop(self) -> bool {
        match self {
            Self::Current(value) => matches!(value, ExplainedValue::Limit(_) | ExplainedValue::TailRatio),
            Self::AtLoad(_, value) => value == ExplainedValue::TimeoutExceeded,
            Self::WorstStaleness(_) | Self::CatchUpTime(_) | Self::AfterChange(_) => true,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Emphasis {
    Plain,
    Strong,
    /// Colour of work before the answer.
    Sync,
    /// Colour of work after the answer.
    Async,
    /// Colour of waiting.
    Wait,
}

impl Sentence {
    pub(crate) fn plain(self, text: impl Into<Cow<'static, str>>) -> Self {
        self.emphasized(text.into(), Emphasis::Plain)
    }

    pub(super) fn strong(self, text: impl Into<Cow<'static, str>>) -> Self {
        self.emphasized(text.into(), Emphasis::Strong)
    }

    pub(super) fn emphasized(mut self, text: Cow<'static, str>, emphasis: Emphasis) -> Self {
        self.spans.push(TextSpan { text, emphasis, origin: None });
        self
    }

    pub(in crate::lessons) fn number(self, text: String, origin: ValueOrigin) -> Self {
        self.plain(text).with_origin(origin)
    }

    /// Sets the origin of the last span.
    pub(super) fn with_origin(mut self, origin: ValueOrigin) -> Self {
        if let Some(last) = self.spans.last_mut() {
            last.origin = Some(origin);
        }
        self
    }
}

/// Writes the plain text, as screen readers announce it.
impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.spans.iter().try_for_each(|span| f.write_str(&span.text))
    }
}
