//! Reading a curve and setting the load on it: by pointing, by dragging, by keys.

use std::sync::Arc;

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlElement;

use crate::charts::{ResponseChart, milestones};
use crate::dom::{Html, NodeRef, event, key, part, pointer, text};
use crate::session::Action;
use crate::text::explore;
use crate::units::decimal::shortest;
use crate::units::format;
use crate::views::dispatch::use_dispatch;
use crate::views::explore::curve::Curve;
use crate::views::explore::lens::Lens;
use crate::views::explore::load::{load_of, set_load};
use crate::views::parts::{cross_hair, next_place};

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
    curve: Memo<Arc<Curve>>,
    /// Where it lies.
    chart: Memo<Arc<ResponseChart>>,
    /// The id of the chart's summary.
    described_by: String,
) -> Html {
    let dispatch = use_dispatch();
    let layer = NodeRef::<HtmlElement>::new();
    let reading = RwSignal::new(None::<usize>);
    let dragging = RwSignal::new(false);
    let near_you = RwSignal::new(false);
    let across = move |event: &PointerEvent| {
        let left = layer.get_untracked().map_or(0.0, |layer| layer.get_bounding_client_rect().left());
        f64::from(event.client_x()) - left
    };
    let set = move |load: f64| dispatch.apply(set_load(lens.peek().scenario.workload, load));
    let is_near = move |x: f64| (chart.get_untracked().you.x - x).abs() <= REACH;
    let stop = move |action: Action| {
        if dragging.get_untracked() {
            dragging.set(false);
            dispatch.apply(action);
        }
    };
    let on_down = pointer(move |event| {
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
        if !is_near(x) {
            set(chart.get_untracked().load_at(x));
        }
    });
    let on_move = pointer(move |event| {
        let x = across(&event);
        if dragging.get_untracked() {
            reading.set(None);
            set(chart.get_untracked().load_at(x));
        } else {
            near_you.set(is_near(x));
            reading.set(chart.get_untracked().nearest(x));
        }
    });
    let on_key = key(move |event: KeyboardEvent| {
        let (key, read) = (event.key(), reading.get_untracked());
        match key.as_str() {
            "Escape" => {
                reading.set(None);
                stop(Action::CancelDrag);
            }
            "Enter" => {
                if let Some(load) =
                    read.and_then(|index| curve.get_untracked().points.get(index).map(|at| at.load))
                {
                    event.prevent_default();
                    set(load);
                }
            }
            _ => {
                if let Some(index) = next_reading(&key, read, &curve.get_untracked(), &chart.get_untracked())
                {
                    event.prevent_default();
                    reading.set(Some(index));
                }
            }
        }
    });
    let spoken = text(move || {
        let point = reading.get().and_then(|index| curve.get().points.get(index).copied());
        point.map_or_else(
            || explore::READER_IDLE.to_owned(),
            |point| explore::reading(&load_text(lens, point.load), &format::spoken_time(point.response_time)),
        )
    });
    let now = text(move || {
        let point = reading.get().and_then(|index| curve.get().points.get(index).copied());
        shortest(point.map_or_else(|| load_of(lens.now().scenario.workload), |point| point.load), 6)
    });
    view! {
        <div
            node_ref=layer
            class="chart-reader"
            tabindex="0"
            role="slider"
            aria-label=explore::CHART_READER
            aria-describedby=described_by
            aria-valuemin=text(move || shortest(curve.get().axes.load.least(), 6))
            aria-valuemax=text(move || shortest(curve.get().axes.load.most(), 6))
            aria-valuenow=now
            aria-valuetext=spoken
            data-near=text(move || if near_you.get() { "you" } else { "" }.to_owned())
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=pointer(move |_| stop(Action::EndDrag))
            on:pointercancel=pointer(move |_| stop(Action::CancelDrag))
            on:pointerleave=pointer(move |_| reading.set(None))
            on:blur=event(move |_| reading.set(None))
            on:keydown=on_key
        >
            {part(move || reading.get().map_or_else(Html::several, |index| read_out(lens, &curve.get(), &chart.get(), index)))}
        </div>
    }
}

/// A load in words.
fn load_text(lens: Lens, load: f64) -> String {
    let is_closed = lens.now().scenario.workload.users().is_some();
    if is_closed { explore::users(load) } else { explore::orders_per_second(load) }
}

/// Where a key leads from the point that is read.
fn next_reading(key: &str, from: Option<usize>, curve: &Curve, chart: &ResponseChart) -> Option<usize> {
    let you = chart.nearest(chart.you.x)?;
    let mut stops = milestones(curve.axes.load, &curve.points, STOPS);
    if let Err(place) = stops.binary_search(&you) {
        stops.insert(place, you);
    }
    let last = stops.len().saturating_sub(1);
    let here = stops.iter().position(|stop| *stop >= from.unwrap_or(you)).unwrap_or(last);
    stops.get(next_place(key, here, stops.len())?).copied()
}

/// What is read at a point.
fn read_out(lens: Lens, curve: &Curve, chart: &ResponseChart, index: usize) -> Html {
    let (Some(point), Some(at)) = (curve.points.get(index), chart.place_of(index)) else {
        return Html::several();
    };
    let words = view! {
        <b>{format::time(point.response_time)}</b> " · " {load_text(lens, point.load)}
        <br />
        {explore::orders_answered(point.throughput)}
    };
    cross_hair(&chart.figure, at, words)
}
