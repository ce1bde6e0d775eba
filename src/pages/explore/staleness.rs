//! How late the effects are, as time goes by and something goes wrong.

use std::sync::Arc;

use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlElement;

use crate::charts::{Figure, Lag, Palette, Size, staleness};
use crate::components::{Buttons, ChartTools, Choice, Kind, Plot, Takings, folded};
use crate::dispatch::use_dispatch;
use crate::dom::{Html, NodeRef, fixed, flag, part, press, text, when};
use crate::lessons::PresetId;
use crate::lessons::narrative::{self, Sentence, ValueOrigin};
use crate::pages::explore::cells::{AskedTable, cell};
use crate::pages::explore::lens::{Lens, Picture};
use crate::pages::explore::story::sentence_of;
use crate::pages::explore::why::{Answer, number};
use crate::platform::{unique_id, use_size};
use crate::queueing::explain::{ExplainedValue, explain_catching_up, explain_moment};
use crate::queueing::transients::disturbance::{Disturbance, EffectTransient, Transient, transient};
use crate::scenario::Scenario;
use crate::session::Action;
use crate::strings::{explanation, explore};
use crate::units::round_to_decimals;
use crate::units::{Time, format};

/// How much a spike multiplies the load.
const SPIKE: f64 = 3.0;

/// What may happen.
const CHOICES: [Choice; 3] =
    [("nothing", explore::NO_DISTURBANCE), ("stop", explore::CONSUMERS_STOP), ("spike", explore::LOAD_SPIKE)];

/// The panel.
#[component]
pub(crate) fn StalenessPanel(
    /// What to show.
    lens: Lens,
    /// With which colours.
    palette: Memo<Palette>,
) -> Html {
    let chosen = RwSignal::new("nothing");
    let disturbance = move || match chosen.get() {
        "stop" => Disturbance::ConsumersStop,
        "spike" => Disturbance::Spike(SPIKE),
        _ => Disturbance::Nothing,
    };
    let followed = Memo::new(move |_| {
        let now = lens.rested();
        let evaluation = now.evaluation.as_ref().ok();
        evaluation.and_then(|evaluation| transient(&now.scenario, evaluation, disturbance())).map(Arc::new)
    });
    let told = move |tell: fn(&Scenario, Option<&Transient>, Disturbance) -> Sentence| {
        let sentence = move || tell(&lens.rested().scenario, followed.get().as_deref(), disturbance());
        let answers = move |origin: ValueOrigin| {
            let (index, asks_worst) = match origin {
                ValueOrigin::WorstStaleness(index) => (index, true),
                ValueOrigin::CatchUpTime(index) => (index, false),
                _ => return None,
            };
            let (now, course) = (lens.peek(), followed.get_untracked()?);
            let effect = course.effects.get(index)?;
            let (evaluation, worst) = (now.evaluation.as_ref().ok()?, effect.worst()?);
            let name = name_of(&now, effect.step);
            Some(if asks_worst {
                let derivation = explain_moment(&now.scenario, evaluation, effect, &worst);
                Answer {
                    name: explanation::staleness_name(&name, worst.time),
                    with: with(chosen),
                    derivation,
                }
            } else {
                let derivation = explain_catching_up(&now.scenario, evaluation, effect);
                Answer { name: explanation::catch_up_time_name(&name), with: with(chosen), derivation }
            })
        };
        sentence_of(Box::new(sentence), Arc::new(answers))
    };
    let dispatch = use_dispatch();
    let has_effects = flag(move || followed.get().is_some_and(|course| !course.effects.is_empty()));
    let shown = move || {
        let takings = Takings {
            name: fixed("staleness"),
            rows: Box::new(move || numbers(&lens.peek(), followed.get_untracked().as_deref())),
            values: Box::new(move || {
                let course = followed.get_untracked();
                let latest = course.as_ref().and_then(|course| course.effects.first());
                latest.map_or_else(Vec::new, |it| it.points.iter().map(|at| at.staleness.seconds()).collect())
            }),
        };
        view! {
            <Buttons
                kind=Kind::Segments
                name=explore::DISTURBANCE
                choices=&CHOICES
                taken=text(move || chosen.get().to_owned())
                on_choose=Box::new(move |choice| chosen.set(choice))
            />
            <Lines lens followed palette />
            <Marks lens />
            <ChartTools takings />
        }
    };
    let has_none = flag(move || !has_effects.get());
    let example = move || {
        let load = press(move || dispatch.apply(Action::LoadPreset(PresetId::Hybrid)));
        view! { <p class="chart-tools"><button type="button" class="link" on:click=load>{explore::LOAD_HYBRID}</button></p> }
    };
    let table = move || view! { <CourseTable lens followed chosen /> };
    let (title_id, summary_id) = (unique_id("title"), unique_id("summary"));
    let (labelled, described) = (title_id.clone(), summary_id.clone());
    view! {
        <section class="panel">
            <figure class="chart" role="group" aria-labelledby=labelled aria-describedby=described>
                <h2 class="panel-title" id=title_id>{told(narrative::staleness_title)}</h2>
                <p class="panel-sub">{explore::STALENESS_SUBTITLE}</p>
                {when(has_effects, shown)}
                <p class="chart-summary" id=summary_id>{told(narrative::staleness_summary)}</p>
                {when(has_none, example)}
                <div hidden=has_none>{folded("chart-more", explore::TABLE, table)}</div>
            </figure>
        </section>
    }
}

/// What is followed over time, where there is anything.
type Followed = Memo<Option<Arc<Transient>>>;

