//! Everything that one step can be given.

use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlInputElement;

use crate::components::{NumberField, Select};
use crate::dispatch::use_dispatch;
use crate::dom::{Html, event, fixed, flag, press, text};
use crate::pages::explore::field::{servers_entry, undo_one};
use crate::pages::explore::lens::Lens;
use crate::platform::unique_id;
use crate::scenario::{Placement, Scenario, StepId, StepName};
use crate::session::{Action, Control};
use crate::strings::explore;
use crate::units::{Variability, format};

/// The settings of a step, below its lane.
#[component]
pub(crate) fn StepDetails(
    /// Which step.
    id: StepId,
    /// What to show.
    lens: Lens,
    /// The step whose settings are open.
    opened: RwSignal<Option<StepId>>,
) -> Html {
    let servers = text(move || {
        lens.now().step(id).map_or_else(String::new, |(_, step)| format::count(step.servers.count()))
    });
    view! {
        <div class="details">
            <NameField id lens />
            <PlacementField id lens />
            <div class="field">
                <span class="field-label">{explore::CONNECTIONS}</span>
                <NumberField
                    name=fixed(explore::CONNECTIONS)
                    value=servers
                    unit=""
                    on_enter=servers_entry(move |servers| Action::SetServers(id, servers))
                />
            </div>
            <VariabilityField lens of=Some(id) />
            <StepActions id lens opened />
        </div>
    }
}

/// What the step is called.
#[component]
fn NameField(id: StepId, lens: Lens) -> Html {
    let dispatch = use_dispatch();
    let field_id = unique_id("name");
    let name =
        text(move || lens.now().step(id).map_or_else(String::new, |(_, step)| step.name.as_str().to_owned()));
    let rename = event(move |event| {
        let field: HtmlInputElement = event_target(&event);
        dispatch.apply(Action::Rename(id, field.value()));
        field.set_value(&name.get_untracked());
    });
    let labelled = field_id.clone();
    view! {
        <div class="field" data-wide="">
            <label class="field-label" for=labelled>{explore::NAME}</label>
            <input
                id=field_id
                type="text"
                maxlength=StepName::MAX_CHARS.to_string()
                autocomplete="off"
                prop:value=name
                on:change=rename
            />
        </div>
    }
}

/// Whether and how the caller waits.
#[component]
fn PlacementField(id: StepId, lens: Lens) -> Html {
    const PLACEMENTS: [(Placement, &str, &str); 4] = [
        (Placement::Sync, "sync", explore::PLACEMENT_SYNC),
        (Placement::Parallel, "parallel", explore::PLACEMENT_PARALLEL),
        (Placement::Async, "async", explore::PLACEMENT_ASYNC),
        (Placement::PublishAndWait, "publish-and-wait", explore::PLACEMENT_PUBLISH_AND_WAIT),
    ];
    let dispatch = use_dispatch();
    let taken = text(move || {
        let now = lens.now();
        let placement = now.step(id).map(|(_, step)| step.placement);
        PLACEMENTS.iter().find(|(one, ..)| Some(*one) == placement).map_or("", |(_, key, _)| key).to_owned()
    });
    let choose = move |key: String| {
        if let Some((placement, ..)) = PLACEMENTS.iter().find(|(_, one, _)| *one == key) {
            dispatch.apply(Action::SetPlacement(id, *placement));
        }
    };
    let choices = PLACEMENTS.iter().map(|(_, key, label)| (*key, *label)).collect();
    view! {
        <div class="field" data-wide="">
            <Select label=explore::PLACEMENT beside=Html::several() choices taken on_choose=Box::new(choose) />
        </div>
    }
}

