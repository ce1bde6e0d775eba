//! Reading a chart point by point: keyboard navigation, and the crosshair with its tooltip.

use leptos::prelude::*;

use crate::charts::{Point, Rect, Size};
use crate::platform::pixels;

/// The index that a key leads to from `current` among `count` points; `None` for a key that does not
/// navigate.
pub(crate) fn next_index(key: &str, current: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let next = match key {
        "ArrowRight" | "ArrowUp" => current + 1,
        "ArrowLeft" | "ArrowDown" => current.saturating_sub(1),
        "PageUp" => current + 5,
        "PageDown" => current.saturating_sub(5),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    Some(next.min(last))
}

/// A crosshair, a dot and a tooltip at a point of a chart.
#[component]
pub(crate) fn ChartTooltip(
    /// The size of the figure.
    size: Size,
    /// The plot area within the figure.
    plot: Rect,
    point: Point,
    children: Children,
) -> impl IntoView {
    let side = if point.x > size.width * 0.55 { "left" } else { "right" };
    view! {
        <span
            class="chart-cross"
            style:left=pixels(point.x)
            style:top=pixels(plot.top)
            style:height=pixels(plot.height())
        ></span>
        <span class="chart-dot" style:left=pixels(point.x) style:top=pixels(point.y)></span>
        <span class="chart-tip" data-side=side style:left=pixels(point.x) aria-hidden="true">
            {children()}
        </span>
    }
}
