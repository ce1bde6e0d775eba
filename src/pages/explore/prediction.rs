//! "Predict first": a question about a change of the scenario, answered by the model.

use leptos::prelude::*;

use crate::dispatch::use_dispatch;
use crate::lessons::Prediction;
use crate::lessons::narrative::{Sentence, ValueOrigin};
use crate::pages::explore::explain::{Explanation, SentenceView, use_explainer};
use crate::scenario::Scenario;
use crate::session::Action;
use crate::strings::{explanation, explore};

/// The number of different kinds of question.
const KINDS: usize = 3;

/// A prediction about the present scenario, if it allows one.
#[component]
pub(crate) fn PredictionCard(
    /// The scenario, unchanged during a drag.
    scenario: Signal<Scenario>,
) -> impl IntoView {
    let turn = RwSignal::new(0_usize);
    let prediction = Memo::new(move |_| {
        let first = turn.get();
        let scenario = scenario.read();
        (first..first + KINDS).find_map(|turn| Prediction::for_round(&scenario, turn))
    });
    move || prediction.get().map(|prediction| view! { <Question prediction turn /> })
}

#[component]
fn Question(prediction: Prediction, turn: RwSignal<usize>) -> impl IntoView {
    let dispatch = use_dispatch();
    let Prediction { prompt, guesses, right, outcome, scenario } = prediction;
    let guess = RwSignal::new(None::<usize>);
    let button = move |(index, text): (usize, String)| {
        view! {
            <button
                type="button"
                aria-pressed=move || (guess.get() == Some(index)).to_string()
                on:click=move |_| guess.set(Some(index))
            >
                {text}
            </button>
        }
    };
    let (changed, scenario) = (StoredValue::new(scenario.clone()), scenario);
    let verdict = move || {
        let guess = guess.get()?;
        Some(view! { <Verdict is_right={guess == right} outcome=outcome.clone() changed /> })
    };
    view! {
        <div class="predict">
            <p><b>{explore::PREDICT}</b> " " {prompt}</p>
            <div class="predict-options" role="group" aria-label=explore::PREDICT>
                {guesses.into_iter().enumerate().map(button).collect_view()}
            </div>
            <p class="predict-verdict" role="status">{verdict}</p>
            <div class="predict-options" hidden=move || guess.get().is_none()>
                <button
                    type="button"
                    on:click=move |_| dispatch.send(Action::LoadScenario(scenario.clone()))
                >
                    {explore::PREDICT_SHOW_RESULT}
                </button>
                <button type="button" on:click=move |_| turn.update(|turn| *turn += 1)>
                    {explore::PREDICT_NEXT}
                </button>
            </div>
        </div>
    }
}

/// `true` if the guess was right, and the outcome that the model computes for the changed scenario.
#[component]
fn Verdict(is_right: bool, outcome: Sentence, changed: StoredValue<Scenario>) -> impl IntoView {
    let explainer = use_explainer();
    let explain = move |origin: ValueOrigin| match origin {
        ValueOrigin::AfterChange(value) => Some(changed.with_value(|changed| {
            Explanation::at_load(
                changed,
                changed.workload.load(),
                value,
                explanation::FORMULA_AFTER_CHANGE.to_owned(),
            )
        })),
        origin => explainer.explain_origin(origin),
    };
    view! {
        {if is_right { explore::PREDICT_RIGHT } else { explore::PREDICT_WRONG }}
        " "
        <SentenceView sentence=Signal::stored(outcome) explain />
    }
}
