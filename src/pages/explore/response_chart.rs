//! The panel with the response time against the load.

mod chart_pointer;
mod chart_reader;
mod curve;
mod curve_table;
mod export;
mod layout;
mod percentiles;
mod simulation_overlay;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::charts::Palette;
use crate::components::{
    ChartIds, ChartPanel, ChartTools, Disclosure, ExportData, FigureCanvas, memo_by_pointer, use_plot_size,
};
use crate::lessons::narrative;
use crate::pages::explore::explain::{KeyFigure, SentenceView, use_explainer};
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::Bounds;
use crate::queueing::explain::ExplainedValue;
use crate::strings::explore;
use crate::units::format;
use chart_reader::ChartReader;
use curve::{Curve, curve_memo};
use curve_table::CurveTable;
use export::export_rows;
use layout::lay_out;
use percentiles::use_percentiles;
use simulation_overlay::{SimulationControl, SimulationOverlay};

/// The panel. Its chart follows a drag; its summary and table wait for the end of the drag.
#[component]
pub(crate) fn ResponsePanel(
    /// The evaluated scenario; in a drag it may follow a few frames later.
    evaluated: Memo<Arc<EvaluatedScenario>>,
    /// The evaluated scenario, unchanged during a drag.
    settled: Memo<Arc<EvaluatedScenario>>,
    baseline: Memo<Option<Arc<EvaluatedScenario>>>,
    /// `true` if something is dragged, as of the same moment as `evaluated`.
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
    let percentiles = use_percentiles(curve, is_dragging);
    let overlay = SimulationOverlay::new(curve);
    let plot = NodeRef::<html::Div>::new();
    let size = use_plot_size(plot);
    let chart = memo_by_pointer(move |_| {
        Arc::new(lay_out(
            &evaluated.read(),
            &curve.read(),
            percentiles.read().as_ref().map_or(&[], |points| points.as_slice()),
            &overlay.points(),
            size.get(),
            text_size.get(),
        ))
    });
    let workload = Memo::new(move |_| evaluated.read().scenario.workload);
    let title = Signal::derive(move || {
        let evaluated = evaluated.read();
        let title = evaluated.evaluation.as_ref();
        title.map_or(explore::NO_FIGURES, |evaluation| {
            narrative::response_title(&evaluated.scenario, evaluation)
        })
    });
    let subtitle = Signal::derive(move || {
        let is_closed = workload.read().users().is_some();
        explore::chart_subtitle(is_closed, curve.read().axes.latency_is_log()).to_owned()
    });
    let data = ExportData {
        name: Signal::stored("response-time".to_owned()),
        rows: Callback::new(move |()| {
            export_rows(
                &evaluated.read_untracked(),
                &curve.read_untracked(),
                percentiles.read_untracked().as_ref().map_or(&[], |points| points.as_slice()),
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
                <CurveTable curve=settled_curve percentiles overlay />
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
                aria-busy=move || percentiles.read().is_none().to_string()
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
    let text = move |read: fn(&Bounds) -> String| {
        Signal::derive(move || curve.read().bounds.as_ref().map(read).unwrap_or_default())
    };
    let unloaded = text(|bounds| format::time(bounds.unloaded));
    let knee = text(|bounds| bounds.knee.map_or_else(|| explore::NO_KNEE.to_owned(), explore::user_count));
    let saturation = text(|bounds| explore::short_rate(bounds.saturation_throughput));
    view! {
        <dl class="clocks" data-size="small">
            <KeyFigure name=explore::UNLOADED text=unloaded value=ExplainedValue::Unloaded />
            <KeyFigure name=explore::KNEE text=knee value=ExplainedValue::Knee />
            <KeyFigure
                name=explore::SATURATION_THROUGHPUT
                text=saturation
                value=ExplainedValue::SaturationThroughput
            />
        </dl>
    }
}
