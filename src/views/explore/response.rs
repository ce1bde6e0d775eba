//! Response time against load: the panel with the curve.

use leptos::html::Div;
use leptos::prelude::*;

use crate::browser::{unique_id, use_size};
use crate::charts::{Axes, Response, ResponseChart, Scale, Size, milestones};
use crate::lesson::story;
use crate::model::{CurvePoint, Outcome};
use crate::scenario::Scenario;
use crate::session::Action;
use crate::text::explore;
use crate::units::{Rate, Time, Users, format};
use crate::views::explore::curve::Curve;
use crate::views::explore::lens::Lens;
use crate::views::explore::reader::Reader;
use crate::views::palette::use_palette;
use crate::views::parts::Plot;

/// The panel.
#[component]
pub(crate) fn ResponsePanel(
    /// What to show.
    lens: Lens,
) -> impl IntoView {
    let curve = Curve::of(lens);
    let place = NodeRef::<Div>::new();
    let size = use_size(place);
    let chart = Memo::new(move |_| {
        let (width, height) = size.get();
        lay_out(lens, curve, Size::new(width.max(160.0), height.max(120.0)))
    });
    let palette = use_palette(lens.preferences);
    let (title_id, summary_id) = (unique_id("title"), unique_id("summary"));
    let (labelled, described) = (title_id.clone(), summary_id.clone());
    let title = move || {
        lens.scenario.with(|scenario| {
            lens.evaluation.with(|evaluation| {
                evaluation.as_ref().map(|it| story::response_title(scenario, it)).unwrap_or_default()
            })
        })
    };
    let summary = move || {
        lens.scenario.with(|scenario| {
            lens.evaluation.with(|evaluation| {
                curve.points.with(|points| {
                    evaluation
                        .as_ref()
                        .map(|it| story::response_summary(scenario, it, points))
                        .unwrap_or_default()
                })
            })
        })
    };
    let is_closed = move || lens.scenario.with(|scenario| scenario.workload.users().is_some());
    let sub = move || match (is_closed(), curve.axes.with(Axes::latency_is_log)) {
        (true, true) => explore::CHART_SUB,
        (true, false) => explore::CHART_SUB_LINEAR,
        (false, true) => explore::CHART_SUB_OPEN_LOG,
        (false, false) => explore::CHART_SUB_OPEN,
    };
    view! {
        <section class="panel">
            <figure class="chart" role="group" aria-labelledby=labelled aria-describedby=described.clone()>
                <h2 class="panel-title" id=title_id>{title}</h2>
                <p class="panel-sub">{sub}</p>
                <div class="chart-plot" node_ref=place>
                    <Plot figure=Signal::derive(move || chart.with(|chart| chart.figure.clone())) palette />
                    <Reader lens curve chart described_by=described.clone() />
                </div>
                <p class="chart-summary" id=summary_id>{summary}</p>
                <details class="chart-more">
                    <summary>{explore::TABLE}</summary>
                    <p class="panel-sub">{explore::CHART_HINT}</p>
                    <CurveTable curve is_closed=Signal::derive(is_closed) />
                </details>
            </figure>
        </section>
    }
}

/// Lays the chart out in the room that it has.
fn lay_out(lens: Lens, curve: Curve, size: Size) -> ResponseChart {
    let bounds = curve.bounds.get();
    let response_time = lens.evaluation.with(|evaluation| match evaluation.as_ref().map(|it| it.outcome) {
        Ok(Outcome::Steady(steady)) => Some(steady.response_time),
        _ => None,
    });
    let timeout = lens.scenario.with(|scenario| scenario.client.timeout);
    let knee = bounds.and_then(|bounds| bounds.knee);
    let knee_text = knee.map(explore::knee).unwrap_or_default();
    let wall_text = bounds.map(|bounds| explore::wall(bounds.wall)).unwrap_or_default();
    let you_text = response_time.map_or_else(|| explore::YOU_NO_END.to_owned(), explore::you);
    let timeout_text = explore::gives_up(timeout);
    let has_ghost = curve.ghost.with(|ghost| !ghost.is_empty());
    let text_size = if lens.preferences.with(|preferences| preferences.projector) { 18.0 } else { 12.0 };
    curve.points.with(|points| {
        curve.ghost.with(|ghost| {
            ResponseChart::new(&Response {
                size,
                text_size,
                axes: curve.axes.get(),
                curve: points,
                ghost: has_ghost.then_some((ghost, explore::GHOST)),
                unloaded: bounds.map_or(Time::ZERO, |bounds| bounds.unloaded),
                ceiling: curve.ceiling.get().unwrap_or(crate::charts::Ceiling::Orders { wall: Rate::ZERO }),
                wall_text: &wall_text,
                knee: knee.map(|knee| (knee, knee_text.as_str())),
                timeout: (timeout, &timeout_text),
                load: curve.load.get(),
                response_time,
                you_text: &you_text,
            })
        })
    })
}

/// The action that sets a load.
pub(crate) fn set_load(scenario: &Scenario, load: f64) -> Action {
    if scenario.workload.users().is_some() {
        Action::SetUsers(Users::new((load.round() as u64).max(1)))
    } else {
        Action::SetArrivalRate(Rate::per_second(load))
    }
}

/// The same numbers as drawn, in a dozen rows.
#[component]
fn CurveTable(curve: Curve, is_closed: Signal<bool>) -> impl IntoView {
    const ROWS: usize = 12;
    let load_head = move || if is_closed.get() { explore::TABLE_USERS } else { explore::TABLE_RATE };
    let has_ghost = move || curve.ghost.with(|ghost| !ghost.is_empty());
    let ghost_at = move |load: f64| {
        curve.ghost.with(|ghost| {
            let point = ghost.iter().find(|point| (point.load - load).abs() < 1e-9 * load.max(1.0));
            point.map_or_else(|| "–".to_owned(), |point| format::time(point.response_time))
        })
    };
    let row = move |point: CurvePoint| {
        view! {
            <tr>
                <th scope="row">{format::plain(point.load)}</th>
                <td>{format::time(point.response_time)}</td>
                <td>{format::fine_rate(point.throughput)}</td>
                {has_ghost().then(|| view! { <td>{ghost_at(point.load)}</td> })}
            </tr>
        }
    };
    let rows = move || {
        let scale: Scale = curve.axes.get().load;
        curve.points.with(|points| {
            milestones(scale, points, ROWS).into_iter().map(|index| row(points[index])).collect_view()
        })
    };
    view! {
        <div class="chart-table" tabindex="0" role="region" aria-label=explore::CURVE_TABLE>
            <table>
                <caption>{explore::CURVE_TABLE}</caption>
                <thead>
                    <tr>
                        <th scope="col">{load_head}</th>
                        <th scope="col">{explore::TABLE_RESPONSE}</th>
                        <th scope="col">{explore::TABLE_THROUGHPUT}</th>
                        {move || has_ghost().then(|| view! { <th scope="col">{explore::GHOST}</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
