//! How the response times are spread: the panel with the hill.

use std::sync::Arc;

use leptos::prelude::*;
use markup::{component, view};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent};

use crate::charts::{self, Palette, Point, Size, Spread, distribution};
use crate::components::{ChartTools, Plot, Takings, folded};
use crate::dom::{Html, NodeRef, event, fixed, flag, part, text, when};
use crate::lessons::narrative::{self, Sentence};
use crate::pages::explore::cells::{AskedTable, cell};
use crate::pages::explore::lens::{Lens, Picture};
use crate::pages::explore::story::{sentence_of, told_of_what_is_set};
use crate::pages::explore::why::{Asking, number};
use crate::platform::{unique_id, use_size};
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{DistributionPoint, Evaluation, Outcome, Percentiles, SteadyOutcome};
use crate::scenario::Scenario;
use crate::strings::{compare, explore};
use crate::units::round_to_decimals;
use crate::units::{Time, format};

/// The panel.
#[component]
pub(crate) fn SpreadPanel(
    /// What to show.
    lens: Lens,
    /// With which colours.
    palette: Memo<Palette>,
) -> Html {
    let told = move |tell: fn(&Scenario, &Evaluation) -> Sentence, otherwise: &'static str| {
        let sentence = move || {
            let now = lens.rested();
            let told = now.evaluation.as_ref().map(|evaluation| tell(&now.scenario, evaluation));
            told.unwrap_or_else(|_| Sentence::default().plain(otherwise))
        };
        sentence_of(Box::new(sentence), told_of_what_is_set())
    };
    let has_spread = flag(move || {
        lens.rested().evaluation.as_ref().is_ok_and(|evaluation| evaluation.distribution.is_some())
    });
    let has_none = flag(move || !has_spread.get());
    let tools = move || {
        let takings = Takings {
            name: fixed("distribution"),
            rows: Box::new(move || numbers(&lens.peek())),
            values: Box::new(move || points(&lens.peek()).iter().map(|point| point.density).collect()),
        };
        view! { <ChartTools takings /> }
    };
    let (title_id, summary_id) = (unique_id("title"), unique_id("summary"));
    let (labelled, described) = (title_id.clone(), summary_id.clone());
    view! {
        <section class="panel">
            <figure class="chart" role="group" aria-labelledby=labelled aria-describedby=described>
                <h2 class="panel-title" id=title_id>{told(narrative::distribution_title, explore::NO_FIGURES)}</h2>
                <p class="panel-sub">{explore::DISTRIBUTION_SUBTITLE}</p>
                {when(has_spread, move || view! { <Hill lens palette /> <Marks lens /> })}
                <p class="chart-summary" id=summary_id>{told(narrative::distribution_summary, "")}</p>
                {when(has_spread, tools)}
                <div hidden=has_none>
                    {folded("chart-more", explore::TABLE, move || view! { <SpreadTable lens /> })}
                </div>
            </figure>
        </section>
    }
}

/// The chart itself.
#[component]
fn Hill(lens: Lens, palette: Memo<Palette>) -> Html {
    let place = NodeRef::<HtmlElement>::new();
    let size = use_size(place);
    let figure = Memo::new(move |_| {
        let (width, height) = size.get();
        Arc::new(lay_out(&lens.rested(), Size::new(width.max(160.0), height.max(120.0))))
    });
    let asking = use_context::<Asking>();
    // Its labels say nothing to assistive technology: the same numbers stand below the chart, where the Tab key stops.
    let on_click = event(move |event| {
        let event: &MouseEvent = event.unchecked_ref();
        let corner = place.get_untracked().map(|place| place.get_bounding_client_rect());
        let at = corner.map(|corner| {
            let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
            Point::new(x - corner.left(), y - corner.top())
        });
        let asked = at.and_then(|at| figure.get_untracked().asked_at(at));
        if let (Some(asking), Some(asked)) = (asking, asked) {
            asking.tell(asking.of_now(asked));
        }
    });
    view! {
        <div class="chart-plot" data-low="true" data-picture="" node_ref=place on:click=on_click>
            <Plot figure palette />
        </div>
    }
}

/// The hill; empty where there is none.
fn points(now: &Picture) -> &[DistributionPoint] {
    let spread = now.evaluation.as_ref().ok().and_then(|evaluation| evaluation.distribution.as_ref());
    spread.map_or(&[], |spread| &spread.points)
}

