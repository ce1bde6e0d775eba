//! Reading a chart of a run value by value, by pointer and by keys.

use std::sync::Arc;

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

use crate::components::{ChartTooltip, next_index};
use crate::live::Panel;
use crate::strings::live as strings;

/// A layer above the chart that takes pointer and keys.
#[component]
pub(crate) fn DataPointCursor(
    panel: Memo<Arc<Panel>>,
    /// The id of the chart's summary.
    described_by: String,
) -> impl IntoView {
    let layer = NodeRef::<html::Div>::new();
    let selected = RwSignal::new(None::<usize>);
    let selected_point =
        move || selected.get().and_then(|index| panel.read().data_points.get(index).cloned());
    let select_nearest = move |event: PointerEvent| {
        let left = layer.get_untracked().map_or(0.0, |layer| layer.get_bounding_client_rect().left());
        let x = f64::from(event.client_x()) - left;
        let panel = panel.read_untracked();
        let distances = panel.data_points.iter().map(|point| (point.at.x - x).abs()).enumerate();
        selected.set(distances.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(index, _)| index));
    };
    let on_key = move |event: KeyboardEvent| {
        let count = panel.read_untracked().data_points.len();
        // The first key starts at the latest value.
        let next = next_index(&event.key(), selected.get_untracked().unwrap_or(count), count);
        if event.key() == "Escape" {
            selected.set(None);
        } else if next.is_some() {
            event.prevent_default();
            selected.set(next);
        }
    };
    // The page may be left while the layer has the focus.
    let deselect = move || {
        let _ = selected.try_set(None);
    };
    let spoken = move || selected_point().map_or_else(|| strings::READER_IDLE.to_owned(), |point| point.text);
    let tooltip = move || {
        let point = selected_point()?;
        let (size, plot) = panel.with(|panel| (panel.figure.size, panel.figure.plot));
        Some(view! { <ChartTooltip size plot point=point.at>{point.text}</ChartTooltip> })
    };
    view! {
        <div
            node_ref=layer
            class="chart-reader"
            tabindex="0"
            role="slider"
            aria-label=strings::READER
            aria-describedby=described_by
            aria-valuemin="0"
            aria-valuemax=move || panel.read().data_points.len().to_string()
            aria-valuenow=move || selected.get().map_or(0, |index| index + 1).to_string()
            aria-valuetext=spoken
            on:pointermove=select_nearest
            on:pointerleave=move |_| deselect()
            on:blur=move |_| deselect()
            on:keydown=on_key
        >
            {tooltip}
        </div>
    }
}
