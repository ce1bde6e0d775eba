//! The panel with the staleness of the effects over time, also when something goes wrong.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::charts::{Figure, Lag, Palette, Size, staleness};
use crate::components::{
    ChartIds, ChartPanel, ChartTools, Choice, Disclosure, ExportData, FigureCanvas, SegmentedControl,
};
use crate::dispatch::use_dispatch;
use crate::lessons::PresetId;
use crate::lessons::narrative::{self, Origin, Sentence};
use crate::pages::explore::explain::{
    CellIndex, ExplainableNumber, ExplainableTable, Explanation, NumberCell, SentenceView,
};
use crate::pages::explore::state::EvaluatedScenario;
use crate::platform::use_size;
use crate::queueing::explain::{ExplainedValue, explain_catching_up, explain_moment};
use crate::queueing::transients::disturbance::{Disturbance, EffectTransient, Transient, transient};
use crate::scenario::Scenario;
use crate::session::Action;
use crate::strings::{explore, why};
use crate::units::{Time, format, round_to_decimals};

/// The factor by which a spike multiplies the load.
const SPIKE: f64 = 3.0;
/// The smallest size for which the chart is laid out, in pixels.
const MIN_SIZE: (f64, f64) = (160.0, 120.0);

const DISTURBANCES: [Choice; 3] =
    [("nothing", explore::UNDISTURBED), ("stop", explore::CONSUMERS_STOP), ("spike", explore::SPIKE)];

/// The transient of a scenario after a disturbance; `None` if the model rejects the scenario.
#[derive(Clone, Copy)]
struct StalenessState {
    settled: Memo<Arc<EvaluatedScenario>>,
    /// The key of the chosen disturbance.
    chosen: RwSignal<&'static str>,
    transient: Memo<Option<Arc<Transient>>>,
}

impl StalenessState {
    fn new(settled: Memo<Arc<EvaluatedScenario>>) -> Self {
        let chosen = RwSignal::new("nothing");
        let transient = Memo::new(move |_| {
            let settled = settled.read();
            let evaluation = settled.evaluation.as_ref().ok()?;
            transient(&settled.scenario, evaluation, disturbance(chosen.get())).map(Arc::new)
        });
        Self { settled, chosen, transient }
    }

    /// The text in an explanation that says which disturbance the numbers are for.
    fn values_text(self) -> String {
        let choice = DISTURBANCES.into_iter().find(|(key, _)| *key == self.chosen.get_untracked());
        why::formula_while(choice.map_or("", |(_, name)| name))
    }

    /// Explains the worst staleness of an effect, or the time until it has caught up.
    fn explain(self, origin: Origin) -> Option<Explanation> {
        let (Origin::Worst(index) | Origin::CatchingUp(index)) = origin else { return None };
        let (settled, transient) = (self.settled.get_untracked(), self.transient.get_untracked()?);
        let effect = transient.effects.get(index)?;
        let (evaluation, worst) = (settled.evaluation.as_ref().ok()?, effect.worst()?);
        let name = effect_name(&settled.scenario, effect.step);
        let (name, derivation) = if matches!(origin, Origin::Worst(_)) {
            let derivation = explain_moment(&settled.scenario, evaluation, effect, &worst);
            (why::late_at(&name, worst.time), derivation)
        } else {
            (why::catching_up(&name), explain_catching_up(&settled.scenario, evaluation, effect))
        };
        Some(Explanation { name, values: self.values_text(), derivation })
    }
}

fn disturbance(key: &str) -> Disturbance {
    match key {
        "stop" => Disturbance::ConsumersStop,
        "spike" => Disturbance::Spike(SPIKE),
        _ => Disturbance::Nothing,
    }
}

