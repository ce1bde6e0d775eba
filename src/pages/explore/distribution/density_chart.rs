//! The chart with the density of the response times.

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

use crate::charts::{Figure, Palette, Point, Size, Spread, distribution};
use crate::components::{FigureCanvas, use_plot_size};
use crate::pages::explore::explain::use_explainer;
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::{Evaluation, Outcome, Percentiles};
use crate::strings::{compare, explore};
use crate::units::Time;

#[component]
pub(super) fn DensityChart(
    settled: Memo<Arc<EvaluatedScenario>>,
    baseline: Memo<Option<Arc<EvaluatedScenario>>>,
    text_size: Memo<f64>,
    palette: Signal<Palette>,
) -> impl IntoView {
    let explainer = use_explainer();
    let plot = NodeRef::<html::Div>::new();
    let size = use_plot_size(plot);
    let figure = Memo::new(move |_| {
        Arc::new(lay_out(&settled.read(), baseline.read().as_deref(), size.get(), text_size.get()))
    });
    // The labels are hidden from assistive technology: the same numbers stand below the chart, where the Tab
    // key stops.
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

fn lay_out(
    evaluated: &EvaluatedScenario,
    baseline: Option<&EvaluatedScenario>,
    size: Size,
    text_size: f64,
) -> Figure {
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
        percentiles: &named(percentiles).map(|(name, time)| (time, explore::percentile_label(name, time))),
        timeout: (timeout, &explore::timeout_label(timeout)),
    })
}

fn named(percentiles: Percentiles) -> [(&'static str, Time); 3] {
    [("p50", percentiles.p50), ("p95", percentiles.p95), ("p99", percentiles.p99)]
}
