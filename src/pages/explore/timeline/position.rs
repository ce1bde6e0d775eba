//! Positions on the time axis as CSS values.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::timeline::{Axis, Timeline};
use crate::units::Time;

/// The shortest wait that is drawn, in milliseconds.
pub(super) const MIN_VISIBLE_WAIT: f64 = 0.5;

/// A share of the axis as a CSS value.
pub(super) fn percent(share: f64) -> String {
    format!("{:.3}%", share * 100.0)
}

/// The position of a time that follows from the timeline.
pub(super) fn position_of(
    timeline: Memo<Arc<Timeline>>,
    axis: Memo<Axis>,
    time: impl Fn(&Timeline) -> Time + Send + Sync + 'static,
) -> Signal<String> {
    Signal::derive(move || percent(axis.read().place(time(&timeline.read()))))
}

/// The position of the line at which the user has the answer.
pub(super) fn answer_position(timeline: Memo<Arc<Timeline>>, axis: Memo<Axis>) -> Signal<String> {
    position_of(timeline, axis, |timeline| timeline.answer)
}

/// The answer line within one row, for narrow screens on which it cannot cross all rows.
#[component]
pub(super) fn RowAnswerLine(timeline: Memo<Arc<Timeline>>, axis: Memo<Axis>) -> impl IntoView {
    view! {
        <span class="track-narrow">
            <span class="track-line" style:left=answer_position(timeline, axis)></span>
        </span>
    }
}
