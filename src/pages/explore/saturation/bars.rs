//! The utilization bars.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::resource_row::ResourceRow;
use crate::charts::{Palette, SaturationBar, Size, saturation};
use crate::components::FigureCanvas;
use crate::platform::use_size;

/// The canvas with all bars, behind the second column of the rows.
#[component]
pub(super) fn Bars(
    rows: Memo<Arc<Vec<ResourceRow>>>,
    is_dragging: Memo<bool>,
    palette: Signal<Palette>,
) -> impl IntoView {
    let canvas_area = NodeRef::<html::Div>::new();
    let measured = use_size(canvas_area);
    // In a drag the texts next to the bars change their width, but resizing the canvas for every pixel takes
    // too long.
    let size = Memo::new(move |previous: Option<&(f64, f64)>| {
        let current = measured.get();
        let is_same_height = |previous: &&(f64, f64)| (previous.1 - current.1).abs() < 0.5;
        previous.filter(|_| is_dragging.get()).filter(is_same_height).copied().unwrap_or(current)
    });
    let figure = Memo::new(move |_| {
        let (width, height) = size.get();
        let bars: Vec<SaturationBar> = rows.read().iter().map(|row| row.bar).collect();
        Arc::new(saturation(Size::new(width.max(40.0), height.max(20.0)), &bars))
    });
    view! {
        <div
            class="sat-bars"
            node_ref=canvas_area
            style:grid-row=move || format!("1 / span {}", rows.read().len().max(1))
        >
            <FigureCanvas figure palette />
        </div>
    }
}
