//! The dialog "why?", which explains any number that the model computed: the law, the formula with the values
//! that are set, the source, and its accuracy.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::Dialog;
use crate::lessons::narrative::ValueOrigin;
use crate::pages::explore::load_action::load_text;
use crate::pages::explore::state::{EvaluatedScenario, ExploreState};
use crate::queueing::evaluate;
use crate::queueing::explain::{Derivation, ExplainedValue, explain};
use crate::scenario::Scenario;
use crate::strings::explanation;

/// The content of the dialog for one number.
#[derive(Clone, Default)]
pub(crate) struct Explanation {
    pub(crate) name: String,
    /// The values that the formula is shown with.
    pub(crate) values: String,
    /// `None` if the model has no such number for the scenario.
    pub(crate) derivation: Option<Derivation>,
}

impl Explanation {
    /// Explains a number of a scenario at another load, for which the scenario is evaluated.
    pub(crate) fn at_load(scenario: &Scenario, load: f64, figure: ExplainedValue, values: String) -> Self {
        let scenario = Scenario { workload: scenario.workload.with_load(load), ..scenario.clone() };
        let evaluation = evaluate(&scenario).ok();
        let derivation = evaluation.and_then(|evaluation| explain(&scenario, &evaluation, figure));
        Self { name: explanation::value_name(figure, &scenario), values, derivation }
    }

    fn of(evaluated: &EvaluatedScenario, figure: ExplainedValue, values: &str) -> Self {
        let EvaluatedScenario { scenario, evaluation } = evaluated;
        let derivation =
            evaluation.as_ref().ok().and_then(|evaluation| explain(scenario, evaluation, figure));
        Self { name: explanation::value_name(figure, scenario), values: values.to_owned(), derivation }
    }
}

/// Opens the dialog; provided in the context of Explore.
#[derive(Clone, Copy)]
pub(crate) struct Explainer {
    evaluated: Memo<Arc<EvaluatedScenario>>,
    baseline: Memo<Option<Arc<EvaluatedScenario>>>,
    explanation: RwSignal<Explanation>,
    open: RwSignal<bool>,
}

impl Explainer {
    /// Provides an explainer to all components below.
    pub(crate) fn provide(state: ExploreState) -> Self {
        let explainer = Self {
            evaluated: state.evaluated,
            baseline: state.baseline,
            explanation: RwSignal::default(),
            open: RwSignal::new(false),
        };
        provide_context(explainer);
        explainer
    }

    pub(crate) fn open(self, explanation: Explanation) {
        self.explanation.set(explanation);
        self.open.set(true);
    }

    /// Explains a number of the scenario that is set.
    pub(crate) fn explain_current(self, figure: ExplainedValue) -> Explanation {
        Explanation::of(&self.evaluated.read_untracked(), figure, explanation::FORMULA)
    }

    /// Explains a number of a sentence about the scenario that is set; `None` if the number is about another
    /// scenario.
    pub(crate) fn explain_origin(self, origin: ValueOrigin) -> Option<Explanation> {
        match origin {
            ValueOrigin::Current(figure) => Some(self.explain_current(figure)),
            ValueOrigin::AtLoad(load, figure) => {
                let scenario = &self.evaluated.read_untracked().scenario;
                let values = explanation::formula_at(&load_text(scenario.workload, load));
                Some(Explanation::at_load(scenario, load, figure, values))
            }
            ValueOrigin::WorstStaleness(_) | ValueOrigin::CatchUpTime(_) | ValueOrigin::AfterChange(_) => {
                None
            }
        }
    }

    /// Explains a number of the pinned scenario; of the scenario that is set, if nothing is pinned.
    pub(crate) fn explain_baseline(self, figure: ExplainedValue) -> Explanation {
        match &*self.baseline.read_untracked() {
            Some(baseline) => Explanation::of(baseline, figure, explanation::FORMULA_PINNED),
            None => self.explain_current(figure),
        }
    }
}

/// The explainer of Explore.
pub(crate) fn use_explainer() -> Explainer {
    expect_context()
}

/// A number of the scenario that is set; pressing it explains it.
#[component]
pub(crate) fn ExplainableNumber(
    #[prop(into)] text: Signal<String>,
    /// The number to explain; `None` if it is not computed at the moment.
    #[prop(into)]
    value: Callback<(), Option<ExplainedValue>>,
    /// `true` if the Tab key stops here. It need not where the same number stands elsewhere too.
    #[prop(default = true)]
    tab_stop: bool,
) -> impl IntoView {
    let explainer = use_explainer();
    let explain = move || value.run(()).map(|value| explainer.explain_current(value));
    view! { <ExplainButton text explain tab_stop /> }
}

/// A number with an explanation of its own.
#[component]
pub(crate) fn ExplainButton(
    #[prop(into)] text: Signal<String>,
    #[prop(into)] explain: Callback<(), Option<Explanation>>,
    #[prop(default = true)] tab_stop: bool,
) -> impl IntoView {
    let explainer = use_explainer();
    let open = move |_| {
        if let Some(explanation) = explain.run(()) {
            explainer.open(explanation);
        }
    };
    view! {
        <button
            type="button"
            class="why"
            title=explanation::TITLE
            tabindex=if tab_stop { "0" } else { "-1" }
            on:click=open
        >
            {text}
        </button>
    }
}

/// The dialog itself.
#[component]
pub(crate) fn ExplainDialog(explainer: Explainer) -> impl IntoView {
    view! {
        <Dialog title=explanation::TITLE open=explainer.open>
            {move || explanation_view(explainer.explanation.get())}
        </Dialog>
    }
}

fn explanation_view(Explanation { name, values, derivation }: Explanation) -> impl IntoView {
    let Some(Derivation { law, formula, accuracy }) = derivation else {
        return view! { <p class="why-name">{name}</p><p>{explanation::NO_EXPLANATION}</p> }.into_any();
    };
    let rows = [
        (explanation::LAW, law.name().to_owned()),
        (explanation::ACCURACY, explanation::accuracy(accuracy)),
        (explanation::SOURCE, law.source().to_owned()),
    ];
    view! {
        <p class="why-name">{name}</p>
        <p class="panel-sub">{values}</p>
        <p class="why-formula">{formula}</p>
        <dl class="why-terms">
            {rows.map(|(term, meaning)| view! { <dt>{term}</dt><dd>{meaning}</dd> }).collect_view()}
        </dl>
        <p class="panel-sub">{explanation::LIBRARY_HINT}</p>
    }
    .into_any()
}
