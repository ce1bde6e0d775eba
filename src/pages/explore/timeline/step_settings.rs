//! The settings of one step, below its row.

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::placed_step::PlacedStep;
use crate::components::{NumberField, Select};
use crate::dispatch::use_dispatch;
use crate::pages::explore::quantity_field::servers_entry;
use crate::pages::explore::state::ExploreState;
use crate::pages::explore::variability_field::StepVariability;
use crate::platform::unique_id;
use crate::scenario::{Placement, Scenario, StepId, StepName};
use crate::session::{Action, Control};
use crate::strings::explore;
use crate::units::format;

#[component]
pub(super) fn StepSettings(
    id: StepId,
    state: ExploreState,
    placed: Memo<Option<PlacedStep>>,
    name: Memo<String>,
    expanded: RwSignal<Option<StepId>>,
) -> impl IntoView {
    let servers = Signal::derive(move || {
        placed.read().as_ref().map_or_else(String::new, |placed| format::count(placed.step.servers.count()))
    });
    view! {
        <div class="details">
            <NameField id name />
            <PlacementField id placed />
            <div class="field">
                <span class="field-label">{explore::CONNECTIONS}</span>
                <NumberField
                    label=explore::CONNECTIONS
                    value=servers
                    unit=""
                    on_enter=servers_entry(move |servers| Action::SetServers(id, servers))
                />
            </div>
            <StepVariability id evaluated=state.evaluated />
            <StepActions id state placed expanded />
        </div>
    }
}

#[component]
fn NameField(id: StepId, name: Memo<String>) -> impl IntoView {
    let dispatch = use_dispatch();
    let field_id = unique_id("name");
    let rename = move |event| {
        let field: HtmlInputElement = event_target(&event);
        dispatch.send(Action::Rename(id, field.value()));
        // The session may have shortened the name, or refused an empty one.
        field.set_value(&name.read_untracked());
    };
    view! {
        <div class="field" data-wide="">
            <label class="field-label" for=field_id.clone()>{explore::NAME}</label>
            <input
                id=field_id.clone()
                type="text"
                maxlength=StepName::MAX_CHARS.to_string()
                autocomplete="off"
                prop:value=name
                on:change=rename
            />
        </div>
    }
}

/// The choice of whether and how the caller waits for the step.
#[component]
fn PlacementField(id: StepId, placed: Memo<Option<PlacedStep>>) -> impl IntoView {
    const PLACEMENTS: [(Placement, &str, &str); 4] = [
        (Placement::Sync, "sync", explore::PLACEMENT_SYNC),
        (Placement::Parallel, "parallel", explore::PLACEMENT_PARALLEL),
        (Placement::Async, "async", explore::PLACEMENT_ASYNC),
        (Placement::PublishAndWait, "publish-and-wait", explore::PLACEMENT_PUBLISH_AND_WAIT),
    ];
    let dispatch = use_dispatch();
    let selected = Signal::derive(move || {
        let current = placed.read().as_ref().map(|placed| placed.step.placement);
        let entry = PLACEMENTS.iter().find(|(placement, ..)| Some(*placement) == current);
        entry.map_or("", |(_, key, _)| key).to_owned()
    });
    let choose = move |chosen: String| {
        if let Some((placement, ..)) = PLACEMENTS.iter().find(|(_, key, _)| *key == chosen) {
            dispatch.send(Action::SetPlacement(id, *placement));
        }
    };
    let choices = PLACEMENTS.iter().map(|(_, key, label)| (*key, *label)).collect();
    view! {
        <div class="field" data-wide="">
            <Select label=explore::PLACEMENT choices selected on_choose=Callback::new(choose) />
        </div>
    }
}

/// Buttons that reset, move, duplicate and remove the step.
#[component]
fn StepActions(
    id: StepId,
    state: ExploreState,
    placed: Memo<Option<PlacedStep>>,
    expanded: RwSignal<Option<StepId>>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let count = move || state.evaluated.read().scenario.steps.len();
    let index = move || placed.read().as_ref().map_or(0, |placed| placed.index);
    let move_to = move |index: usize| dispatch.send(Action::MoveStep(id, index));
    let remove = move |_| {
        expanded.set(None);
        dispatch.send(Action::RemoveStep(id));
    };
    let resets = [
        (Control::ServiceTime(id), explore::LATENCY_CONTROL),
        (Control::Placement(id), explore::PLACEMENT_CONTROL),
        (Control::Servers(id), explore::CONNECTIONS_CONTROL),
        (Control::Variability(id), explore::VARIABILITY_CONTROL),
        (Control::Name(id), explore::NAME_CONTROL),
    ];
    let reset_button = move |(control, name): (Control, &'static str)| {
        let can_reset = state.can_reset(control);
        view! {
            <button
                type="button"
                class="action"
                hidden=move || !can_reset.get()
                on:click=move |_| dispatch.send(Action::Reset(control))
            >
                {explore::reset_label(name)}
            </button>
        }
    };
    view! {
        <div class="details-actions">
            {resets.map(reset_button).collect_view()}
            <button
                type="button"
                class="action"
                disabled=move || index() == 0
                on:click=move |_| move_to(untrack(index).saturating_sub(1))
            >
                {explore::MOVE_UP}
            </button>
            <button
                type="button"
                class="action"
                disabled=move || { index() + 1 >= count() }
                on:click=move |_| move_to(untrack(index) + 1)
            >
                {explore::MOVE_DOWN}
            </button>
            <button
                type="button"
                class="action"
                disabled=move || { count() >= Scenario::MAX_STEPS }
                on:click=move |_| dispatch.send(Action::DuplicateStep(id))
            >
                {explore::DUPLICATE}
            </button>
            <button type="button" class="action" disabled=move || { count() <= 1 } on:click=remove>
                {explore::REMOVE}
            </button>
        </div>
    }
}
