//! The panel with the response time against the load.

mod chart_pointer;
mod chart_reader;
mod curve;
mod curve_table;
mod percentiles;
mod simulation_overlay;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::charts::{Palette, Response, ResponseChart, Simulated, Size};
use crate::components::{
    ChartIds, ChartPanel, ChartTools, Disclosure, ExportData, FigureCanvas, memo_by_pointer,
};
use crate::lessons::narrative;
use crate::pages::explore::explain::{ExplainableNumber, SentenceView, use_explainer};
use crate::pages::explore::state::EvaluatedScenario;
use crate::platform::use_size;
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Bounds, CurvePoint, Evaluation, Outcome, PercentilePoint, Percentiles as Percentile};
use crate::strings::explore;
use crate::units::{Time, format, round_to_decimals};
use chart_reader::ChartReader;
use curve::{Curve, curve_memo};
use curve_table::CurveTable;
use percentiles::Percentiles;
use simulation_overlay::{SimulationControl, SimulationOverlay};

/// The smallest size for which the chart is laid out, in pixels.
const MIN_SIZE: (f64, f64) = (160.0, 120.0);

#[component]
pub(crate) fn ResponsePanel(
    evaluated: Memo<Arc<EvaluatedScenario>>,
    /// The same, but unchanged during a drag.
    settled: Memo<Arc<EvaluatedScenario>>,
    baseline: Memo<Option<Arc<EvaluatedScenario>>>,
    is_dragging: Memo<bool>,
    text_size: Memo<f64>,
    palette: Signal<Palette>,
) -> impl IntoView {
    let curve = curve_memo(evaluated, baseline, is_dragging);
    // Tables and sentences are too much to update at every move.
    let settled_curve = memo_by_pointer(move |previous| {
        let curve = curve.get();
        previous.filter(|_| is_dragging.get()).map_or(curve, Arc::clone)
    });
    let percentiles = Percentiles::new(curve, is_dragging);
    let overlay = SimulationOverlay::new(curve);
    let plot = NodeRef::<html::Div>::new();
    let size = use_size(plot);
    let chart = memo_by_pointer(move |_| {
        let (width, height) = size.get();
        Arc::new(lay_out(
            &evaluated.read(),
            &curve.read(),
            &percentiles.points.read(),
            &overlay.points(),
            Size::new(width.max(MIN_SIZE.0), height.max(MIN_SIZE.1)),
            text_size.get(),
        ))
    });
    let workload = Memo::new(move |_| evaluated.read().scenario.workload);
    let title = Memo::new(move |_| {
        let evaluated = evaluated.read();
        let title = evaluated.evaluation.as_ref();
        title.map_or(explore::NO_FIGURES, |evaluation| {
            narrative::response_title(&evaluated.scenario, evaluation)
        })
    });
    let subtitle = Memo::new(move |_| {
        let is_closed = workload.read().users().is_some();
        explore::chart_sub(is_closed, curve.read().axes.latency_is_log()).to_owned()
    });
    let data = ExportData {
        name: Signal::stored("response-time".to_owned()),
        rows: Callback::new(move |()| {
            export_rows(
                &evaluated.read_untracked(),
                &curve.read_untracked(),
                &percentiles.points.read_untracked(),
            )
        }),
        values: Callback::new(move |()| {
            let curve = curve.read_untracked();
            curve.points.iter().map(|point| point.response_time.seconds()).collect()
        }),
    };
    let footer = move || {
        view! {
            <SimulationControl overlay evaluated />
            <ChartTools data />
            <Disclosure class="chart-more" summary=explore::TABLE>
                <p class="panel-sub">{explore::CHART_HINT}</p>
                <BoundFigures curve />
                <CurveTable curve=settled_curve percentiles=percentiles.points overlay />
            </Disclosure>
        }
    };
    let ids = ChartIds::new();
    let described_by = ids.summary();
    view! {
        <ChartPanel
            ids
            title=move || title
            subtitle
            summary=move || view! { <Summary settled curve=settled_curve /> }
            footer
        >
            <div
                class="chart-plot"
                data-picture=""
                aria-busy=move || percentiles.is_pending.get().to_string()
                node_ref=plot
            >
                <FigureCanvas
                    figure=Signal::derive(move || Arc::new(chart.read().figure.clone()))
                    palette
                />
                <ChartReader workload curve chart described_by />
            </div>
        </ChartPanel>
    }
}

#[component]
fn Summary(settled: Memo<Arc<EvaluatedScenario>>, curve: Memo<Arc<Curve>>) -> impl IntoView {
    let explainer = use_explainer();
    let sentence = Memo::new(move |_| {
        let EvaluatedScenario { scenario, evaluation } = &**settled.read();
        let points = &curve.read().points;
        evaluation
            .as_ref()
            .map(|evaluation| narrative::response_summary(scenario, evaluation, points))
            .unwrap_or_default()
    });
    view! { <SentenceView sentence explain=move |origin| explainer.explain_origin(origin) /> }
}