/// Every point of the hill.
fn numbers(now: &Picture) -> Vec<Vec<String>> {
    let heads = ["time_s", "density_per_s", "share_answered"].map(str::to_owned).to_vec();
    let row = |point: &DistributionPoint| {
        [point.time.seconds(), point.density, point.cumulative.value()]
            .map(|value| round_to_decimals(value, 6).to_string())
            .to_vec()
    };
    std::iter::once(heads).chain(points(now).iter().map(row)).collect()
}

/// The percentiles as numbers that can be asked.
#[component]
fn Marks(lens: Lens) -> Html {
    let mark = move |name: &'static str, read: fn(&SteadyOutcome) -> String, figure: ExplainedValue| {
        let shown =
            text(move || match lens.rested().evaluation.as_ref().map(|evaluation| &evaluation.outcome) {
                Ok(Outcome::Steady(steady)) => read(steady),
                _ => String::new(),
            });
        view! { <div><dt>{name}</dt><dd>{number(shown, move || Some(figure))}</dd></div> }
    };
    view! {
        <dl class="clocks" data-size="small">
            {mark("p50", |steady| format::time(steady.percentiles.p50), ExplainedValue::Percentiles)}
            {mark("p95", |steady| format::time(steady.percentiles.p95), ExplainedValue::Percentiles)}
            {mark("p99", |steady| format::time(steady.percentiles.p99), ExplainedValue::Percentiles)}
            {mark(explore::IN_TIME, |steady| format::percent(steady.in_time.value()), ExplainedValue::Goodput)}
            {mark(explore::GOODPUT, |steady| explore::short_rate(steady.goodput), ExplainedValue::Goodput)}
        </dl>
    }
}

/// Lays the chart out in the room that it has.
fn lay_out(now: &Picture, size: Size) -> charts::Figure {
    let spread_of = |evaluation: &Evaluation| match (&evaluation.distribution, &evaluation.outcome) {
        (Some(distribution), Outcome::Steady(steady)) => Some((distribution.clone(), steady.percentiles)),
        _ => None,
    };
    let spread = now.evaluation.as_ref().ok().and_then(spread_of);
    let pinned = now.pinned.as_ref().and_then(|pinned| pinned.evaluation.as_ref().ok().and_then(spread_of));
    let (shown, percentiles) = spread.unwrap_or_default();
    let timeout = now.scenario.client.timeout;
    let ghost =
        pinned.as_ref().filter(|(ghost, _)| *ghost != shown).map(|(ghost, _)| (ghost, compare::PINNED));
    distribution(&Spread {
        size,
        text_size: if now.preferences.projector { 18.0 } else { 12.0 },
        distribution: &shown,
        ghost,
        percentiles: &named(percentiles).map(|(name, time)| (time, explore::percentile_label(name, time))),
        timeout: (timeout, &explore::timeout_label(timeout)),
    })
}

fn named(percentiles: Percentiles) -> [(&'static str, Time); 3] {
    [("p50", percentiles.p50), ("p95", percentiles.p95), ("p99", percentiles.p99)]
}

/// The same as shares of the answers, in a dozen rows.
#[component]
fn SpreadTable(lens: Lens) -> Html {
    let table = part(move || {
        let now = lens.rested();
        let points = points(&now);
        let row = |index: usize| {
            let point = &points[index];
            let (time, share) = (format::time(point.time), format::percent(point.cumulative.value()));
            view! { <tr><th scope="row">{time}</th>{cell(share, true)}</tr> }
        };
        let rows = in_table(points).map(row).collect::<Html>();
        view! {
            <thead><tr><th scope="col">{explore::TABLE_WITHIN}</th><th scope="col">{explore::TABLE_ANSWERED}</th></tr></thead>
            <tbody>{rows}</tbody>
        }
    });
    let asking = use_context::<Asking>();
    let ask = move |(row, _): (usize, usize)| {
        let point = in_table(points(&lens.peek())).nth(row)?;
        Some(asking?.of_now(ExplainedValue::ShareWithin(point)))
    };
    view! { <AskedTable name=explore::DISTRIBUTION_TABLE rows=table ask=Box::new(ask) /> }
}

/// Which points of the hill have a row: a dozen.
fn in_table(points: &[DistributionPoint]) -> impl Iterator<Item = usize> {
    const ROWS: usize = 12;
    let step = points.len().div_ceil(ROWS).max(1);
    (step - 1..points.len()).step_by(step)
}
