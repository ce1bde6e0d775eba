//! Reading a curve and setting the load on it: by pointing, by dragging, by keys.

use std::rc::Rc;
use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlElement;

use crate::charts::{ResponseChart, milestones};
use crate::components::{cross_hair, next_place};
use crate::dom::{Html, NodeRef, event, key, part, pointer, press, text};
use crate::pages::explore::curve::Curve;
use crate::pages::explore::lens::Lens;
use crate::pages::explore::load::load_text;
use crate::pages::explore::pointing::Pointing;
use crate::pages::explore::why::{Answer, Asking};
use crate::queueing::explain::ExplainedValue;
use crate::strings::{explanation, explore};
use crate::units::format;
use crate::units::round_to_decimals;

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
    let layer = NodeRef::<HtmlElement>::new();
    let reading = RwSignal::new(None::<usize>);
    let near = RwSignal::new(String::new());
    let asking = use_context::<Asking>();
    let read = move || reading.get().and_then(|index| curve.get().points.get(index).copied());
    let pointing = Rc::new(Pointing::new(lens, chart, layer, reading, near));
    let [down, go, up, cancelled, clicked] = [(); 5].map(|()| Rc::clone(&pointing));
    let on_key = key(move |event: KeyboardEvent| {
        let key = event.key();
        match (key.as_str(), untrack(read)) {
            ("Escape", _) => {
                reading.set(None);
                pointing.cancel();
            }
            ("Enter", Some(point)) => {
                event.prevent_default();
                pointing.set(point.load);
            }
            ("w" | "W" | "x" | "X", Some(point)) => {
                event.prevent_default();
                if let Some(asking) = asking {
                    let flow = &curve.get_untracked().flow;
                    let with = explanation::formula_at(&words_of(lens, point.load));
                    let of_time = key.eq_ignore_ascii_case("w");
                    let figure =
                        if of_time { ExplainedValue::ResponseTime } else { ExplainedValue::Throughput };
                    asking.tell(Answer::at(flow, point.load, figure, with));
                }
            }
            _ => {
                let (curve, chart) = (curve.get_untracked(), chart.get_untracked());
                if let Some(index) = next_reading(&key, reading.get_untracked(), &curve, &chart) {
                    event.prevent_default();
                    reading.set(Some(index));
                }
            }
        }
    });
    let spoken = text(move || {
        read().map_or_else(
            || explore::READER_IDLE.to_owned(),
            |point| {
                explore::spoken_reading(
                    &words_of(lens, point.load),
                    &format::spoken_time(point.response_time),
                )
            },
        )
    });
    let now = text(move || {
        round_to_decimals(read().map_or_else(|| lens.now().scenario.workload.load(), |point| point.load), 6)
            .to_string()
    });
    view! {
        <div
            node_ref=layer
            class="chart-reader"
            tabindex="0"
            role="slider"
            aria-label=explore::CHART_READER
            aria-describedby=described_by
            aria-valuemin=text(move || round_to_decimals(curve.get().axes.load.least(), 6).to_string())
            aria-valuemax=text(move || round_to_decimals(curve.get().axes.load.most(), 6).to_string())
            aria-valuenow=now
            aria-valuetext=spoken
            data-near=text(move || near.get())
            on:pointerdown=pointer(move |event| down.down(&event))
            on:pointermove=pointer(move |event| go.go(&event))
            on:pointerup=pointer(move |_| up.release())
            on:pointercancel=pointer(move |_| cancelled.cancel())
            on:click=press(move || clicked.click())
            on:pointerleave=pointer(move |_| reading.set(None))
            on:blur=event(move |_| reading.set(None))
            on:keydown=on_key
        >
            {part(move || reading.get().map_or_else(Html::several, |index| read_out(lens, &curve.get(), &chart.get(), index)))}
        </div>
    }
}

/// A load in words.
fn words_of(lens: Lens, load: f64) -> String {
    load_text(lens.now().scenario.workload, load)
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
        <b>{format::time(point.response_time)}</b> " · " {words_of(lens, point.load)}
        <br />
        {explore::throughput_label(point.throughput)}
    };
    cross_hair(&chart.figure, at, words)
}