#[component]
pub(crate) fn StalenessPanel(
    /// The evaluated scenario, unchanged during a drag.
    settled: Memo<Arc<EvaluatedScenario>>,
    text_size: Memo<f64>,
    palette: Signal<Palette>,
) -> impl IntoView {
    let state = StalenessState::new(settled);
    let has_effects = Memo::new(move |_| {
        state.transient.read().as_ref().is_some_and(|transient| !transient.effects.is_empty())
    });
    let footer = move || {
        view! {
            <Show when=move || !has_effects.get()><HybridLink /></Show>
            <div hidden=move || !has_effects.get()>
                <Disclosure class="chart-more" summary=explore::TABLE><StalenessTable state /></Disclosure>
            </div>
        }
    };
    view! {
        <ChartPanel
            ids=ChartIds::new()
            title=move || view! { <TransientSentence state write=narrative::staleness_title /> }
            subtitle=explore::STALENESS_SUB
            summary=move || view! { <TransientSentence state write=narrative::staleness_summary /> }
            footer
        >
            <Show when=move || has_effects.get()><EffectsChart state text_size palette /></Show>
        </ChartPanel>
    }
}

/// A sentence about the transient.
#[component]
fn TransientSentence(
    state: StalenessState,
    write: fn(&Scenario, Option<&Transient>, Disturbance) -> Sentence,
) -> impl IntoView {
    let sentence = Memo::new(move |_| {
        let transient = state.transient.read();
        write(&state.settled.read().scenario, transient.as_deref(), disturbance(state.chosen.get()))
    });
    view! { <SentenceView sentence explain=move |origin| state.explain(origin) /> }
}

/// Loads the hybrid preset, for a scenario without effects after the answer.
#[component]
fn HybridLink() -> impl IntoView {
    let dispatch = use_dispatch();
    let load = move |_| dispatch.send(Action::LoadPreset(PresetId::Hybrid));
    view! {
        <p class="chart-tools">
            <button type="button" class="link" on:click=load>{explore::LOAD_HYBRID}</button>
        </p>
    }
}

/// The choice of the disturbance, the chart, and the long-run backlog of each effect.
#[component]
fn EffectsChart(state: StalenessState, text_size: Memo<f64>, palette: Signal<Palette>) -> impl IntoView {
    let plot = NodeRef::<html::Div>::new();
    let size = use_size(plot);
    let figure = Memo::new(move |_| {
        let (width, height) = size.get();
        let size = Size::new(width.max(MIN_SIZE.0), height.max(MIN_SIZE.1));
        let transient = state.transient.read();
        Arc::new(lay_out(&state.settled.read().scenario, transient.as_deref(), size, text_size.get()))
    });
    let data = ExportData {
        name: Signal::stored("staleness".to_owned()),
        rows: Callback::new(move |()| {
            let transient = state.transient.get_untracked();
            transient.map_or_else(Vec::new, |transient| {
                export_rows(&state.settled.read_untracked().scenario, &transient)
            })
        }),
        values: Callback::new(move |()| {
            let transient = state.transient.get_untracked();
            let effect = transient.as_ref().and_then(|transient| transient.effects.first());
            effect.map_or_else(Vec::new, |effect| {
                effect.points.iter().map(|point| point.staleness.seconds()).collect()
            })
        }),
    };
    view! {
        <SegmentedControl
            label=explore::DISTURBANCE
            choices=&DISTURBANCES
            selected=Signal::derive(move || state.chosen.get().to_owned())
            on_choose=Callback::new(move |key| state.chosen.set(key))
        />
        <div class="chart-plot" data-low="true" data-picture="" node_ref=plot>
            <FigureCanvas figure palette />
        </div>
        <BacklogFigures settled=state.settled />
        <ChartTools data />
    }
}

fn lay_out(scenario: &Scenario, transient: Option<&Transient>, size: Size, text_size: f64) -> Figure {
    let effects = transient.map_or(&[][..], |transient| &transient.effects);
    let lines: Vec<(String, Vec<(Time, Time)>)> = effects
        .iter()
        .map(|effect| {
            let points = effect.points.iter().map(|point| (point.time, point.staleness)).collect();
            (effect_name(scenario, effect.step), points)
        })
        .collect();
    let lags: Vec<Lag<'_>> = lines.iter().map(|(name, points)| Lag { name, points }).collect();
    staleness(size, text_size, &lags)
}

fn effect_name(scenario: &Scenario, step: usize) -> String {
    scenario.steps.get(step).map(|step| step.name.subject()).unwrap_or_default()
}

