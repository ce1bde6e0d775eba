//! "Why?": every number that the model computed can be explained, in sentences, tables and charts.

mod dialog;
mod key_figure;
mod sentence;
mod table;

pub(crate) use dialog::{ExplainDialog, ExplainableNumber, Explainer, Explanation, use_explainer};
pub(crate) use key_figure::KeyFigure;
pub(crate) use sentence::{ScenarioSentence, SentenceView};
pub(crate) use table::{CellIndex, ExplainableTable, NumberCell};
