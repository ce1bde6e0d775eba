//! The sentence on top, and the clocks.

use leptos::prelude::*;

use crate::lesson::PresetId;
use crate::lesson::story::{self, Emphasis, Sentence};
use crate::model::{Evaluation, Outcome};
use crate::scenario::Scenario;
use crate::session::Action;
use crate::text::explore;
use crate::units::format;
use crate::views::dispatch::use_dispatch;
use crate::views::explore::compare::PinButton;
use crate::views::explore::lens::{Lens, Picture};
use crate::views::live::{Part, Text, event, flag, part, text};

/// What the scenario means, in two sentences and four numbers.
#[component]
pub(crate) fn Story(
    /// What to tell.
    lens: Lens,
) -> impl IntoView {
    let rejection =
        text(move || lens.now().evaluation.as_ref().err().map(ToString::to_string).unwrap_or_default());
    let no_headline =
        text(
            move || {
                if lens.now().evaluation.is_err() { explore::NO_HEADLINE.to_owned() } else { String::new() }
            },
        );
    view! {
        <section class="story">
            <div>
                <Presets lens />
                <h1 class="headline">{told(lens, story::headline)} {no_headline}</h1>
                <p class="lead">{told(lens, story::lead)} <span class="said" data-emphasis="bad">{rejection}</span></p>
            </div>
            <Clocks lens />
        </section>
    }
}

/// A sentence about the scenario, told anew only when its words change.
pub(crate) fn told(lens: Lens, tell: fn(&Scenario, &Evaluation) -> Sentence) -> Part {
    let sentence = Memo::new(move |_| {
        let now = lens.now();
        now.evaluation.as_ref().map(|evaluation| tell(&now.scenario, evaluation)).unwrap_or_default()
    });
    part(move || sentence.get().parts.into_iter().map(said).collect_view().into_any())
}

/// A part of a sentence with its emphasis.
fn said(part: story::Part) -> AnyView {
    let emphasis = match part.emphasis {
        Emphasis::Plain => "plain",
        Emphasis::Strong => "strong",
        Emphasis::Sync => "sync",
        Emphasis::Async => "async",
        Emphasis::Wait => "wait",
    };
    view! { <span class="said" data-emphasis=emphasis>{part.text}</span> }.into_any()
}

/// Which ready scenario, and what to look at in it.
#[component]
fn Presets(lens: Lens) -> impl IntoView {
    let dispatch = use_dispatch();
    let is_taken = move |preset: PresetId| flag(move || lens.now().preset == Some(preset));
    let is_custom = flag(move || lens.now().preset.is_none());
    let is_preset = flag(move || lens.now().preset.is_some());
    let choose = event(move |event| {
        if let Some(preset) = PresetId::from_key(&event_target_value(&event)) {
            dispatch.apply(Action::LoadPreset(preset));
        }
    });
    let option = move |preset: PresetId| {
        view! { <option value=preset.key() prop:selected=is_taken(preset)>{preset.name()}</option> }
            .into_any()
    };
    let look_at = text(move || lens.now().preset.map_or(explore::CUSTOM_LOOK, PresetId::look_at).to_owned());
    view! {
        <p class="preset">
            <label for="preset">{explore::SCENARIO}</label>
            <select id="preset" on:change=choose>
                <option value="" prop:selected=is_custom hidden=is_preset>{explore::CUSTOM}</option>
                {PresetId::ALL.into_iter().map(option).collect_view()}
            </select>
            <PinButton lens />
            <span class="preset-look">{look_at}</span>
        </p>
    }
}

/// The clocks: answered and completed, what flows, and what cannot be exceeded.
#[component]
fn Clocks(lens: Lens) -> impl IntoView {
    let clock = move |read: fn(&Picture, &Evaluation) -> String| -> Text {
        text(move || {
            let now = lens.now();
            now.evaluation.as_ref().map(|evaluation| read(&now, evaluation)).unwrap_or_default()
        })
    };
    view! {
        <dl class="clocks">
            <div><dt>{explore::ANSWERED}</dt><dd>{clock(|_, evaluation| answered(evaluation))}</dd></div>
            <div><dt>{explore::COMPLETED}</dt><dd>{clock(completed)}</dd></div>
            <div><dt>{explore::THROUGHPUT}</dt><dd>{clock(|_, evaluation| explore::per_second(evaluation.outcome.throughput()))}</dd></div>
            <div><dt>{explore::WALL}</dt><dd>{clock(|_, evaluation| explore::per_second(evaluation.bounds.wall))}</dd></div>
        </dl>
    }
}

/// When the user has the answer.
fn answered(evaluation: &Evaluation) -> String {
    match evaluation.outcome {
        Outcome::Steady(steady) => format::time(steady.response_time),
        Outcome::Overloaded { .. } => explore::NO_END.to_owned(),
        Outcome::Idle => explore::NOBODY.to_owned(),
    }
}

/// When the last effect is done.
fn completed(now: &Picture, evaluation: &Evaluation) -> String {
    match (&evaluation.outcome, now.timeline.completed()) {
        (Outcome::Steady(_), Some(done)) => format::time(done),
        (Outcome::Steady(_), None) => explore::FALLS_BEHIND.to_owned(),
        _ => answered(evaluation),
    }
}
