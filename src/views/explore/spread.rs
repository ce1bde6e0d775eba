//! How the response times are spread: the panel with the hill.

use std::sync::Arc;

use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlElement;

use crate::browser::{unique_id, use_size};
use crate::charts::{self, Palette, Size, Spread, distribution};
use crate::dom::{Html, NodeRef, fixed, flag, part, text, when};
use crate::lesson::story;
use crate::model::provenance::Figure;
use crate::model::{DistributionPoint, Evaluation, Outcome, Percentiles, Steady};
use crate::scenario::Scenario;
use crate::text::explore;
use crate::units::decimal::shortest;
use crate::units::{Time, format};
use crate::views::explore::lens::{Lens, Picture};
use crate::views::explore::why::number;
use crate::views::parts::{ChartTools, Plot, Takings};

/// The panel.
#[component]
pub(crate) fn SpreadPanel(
    /// What to show.
    lens: Lens,
    /// With which colours.
    palette: Memo<Palette>,
) -> Html {
    let told = move |tell: fn(&Scenario, &Evaluation) -> String| {
        text(move || {
            let now = lens.rested();
            now.evaluation.as_ref().map(|evaluation| tell(&now.scenario, evaluation)).unwrap_or_default()
        })
    };
    let has_spread = flag(move || {
        lens.rested().evaluation.as_ref().is_ok_and(|evaluation| evaluation.distribution.is_some())
    });
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
                <h2 class="panel-title" id=title_id>{told(story::spread_title)}</h2>
                <p class="panel-sub">{explore::SPREAD_SUB}</p>
                {when(has_spread, move || view! { <Hill lens palette /> <Marks lens /> })}
                <p class="chart-summary" id=summary_id>{told(story::spread_summary)}</p>
                {when(has_spread, tools)}
                <details class="chart-more">
                    <summary>{explore::TABLE}</summary>
                    <SpreadTable lens />
                </details>
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
    view! { <div class="chart-plot" data-low="true" data-picture="" node_ref=place><Plot figure palette /></div> }
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
        [point.time.seconds(), point.density, point.below.value()].map(|value| shortest(value, 6)).to_vec()
    };
    std::iter::once(heads).chain(points(now).iter().map(row)).collect()
}

/// The percentiles as numbers that can be asked.
#[component]
fn Marks(lens: Lens) -> Html {
    let mark = move |name: &'static str, read: fn(&Steady) -> String, figure: Figure| {
        let shown =
            text(move || match lens.rested().evaluation.as_ref().map(|evaluation| &evaluation.outcome) {
                Ok(Outcome::Steady(steady)) => read(steady),
                _ => String::new(),
            });
        view! { <div><dt>{name}</dt><dd>{number(shown, move || Some(figure))}</dd></div> }
    };
    view! {
        <dl class="clocks" data-size="small">
            {mark("p50", |steady| format::time(steady.percentiles.p50), Figure::Percentiles)}
            {mark("p95", |steady| format::time(steady.percentiles.p95), Figure::Percentiles)}
            {mark("p99", |steady| format::time(steady.percentiles.p99), Figure::Percentiles)}
            {mark(explore::IN_TIME, |steady| format::percent(steady.in_time.value()), Figure::Goodput)}
            {mark(explore::GOODPUT, |steady| explore::per_second(steady.goodput), Figure::Goodput)}
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
        pinned.as_ref().filter(|(ghost, _)| *ghost != shown).map(|(ghost, _)| (ghost, explore::PINNED));
    distribution(&Spread {
        size,
        text_size: if now.preferences.projector { 18.0 } else { 12.0 },
        distribution: &shown,
        ghost,
        percentiles: &named(percentiles).map(|(name, time)| (time, explore::percentile(name, time))),
        timeout: (timeout, &explore::gives_up(timeout)),
    })
}

fn named(percentiles: Percentiles) -> [(&'static str, Time); 3] {
    [("p50", percentiles.p50), ("p95", percentiles.p95), ("p99", percentiles.p99)]
}

/// The same as shares of the answers, in a dozen rows.
#[component]
fn SpreadTable(lens: Lens) -> Html {
    const ROWS: usize = 12;
    let body = part(move || {
        let now = lens.rested();
        let points = points(&now);
        let step = points.len().div_ceil(ROWS).max(1);
        let row = |point: &DistributionPoint| {
            let (time, share) = (format::time(point.time), format::percent(point.below.value()));
            view! { <tr><th scope="row">{time}</th><td>{share}</td></tr> }
        };
        points.iter().skip(step - 1).step_by(step).map(row).collect::<Html>()
    });
    view! {
        <div class="chart-table" tabindex="0" role="region" aria-label=explore::SPREAD_TABLE>
            <table>
                <caption>{explore::SPREAD_TABLE}</caption>
                <thead><tr><th scope="col">{explore::TABLE_WITHIN}</th><th scope="col">{explore::TABLE_ANSWERED}</th></tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}
