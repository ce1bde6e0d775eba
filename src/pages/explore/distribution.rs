//! The panel with the distribution of response times at the present load.

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

use crate::charts::{self, Palette, Point, Size, Spread, distribution};
use crate::components::{ChartIds, ChartPanel, ChartTools, Disclosure, ExportData, FigureCanvas};
use crate::lessons::narrative;
use crate::pages::explore::explain::{
    CellIndex, ExplainableNumber, ExplainableTable, NumberCell, ScenarioSentence, use_explainer,
};
use crate::pages::explore::state::EvaluatedScenario;
use crate::platform::use_size;
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{DistributionPoint, Evaluation, Outcome, Percentiles, SteadyOutcome};
use crate::strings::{compare, explore};
use crate::units::{Time, format, round_to_decimals};

/// The smallest size for which the chart is laid out, in pixels.
const MIN_SIZE: (f64, f64) = (160.0, 120.0);

#[component]
pub(crate) fn DistributionPanel(
    /// The evaluated scenario, unchanged during a drag.
    settled: Memo<Arc<EvaluatedScenario>>,
    baseline: Memo<Option<Arc<EvaluatedScenario>>>,
    text_size: Memo<f64>,
    palette: Signal<Palette>,
) -> impl IntoView {
    let has_distribution = Memo::new(move |_| {
        let settled = settled.read();
        settled.evaluation.as_ref().is_ok_and(|evaluation| evaluation.distribution.is_some())
    });
    let data = ExportData {
        name: Signal::stored("distribution".to_owned()),
        rows: Callback::new(move |()| export_rows(&settled.read_untracked())),
        values: Callback::new(move |()| {
            points(&settled.read_untracked()).iter().map(|point| point.density).collect()
        }),
    };
    let title = move || {
        view! {
            <ScenarioSentence evaluated=settled write=narrative::spread_title fallback=explore::NO_FIGURES />
        }
    };
    let footer = move || {
        view! {
            <Show when=move || has_distribution.get()><ChartTools data /></Show>
            <div hidden=move || !has_distribution.get()>
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
            subtitle=explore::SPREAD_SUB
            summary=move || view! { <ScenarioSentence evaluated=settled write=narrative::spread_summary /> }
            footer
        >
            <Show when=move || has_distribution.get()>
                <DensityChart settled baseline text_size palette />
                <PercentileFigures settled />
            </Show>
        </ChartPanel>
    }
}

#[component]
fn DensityChart(
    settled: Memo<Arc<EvaluatedScenario>>,
    baseline: Memo<Option<Arc<EvaluatedScenario>>>,
    text_size: Memo<f64>,
    palette: Signal<Palette>,
) -> impl IntoView {
    let explainer = use_explainer();
    let plot = NodeRef::<html::Div>::new();
    let size = use_size(plot);
    let figure = Memo::new(move |_| {
        let (width, height) = size.get();
        let size = Size::new(width.max(MIN_SIZE.0), height.max(MIN_SIZE.1));
        Arc::new(lay_out(&settled.read(), baseline.read().as_deref(), size, text_size.get()))
    });
    // The labels are hidden from assistive technology: the same numbers stand below the chart, where the Tab key stops.
    let explain_label = move |event: MouseEvent| {
        let Some(bounds) = plot.get_untracked().map(|plot| plot.get_bounding_client_rect()) else { return };
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let point = Point::new(x - bounds.left(), y - bounds.top());
        if let Some(value) = figure.read_untracked().asked_at(point) {
            explainer.open(explainer.explain_current(value));
        }
    };
    view! {
        <div class="chart-plot" data-low="true" data-picture="" node_ref=plot on:click=explain_label>
            <FigureCanvas figure palette />
        </div>
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
    let figure = move |name: &'static str, read: fn(&SteadyOutcome) -> String, value: ExplainedValue| {
        let text = Signal::derive(move || {
            match settled.read().evaluation.as_ref().map(|evaluation| &evaluation.outcome) {
                Ok(Outcome::Steady(steady)) => read(steady),
                _ => String::new(),
            }
        });
        view! {
            <div>
                <dt>{name}</dt>
                <dd><ExplainableNumber text value=move || Some(value) /></dd>
            </div>
        }
    };
    view! {
        <dl class="clocks" data-size="small">
            {figure("p50", |steady| format::time(steady.percentiles.p50), ExplainedValue::Percentiles)}
            {figure("p95", |steady| format::time(steady.percentiles.p95), ExplainedValue::Percentiles)}
            {figure("p99", |steady| format::time(steady.percentiles.p99), ExplainedValue::Percentiles)}
            {figure(
                explore::IN_TIME,
                |steady| format::percent(steady.in_time.value()),
                ExplainedValue::Goodput,
            )}
            {figure(
                explore::GOODPUT,
                |steady| explore::per_second(steady.goodput),
                ExplainedValue::Goodput,
            )}
        </dl>
    }
}

fn lay_out(
    evaluated: &EvaluatedScenario,
    baseline: Option<&EvaluatedScenario>,
    size: Size,
    text_size: f64,
) -> charts::Figure {
    let distribution_of = |evaluation: &Evaluation| match (&evaluation.distribution, &evaluation.outcome) {
        (Some(distribution), Outcome::Steady(steady)) => Some((distribution.clone(), steady.percentiles)),
        _ => None,
    };
    let current = evaluated.evaluation.as_ref().ok().and_then(distribution_of);
    let (shown, percentiles) = current.unwrap_or_default();
    let pinned = baseline.and_then(|baseline| baseline.evaluation.as_ref().ok().and_then(distribution_of));
    let pinned = pinned.map(|(pinned, _)| pinned).filter(|pinned| *pinned != shown);
    let timeout = evaluated.scenario.client.timeout;
    distribution(&Spread {
        size,
        text_size,
        distribution: &shown,
        ghost: pinned.as_ref().map(|pinned| (pinned, compare::PINNED)),
        percentiles: &named(percentiles).map(|(name, time)| (time, explore::percentile(name, time))),
        timeout: (timeout, &explore::gives_up(timeout)),
    })
}

fn named(percentiles: Percentiles) -> [(&'static str, Time); 3] {
    [("p50", percentiles.p50), ("p95", percentiles.p95), ("p99", percentiles.p99)]
}

/// The shares of orders answered within a time, in a dozen rows.
#[component]
fn DistributionTable(settled: Memo<Arc<EvaluatedScenario>>) -> impl IntoView {
    let explainer = use_explainer();
    let rows = move || {
        let settled = settled.read();
        let points = points(&settled);
        let row = |index: usize| {
            let point = &points[index];
            view! {
                <tr>
                    <th scope="row">{format::time(point.time)}</th>
                    <NumberCell text=format::percent(point.cumulative.value()) can_explain=true />
                </tr>
            }
        };
        table_rows(points).map(row).collect_view()
    };
    let explain = move |(row, _): CellIndex| {
        let point = table_rows(points(&settled.read_untracked())).nth(row)?;
        Some(explainer.explain_current(ExplainedValue::ShareWithin(point)))
    };
    view! {
        <ExplainableTable name=explore::SPREAD_TABLE explain>
            <thead>
                <tr>
                    <th scope="col">{explore::TABLE_WITHIN}</th>
                    <th scope="col">{explore::TABLE_ANSWERED}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </ExplainableTable>
    }
}

/// The indices of the points that have a row: a dozen.
fn table_rows(points: &[DistributionPoint]) -> impl Iterator<Item = usize> + use<> {
    const ROWS: usize = 12;
    let step = points.len().div_ceil(ROWS).max(1);
    (step - 1..points.len()).step_by(step)
}