/// The chart itself.
#[component]
fn Lines(lens: Lens, followed: Followed, palette: Memo<Palette>) -> Html {
    let place = NodeRef::<HtmlElement>::new();
    let size = use_size(place);
    let figure = Memo::new(move |_| {
        let (width, height) = size.get();
        let size = Size::new(width.max(160.0), height.max(120.0));
        Arc::new(lay_out(&lens.rested(), followed.get().as_deref(), size))
    });
    view! { <div class="chart-plot" data-low="true" data-picture="" node_ref=place><Plot figure palette /></div> }
}

/// Lays the chart out in the room that it has.
fn lay_out(now: &Picture, course: Option<&Transient>, size: Size) -> Figure {
    let effects = course.map_or(&[][..], |course| &course.effects);
    let lines: Vec<(String, Vec<(Time, Time)>)> = effects
        .iter()
        .map(|effect| {
            (name_of(now, effect.step), effect.points.iter().map(|at| (at.time, at.staleness)).collect())
        })
        .collect();
    let lags: Vec<Lag<'_>> = lines.iter().map(|(name, points)| Lag { name, points }).collect();
    staleness(size, if now.preferences.projector { 18.0 } else { 12.0 }, &lags)
}

fn name_of(now: &Picture, step: usize) -> String {
    now.scenario.steps.get(step).map(|step| step.name.subject()).unwrap_or_default()
}

/// With what the numbers are computed.
fn with(chosen: RwSignal<&'static str>) -> String {
    let choice = CHOICES.into_iter().find(|(key, _)| *key == chosen.get_untracked());
    explanation::formula_during(choice.map_or("", |(_, happening)| happening))
}

/// What each effect does in the long run, to be asked.
#[component]
fn Marks(lens: Lens) -> Html {
    Html::of(part(move || {
        let now = lens.rested();
        let effects =
            now.evaluation.as_ref().map(|evaluation| evaluation.effects.as_slice()).unwrap_or_default();
        let mark = |(index, effect): (usize, &_)| {
            let shown = fixed(&narrative::describe_backlog(effect));
            let asked = number(shown, move || Some(ExplainedValue::Staleness(index)));
            view! { <div><dt>{name_of(&now, effect.step)}</dt><dd>{asked}</dd></div> }
        };
        let marks = effects.iter().enumerate().map(mark).collect::<Html>();
        view! { <dl class="clocks" data-size="small">{marks}</dl> }
    }))
}

/// Every moment: time, then staleness and lag of each effect.
fn numbers(now: &Picture, course: Option<&Transient>) -> Vec<Vec<String>> {
    let Some(course) = course else { return Vec::new() };
    let names = |effect: &EffectTransient| {
        let name = name_of(now, effect.step);
        [[&name, " staleness_s"].concat(), [&name, " lag_events"].concat()]
    };
    let mut heads = vec!["time_s".to_owned()];
    heads.extend(course.effects.iter().flat_map(names));
    let moments = course.effects.first().map_or(0, |effect| effect.points.len());
    let row = |moment: usize| {
        let points = course.effects.iter().filter_map(|effect| effect.points.get(moment));
        let time = points.clone().next().map_or(0.0, |point| point.time.seconds());
        let mut row = vec![round_to_decimals(time, 3).to_string()];
        row.extend(points.flat_map(|point| {
            [
                round_to_decimals(point.staleness.seconds(), 6).to_string(),
                round_to_decimals(point.lag, 3).to_string(),
            ]
        }));
        row
    };
    std::iter::once(heads).chain((0..moments).map(row)).collect()
}

/// The same in a dozen rows.
#[component]
fn CourseTable(lens: Lens, followed: Followed, chosen: RwSignal<&'static str>) -> Html {
    let table = part(move || {
        let now = lens.rested();
        let course = followed.get();
        let effects = course.as_deref().map_or(&[][..], |course| &course.effects);
        let head = |text: String| view! { <th scope="col">{text}</th> };
        let heads = effects
            .iter()
            .map(|effect| head(explore::lateness_header(&name_of(&now, effect.step))))
            .collect::<Html>();
        let row = |moment: usize| {
            let points = effects.iter().filter_map(|effect| effect.points.get(moment));
            let time = points.clone().next().map(|point| format::time(point.time)).unwrap_or_default();
            let cells = points.map(|point| cell(format::time(point.staleness), true)).collect::<Html>();
            view! { <tr><th scope="row">{time}</th>{cells}</tr> }
        };
        let rows = in_table(effects).map(row).collect::<Html>();
        view! { <thead><tr><th scope="col">{explore::TABLE_TIME}</th>{heads}</tr></thead><tbody>{rows}</tbody> }
    });
    let ask = move |(row, column): (usize, usize)| {
        let (now, course) = (lens.peek(), followed.get_untracked()?);
        let effect = course.effects.get(column)?;
        let point = effect.points.get(in_table(&course.effects).nth(row)?)?;
        let evaluation = now.evaluation.as_ref().ok()?;
        Some(Answer {
            name: explanation::staleness_name(&name_of(&now, effect.step), point.time),
            with: with(chosen),
            derivation: explain_moment(&now.scenario, evaluation, effect, point),
        })
    };
    view! { <AskedTable name=explore::STALENESS_TABLE rows=table ask=Box::new(ask) /> }
}

/// Which moments have a row: about a dozen.
fn in_table(effects: &[EffectTransient]) -> impl Iterator<Item = usize> + use<> {
    const ROWS: usize = 12;
    let moments = effects.first().map_or(0, |effect| effect.points.len());
    (0..moments).step_by((moments / ROWS).max(1))
}
