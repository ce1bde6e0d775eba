//! The order flow laid out in time: an axis, a row for each step, and the line at which the user has the
//! answer.

mod broker_row;
mod footer;
mod latency_handle;
mod placed_step;
mod pool_row;
mod position;
mod step_bar;
mod step_row;
mod step_settings;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::charts::timeline::{Axis, Queue, Timeline};
use crate::components::ReorderableList;
use crate::pages::explore::state::ExploreState;
use crate::scenario::StepId;
use crate::strings::explore;
use crate::units::Time;
use broker_row::BrokerRow;
use footer::TimelineFooter;
use pool_row::PoolRow;
use position::{answer_position, percent};
use step_row::StepRow;

/// A row below the one of the worker pool.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Row {
    Step(StepId),
    Broker,
}

#[component]
pub(crate) fn TimelineView(state: ExploreState) -> impl IntoView {
    let expanded = RwSignal::new(None::<StepId>);
    let rows = Memo::new(move |_| {
        let timeline = state.timeline.read();
        let mut rows: Vec<Row> = timeline.lanes.iter().map(|lane| Row::Step(lane.id)).collect();
        rows.insert(timeline.broker_before.min(rows.len()), Row::Broker);
        rows
    });
    let row_view = move |row: Row, element: NodeRef<html::Li>| match row {
        Row::Broker => view! { <BrokerRow state element /> }.into_any(),
        Row::Step(id) => view! { <StepRow id state expanded element /> }.into_any(),
    };
    view! {
        <section class="timeline" aria-label=explore::ORDER_FLOW>
            <TimeAxis axis=state.axis />
            <div class="lanes-area">
                <AnswerLine timeline=state.timeline axis=state.axis />
                <ol class="lanes">
                    <PoolRow evaluated=state.evaluated timeline=state.timeline axis=state.axis />
                    <ReorderableList keys=rows item=row_view />
                </ol>
            </div>
            <TimelineFooter evaluated=state.evaluated expanded />
        </section>
    }
}

#[component]
fn TimeAxis(axis: Memo<Axis>) -> impl IntoView {
    let ticks = move || {
        let axis = axis.get();
        let tick = |time: Time| {
            view! {
                <span class="axis-tick" style:left=percent(axis.place(time))>{axis.unit.number(time)}</span>
            }
        };
        axis.ticks().into_iter().map(tick).collect_view()
    };
    view! {
        <div class="axis" aria-hidden="true">
            <span class="axis-ticks">{ticks}</span>
            <span class="axis-unit">{move || axis.read().unit.symbol()}</span>
        </div>
    }
}

/// The line at which the user has the answer. Its flag stays inside of the axis near both ends; the line does
/// not.
#[component]
fn AnswerLine(timeline: Memo<Arc<Timeline>>, axis: Memo<Axis>) -> impl IntoView {
    let position = answer_position(timeline, axis);
    let flag = move || match timeline.read().queue {
        Queue::Growing(_) => explore::ANSWER_FLAG_UNBOUNDED,
        Queue::Wait(_) => explore::ANSWER_FLAG,
    };
    view! {
        <div class="the-line" aria-hidden="true">
            <div class="the-line-track">
                <span class="the-line-rule" style:left=position></span>
                <span
                    class="the-line-flag"
                    style:left=move || format!("clamp(6.25rem, {}, 100% - 6.25rem)", position.read())
                >
                    {flag}
                </span>
            </div>
        </div>
    }
}
