//! A chart figure drawn on a canvas, with its labels as text above it.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::memo_by_pointer;
use crate::charts::{Figure, Palette, Size};
use crate::platform::{RenderedLabel, draw, use_size, write_labels};

/// The size of a chart's plot in CSS pixels, at least as large as a chart can be laid out in.
pub(crate) fn use_plot_size(plot: NodeRef<html::Div>) -> Memo<Size> {
    const MIN_SIZE: Size = Size { width: 160.0, height: 120.0 };
    let size = use_size(plot);
    Memo::new(move |_| {
        let (width, height) = size.get();
        Size::new(width.max(MIN_SIZE.width), height.max(MIN_SIZE.height))
    })
}

/// Draws a figure whenever it or the palette changes. The canvas is hidden from assistive technology: the
/// chart's title, summary, reader and table say the same.
#[component]
pub(crate) fn FigureCanvas(
    #[prop(into)] figure: Signal<Arc<Figure>>,
    #[prop(into)] palette: Signal<Palette>,
) -> impl IntoView {
    // Canvas and labels both read the figure, which may be copied or computed at each reading.
    let figure = memo_by_pointer(move |_| figure.get());
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move || {
        let Some(canvas) = canvas.get() else { return };
        if let Err(error) = draw(&canvas, &figure.read(), &palette.read()) {
            leptos::logging::warn!("{error}");
        }
    });
    view! {
        <canvas node_ref=canvas aria-hidden="true"></canvas>
        <ChartLabels figure />
    }
}

/// The text above a figure.
#[component]
pub(crate) fn ChartLabels(#[prop(into)] figure: Signal<Arc<Figure>>) -> impl IntoView {
    let container = NodeRef::<html::Div>::new();
    Effect::new(move |previous: Option<Vec<RenderedLabel>>| {
        let mut rendered = previous.unwrap_or_default();
        if let Some(container) = container.get() {
            write_labels(&container, &figure.read().labels, &mut rendered);
        }
        rendered
    });
    view! { <div class="chart-labels" aria-hidden="true" node_ref=container></div> }
}
