//! The row of the wait for an API worker.

use std::sync::Arc;

use leptos::prelude::*;

use super::position::{MIN_VISIBLE_WAIT, RowAnswerLine, percent};
use crate::charts::timeline::{Axis, Queue, Timeline};
use crate::pages::explore::explain::ExplainableNumber;
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{ResourceKind, ResourceState};
use crate::strings::explore;
use crate::units::format;

/// The share of the axis that an endlessly growing queue takes.
const GROWING_SHARE: f64 = 0.3;

#[component]
pub(super) fn PoolRow(
    evaluated: Memo<Arc<EvaluatedScenario>>,
    timeline: Memo<Arc<Timeline>>,
    axis: Memo<Axis>,
) -> impl IntoView {
    let queue = Memo::new(move |_| timeline.read().queue);
    let width = move || match queue.get() {
        Queue::Wait(wait) => percent(axis.read().place(wait)),
        Queue::Growing(_) => percent(GROWING_SHARE),
    };
    let total = Signal::derive(move || match queue.get() {
        Queue::Wait(wait) => format::time(wait),
        Queue::Growing(growth) => format!("+{}/s", format::rate(growth)),
    });
    let number = Signal::derive(move || match queue.get() {
        Queue::Wait(wait) => axis.read().unit.number(wait),
        Queue::Growing(_) => explore::UNBOUNDED.to_owned(),
    });
    let is_growing = move || matches!(queue.get(), Queue::Growing(_)).to_string();
    let is_empty = move || matches!(queue.get(), Queue::Wait(wait) if wait.millis() < MIN_VISIBLE_WAIT);
    let pool_wait = || Some(ExplainedValue::PoolWait);
    view! {
        <li class="lane" data-kind="pool">
            <span class="lane-name">{explore::WORKER_QUEUE}</span>
            <span class="lane-note">{move || workers_word(&evaluated.read())}</span>
            <span class="track">
                <span class="track-clip">
                    <span class="track-scale">
                        <span
                            class="block"
                            data-kind="wait"
                            data-open=is_growing
                            hidden=is_empty
                            style:left="0"
                            style:width=width
                        >
                            <i></i>
                            <b><ExplainableNumber text=number value=pool_wait tab_stop=false /></b>
                        </span>
                        <RowAnswerLine timeline axis />
                    </span>
                </span>
            </span>
            <span class="lane-number lane-total"><ExplainableNumber text=total value=pool_wait /></span>
        </li>
    }
}

/// The availability of workers in a word.
fn workers_word(evaluated: &EvaluatedScenario) -> &'static str {
    let pool = evaluated.evaluation.as_ref().ok().and_then(|evaluation| {
        evaluation.resources.iter().find(|resource| resource.kind == ResourceKind::ApiPool)
    });
    match pool.map(|pool| pool.state) {
        Some(ResourceState::Growing { .. }) => explore::WORKERS_ALL_BUSY,
        Some(ResourceState::Steady { utilization, .. }) if utilization.share() > 0.995 => {
            explore::WORKERS_ALL_BUSY
        }
        Some(ResourceState::Steady { utilization, .. }) if utilization.share() > 0.8 => {
            explore::WORKERS_SELDOM_FREE
        }
        Some(ResourceState::Steady { utilization, .. }) if utilization.share() > 0.5 => {
            explore::WORKERS_OFTEN_FREE
        }
        _ => explore::WORKERS_ALL_FREE,
    }
}
