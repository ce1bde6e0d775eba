//! A figure on a canvas, with its labels over it.

use std::sync::Arc;

use leptos::prelude::*;
use markup::{component, view};
use web_sys::{HtmlCanvasElement, HtmlElement};

use crate::charts::{Figure, Palette};
use crate::dom::{Html, NodeRef, effect};
use crate::platform::{Written, draw, write_labels};

/// Draws a figure whenever it or the palette changes. The canvas says nothing to assistive technology: the chart's
/// title, summary, reader and table do.
#[component]
pub(crate) fn Plot(
    /// What to draw.
    figure: Memo<Arc<Figure>>,
    /// With which colours.
    palette: Memo<Palette>,
) -> Html {
    let canvas = NodeRef::<HtmlCanvasElement>::new();
    effect(move || {
        let Some(canvas) = canvas.get() else { return };
        if let Err(error) = draw(&canvas, &figure.get(), &palette.get()) {
            leptos::logging::warn!("{error}");
        }
    });
    view! {
        <canvas node_ref=canvas aria-hidden="true"></canvas>
        <Labels figure />
    }
}

/// The text over a figure.
#[component]
pub(crate) fn Labels(
    /// What it is written over.
    figure: Memo<Arc<Figure>>,
) -> Html {
    let place = NodeRef::<HtmlElement>::new();
    let mut before: Vec<Written> = Vec::new();
    effect(move || {
        if let Some(place) = place.get() {
            write_labels(&place, &figure.get().labels, &mut before);
        }
    });
    view! { <div class="chart-labels" aria-hidden="true" node_ref=place></div> }
}
