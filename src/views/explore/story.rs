//! The sentence on top, and the clocks.

use leptos::prelude::*;
use markup::{component, view};

use crate::dom::{Html, Part, Text, event, flag, part, text};
use crate::lesson::PresetId;
use crate::lesson::story::{self, Emphasis, Sentence};
use crate::model::provenance::Figure;
use crate::model::{Completion, Effect, EffectState, Evaluation, Outcome};
use crate::scenario::Scenario;
use crate::session::Action;
use crate::text::explore;
use crate::units::format;
use crate::views::dispatch::use_dispatch;
use crate::views::explore::compare::PinButton;
use crate::views::explore::lens::{Lens, Picture};
use crate::views::explore::why::{number, number_in_sentence};

/// What the scenario means, in two sentences and four numbers.
#[component]
pub(crate) fn Story(
    /// What to tell.
    lens: Lens,
) -> Html {
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
                <h1 class="headline">{told(lens, story::headline, figure_of)} {no_headline}</h1>
                <p class="lead">{told(lens, story::lead, figure_of)} <span class="said" data-emphasis="bad">{rejection}</span></p>
            </div>
            <Clocks lens />
        </section>
    }
}

/// Which figure a number of the headline or the lead is, by its emphasis.
fn figure_of(evaluation: &Evaluation, emphasis: Emphasis) -> Option<Figure> {
    Some(match (emphasis, &evaluation.outcome) {
        (Emphasis::Plain, _) => return None,
        (_, Outcome::Overloaded { .. }) => Figure::Growth,
        (Emphasis::Async, _) => Figure::Work,
        (Emphasis::Sync, _) | (_, Outcome::Idle) => Figure::Unloaded,
        (Emphasis::Strong | Emphasis::Wait, Outcome::Steady(_)) => Figure::ResponseTime,
    })
}

/// Which figure a number of a sentence is, by its emphasis.
type FigureOf = fn(&Evaluation, Emphasis) -> Option<Figure>;

/// A part of a sentence as it is set: how it stands out, and whether it is a number that can be asked.
type Set = (Emphasis, bool);

/// A sentence about the scenario. While it is set alike, only the words that differ are written.
pub(crate) fn told(lens: Lens, tell: fn(&Scenario, &Evaluation) -> Sentence, figure_of: FigureOf) -> Part {
    let sentence = Memo::new(move |_| {
        let now = lens.now();
        now.evaluation.as_ref().map(|evaluation| tell(&now.scenario, evaluation)).unwrap_or_default()
    });
    let set =
        Memo::new(move |_| sentence.with(|sentence| sentence.parts.iter().map(set_as).collect::<Vec<Set>>()));
    part(move || {
        let part = |(index, set): (usize, Set)| {
            let words = text(move || {
                sentence.with(|it| it.parts.get(index).map(|part| part.text.to_string()).unwrap_or_default())
            });
            said(lens, words, set, figure_of)
        };
        set.get().into_iter().enumerate().map(part).collect::<Html>()
    })
}

/// How a part of a sentence is set.
fn set_as(part: &story::Part) -> Set {
    let has_digits = part.text.contains(|letter: char| letter.is_ascii_digit());
    (part.emphasis, part.emphasis != Emphasis::Plain && has_digits)
}

/// A part of a sentence with its emphasis; a number can be asked.
fn said(lens: Lens, words: Text, (emphasis, is_number): Set, figure_of: FigureOf) -> Html {
    let asked = emphasis;
    let emphasis = match emphasis {
        Emphasis::Plain => "plain",
        Emphasis::Strong => "strong",
        Emphasis::Sync => "sync",
        Emphasis::Async => "async",
        Emphasis::Wait => "wait",
    };
    let words = if is_number {
        number_in_sentence(words, move || figure_of(lens.peek().evaluation.as_ref().ok()?, asked))
    } else {
        Html::of(words)
    };
    view! { <span class="said" data-emphasis=emphasis>{words}</span> }
}

/// Which ready scenario, and what to look at in it.
#[component]
fn Presets(lens: Lens) -> Html {
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
    };
    let look_at = text(move || lens.now().preset.map_or(explore::CUSTOM_LOOK, PresetId::look_at).to_owned());
    view! {
        <p class="preset">
            <label for="preset">{explore::SCENARIO}</label>
            <select id="preset" on:change=choose>
                <option value="" prop:selected=is_custom hidden=is_preset>{explore::CUSTOM}</option>
                {PresetId::ALL.into_iter().map(option).collect::<Html>()}
            </select>
            <PinButton lens />
            <span class="preset-look">{look_at}</span>
        </p>
    }
}

/// The clocks: answered and completed, what flows, and what cannot be exceeded.
#[component]
fn Clocks(lens: Lens) -> Html {
    let clock = move |name: &'static str,
                      read: fn(&Picture, &Evaluation) -> String,
                      figure: fn(&Evaluation) -> Figure| {
        let shown = text(move || {
            let now = lens.now();
            now.evaluation.as_ref().map(|evaluation| read(&now, evaluation)).unwrap_or_default()
        });
        let asked = move || lens.peek().evaluation.as_ref().ok().map(figure);
        view! { <div><dt>{name}</dt><dd>{number(shown, asked)}</dd></div> }
    };
    let throughput =
        |_: &Picture, evaluation: &Evaluation| explore::per_second(evaluation.outcome.throughput());
    let wall = |_: &Picture, evaluation: &Evaluation| explore::per_second(evaluation.bounds.wall);
    view! {
        <dl class="clocks">
            {clock(explore::ANSWERED, |_, evaluation| answered(evaluation), figure_of_answer)}
            {clock(explore::COMPLETED, completed, figure_of_completion)}
            {clock(explore::THROUGHPUT, throughput, |_| Figure::Throughput)}
            {clock(explore::WALL, wall, |_| Figure::Wall)}
        </dl>
    }
}

/// What the clock of the answer shows.
fn figure_of_answer(evaluation: &Evaluation) -> Figure {
    match evaluation.outcome {
        Outcome::Overloaded { .. } => Figure::Growth,
        Outcome::Steady(_) | Outcome::Idle => Figure::ResponseTime,
    }
}

/// What the clock of the last effect shows.
fn figure_of_completion(evaluation: &Evaluation) -> Figure {
    let is_behind = |effect: &Effect| matches!(effect.state, EffectState::FallingBehind { .. });
    match (evaluation.completion, evaluation.effects.iter().position(is_behind)) {
        (Completion::EverLater, Some(behind)) => Figure::Staleness(behind),
        (Completion::After(_), _) => Figure::Completion,
        (Completion::EverLater | Completion::WithAnswer, _) => figure_of_answer(evaluation),
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
