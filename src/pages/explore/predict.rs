//! Predict first, then see.

use std::sync::Arc;

use leptos::prelude::*;
use markup::{component, view};

use crate::dispatch::use_dispatch;
use crate::dom::{Html, flag, part, press, stated};
use crate::lessons::Prediction;
use crate::lessons::narrative::ValueOrigin;
use crate::pages::explore::lens::Lens;
use crate::pages::explore::story::{Answers, sentence_of};
use crate::pages::explore::why::{Answer, Asking};
use crate::session::Action;
use crate::strings::{explanation, explore};

/// One question about what a change would do, answered by the model.
#[component]
pub(crate) fn Predict(
    /// What the question is about.
    lens: Lens,
) -> Html {
    let turn = RwSignal::new(0_usize);
    let prediction = Memo::new(move |before: Option<&Option<Prediction>>| {
        let now = lens.now();
        let first = turn.get();
        match before {
            Some(before) if now.dragging => before.clone(),
            // The next kind of question that this scenario allows.
            _ => (first..first + 3).find_map(|turn| Prediction::for_round(&now.scenario, turn)),
        }
    });
    Html::of(part(move || match prediction.get() {
        Some(prediction) => asked(prediction, turn),
        None => Html::several(),
    }))
}

/// One prediction: open until a guess is made, then told.
fn asked(prediction: Prediction, turn: RwSignal<usize>) -> Html {
    let dispatch = use_dispatch();
    let guess = RwSignal::new(None::<usize>);
    let Prediction { prompt, guesses, right, outcome, scenario } = prediction;
    let button = |(index, text): (usize, String)| {
        view! {
            <button type="button" aria-pressed=stated(move || guess.get() == Some(index)) on:click=press(move || guess.set(Some(index)))>
                {text}
            </button>
        }
    };
    let buttons = guesses.into_iter().enumerate().map(button).collect::<Html>();
    let is_open = flag(move || guess.get().is_none());
    let (asking, changed) = (use_context::<Asking>(), scenario.clone());
    let answers: Answers = Arc::new(move |origin| match origin {
        ValueOrigin::AfterChange(figure) => Some(Answer::at(
            &changed,
            changed.workload.load(),
            figure,
            explanation::FORMULA_AFTER_CHANGE.to_owned(),
        )),
        origin => asking?.of_told(origin),
    });
    let verdict = part(move || {
        let Some(guess) = guess.get() else { return Html::several() };
        let (outcome, answers) = (outcome.clone(), Arc::clone(&answers));
        let told = sentence_of(Box::new(move || outcome.clone()), answers);
        let verdict = if guess == right { explore::PREDICT_RIGHT } else { explore::PREDICT_WRONG };
        view! { {verdict} " " {told} }
    });
    let show = press(move || dispatch.apply(Action::LoadScenario(scenario.clone())));
    view! {
        <div class="predict">
            <p><b>{explore::PREDICT}</b> " " {prompt}</p>
            <div class="predict-options" role="group" aria-label=explore::PREDICT>{buttons}</div>
            <p class="predict-verdict" role="status">{verdict}</p>
            <div class="predict-options" hidden=is_open>
                <button type="button" on:click=show>{explore::PREDICT_SHOW_RESULT}</button>
                <button type="button" on:click=press(move || turn.update(|turn| *turn += 1))>{explore::PREDICT_NEXT}</button>
            </div>
        </div>
    }
}
