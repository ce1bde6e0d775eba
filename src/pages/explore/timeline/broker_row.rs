//! The row of the broker: the time that publishing takes, and the events that pile up.

use leptos::html;
use leptos::prelude::*;

use super::position::{RowAnswerLine, position_of};
use crate::charts::timeline::Timeline;
use crate::components::NumberField;
use crate::pages::explore::explain::ExplainableNumber;
use crate::pages::explore::quantity_field::{ResetButton, time_entry};
use crate::pages::explore::state::ExploreState;
use crate::queueing::explain::ExplainedValue;
use crate::scenario::{Placement, StepId, limits};
use crate::session::{Action, Control};
use crate::strings::explore;
use crate::units::parse::DefaultUnit;
use crate::units::{Rate, Time, format};

#[component]
pub(super) fn BrokerRow(state: ExploreState, element: NodeRef<html::Li>) -> impl IntoView {
    let ExploreState { evaluated, timeline, axis, .. } = state;
    let publish_latency = Memo::new(move |_| evaluated.read().scenario.broker.publish_latency);
    let publishes = move || timeline.read().publishes;
    let note = move || if timeline.read().uses_broker { explore::BROKER } else { explore::BROKER_UNUSED };
    // Steps that are published and waited for go through the broker before they start.
    let awaited_steps = Memo::new(move |_| {
        let timeline = timeline.read();
        let lanes = timeline.lanes.iter().filter(|lane| lane.placement == Placement::PublishAndWait);
        lanes.map(|lane| lane.id).collect::<Vec<StepId>>()
    });
    let awaited_publish = move |id: StepId| {
        let left = position_of(timeline, axis, move |timeline| {
            let lane = timeline.lanes.iter().find(|lane| lane.id == id);
            lane.map_or(Time::ZERO, |lane| lane.from - publish_latency.get())
        });
        let width = position_of(timeline, axis, move |_| publish_latency.get());
        view! { <span class="block" data-kind="publish" style:left=left style:width=width></span> }
    };
    // Hidden elements keep their position: updating them costs the browser as much as visible ones.
    let left = position_of(timeline, axis, |timeline| {
        if timeline.publish_from < timeline.answer { timeline.publish_from } else { Time::ZERO }
    });
    let width = position_of(timeline, axis, |timeline| timeline.answer - timeline.publish_from);
    let answer =
        position_of(timeline, axis, |timeline| if timeline.publishes { timeline.answer } else { Time::ZERO });
    view! {
        <li class="lane" data-kind="broker" node_ref=element>
            <span class="lane-name">{explore::PUBLISH} " " <em>{explore::EVENT}</em></span>
            <span class="lane-note">{note}</span>
            <span class="track">
                <span class="track-clip">
                    <span class="track-scale">
                        <span
                            class="block"
                            data-kind="publish"
                            hidden=move || !publishes()
                            style:left=left
                            style:width=width
                        ></span>
                        <For each=move || awaited_steps.get() key=|id| *id let:id>{awaited_publish(id)}</For>
                        <span class="rail" hidden=move || !publishes() style:left=answer></span>
                        <LagPill state answer />
                        <RowAnswerLine timeline axis />
                    </span>
                </span>
            </span>
            <span class="lane-number">
                <NumberField
                    label=explore::PUBLISH_LATENCY
                    value=Signal::derive(move || format::decimal(publish_latency.get().millis()))
                    unit=explore::MILLISECONDS_UNIT
                    on_enter=time_entry(
                        DefaultUnit::Millis,
                        limits::PUBLISH_LATENCY,
                        Action::SetPublishLatency,
                    )
                />
            </span>
            <span class="lane-more">
                <ResetButton state control=Control::PublishLatency name=explore::PUBLISH_LATENCY />
            </span>
        </li>
    }
}

/// The step whose events pile up fastest, and how fast; hidden if nothing piles up.
#[component]
fn LagPill(
    state: ExploreState,
    /// The position of the answer line.
    answer: Signal<String>,
) -> impl IntoView {
    let ExploreState { evaluated, timeline, .. } = state;
    let text = Signal::derive(move || {
        let Some((step, growth)) = fastest_growth(&timeline.read()) else { return String::new() };
        let evaluated = evaluated.read();
        let name = evaluated.scenario.steps.get(step).map(|step| step.name.subject());
        explore::lag_label(&name.unwrap_or_default(), growth)
    });
    let is_hidden = move || text.read().is_empty();
    // At the answer line, or as far left of it as the text needs.
    let left = move || {
        if is_hidden() { "0".to_owned() } else { format!("min({}, 100% - var(--pill))", answer.read()) }
    };
    let lag = move || {
        let (step, _) = fastest_growth(&timeline.read_untracked())?;
        let evaluated = evaluated.read_untracked();
        let effects = &evaluated.evaluation.as_ref().ok()?.effects;
        effects.iter().position(|effect| effect.step == step).map(ExplainedValue::Lag)
    };
    view! {
        <span class="pill" hidden=is_hidden style:left=left>
            <ExplainableNumber text value=lag tab_stop=false />
        </span>
    }
}

/// The index of the step whose backlog grows fastest, and its growth.
fn fastest_growth(timeline: &Timeline) -> Option<(usize, Rate)> {
    let lanes = timeline.lanes.iter().enumerate();
    let growing = lanes.filter_map(|(step, lane)| lane.growth.map(|growth| (step, growth)));
    growing.max_by(|a, b| a.1.value().total_cmp(&b.1.value()))
}
