//! Reading the curve and setting the load on it by pointer, touch and keyboard.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::chart_pointer::ChartPointer;
use super::curve::Curve;
use crate::charts::{ResponseChart, milestones};
use crate::components::{ChartTooltip, next_index};
use crate::pages::explore::explain::{Explanation, use_explainer};
use crate::pages::explore::load_action::load_text;
use crate::queueing::explain::ExplainedValue;
use crate::scenario::Workload;
use crate::strings::{explanation, explore};
use crate::units::{format, round_to_decimals};

/// The number of points that keys stop at.
const MAX_STOPS: usize = 60;

/// A layer above the chart that takes pointer and keys.
#[component]
pub(super) fn ChartReader(
    workload: Memo<Workload>,
    curve: Memo<Arc<Curve>>,
    chart: Memo<Arc<ResponseChart>>,
    /// The id of the chart's summary.
    described_by: String,
) -> impl IntoView {
    let explainer = use_explainer();
    let layer = NodeRef::<html::Div>::new();
    let selected = RwSignal::new(None::<usize>);
    let near = RwSignal::new("");
    let selected_point = move || selected.get().and_then(|index| curve.read().points.get(index).copied());
    let pointer = ChartPointer::new(workload, chart, layer, selected, near);
    let load_words = move |load: f64| load_text(workload.get(), load);
    let on_key = move |event: KeyboardEvent| {
        let key = event.key();
        match (key.as_str(), untrack(selected_point)) {
            ("Escape", _) => {
                selected.set(None);
                pointer.cancel();
            }
            ("Enter", Some(point)) => {
                event.prevent_default();
                pointer.set_load(point.load);
            }
            ("w" | "W" | "x" | "X", Some(point)) => {
                event.prevent_default();
                let is_time = key.eq_ignore_ascii_case("w");
                let value = if is_time { ExplainedValue::ResponseTime } else { ExplainedValue::Throughput };
                let values = explanation::formula_at(&untrack(|| load_words(point.load)));
                let flow = &curve.read_untracked().flow;
                explainer.open(Explanation::at_load(flow, point.load, value, values));
            }
            _ => {
                let next = next_point(
                    &key,
                    selected.get_untracked(),
                    &curve.read_untracked(),
                    &chart.read_untracked(),
                );
                if let Some(index) = next {
                    event.prevent_default();
                    selected.set(Some(index));
                }
            }
        }
    };
    // A focused layer that is removed fires `blur`, when the signal is gone.
    let deselect = move || {
        let _ = selected.try_set(None);
    };
    let spoken = move || {
        selected_point().map_or_else(
            || explore::READER_IDLE.to_owned(),
            |point| {
                explore::spoken_reading(&load_words(point.load), &format::spoken_time(point.response_time))
            },
        )
    };
    let load = move || {
        let load = selected_point().map_or_else(|| workload.read().load(), |point| point.load);
        round_to_decimals(load, 6).to_string()
    };
    let tooltip = move || {
        let index = selected.get()?;
        let point = *curve.read().points.get(index)?;
        let chart = chart.read();
        let position = chart.place_of(index)?;
        Some(view! {
            <ChartTooltip size=chart.figure.size plot=chart.figure.plot point=position>
                <b>{format::time(point.response_time)}</b>
                " · "
                {load_words(point.load)}
                <br />
                {explore::throughput_label(point.throughput)}
            </ChartTooltip>
        })
    };
    view! {
        <div
            node_ref=layer
            class="chart-reader"
            tabindex="0"
            role="slider"
            aria-label=explore::CHART_READER
            aria-describedby=described_by
            aria-valuemin=move || round_to_decimals(curve.read().axes.load.least(), 6).to_string()
            aria-valuemax=move || round_to_decimals(curve.read().axes.load.most(), 6).to_string()
            aria-valuenow=load
            aria-valuetext=spoken
            data-near=near
            on:pointerdown=move |event| pointer.on_pointer_down(&event)
            on:pointermove=move |event| pointer.on_pointer_move(&event)
            on:pointerup=move |_| pointer.on_pointer_up()
            on:pointercancel=move |_| pointer.cancel()
            on:click=move |_| pointer.on_click()
            on:pointerleave=move |_| deselect()
            on:blur=move |_| deselect()
            on:keydown=on_key
        >
            {tooltip}
        </div>
    }
}

/// The index of the point that a key leads to.
fn next_point(key: &str, from: Option<usize>, curve: &Curve, chart: &ResponseChart) -> Option<usize> {
    let you = chart.nearest(chart.you.x)?;
    let mut stops = milestones(curve.axes.load, &curve.points, MAX_STOPS);
    if let Err(position) = stops.binary_search(&you) {
        stops.insert(position, you);
    }
    let last = stops.len().saturating_sub(1);
    let current = stops.iter().position(|stop| *stop >= from.unwrap_or(you)).unwrap_or(last);
    stops.get(next_index(key, current, stops.len())?).copied()
}
