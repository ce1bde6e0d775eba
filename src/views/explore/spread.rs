//! How the response times are spread: the panel with the hill.

use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;

use crate::browser::{unique_id, use_size};
use crate::charts::{Figure, Palette, Size, Spread, distribution};
use crate::lesson::story;
use crate::model::{DistributionPoint, Evaluation, Outcome, Percentiles};
use crate::scenario::Scenario;
use crate::text::explore;
use crate::units::{Time, format};
use crate::views::explore::lens::{Lens, Picture};
use crate::views::live::{flag, part, text, when};
use crate::views::parts::Plot;

/// The panel.
#[component]
pub(crate) fn SpreadPanel(
    /// What to show.
    lens: Lens,
    /// With which colours.
    palette: Memo<Palette>,
) -> impl IntoView {
    let told = move |tell: fn(&Scenario, &Evaluation) -> String| {
        text(move || {
            let now = lens.now();
            now.evaluation.as_ref().map(|evaluation| tell(&now.scenario, evaluation)).unwrap_or_default()
        })
    };
    let has_spread = flag(move || {
        lens.now().evaluation.as_ref().is_ok_and(|evaluation| evaluation.distribution.is_some())
    });
    let (title_id, summary_id) = (unique_id("title"), unique_id("summary"));
    let (labelled, described) = (title_id.clone(), summary_id.clone());
    view! {
        <section class="panel">
            <figure class="chart" role="group" aria-labelledby=labelled aria-describedby=described>
                <h2 class="panel-title" id=title_id>{told(story::spread_title)}</h2>
                <p class="panel-sub">{explore::SPREAD_SUB}</p>
                {when(has_spread, move || view! { <Hill lens palette /> }.into_any())}
                <p class="chart-summary" id=summary_id>{told(story::spread_summary)}</p>
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
fn Hill(lens: Lens, palette: Memo<Palette>) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let size = use_size(place);
    let figure = Memo::new(move |_| {
        let (width, height) = size.get();
        Arc::new(lay_out(&lens.now(), Size::new(width.max(160.0), height.max(120.0))))
    });
    view! { <div class="chart-plot" data-low="true" node_ref=place><Plot figure palette /></div> }
}

/// Lays the chart out in the room that it has.
fn lay_out(now: &Picture, size: Size) -> Figure {
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
fn SpreadTable(lens: Lens) -> impl IntoView {
    const ROWS: usize = 12;
    let body = part(move || {
        let now = lens.now();
        let points =
            now.evaluation.as_ref().ok().and_then(|it| it.distribution.as_ref()).map(|it| &it.points);
        let points = points.map_or(&[][..], |points| points);
        let step = points.len().div_ceil(ROWS).max(1);
        let row = |point: &DistributionPoint| {
            let cells = [format::time(point.time), format::percent(point.below.value())];
            let [time, share] = cells;
            view! { <tr><th scope="row">{time}</th><td>{share}</td></tr> }.into_any()
        };
        points.iter().skip(step - 1).step_by(step).map(row).collect_view().into_any()
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