/// How much service times vary: of one step, or of all.
#[component]
pub(crate) fn VariabilityField(
    /// What to show.
    lens: Lens,
    /// Which step; all of them where none is named.
    of: Option<StepId>,
) -> Html {
    const LAWS: [(Variability, &str, &str); 3] = [
        (Variability::CONSTANT, "constant", explore::CONSTANT),
        (Variability::EXPONENTIAL, "exponential", explore::EXPONENTIAL),
        (Variability::SPIKY, "spiky", explore::SPIKY),
    ];
    let dispatch = use_dispatch();
    let taken = text(move || {
        let now = lens.now();
        let mut steps = now.scenario.steps.iter().filter(|step| of.is_none_or(|id| id == step.id));
        let first = steps.next().map(|step| step.variability);
        let common = first.filter(|first| steps.all(|step| step.variability == *first));
        LAWS.iter().find(|(law, ..)| common == Some(*law)).map_or("", |(_, key, _)| key).to_owned()
    });
    let choose = move |key: String| {
        let Some((law, ..)) = LAWS.iter().find(|(_, one, _)| *one == key) else { return };
        // All steps at once are one entry of the history.
        dispatch.apply(Action::BeginDrag);
        for step in lens.peek().scenario.steps.iter().filter(|step| of.is_none_or(|id| id == step.id)) {
            dispatch.apply(Action::SetVariability(step.id, *law));
        }
        dispatch.apply(Action::EndDrag);
    };
    let differs = move |step: StepId| lens.can_reset(Control::Variability(step));
    let steps = move || lens.peek().scenario.steps.iter().map(|step| step.id).collect::<Vec<StepId>>();
    let is_set_alike = flag(move || !lens.now().scenario.steps.iter().any(|step| differs(step.id)));
    let back = move || {
        dispatch.apply(Action::BeginDrag);
        for step in steps() {
            dispatch.apply(Action::Reset(Control::Variability(step)));
        }
        dispatch.apply(Action::EndDrag);
    };
    // Of one step it is among the step's own.
    let beside =
        if of.is_none() { undo_one(explore::VARIABILITY, is_set_alike, back) } else { Html::several() };
    let choices = LAWS.iter().map(|(_, key, label)| (*key, *label)).chain([("", explore::MIXED)]).collect();
    view! {
        <div class="field">
            <Select label=explore::VARIABILITY beside choices taken on_choose=Box::new(choose) />
        </div>
    }
}

/// Up, down, twice, gone.
#[component]
fn StepActions(id: StepId, lens: Lens, opened: RwSignal<Option<StepId>>) -> Html {
    let dispatch = use_dispatch();
    let index = move || lens.now().step(id).map_or(0, |(index, _)| index);
    let count = move || lens.now().scenario.steps.len();
    let move_to = move |down: bool| {
        if let Some((index, _)) = lens.peek().step(id) {
            dispatch.apply(Action::MoveStep(id, if down { index + 1 } else { index.saturating_sub(1) }));
        }
    };
    let remove = press(move || {
        opened.set(None);
        dispatch.apply(Action::RemoveStep(id));
    });
    let is_first = flag(move || index() == 0);
    let is_last = flag(move || index() + 1 >= count());
    let is_full = flag(move || count() >= Scenario::MAX_STEPS);
    let is_only = flag(move || count() <= 1);
    let reset = move |(control, name): (Control, &'static str)| {
        let is_set_alike = flag(move || !lens.can_reset(control));
        let act = press(move || dispatch.apply(Action::Reset(control)));
        view! { <button type="button" class="action" hidden=is_set_alike on:click=act>{explore::reset_label(name)}</button> }
    };
    let resets = [
        (Control::ServiceTime(id), explore::LATENCY_CONTROL),
        (Control::Placement(id), explore::PLACEMENT_CONTROL),
        (Control::Servers(id), explore::CONNECTIONS_CONTROL),
        (Control::Variability(id), explore::VARIABILITY_CONTROL),
        (Control::Name(id), explore::NAME_CONTROL),
    ];
    view! {
        <div class="details-actions">
            {resets.into_iter().map(reset).collect::<Html>()}
            <button type="button" class="action" disabled=is_first on:click=press(move || move_to(false))>{explore::MOVE_UP}</button>
            <button type="button" class="action" disabled=is_last on:click=press(move || move_to(true))>{explore::MOVE_DOWN}</button>
            <button type="button" class="action" disabled=is_full on:click=press(move || dispatch.apply(Action::DuplicateStep(id)))>
                {explore::DUPLICATE}
            </button>
            <button type="button" class="action" disabled=is_only on:click=remove>{explore::REMOVE}</button>
        </div>
    }
}
