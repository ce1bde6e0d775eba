//! Response time against load: the panel with the curve.

use std::sync::Arc;

use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlElement;

use crate::app::rest::later;
use crate::charts::{Palette, Response, ResponseChart, Simulated, Size};
use crate::components::{ChartTools, Plot, Takings, folded};
use crate::dom::{Html, NodeRef, fixed, shared, stated, text};
use crate::lessons::narrative;
use crate::pages::explore::curve::Curve;
use crate::pages::explore::curve_table::CurveTable;
use crate::pages::explore::lens::{Lens, Picture};
use crate::pages::explore::percentiles::percentiles_over;
use crate::pages::explore::reader::Reader;
use crate::pages::explore::simulated::{Check, CheckView};
use crate::pages::explore::story::{sentence_of, told_of_what_is_set};
use crate::pages::explore::why::number;
use crate::platform::{unique_id, use_size};
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Bounds, CurvePoint, Evaluation, Outcome, PercentilePoint, Percentiles};
use crate::strings::explore;
use crate::units::round_to_decimals;
use crate::units::{Time, format};

/// The panel.
#[component]
pub(crate) fn ResponsePanel(
    /// What to show.
    lens: Lens,
    /// With which colours.
    palette: Memo<Palette>,
) -> Html {
    let curve = Curve::of(lens);
    let (spread, pending) = percentiles_over(lens, curve);
    let check = Check::of(curve);
    let place = NodeRef::<HtmlElement>::new();
    let size = use_size(place);
    let chart = shared(move |_| {
        let (width, height) = size.get();
        Arc::new(lay_out(
            &lens.now(),
            &curve.get(),
            &spread.get(),
            &check.runs(),
            Size::new(width.max(160.0), height.max(120.0)),
        ))
    });
    let figure = Memo::new(move |_| Arc::new(chart.get().figure.clone()));
    let title = text(move || {
        let now = lens.now();
        let title =
            now.evaluation.as_ref().map(|evaluation| narrative::response_title(&now.scenario, evaluation));
        title.unwrap_or(explore::NO_FIGURES).to_owned()
    });
    let rested = shared(move |before: Option<&Arc<Curve>>| {
        let curve = curve.get();
        before.filter(|_| lens.now().dragging).map_or(curve, Arc::clone)
    });
    // Nobody reads sentences while dragging.
    let summary = Box::new(move || {
        let now = lens.rested();
        let points = &rested.get().points;
        let summary =
            now.evaluation.as_ref().map(|it| narrative::response_summary(&now.scenario, it, points));
        summary.unwrap_or_default()
    });
    let sub = text(move || {
        let is_closed = lens.now().scenario.workload.users().is_some();
        explore::chart_subtitle(is_closed, curve.get().axes.latency_is_log()).to_owned()
    });
    let takings = Takings {
        name: fixed("response-time"),
        rows: Box::new(move || numbers(&lens.peek(), &curve.get_untracked(), &spread.get_untracked())),
        values: Box::new(move || {
            let curve = curve.get_untracked();
            curve.points.iter().map(|point| point.response_time.seconds()).collect()
        }),
    };
    let more = move || {
        view! {
            <p class="panel-sub">{explore::CHART_HINT}</p>
            <Marks curve />
            {later(move || view! { <CurveTable rested spread check /> })}
        }
    };
    let (title_id, summary_id) = (unique_id("title"), unique_id("summary"));
    let (labelled, described, reader_described) = (title_id.clone(), summary_id.clone(), summary_id.clone());
    view! {
        <section class="panel">
            <figure class="chart" role="group" aria-labelledby=labelled aria-describedby=described>
                <h2 class="panel-title" id=title_id>{title}</h2>
                <p class="panel-sub">{sub}</p>
                <div class="chart-plot" data-picture="" aria-busy=stated(move || pending.get()) node_ref=place>
                    <Plot figure palette />
                    <Reader lens curve chart described_by=reader_described />
                </div>
                <p class="chart-summary" id=summary_id>{sentence_of(summary, told_of_what_is_set())}</p>
                <CheckView check lens />
                <ChartTools takings />
                {folded("chart-more", explore::TABLE, more)}
            </figure>
        </section>
    }
}

