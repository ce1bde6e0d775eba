//! The chart of the staleness, with the choice of the disturbance.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::state::{DISTURBANCES, StalenessState, effect_name};
use crate::charts::{Figure, Lag, Palette, Size, staleness};
use crate::components::{ChartTools, ExportData, FigureCanvas, SegmentedControl, use_plot_size};
use crate::lessons::narrative;
use crate::pages::explore::explain::KeyFigure;
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::explain::ExplainedValue;
use crate::queueing::transients::disturbance::{EffectTransient, Transient};
use crate::scenario::Scenario;
use crate::strings::explore;
use crate::units::{Time, round_to_decimals};

/// The choice of the disturbance, the chart, and the long-run backlog of each effect.
#[component]
pub(super) fn EffectsChart(
    state: StalenessState,
    text_size: Memo<f64>,
    palette: Signal<Palette>,
) -> impl IntoView {
    let plot = NodeRef::<html::Div>::new();
    let size = use_plot_size(plot);
    let figure = Memo::new(move |_| {
        let transient = state.transient.read();
        Arc::new(lay_out(&state.settled.read().scenario, transient.as_deref(), size.get(), text_size.get()))
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

/// The backlog of each effect in the long run.
#[component]
fn BacklogFigures(settled: Memo<Arc<EvaluatedScenario>>) -> impl IntoView {
    move || {
        let settled = settled.read();
        let effects =
            settled.evaluation.as_ref().map(|evaluation| evaluation.effects.as_slice()).unwrap_or_default();
        let figure = |(index, effect): (usize, &_)| {
            let text = Signal::stored(narrative::describe_backlog(effect));
            let name = effect_name(&settled.scenario, effect.step);
            view! { <KeyFigure name text value=ExplainedValue::Staleness(index) /> }
        };
        view! {
            <dl class="clocks" data-size="small">
                {effects.iter().enumerate().map(figure).collect_view()}
            </dl>
        }
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
