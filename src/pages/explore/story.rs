//! The sentence on top, and the clocks.

use std::sync::Arc;

use leptos::prelude::*;
use markup::{component, view};

use crate::dispatch::use_dispatch;
use crate::dom::{Html, Part, Text, event, flag, part, press, text, when};
use crate::lessons::PresetId;
use crate::lessons::narrative::{self, Emphasis, Sentence, ValueOrigin};
use crate::pages::explore::compare::PinButton;
use crate::pages::explore::lens::Lens;
use crate::pages::explore::why::{Answer, Asking, asked, number};
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Completion, Evaluation, Outcome};
use crate::scenario::Scenario;
use crate::session::Action;
use crate::strings::explore;
use crate::units::format::capitalize;
use crate::units::{Time, format};

/// What the scenario means, in two sentences and four numbers.
#[component]
pub(crate) fn Story(
    /// What to tell.
    lens: Lens,
) -> Html {
    let rejection = text(move || {
        let rejection = lens.now().evaluation.as_ref().err().map(ToString::to_string);
        rejection.map(|told| capitalize(&told)).unwrap_or_default()
    });
    // No control and no link sets what the model rejects for another reason.
    let only_publishes = flag(move || lens.now().evaluation.is_err() && lens.now().scenario.publishes());
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
                <h1 class="headline">{told(lens, narrative::headline)} {no_headline}</h1>
                <p class="lead">{told(lens, narrative::lead)} <span class="said" data-emphasis="bad">{rejection}</span></p>
                {when(only_publishes, || view! { <LetPublishingTake /> })}
            </div>
            <Clocks lens />
        </section>
    }
}

/// The way out where nothing but publishing stands before the answer, and that takes no time.
#[component]
fn LetPublishingTake() -> Html {
    let dispatch = use_dispatch();
    let set = press(move || dispatch.apply(Action::SetPublishLatency(Time::from_millis(10.0))));
    view! { <p class="lead"><button type="button" class="link" on:click=set>{explore::SET_PUBLISH_LATENCY}</button></p> }
}

/// A sentence about what is set. Its numbers answer "why?".
pub(crate) fn told(lens: Lens, tell: fn(&Scenario, &Evaluation) -> Sentence) -> Part {
    told_or(lens, tell, "")
}

/// The same, and what stands in its place where the model has no answer.
pub(crate) fn told_or(
    lens: Lens,
    tell: fn(&Scenario, &Evaluation) -> Sentence,
    otherwise: &'static str,
) -> Part {
    let sentence = Box::new(move || {
        let now = lens.now();
        let told = now.evaluation.as_ref().map(|evaluation| tell(&now.scenario, evaluation));
        told.unwrap_or_else(|_| Sentence::default().plain(otherwise))
    });
    sentence_of(sentence, told_of_what_is_set())
}

/// The answers for sentences about what is set.
pub(crate) fn told_of_what_is_set() -> Answers {
    let asking = use_context::<Asking>();
    Arc::new(move |origin| asking?.of_told(origin))
}

/// What the numbers of a sentence answer.
pub(crate) type Answers = Arc<dyn Fn(ValueOrigin) -> Option<Answer> + Send + Sync>;

/// A sentence that changes. While it is set alike, only the words that differ are written.
pub(crate) fn sentence_of(tell: Box<dyn Fn() -> Sentence + Send + Sync>, answers: Answers) -> Part {
    let sentence = Memo::new(move |_| tell());
    let set = Memo::new(move |_| {
        let set = |part: &narrative::TextSpan| (part.emphasis, part.origin.map(ValueOrigin::is_tab_stop));
        sentence.with(|sentence| sentence.spans.iter().map(set).collect::<Vec<Set>>())
    });
    part(move || {
        let part = |(index, set): (usize, Set)| {
            let words = text(move || {
                sentence.with(|it| it.spans.get(index).map(|part| part.text.to_string()).unwrap_or_default())
            });
            let answers = Arc::clone(&answers);
            let answer = move || {
                let origin = sentence.with_untracked(|it| it.spans.get(index)?.origin);
                answers(origin?)
            };
            said(words, set, Box::new(answer))
        };
        set.get().into_iter().enumerate().map(part).collect::<Html>()
    })
}

/// A part of a sentence as it is set: how it stands out; whether it can be asked, and stands nowhere else.
type Set = (Emphasis, Option<bool>);

/// A part of a sentence with its emphasis; a number can be asked.
fn said(words: Text, (emphasis, asked_here): Set, answer: Box<dyn Fn() -> Option<Answer>>) -> Html {
    let emphasis = match emphasis {
        Emphasis::Plain => "plain",
        Emphasis::Strong => "strong",
        Emphasis::Sync => "sync",
        Emphasis::Async => "async",
        Emphasis::Wait => "wait",
    };
    let words = match asked_here {
        Some(is_tab_stop) => asked(words, answer, if is_tab_stop { "0" } else { "-1" }),
        None => Html::of(words),
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
    let look_at = text(move || lens.now().preset.map_or(explore::CUSTOM_HINT, PresetId::hint).to_owned());
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
    let clock = move |name: &'static str, read: fn(&Evaluation) -> String, figure: ExplainedValue| {
        let shown = text(move || {
            let now = lens.now();
            now.evaluation.as_ref().map_or_else(|_| explore::NO_NUMBER.to_owned(), read)
        });
        view! { <div><dt>{name}</dt><dd>{number(shown, move || Some(figure))}</dd></div> }
    };
    let throughput = |evaluation: &Evaluation| explore::short_rate(evaluation.outcome.throughput());
    let wall = |evaluation: &Evaluation| explore::short_rate(evaluation.bounds.saturation_throughput);
    view! {
        <dl class="clocks">
            {clock(explore::ANSWERED, answered, ExplainedValue::ResponseTime)}
            {clock(explore::COMPLETED, completed, ExplainedValue::Completion)}
            {clock(explore::THROUGHPUT, throughput, ExplainedValue::Throughput)}
            {clock(explore::SATURATION_THROUGHPUT, wall, ExplainedValue::SaturationThroughput)}
        </dl>
    }
}

/// When the user has the answer.
fn answered(evaluation: &Evaluation) -> String {
    match evaluation.outcome {
        Outcome::Steady(steady) => format::time(steady.response_time),
        Outcome::Overloaded { .. } => explore::UNBOUNDED.to_owned(),
        Outcome::Idle => explore::NOBODY.to_owned(),
    }
}

/// When the last effect is done.
fn completed(evaluation: &Evaluation) -> String {
    match (&evaluation.outcome, evaluation.completion) {
        (Outcome::Steady(_), Completion::After(done)) => format::time(done),
        (Outcome::Steady(_), Completion::Unbounded) => explore::FALLS_BEHIND.to_owned(),
        _ => answered(evaluation),
    }
}