/// The backlog of each effect in the long run.
#[component]
fn BacklogFigures(settled: Memo<Arc<EvaluatedScenario>>) -> impl IntoView {
    move || {
        let settled = settled.read();
        let effects =
            settled.evaluation.as_ref().map(|evaluation| evaluation.effects.as_slice()).unwrap_or_default();
        let figure = |(index, effect): (usize, &_)| {
            let text = Signal::stored(narrative::backlog(effect));
            view! {
                <div>
                    <dt>{effect_name(&settled.scenario, effect.step)}</dt>
                    <dd><ExplainableNumber text value=move || Some(ExplainedValue::Staleness(index)) /></dd>
                </div>
            }
        };
        view! {
            <dl class="clocks" data-size="small">
                {effects.iter().enumerate().map(figure).collect_view()}
            </dl>
        }
    }
}

/// Every moment: time, then staleness and lag of each effect.
fn export_rows(scenario: &Scenario, transient: &Transient) -> Vec<Vec<String>> {
    let names = |effect: &EffectTransient| {
        let name = effect_name(scenario, effect.step);
        [format!("{name} staleness_s"), format!("{name} lag_events")]
    };
    let mut heads = vec!["time_s".to_owned()];
    heads.extend(transient.effects.iter().flat_map(names));
    let moments = transient.effects.first().map_or(0, |effect| effect.points.len());
    let row = |moment: usize| {
        let points = transient.effects.iter().filter_map(|effect| effect.points.get(moment));
        let time = points.clone().next().map_or(0.0, |point| point.time.seconds());
        let mut row = vec![round_to_decimals(time, 3).to_string()];
        row.extend(points.flat_map(|point| {
            let staleness = round_to_decimals(point.staleness.seconds(), 6).to_string();
            [staleness, round_to_decimals(point.lag, 3).to_string()]
        }));
        row
    };
    std::iter::once(heads).chain((0..moments).map(row)).collect()
}

/// The staleness of each effect in a dozen rows.
#[component]
fn StalenessTable(state: StalenessState) -> impl IntoView {
    let head = |text: String| view! { <th scope="col">{text}</th> };
    let content = move || {
        let settled = state.settled.read();
        let transient = state.transient.get();
        let effects = transient.as_deref().map_or(&[][..], |transient| &transient.effects);
        let heads = effects
            .iter()
            .map(|effect| head(explore::late(&effect_name(&settled.scenario, effect.step))))
            .collect_view();
        let row = |moment: usize| {
            let points = effects.iter().filter_map(|effect| effect.points.get(moment));
            let time = points.clone().next().map(|point| format::time(point.time)).unwrap_or_default();
            let cells = points
                .map(|point| view! { <NumberCell text=format::time(point.staleness) can_explain=true /> })
                .collect_view();
            view! { <tr><th scope="row">{time}</th>{cells}</tr> }
        };
        view! {
            <thead><tr><th scope="col">{explore::TABLE_TIME}</th>{heads}</tr></thead>
            <tbody>{table_rows(effects).map(row).collect_view()}</tbody>
        }
    };
    let explain = move |(row, column): CellIndex| {
        let (settled, transient) = (state.settled.get_untracked(), state.transient.get_untracked()?);
        let effect = transient.effects.get(column)?;
        let point = effect.points.get(table_rows(&transient.effects).nth(row)?)?;
        let evaluation = settled.evaluation.as_ref().ok()?;
        Some(Explanation {
            name: why::late_at(&effect_name(&settled.scenario, effect.step), point.time),
            values: state.values_text(),
            derivation: explain_moment(&settled.scenario, evaluation, effect, point),
        })
    };
    view! { <ExplainableTable name=explore::STALENESS_TABLE explain>{content}</ExplainableTable> }
}

/// The indices of the moments that have a row: about a dozen.
fn table_rows(effects: &[EffectTransient]) -> impl Iterator<Item = usize> + use<> {
    const ROWS: usize = 12;
    let moments = effects.first().map_or(0, |effect| effect.points.len());
    (0..moments).step_by((moments / ROWS).max(1))
}
