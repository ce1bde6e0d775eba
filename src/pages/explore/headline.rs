//! The top of the page: the presets, the headline, and four key figures.

use std::sync::Arc;

use leptos::prelude::*;

use crate::dispatch::use_dispatch;
use crate::lessons::{PresetId, narrative};
use crate::pages::explore::explain::{KeyFigure, ScenarioSentence};
use crate::pages::explore::pin_button::PinButton;
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Completion, Evaluation, Outcome};
use crate::session::Action;
use crate::strings::explore;
use crate::units::{Time, format};

#[component]
pub(crate) fn Headline(
    evaluated: Memo<Arc<EvaluatedScenario>>,
    baseline: Memo<Option<Arc<EvaluatedScenario>>>,
    preset: Memo<Option<PresetId>>,
) -> impl IntoView {
    let error = move || {
        let error = evaluated.read().evaluation.as_ref().err().map(ToString::to_string);
        error.map(|error| format::capitalize(&error)).unwrap_or_default()
    };
    let no_headline = move || if evaluated.read().evaluation.is_err() { explore::NO_HEADLINE } else { "" };
    // No control and no link can set anything else that the model rejects.
    let only_publishes = move || {
        let evaluated = evaluated.read();
        evaluated.evaluation.is_err() && evaluated.scenario.publishes()
    };
    view! {
        <section class="story">
            <div>
                <PresetChoice baseline preset />
                <h1 class="headline">
                    <ScenarioSentence evaluated write=narrative::headline />
                    {no_headline}
                </h1>
                <p class="lead">
                    <ScenarioSentence evaluated write=narrative::lead />
                    <span class="said" data-emphasis="bad">{error}</span>
                </p>
                <Show when=only_publishes><SetPublishLatency /></Show>
            </div>
            <KeyFigures evaluated />
        </section>
    }
}

/// Offers a publish latency where publishing is all that happens before the answer and takes no time.
#[component]
fn SetPublishLatency() -> impl IntoView {
    let dispatch = use_dispatch();
    let set = move |_| dispatch.send(Action::SetPublishLatency(Time::from_millis(10.0)));
    view! {
        <p class="lead">
            <button type="button" class="link" on:click=set>{explore::SET_PUBLISH_LATENCY}</button>
        </p>
    }
}

/// The list of presets, and a hint about the chosen one.
#[component]
fn PresetChoice(
    baseline: Memo<Option<Arc<EvaluatedScenario>>>,
    preset: Memo<Option<PresetId>>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let load = move |event| {
        if let Some(preset) = PresetId::from_key(&event_target_value(&event)) {
            dispatch.send(Action::LoadPreset(preset));
        }
    };
    let option = move |id: PresetId| {
        view! {
            <option value=id.key() prop:selected=move || preset.get() == Some(id)>
                {id.name()}
            </option>
        }
    };
    view! {
        <p class="preset">
            <label for="preset">{explore::SCENARIO}</label>
            <select id="preset" on:change=load>
                <option
                    value=""
                    prop:selected=move || preset.get().is_none()
                    hidden=move || preset.get().is_some()
                >
                    {explore::CUSTOM}
                </option>
                {PresetId::ALL.into_iter().map(option).collect_view()}
            </select>
            <PinButton baseline />
            <span class="preset-look">
                {move || preset.get().map_or(explore::CUSTOM_HINT, PresetId::hint)}
            </span>
        </p>
    }
}

#[component]
fn KeyFigures(evaluated: Memo<Arc<EvaluatedScenario>>) -> impl IntoView {
    let text = move |read: fn(&Evaluation) -> String| {
        Signal::derive(move || {
            let evaluated = evaluated.read();
            evaluated.evaluation.as_ref().map_or_else(|_| explore::NO_NUMBER.to_owned(), read)
        })
    };
    let throughput = text(|evaluation| explore::short_rate(evaluation.outcome.throughput()));
    let saturation = text(|evaluation| explore::short_rate(evaluation.bounds.saturation_throughput));
    view! {
        <dl class="clocks">
            <KeyFigure name=explore::ANSWERED text=text(answered) value=ExplainedValue::ResponseTime />
            <KeyFigure name=explore::COMPLETED text=text(completed) value=ExplainedValue::Completion />
            <KeyFigure name=explore::THROUGHPUT text=throughput value=ExplainedValue::Throughput />
            <KeyFigure
                name=explore::SATURATION_THROUGHPUT
                text=saturation
                value=ExplainedValue::SaturationThroughput
            />
        </dl>
    }
}

/// The time until the user has the answer.
fn answered(evaluation: &Evaluation) -> String {
    match evaluation.outcome {
        Outcome::Steady(steady) => format::time(steady.response_time),
        Outcome::Overloaded { .. } => explore::UNBOUNDED.to_owned(),
        Outcome::Idle => explore::NOBODY.to_owned(),
    }
}

/// The time until the last effect is done.
fn completed(evaluation: &Evaluation) -> String {
    match (&evaluation.outcome, evaluation.completion) {
        (Outcome::Steady(_), Completion::After(done)) => format::time(done),
        (Outcome::Steady(_), Completion::Unbounded) => explore::FALLS_BEHIND.to_owned(),
        _ => answered(evaluation),
    }
}
