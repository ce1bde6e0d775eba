//! What can be taken from a chart: its sound, its numbers, its picture.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use markup::{component, view};
use web_sys::{Element, HtmlElement};

use crate::charts::{csv, melody};
use crate::dom::{Html, NodeRef, Text, key, press};
use crate::platform::{play, save_picture, save_text, stop};
use crate::strings::tools;

/// What a chart gives away.
pub(crate) struct Takings {
    /// What the files are called, without what kind they are.
    pub(crate) name: Text,
    /// The numbers, the names of the columns first.
    pub(crate) rows: Box<dyn Fn() -> Vec<Vec<String>>>,
    /// The values to listen to.
    pub(crate) values: Box<dyn Fn() -> Vec<f64>>,
}

/// How long a chart sounds, in seconds.
const LENGTH: f64 = 2.0;

/// The buttons. They stand in the chart's `figure`, beside the element with `data-picture` and the title.
#[component]
pub(crate) fn ChartTools(
    /// What they give away.
    takings: Takings,
) -> Html {
    const TEXTS: &str = ".chart-label, .sat-name, .sat-value, .sat-state";
    let Takings { name, rows, values } = takings;
    let place = NodeRef::<HtmlElement>::new();
    let listen = press(move || play(&melody(&values()), LENGTH));
    let hush = key(|event: KeyboardEvent| {
        if event.key() == "Escape" {
            stop();
        }
    });
    let file = move |kind: &str| [&name.get_untracked(), kind].concat();
    let numbers = press(move || save_text(&file(".csv"), "text/csv", &csv(&rows())));
    let picture = press(move || {
        let figure = place.get_untracked().and_then(|place| place.closest("figure").ok().flatten());
        let find = |figure: &Element, selector| figure.query_selector(selector).ok().flatten();
        if let Some(chart) = figure.as_ref().and_then(|figure| find(figure, "[data-picture]")) {
            let title = figure.and_then(|figure| find(&figure, "h2")?.text_content()).unwrap_or_default();
            // Where the browser gives no second canvas there is no picture.
            let _ = save_picture(&file(".png"), &chart, &title, TEXTS);
        }
    });
    on_cleanup(stop);
    view! {
        <p class="chart-tools" node_ref=place on:keydown=hush>
            <button type="button" class="link" title=tools::LISTEN_TOOLTIP on:click=listen>{tools::LISTEN}</button>
            <button type="button" class="link" title=tools::CSV_TOOLTIP on:click=numbers>{tools::CSV}</button>
            <button type="button" class="link" title=tools::PNG_TOOLTIP on:click=picture>{tools::PNG}</button>
        </p>
    }
}