/// Every point of the curve: load, mean, throughput, and the percentiles where they are computed.
fn numbers(now: &Picture, curve: &Curve, spread: &[PercentilePoint]) -> Vec<Vec<String>> {
    let is_closed = now.scenario.workload.users().is_some();
    let load = if is_closed { explore::TABLE_USERS } else { explore::TABLE_RATE };
    let heads = [load, "mean_s", "throughput_per_s", "p50_s", "p95_s", "p99_s"].map(str::to_owned).to_vec();
    let seconds = |time: Time| round_to_decimals(time.seconds(), 6).to_string();
    let row = |point: &CurvePoint| {
        let spread = spread.iter().find(|spread| (spread.load - point.load).abs() < 1e-9 * point.load);
        let slow = |read: fn(&Percentiles) -> Time| {
            spread.map_or_else(String::new, |spread| seconds(read(&spread.percentiles)))
        };
        vec![
            round_to_decimals(point.load, 6).to_string(),
            seconds(point.response_time),
            round_to_decimals(point.throughput.value(), 6).to_string(),
            slow(|it| it.p50),
            slow(|it| it.p95),
            slow(|it| it.p99),
        ]
    };
    std::iter::once(heads).chain(curve.points.iter().map(row)).collect()
}

/// Lays the chart out in the room that it has.
fn lay_out(
    now: &Picture,
    curve: &Curve,
    spread: &[PercentilePoint],
    simulated: &[Simulated],
    size: Size,
) -> ResponseChart {
    let response_time = match now.evaluation.as_ref().map(|evaluation| evaluation.outcome) {
        Ok(Outcome::Steady(steady)) => Some(steady.response_time),
        _ => None,
    };
    let timeout = now.scenario.client.timeout;
    let knee = curve.bounds.and_then(|bounds| bounds.knee);
    let knee_text = knee.map(explore::knee_label).unwrap_or_default();
    let wall_text = curve
        .bounds
        .map(|bounds| explore::saturation_label(bounds.saturation_throughput))
        .unwrap_or_default();
    let you_text = match (&now.evaluation, response_time) {
        (_, Some(response_time)) => explore::current_load_label(response_time),
        (Ok(Evaluation { outcome: Outcome::Overloaded { .. }, .. }), None) => {
            explore::CURRENT_LOAD_UNBOUNDED.to_owned()
        }
        _ => String::new(),
    };
    ResponseChart::new(&Response {
        size,
        text_size: if now.preferences.projector { 18.0 } else { 12.0 },
        axes: curve.axes,
        curve: &curve.points,
        percentiles: spread,
        simulated,
        ghost: (!curve.ghost.is_empty()).then_some((curve.ghost.as_slice(), curve.ghost_name)),
        unloaded: curve.bounds.map_or(Time::ZERO, |bounds| bounds.unloaded),
        ceiling: curve.ceiling,
        wall_text: &wall_text,
        knee: knee.map(|knee| (knee, knee_text.as_str())),
        timeout: (timeout, &explore::timeout_label(timeout)),
        load: now.scenario.workload.load(),
        response_time,
        you_text: &you_text,
    })
}

/// The numbers that are marked in the chart, to be asked.
#[component]
fn Marks(curve: Memo<Arc<Curve>>) -> Html {
    let mark = move |name: &'static str, read: fn(&Bounds) -> String, figure: ExplainedValue| {
        let shown = text(move || curve.get().bounds.as_ref().map(read).unwrap_or_default());
        view! { <div><dt>{name}</dt><dd>{number(shown, move || Some(figure))}</dd></div> }
    };
    let knee = |bounds: &Bounds| bounds.knee.map_or_else(|| explore::NO_KNEE.to_owned(), explore::user_count);
    view! {
        <dl class="clocks" data-size="small">
            {mark(explore::UNLOADED, |bounds| format::time(bounds.unloaded), ExplainedValue::Unloaded)}
            {mark(explore::KNEE, knee, ExplainedValue::Knee)}
            {mark(explore::SATURATION_THROUGHPUT, |bounds| explore::short_rate(bounds.saturation_throughput), ExplainedValue::SaturationThroughput)}
        </dl>
    }
}

/// How many rows the table has at most.
pub(super) const ROWS: usize = 12;