/// The response time without load, the knee and the saturation throughput.
#[component]
fn BoundFigures(curve: Memo<Arc<Curve>>) -> impl IntoView {
    let knee = |bounds: &Bounds| bounds.knee.map_or_else(|| explore::NO_KNEE.to_owned(), explore::users);
    view! {
        <dl class="clocks" data-size="small">
            <BoundFigure
                curve
                name=explore::UNLOADED
                read=|bounds| format::time(bounds.unloaded)
                value=ExplainedValue::Unloaded
            />
            <BoundFigure curve name=explore::KNEE read=knee value=ExplainedValue::Knee />
            <BoundFigure
                curve
                name=explore::WALL
                read=|bounds| explore::per_second(bounds.saturation_throughput)
                value=ExplainedValue::SaturationThroughput
            />
        </dl>
    }
}

#[component]
fn BoundFigure(
    curve: Memo<Arc<Curve>>,
    name: &'static str,
    read: fn(&Bounds) -> String,
    value: ExplainedValue,
) -> impl IntoView {
    let text = Signal::derive(move || curve.read().bounds.as_ref().map(read).unwrap_or_default());
    view! {
        <div>
            <dt>{name}</dt>
            <dd><ExplainableNumber text value=move || Some(value) /></dd>
        </div>
    }
}

/// Every point of the curve, with percentiles where they are computed.
fn export_rows(
    evaluated: &EvaluatedScenario,
    curve: &Curve,
    percentiles: &[PercentilePoint],
) -> Vec<Vec<String>> {
    let is_closed = evaluated.scenario.workload.users().is_some();
    let load = if is_closed { explore::TABLE_USERS } else { explore::TABLE_RATE };
    let heads = [load, "mean_s", "throughput_per_s", "p50_s", "p95_s", "p99_s"].map(str::to_owned).to_vec();
    let number = |value: f64| round_to_decimals(value, 6).to_string();
    let row = |point: &CurvePoint| {
        let is_same_load = |other: &&PercentilePoint| (other.load - point.load).abs() < 1e-9 * point.load;
        let percentiles = percentiles.iter().find(is_same_load);
        let percentile = |read: fn(&Percentile) -> Time| {
            percentiles.map_or_else(String::new, |point| number(read(&point.percentiles).seconds()))
        };
        vec![
            number(point.load),
            number(point.response_time.seconds()),
            number(point.throughput.value()),
            percentile(|percentiles| percentiles.p50),
            percentile(|percentiles| percentiles.p95),
            percentile(|percentiles| percentiles.p99),
        ]
    };
    std::iter::once(heads).chain(curve.points.iter().map(row)).collect()
}

fn lay_out(
    EvaluatedScenario { scenario, evaluation }: &EvaluatedScenario,
    curve: &Curve,
    percentiles: &[PercentilePoint],
    simulated: &[Simulated],
    size: Size,
    text_size: f64,
) -> ResponseChart {
    let response_time = match evaluation.as_ref().map(|evaluation| evaluation.outcome) {
        Ok(Outcome::Steady(steady)) => Some(steady.response_time),
        _ => None,
    };
    let timeout = scenario.client.timeout;
    let knee = curve.bounds.and_then(|bounds| bounds.knee);
    let knee_text = knee.map(explore::knee).unwrap_or_default();
    let wall_text =
        curve.bounds.map(|bounds| explore::wall(bounds.saturation_throughput)).unwrap_or_default();
    let you_text = match (evaluation, response_time) {
        (_, Some(response_time)) => explore::you(response_time),
        (Ok(Evaluation { outcome: Outcome::Overloaded { .. }, .. }), None) => explore::YOU_NO_END.to_owned(),
        _ => String::new(),
    };
    let has_baseline = !curve.baseline_points.is_empty();
    ResponseChart::new(&Response {
        size,
        text_size,
        axes: curve.axes,
        curve: &curve.points,
        percentiles,
        simulated,
        ghost: has_baseline.then_some((curve.baseline_points.as_slice(), curve.baseline_name)),
        unloaded: curve.bounds.map_or(Time::ZERO, |bounds| bounds.unloaded),
        ceiling: curve.ceiling,
        wall_text: &wall_text,
        knee: knee.map(|knee| (knee, knee_text.as_str())),
        timeout: (timeout, &explore::gives_up(timeout)),
        load: scenario.workload.load(),
        response_time,
        you_text: &you_text,
    })
}
