//! Reading a chart place by place: where a key leads, and what is shown where one is.

use markup::view;

use crate::charts::{Figure, Point};
use crate::dom::Html;
use crate::platform::pixels;

/// Where a key leads from one of so many places; nothing for a key that leads nowhere.
pub(crate) fn next_place(key: &str, here: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let to = match key {
        "ArrowRight" | "ArrowUp" => here + 1,
        "ArrowLeft" | "ArrowDown" => here.saturating_sub(1),
        "PageUp" => here + 5,
        "PageDown" => here.saturating_sub(5),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    Some(to.min(last))
}

/// What is shown at a place of a chart: a cross-hair, a dot, and the words.
pub(crate) fn cross_hair(figure: &Figure, at: Point, words: Html) -> Html {
    let plot = figure.plot;
    let side = if at.x > figure.size.width * 0.55 { "left" } else { "right" };
    view! {
        <span class="chart-cross" style:left=pixels(at.x) style:top=pixels(plot.top) style:height=pixels(plot.height())></span>
        <span class="chart-dot" style:left=pixels(at.x) style:top=pixels(at.y)></span>
        <span class="chart-tip" data-side=side style:left=pixels(at.x) aria-hidden="true">
            {words}
        </span>
    }
}
