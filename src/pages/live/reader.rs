//! Reading a chart of a run: by pointing, by keys.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlElement;

use crate::components::{cross_hair, next_place};
use crate::dom::{Html, NodeRef, event, key, part, pointer, text};
use crate::pages::live::scene::Chart;
use crate::pages::live::theatre::Theatre;
use crate::strings::live as words;

/// A layer over the chart that takes pointer and keys.
#[component]
pub(crate) fn StopReader(
    /// The run.
    theatre: Theatre,
    /// Which of its charts.
    chart: Chart,
    /// The id of its summary.
    described_by: String,
) -> Html {
    let layer = NodeRef::<HtmlElement>::new();
    let reading = RwSignal::new(None::<usize>);
    let seen = move || untrack(|| theatre.painting(chart));
    let read = move || reading.get().and_then(|index| theatre.painting(chart).stops.get(index).cloned());
    let on_move = pointer(move |event| {
        let left = layer.get_untracked().map_or(0.0, |layer| layer.get_bounding_client_rect().left());
        let x = f64::from(event.client_x()) - left;
        let seen = seen();
        let distances = seen.stops.iter().map(|stop| (stop.at.x - x).abs()).enumerate();
        reading.set(distances.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(index, _)| index));
    });
    let on_key = key(move |event: KeyboardEvent| {
        let count = seen().stops.len();
        let here = reading.get_untracked();
        // The first key begins at the latest value.
        let next = match here {
            Some(here) => next_place(&event.key(), here, count),
            None => next_place(&event.key(), count, count),
        };
        if event.key() == "Escape" {
            reading.set(None);
        } else if next.is_some() {
            event.prevent_default();
            reading.set(next);
        }
    });
    let spoken = text(move || read().map_or_else(|| words::READER_IDLE.to_owned(), |stop| stop.text));
    let now = text(move || reading.get().map_or(0, |index| index + 1).to_string());
    let tip = part(move || match read() {
        Some(stop) => cross_hair(&theatre.painting(chart).figure, stop.at, Html::of(stop.text)),
        None => Html::several(),
    });
    view! {
        <div
            node_ref=layer
            class="chart-reader"
            tabindex="0"
            role="slider"
            aria-label=words::READER
            aria-describedby=described_by
            aria-valuemin="0"
            aria-valuemax=text(move || theatre.painting(chart).stops.len().to_string())
            aria-valuenow=now
            aria-valuetext=spoken
            on:pointermove=on_move
            on:pointerleave=pointer(move |_| reading.set(None))
            on:blur=event(move |_| reading.set(None))
            on:keydown=on_key
        >
            {tip}
        </div>
    }
}
