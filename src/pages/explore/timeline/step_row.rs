//! The row of one step: its name, its switch, its bar, its latency.

use leptos::html;
use leptos::prelude::*;

use super::placed_step::{placed_step, side};
use super::step_bar::StepTrack;
use super::step_settings::StepSettings;
use crate::components::{NumberField, Switch};
use crate::dispatch::use_dispatch;
use crate::pages::explore::quantity_field::time_entry;
use crate::pages::explore::state::ExploreState;
use crate::scenario::{Placement, StepId, limits};
use crate::session::Action;
use crate::strings::explore;
use crate::units::format;
use crate::units::parse::DefaultUnit;

#[component]
pub(super) fn StepRow(
    id: StepId,
    state: ExploreState,
    /// The step whose settings are open.
    expanded: RwSignal<Option<StepId>>,
    element: NodeRef<html::Li>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let placed = placed_step(id, state);
    let name = Memo::new(move |_| {
        placed.read().as_ref().map_or_else(String::new, |placed| placed.step.name.as_str().to_owned())
    });
    let placement =
        Memo::new(move |_| placed.read().as_ref().map_or(Placement::Sync, |placed| placed.step.placement));
    let millis =
        Memo::new(move |_| placed.read().as_ref().map_or(0.0, |placed| placed.step.service_time.millis()));
    let is_expanded = move || expanded.get() == Some(id);
    let toggle_settings = move |_| expanded.set((!untrack(is_expanded)).then_some(id));
    let set_async = move |on: bool| {
        let placement = if on { Placement::Async } else { Placement::Sync };
        dispatch.send(Action::SetPlacement(id, placement));
    };
    view! {
        <li class="lane" data-kind=move || side(placement.get()) node_ref=element>
            <span class="lane-name" title=name>{name}</span>
            <Switch
                label=Signal::derive(move || explore::async_switch_label(&name.read()))
                checked=Signal::derive(move || placement.get() == Placement::Async)
                word=Signal::derive(move || placement_word(placement.get()).to_owned())
                on_toggle=Callback::new(set_async)
            />
            <StepTrack id state placed name millis />
            <span class="lane-number">
                <NumberField
                    label=Signal::derive(move || explore::latency_field_label(&name.read()))
                    value=Signal::derive(move || format::decimal(millis.get()))
                    unit=explore::MILLISECONDS_UNIT
                    on_enter=time_entry(DefaultUnit::Millis, limits::SERVICE_TIME, move |time| {
                        Action::SetServiceTime(id, time)
                    })
                />
            </span>
            <span class="lane-more">
                <button
                    type="button"
                    class="icon-button"
                    aria-label=move || explore::settings_label(&name.read())
                    aria-expanded=move || is_expanded().to_string()
                    on:click=toggle_settings
                >
                    "⋮"
                </button>
            </span>
            <Show when=is_expanded>
                <StepSettings id state placed name expanded />
            </Show>
        </li>
    }
}

fn placement_word(placement: Placement) -> &'static str {
    match placement {
        Placement::Sync => explore::SYNC,
        Placement::Parallel => explore::PARALLEL,
        Placement::Async => explore::ASYNC,
        Placement::PublishAndWait => explore::PUBLISH_AND_WAIT,
    }
}
