//! Reading a curve and setting the load on it: by pointing, by dragging, by keys.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use leptos::prelude::*;

use crate::charts::{ResponseChart, milestones};
use crate::model::CurvePoint;
use crate::session::Action;
use crate::text::explore;
use crate::units::format;
use crate::views::dispatch::use_dispatch;
use crate::views::explore::curve::Curve;
use crate::views::explore::lens::Lens;
use crate::views::explore::response::set_load;

/// How near to "you are here" a pointer takes hold of it, in pixels.
const REACH: f64 = 14.0;
/// The most points that keys stop at.
const STOPS: usize = 60;

/// A layer over the chart that takes pointer and keys.
#[component]
pub(crate) fn Reader(
    /// What to act on.
    lens: Lens,
    /// The curve to read.
    curve: Curve,
    /// Where it lies.
    chart: Memo<ResponseChart>,
    /// The id of the chart's summary.
    described_by: String,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let layer = NodeRef::<Div>::new();
    let reading = RwSignal::new(None::<usize>);
    let dragging = RwSignal::new(false);
    let near_you = RwSignal::new(false);
    let across = move |event: &PointerEvent| {
        let left = layer.get_untracked().map_or(0.0, |layer| layer.get_bounding_client_rect().left());
        f64::from(event.client_x()) - left
    };
    let set_at = move |x: f64| {
        let load = chart.with_untracked(|chart| chart.load_at(x));
        dispatch.apply(lens.scenario.with_untracked(|scenario| set_load(scenario, load)));
    };
    let on_down = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        if let Some(layer) = layer.get_untracked() {
            // Without capture the drag ends at the chart's edge, and nothing else is lost.
            let _ = layer.set_pointer_capture(event.pointer_id());
        }
        dispatch.apply(Action::BeginDrag);
        dragging.set(true);
        let x = across(&event);
        if (chart.with_untracked(|chart| chart.you.x) - x).abs() > REACH {
            set_at(x);
        }
    };
    let on_move = move |event: PointerEvent| {
        let x = across(&event);
        if dragging.get_untracked() {
            reading.set(None);
            set_at(x);
        } else {
            near_you.set((chart.with_untracked(|chart| chart.you.x) - x).abs() <= REACH);
            reading.set(chart.with_untracked(|chart| chart.nearest(x)));
        }
    };
    let stop = move |action: Action| {
        if dragging.get_untracked() {
            dragging.set(false);
            dispatch.apply(action);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let key = event.key();
        if key == "Escape" {
            reading.set(None);
            stop(Action::CancelDrag);
            return;
        }
        let read = reading.get_untracked();
        if key == "Enter" {
            if let Some(point) = read.and_then(|index| point_at(curve, index)) {
                event.prevent_default();
                dispatch.apply(lens.scenario.with_untracked(|scenario| set_load(scenario, point.load)));
            }
        } else if let Some(index) = next_reading(&key, read, curve, chart) {
            event.prevent_default();
            reading.set(Some(index));
        }
    };
    let point = Memo::new(move |_| reading.get().and_then(|index| point_at(curve, index)));
    let spoken = move || match point.get() {
        Some(point) => {
            explore::reading(&load_text(lens, point.load), &format::spoken_time(point.response_time))
        }
        None => explore::READER_IDLE.to_owned(),
    };
    let now = move || point.get().map_or_else(|| curve.load.get(), |point| point.load);
    view! {
        <div
            node_ref=layer
            class="chart-reader"
            tabindex="0"
            role="slider"
            aria-label=explore::CHART_READER
            aria-describedby=described_by
            aria-valuemin=move || curve.axes.get().load.least().to_string()
            aria-valuemax=move || curve.axes.get().load.most().to_string()
            aria-valuenow=move || now().to_string()
            aria-valuetext=spoken
            data-near=move || near_you.get().then_some("you")
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=move |_| stop(Action::EndDrag)
            on:pointercancel=move |_| stop(Action::CancelDrag)
            on:pointerleave=move |_| reading.set(None)
            on:blur=move |_| reading.set(None)
            on:keydown=on_key
        >
            {move || reading.get().and_then(|index| read_out(lens, curve, chart, index))}
        </div>
    }
}

/// The point of the curve at an index.
fn point_at(curve: Curve, index: usize) -> Option<CurvePoint> {
    curve.points.with(|points| points.get(index).copied())
}

/// A load in words.
fn load_text(lens: Lens, load: f64) -> String {
    let is_closed = lens.scenario.with(|scenario| scenario.workload.users().is_some());
    if is_closed { explore::users(load) } else { explore::orders_per_second(load) }
}

/// Where a key leads from the point that is read.
fn next_reading(key: &str, from: Option<usize>, curve: Curve, chart: Memo<ResponseChart>) -> Option<usize> {
    let stops = curve.points.with_untracked(|points| {
        let scale = curve.axes.get_untracked().load;
        let mut stops = milestones(scale, points, STOPS);
        stops.extend(chart.with_untracked(|chart| chart.nearest(chart.you.x)));
        stops.sort_unstable();
        stops.dedup();
        stops
    });
    let here = from.or_else(|| chart.with_untracked(|chart| chart.nearest(chart.you.x)))?;
    let position = stops.iter().position(|stop| *stop >= here).unwrap_or(stops.len().saturating_sub(1));
    let is_on_stop = stops.get(position) == Some(&here);
    let to = match key {
        "ArrowRight" | "ArrowUp" => {
            if is_on_stop {
                position + 1
            } else {
                position
            }
        }
        "ArrowLeft" | "ArrowDown" => position.saturating_sub(1),
        "PageUp" => position + 5,
        "PageDown" => position.saturating_sub(5),
        "Home" => 0,
        "End" => stops.len().saturating_sub(1),
        _ => return None,
    };
    stops.get(to.min(stops.len().saturating_sub(1))).copied()
}

/// What is read at a point: a cross-hair, a dot, and the values.
fn read_out(lens: Lens, curve: Curve, chart: Memo<ResponseChart>, index: usize) -> Option<impl IntoView> {
    let point = point_at(curve, index)?;
    let (at, plot, width) = chart
        .with(|chart| chart.place_of(index).map(|at| (at, chart.figure.plot, chart.figure.size.width)))?;
    let side = if at.x > width * 0.55 { "left" } else { "right" };
    let pixels = |value: f64| format!("{value:.1}px");
    Some(view! {
        <span
            class="chart-cross"
            style:left=pixels(at.x)
            style:top=pixels(plot.top)
            style:height=pixels(plot.height())
        ></span>
        <span class="chart-dot" style:left=pixels(at.x) style:top=pixels(at.y)></span>
        <span class="chart-tip" data-side=side style:left=pixels(at.x) aria-hidden="true">
            <b>{format::time(point.response_time)}</b> " · " {load_text(lens, point.load)}
            <br />
            {explore::orders_answered(point.throughput)}
        </span>
    })
}
