//! Predict first, then see.

use leptos::prelude::*;

use crate::lesson::Prediction;
use crate::session::Action;
use crate::text::explore;
use crate::views::dispatch::use_dispatch;
use crate::views::explore::lens::{Lens, still_while};

/// One question about what a change would do, answered by the model.
#[component]
pub(crate) fn Predict(
    /// What the question is about.
    lens: Lens,
) -> impl IntoView {
    let turn = RwSignal::new(0_usize);
    let prediction = still_while(lens.dragging, move || {
        lens.scenario.with(|scenario| {
            let first = turn.get();
            // The next kind of question that this scenario allows.
            (first..first + 3).find_map(|turn| Prediction::of(scenario, turn))
        })
    });
    view! {
        {move || prediction.get().map(|prediction| view! { <Asked prediction turn /> })}
    }
}

/// One prediction: open until a guess is made, then told.
#[component]
fn Asked(prediction: Prediction, turn: RwSignal<usize>) -> impl IntoView {
    let dispatch = use_dispatch();
    let guess = RwSignal::new(None::<usize>);
    let Prediction { prompt, guesses, right, outcome, scenario } = prediction;
    let buttons = guesses
        .into_iter()
        .enumerate()
        .map(|(index, text)| {
            view! {
                <button
                    type="button"
                    aria-pressed=move || (guess.get() == Some(index)).to_string()
                    on:click=move |_| guess.set(Some(index))
                >
                    {text}
                </button>
            }
        })
        .collect_view();
    let verdict = move || {
        guess.get().map(|guess| if guess == right { explore::PREDICT_RIGHT } else { explore::PREDICT_WRONG })
    };
    let show = move |_| dispatch.apply(Action::LoadScenario(scenario.clone()));
    let outcome = StoredValue::new(outcome);
    let show = StoredValue::new(show);
    view! {
        <div class="predict">
            <p><b>{explore::PREDICT}</b> " " {prompt}</p>
            <div class="predict-options" role="group" aria-label=explore::PREDICT>{buttons}</div>
            <p role="status">
                {move || verdict().map(|verdict| view! { <b>{verdict}</b> " " {outcome.get_value()} })}
            </p>
            <Show when=move || guess.get().is_some()>
                <div class="predict-options">
                    <button type="button" on:click=move |event| show.with_value(|show| show(event))>{explore::PREDICT_SHOW}</button>
                    <button type="button" on:click=move |_| turn.update(|turn| *turn += 1)>{explore::PREDICT_AGAIN}</button>
                </div>
            </Show>
        </div>
    }
}
