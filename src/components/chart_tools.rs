//! Buttons below a chart: listen to it, save its numbers, save its picture.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use web_sys::Element;

use crate::charts::{csv, melody};
use crate::platform::{play, save_picture, save_text, stop};
use crate::strings::tools;

/// The data that a chart exports.
#[derive(Clone, Copy)]
pub(crate) struct ExportData {
    /// File name without its extension.
    pub(crate) name: Signal<String>,
    /// Table rows, the header first.
    pub(crate) rows: Callback<(), Vec<Vec<String>>>,
    /// The values to play as tones.
    pub(crate) values: Callback<(), Vec<f64>>,
}

/// Duration of a sonified chart in seconds.
const DURATION: f64 = 2.0;

/// The export buttons. They must stand inside the chart's `figure`, next to the element with `data-picture`
/// and the title.
#[component]
pub(crate) fn ChartTools(data: ExportData) -> impl IntoView {
    const TEXTS: &str = ".chart-label, .sat-name, .sat-value, .sat-state";
    let ExportData { name, rows, values } = data;
    let root = NodeRef::<html::P>::new();
    let file_name = move |extension: &str| name.get_untracked() + extension;
    let save_chart_picture = move |_| {
        let figure = root.get_untracked().and_then(|root| root.closest("figure").ok().flatten());
        let find = |figure: &Element, selector| figure.query_selector(selector).ok().flatten();
        if let Some(chart) = figure.as_ref().and_then(|figure| find(figure, "[data-picture]")) {
            let title = figure.and_then(|figure| find(&figure, "h2")?.text_content()).unwrap_or_default();
            // Without a second canvas from the browser there is no picture to save.
            let _ = save_picture(&file_name(".png"), &chart, &title, TEXTS);
        }
    };
    let stop_on_escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            stop();
        }
    };
    on_cleanup(stop);
    view! {
        <p class="chart-tools" node_ref=root on:keydown=stop_on_escape>
            <button
                type="button"
                class="link"
                title=tools::LISTEN_TOOLTIP
                on:click=move |_| play(&melody(&values.run(())), DURATION)
            >
                {tools::LISTEN}
            </button>
            <button
                type="button"
                class="link"
                title=tools::CSV_TOOLTIP
                on:click=move |_| save_text(&file_name(".csv"), "text/csv", &csv(&rows.run(())))
            >
                {tools::CSV}
            </button>
            <button type="button" class="link" title=tools::PNG_TOOLTIP on:click=save_chart_picture>
                {tools::PNG}
            </button>
        </p>
    }
}
