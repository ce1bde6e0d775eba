//! The sentence on top, and the clocks.

use leptos::prelude::*;

use crate::lesson::PresetId;
use crate::lesson::story::{self, Emphasis, Sentence};
use crate::model::{Evaluation, Outcome};
use crate::session::Action;
use crate::text::explore;
use crate::units::format;
use crate::views::dispatch::use_dispatch;
use crate::views::explore::lens::Lens;

/// What the scenario means, in two sentences and four numbers.
#[component]
pub(crate) fn Story(
    /// What to tell.
    lens: Lens,
) -> impl IntoView {
    let told = move |tell: fn(&crate::scenario::Scenario, &Evaluation) -> Sentence| {
        lens.scenario.with(|scenario| {
            lens.evaluation
                .with(|evaluation| evaluation.as_ref().ok().map(|evaluation| tell(scenario, evaluation)))
        })
    };
    let headline = Memo::new(move |_| told(story::headline).unwrap_or_default());
    let lead = Memo::new(move |_| told(story::lead).unwrap_or_default());
    let rejection =
        move || lens.evaluation.with(|evaluation| evaluation.as_ref().err().map(ToString::to_string));
    view! {
        <section class="story">
            <div>
                <Presets lens />
                <h1 class="headline">{move || headline.with(sentence)}</h1>
                <p class="lead">
                    {move || lead.with(sentence)}
                    {move || rejection().map(|reason| view! { <span class="said" data-emphasis="bad">{reason}</span> })}
                </p>
            </div>
            <Clocks lens />
        </section>
    }
}

/// A sentence with its emphases.
pub(crate) fn sentence(sentence: &Sentence) -> impl IntoView + use<> {
    sentence
        .parts
        .iter()
        .map(|part| {
            let emphasis = match part.emphasis {
                Emphasis::Plain => None,
                Emphasis::Strong => Some("strong"),
                Emphasis::Sync => Some("sync"),
                Emphasis::Async => Some("async"),
                Emphasis::Wait => Some("wait"),
            };
            view! { <span class="said" data-emphasis=emphasis>{part.text.clone()}</span> }
        })
        .collect_view()
}

/// Which ready scenario, and what to look at in it.
#[component]
fn Presets(lens: Lens) -> impl IntoView {
    let dispatch = use_dispatch();
    let list = NodeRef::<leptos::html::Select>::new();
    let key = move || lens.preset.get().map_or("", PresetId::key);
    Effect::new(move |_| {
        let key = key();
        if let Some(list) = list.get() {
            list.set_value(key);
        }
    });
    let choose = move |_| {
        let chosen = list.get_untracked().and_then(|list| PresetId::from_key(&list.value()));
        if let Some(preset) = chosen {
            dispatch.apply(Action::LoadPreset(preset));
        }
    };
    let custom =
        move || lens.preset.get().is_none().then(|| view! { <option value="">{explore::CUSTOM}</option> });
    let options =
        PresetId::ALL.into_iter().map(|preset| view! { <option value=preset.key()>{preset.name()}</option> });
    view! {
        <p class="preset">
            <label for="preset">{explore::SCENARIO}</label>
            <select id="preset" node_ref=list on:change=choose>{custom}{options.collect_view()}</select>
            <em class="preset-look">{move || lens.preset.get().map(PresetId::look_at)}</em>
        </p>
    }
}

/// The clocks: answered and completed, what flows, and what cannot be exceeded.
#[component]
fn Clocks(lens: Lens) -> impl IntoView {
    let read = move |read: fn(&Evaluation) -> String| {
        lens.evaluation.with(|evaluation| evaluation.as_ref().map(read).unwrap_or_default())
    };
    let answered = move || {
        read(|evaluation| match evaluation.outcome {
            Outcome::Steady(steady) => format::time(steady.response_time),
            Outcome::Overloaded { .. } => explore::NO_END.to_owned(),
            Outcome::Idle => explore::NOBODY.to_owned(),
        })
    };
    let throughput = move || read(|evaluation| explore::per_second(evaluation.outcome.throughput()));
    let wall = move || read(|evaluation| explore::per_second(evaluation.bounds.wall));
    let completed = move || {
        let is_steady =
            lens.evaluation.with(|it| matches!(it.as_ref().map(|it| it.outcome), Ok(Outcome::Steady(_))));
        let done = lens.timeline.with(crate::charts::timeline::Timeline::completed);
        match done {
            _ if !is_steady => answered(),
            Some(done) => format::time(done),
            None => explore::FALLS_BEHIND.to_owned(),
        }
    };
    view! {
        <dl class="clocks">
            <div><dt>{explore::ANSWERED}</dt><dd>{answered}</dd></div>
            <div><dt>{explore::COMPLETED}</dt><dd>{completed}</dd></div>
            <div><dt>{explore::THROUGHPUT}</dt><dd>{throughput}</dd></div>
            <div><dt>{explore::WALL}</dt><dd>{wall}</dd></div>
        </dl>
    }
}
