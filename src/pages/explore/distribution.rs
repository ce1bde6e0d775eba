//! The panel with the distribution of response times at the present load.

mod density_chart;
mod distribution_table;

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::Palette;
use crate::components::{ChartIds, ChartPanel, ChartTools, Disclosure, ExportData};
use crate::lessons::narrative;
use crate::pages::explore::explain::{KeyFigure, ScenarioSentence};
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{DistributionPoint, Outcome, SteadyOutcome};
use crate::strings::explore;
use crate::units::{format, round_to_decimals};
use density_chart::DensityChart;
use distribution_table::DistributionTable;

/// The panel. It does not change during a drag.
#[component]
pub(crate) fn DistributionPanel(
    /// The evaluated scenario, unchanged during a drag.
    settled: Memo<Arc<EvaluatedScenario>>,
    baseline: Memo<Option<Arc<EvaluatedScenario>>>,
    text_size: Memo<f64>,
    palette: Signal<Palette>,
) -> impl IntoView {
    let has_distribution = move || {
        let settled = settled.read();
        settled.evaluation.as_ref().is_ok_and(|evaluation| evaluation.distribution.is_some())
    };
    let data = ExportData {
        name: Signal::stored("distribution".to_owned()),
        rows: Callback::new(move |()| export_rows(&settled.read_untracked())),
        values: Callback::new(move |()| {
            points(&settled.read_untracked()).iter().map(|point| point.density).collect()
        }),
    };
    let title = move || {
        view! {
            <ScenarioSentence
                evaluated=settled
                write=narrative::distribution_title
                fallback=explore::NO_FIGURES
            />
        }
    };
    let footer = move || {
        view! {
            <Show when=has_distribution><ChartTools data /></Show>
            <div hidden=move || !has_distribution()>
                <Disclosure class="chart-more" summary=explore::TABLE>
                    <DistributionTable settled />
                </Disclosure>
            </div>
        }
    };
    view! {
        <ChartPanel
            ids=ChartIds::new()
            title
            subtitle=explore::DISTRIBUTION_SUBTITLE
            summary=move || {
                view! { <ScenarioSentence evaluated=settled write=narrative::distribution_summary /> }
            }
            footer
        >
            <Show when=has_distribution>
                <DensityChart settled baseline text_size palette />
                <PercentileFigures settled />
            </Show>
        </ChartPanel>
    }
}

/// The points of the density; empty if there is no distribution.
fn points(evaluated: &EvaluatedScenario) -> &[DistributionPoint] {
    let distribution =
        evaluated.evaluation.as_ref().ok().and_then(|evaluation| evaluation.distribution.as_ref());
    distribution.map_or(&[], |distribution| &distribution.points)
}

fn export_rows(evaluated: &EvaluatedScenario) -> Vec<Vec<String>> {
    let heads = ["time_s", "density_per_s", "share_answered"].map(str::to_owned).to_vec();
    let row = |point: &DistributionPoint| {
        [point.time.seconds(), point.density, point.cumulative.value()]
            .map(|value| round_to_decimals(value, 6).to_string())
            .to_vec()
    };
    std::iter::once(heads).chain(points(evaluated).iter().map(row)).collect()
}

/// Percentiles, the share answered in time, and goodput.
#[component]
fn PercentileFigures(settled: Memo<Arc<EvaluatedScenario>>) -> impl IntoView {
    let text = move |read: fn(&SteadyOutcome) -> String| {
        Signal::derive(move || {
            match settled.read().evaluation.as_ref().map(|evaluation| &evaluation.outcome) {
                Ok(Outcome::Steady(steady)) => read(steady),
                _ => String::new(),
            }
        })
    };
    let [p50, p95, p99] = [
        text(|steady| format::time(steady.percentiles.p50)),
        text(|steady| format::time(steady.percentiles.p95)),
        text(|steady| format::time(steady.percentiles.p99)),
    ];
    let in_time = text(|steady| format::percent(steady.in_time.value()));
    let goodput = text(|steady| explore::short_rate(steady.goodput));
    view! {
        <dl class="clocks" data-size="small">
            <KeyFigure name="p50" text=p50 value=ExplainedValue::Percentiles />
            <KeyFigure name="p95" text=p95 value=ExplainedValue::Percentiles />
            <KeyFigure name="p99" text=p99 value=ExplainedValue::Percentiles />
            <KeyFigure name=explore::IN_TIME text=in_time value=ExplainedValue::Goodput />
            <KeyFigure name=explore::GOODPUT text=goodput value=ExplainedValue::Goodput />
        </dl>
    }
}
