//! Sentences about a scenario whose numbers can be explained.

use std::sync::Arc;

use leptos::prelude::*;

use crate::lessons::narrative::{Emphasis, Sentence, TextSpan, ValueOrigin};
use crate::pages::explore::explain::dialog::{ExplainButton, Explanation, use_explainer};
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::Evaluation;
use crate::scenario::Scenario;

/// A sentence about an evaluated scenario. Its numbers are explained for the scenario that is set.
#[component]
pub(crate) fn ScenarioSentence(
    #[prop(into)] evaluated: Signal<Arc<EvaluatedScenario>>,
    write: fn(&Scenario, &Evaluation) -> Sentence,
    /// The text for a scenario that the model rejects.
    #[prop(optional)]
    fallback: &'static str,
) -> impl IntoView {
    let sentence = move || {
        let evaluated = evaluated.read();
        let sentence = evaluated.evaluation.as_ref().map(|evaluation| write(&evaluated.scenario, evaluation));
        sentence.unwrap_or_else(|_| Sentence::default().plain(fallback))
    };
    let explainer = use_explainer();
    view! { <SentenceView sentence explain=move |origin| explainer.explain_origin(origin) /> }
}

/// A reactive sentence. While its structure is unchanged, only the words that differ are updated.
#[component]
pub(crate) fn SentenceView(
    #[prop(into)] sentence: Signal<Sentence>,
    /// Explains a number of the sentence.
    #[prop(into)]
    explain: Callback<ValueOrigin, Option<Explanation>>,
) -> impl IntoView {
    let sentence = Memo::new(move |_| sentence.get());
    let structure = Memo::new(move |_| {
        let span = |span: &TextSpan| (span.emphasis, span.origin.map(ValueOrigin::is_tab_stop));
        sentence.read().spans.iter().map(span).collect::<Vec<SpanStructure>>()
    });
    let span = move |(index, structure): (usize, SpanStructure)| {
        let text = Signal::derive(move || {
            sentence.read().spans.get(index).map(|span| span.text.to_string()).unwrap_or_default()
        });
        let explain = move || {
            let origin = sentence.read_untracked().spans.get(index)?.origin;
            explain.run(origin?)
        };
        span_view(text, structure, explain)
    };
    move || structure.get().into_iter().enumerate().map(span).collect_view()
}

/// The emphasis of a span; and, for a number that can be explained, whether the Tab key stops at it.
type SpanStructure = (Emphasis, Option<bool>);

fn span_view(
    text: Signal<String>,
    (emphasis, tab_stop): SpanStructure,
    explain: impl Fn() -> Option<Explanation> + Send + Sync + 'static,
) -> impl IntoView {
    let emphasis = match emphasis {
        Emphasis::Plain => "plain",
        Emphasis::Strong => "strong",
        Emphasis::Sync => "sync",
        Emphasis::Async => "async",
        Emphasis::Wait => "wait",
    };
    let content = match tab_stop {
        Some(tab_stop) => view! { <ExplainButton text explain tab_stop /> }.into_any(),
        None => text.into_any(),
    };
    view! { <span class="said" data-emphasis=emphasis>{content}</span> }
}
