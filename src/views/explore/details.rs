//! Everything that one step can be given.

use leptos::html::Input;
use leptos::prelude::*;

use crate::browser::unique_id;
use crate::scenario::{Placement, Scenario, Step, StepId, StepName};
use crate::session::Action;
use crate::text::explore;
use crate::units::{Servers, Variability};
use crate::views::dispatch::use_dispatch;
use crate::views::explore::lens::Lens;
use crate::views::explore::number::ServersField;
use crate::views::parts::{Choice, Select};

/// The settings of a step, below its lane.
#[component]
pub(crate) fn StepDetails(
    /// Which step.
    id: StepId,
    /// What to show.
    lens: Lens,
    /// The step whose settings are open.
    opened: RwSignal<Option<StepId>>,
) -> impl IntoView {
    let step =
        move |read: fn(&Step) -> f64| lens.scenario.with(|scenario| scenario.step(id).map_or(0.0, read));
    let servers = Signal::derive(move || Servers::new(step(|step| step.servers.as_f64()) as u64));
    let variability = Signal::derive(move || Variability::new(step(|step| step.variability.squared())));
    view! {
        <li class="details">
            <NameField id lens />
            <PlacementField id lens />
            <div class="field">
                <span class="field-label">{explore::CONNECTIONS}</span>
                <ServersField
                    name=explore::CONNECTIONS.to_owned()
                    servers
                    set=Callback::new(move |servers| Action::SetServers(id, servers))
                />
            </div>
            <VariabilityField
                variability=Signal::derive(move || Some(variability.get()))
                set=Callback::new(move |variability| vec![Action::SetVariability(id, variability)])
            />
            <StepActions id lens opened />
        </li>
    }
}

/// What the step is called.
#[component]
fn NameField(id: StepId, lens: Lens) -> impl IntoView {
    let dispatch = use_dispatch();
    let input = NodeRef::<Input>::new();
    let field_id = unique_id("name");
    let name = Memo::new(move |_| {
        lens.scenario
            .with(|scenario| scenario.step(id).map(|step| step.name.as_str().to_owned()).unwrap_or_default())
    });
    let rename = move |_| {
        let Some(input) = input.get_untracked() else { return };
        dispatch.apply(Action::Rename(id, input.value()));
        input.set_value(&name.get_untracked());
    };
    let labelled = field_id.clone();
    view! {
        <div class="field" data-wide="">
            <label class="field-label" for=labelled>{explore::NAME}</label>
            <input
                node_ref=input
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
fn PlacementField(id: StepId, lens: Lens) -> impl IntoView {
    const PLACEMENTS: [(Placement, &str, &str); 4] = [
        (Placement::Sync, "sync", explore::PLACED_SYNC),
        (Placement::Parallel, "parallel", explore::PLACED_PARALLEL),
        (Placement::Async, "async", explore::PLACED_ASYNC),
        (Placement::PublishAndWait, "publish-and-wait", explore::PLACED_PUBLISH_AND_WAIT),
    ];
    let dispatch = use_dispatch();
    let taken = Memo::new(move |_| {
        let placement = lens.scenario.with(|scenario| scenario.step(id).map(|step| step.placement));
        PLACEMENTS.iter().find(|(one, ..)| Some(*one) == placement).map_or("", |(_, key, _)| key).to_owned()
    });
    let choose = Callback::new(move |key: String| {
        if let Some((placement, ..)) = PLACEMENTS.iter().find(|(_, one, _)| *one == key) {
            dispatch.apply(Action::SetPlacement(id, *placement));
        }
    });
    view! {
        <div class="field" data-wide="">
            <Select
                label=explore::PLACEMENT
                choices=Signal::stored(PLACEMENTS.iter().map(|(_, key, label)| Choice::new(*key, *label)).collect())
                taken
                on_choose=choose
            />
        </div>
    }
}

/// How much service times vary: of one step, or of all.
#[component]
pub(crate) fn VariabilityField(
    /// What is set; none where the steps differ.
    #[prop(into)]
    variability: Signal<Option<Variability>>,
    /// The actions that set it.
    set: Callback<Variability, Vec<Action>>,
) -> impl IntoView {
    const LAWS: [(Variability, &str, &str); 3] = [
        (Variability::CONSTANT, "constant", explore::CONSTANT),
        (Variability::EXPONENTIAL, "exponential", explore::EXPONENTIAL),
        (Variability::SPIKY, "spiky", explore::SPIKY),
    ];
    let dispatch = use_dispatch();
    let taken = Memo::new(move |_| {
        let found = LAWS.iter().find(|(law, ..)| variability.get() == Some(*law));
        found.map_or("mixed", |(_, key, _)| key).to_owned()
    });
    let choices = Memo::new(move |_| {
        let mut choices: Vec<Choice> = LAWS.iter().map(|(_, key, label)| Choice::new(*key, *label)).collect();
        if taken.get() == "mixed" {
            choices.push(Choice::new("mixed", explore::MIXED));
        }
        choices
    });
    let choose = Callback::new(move |key: String| {
        let Some((law, ..)) = LAWS.iter().find(|(_, one, _)| *one == key) else { return };
        dispatch.apply(Action::BeginDrag);
        for action in set.run(*law) {
            dispatch.apply(action);
        }
        dispatch.apply(Action::EndDrag);
    });
    view! {
        <div class="field">
            <Select label=explore::VARIABILITY choices taken on_choose=choose />
        </div>
    }
}

/// Up, down, twice, gone.
#[component]
fn StepActions(id: StepId, lens: Lens, opened: RwSignal<Option<StepId>>) -> impl IntoView {
    let dispatch = use_dispatch();
    let place = Memo::new(move |_| {
        lens.scenario.with(|scenario| {
            let index = scenario.steps.iter().position(|step| step.id == id).unwrap_or(0);
            (index, scenario.steps.len())
        })
    });
    let remove = move |_| {
        opened.set(None);
        dispatch.apply(Action::RemoveStep(id));
    };
    let is_first = move || place.get().0 == 0;
    let is_last = move || place.get().0 + 1 >= place.get().1;
    let is_full = move || place.get().1 >= Scenario::MAX_STEPS;
    let is_only = move || place.get().1 <= 1;
    let move_to = move |index: usize| dispatch.apply(Action::MoveStep(id, index));
    let up = move |_| move_to(place.get_untracked().0.saturating_sub(1));
    let down = move |_| move_to(place.get_untracked().0 + 1);
    let duplicate = move |_| dispatch.apply(Action::DuplicateStep(id));
    view! {
        <div class="details-actions">
            <button type="button" class="action" disabled=is_first on:click=up>{explore::MOVE_UP}</button>
            <button type="button" class="action" disabled=is_last on:click=down>{explore::MOVE_DOWN}</button>
            <button type="button" class="action" disabled=is_full on:click=duplicate>{explore::DUPLICATE}</button>
            <button type="button" class="action" disabled=is_only on:click=remove>{explore::REMOVE}</button>
        </div>
    }
}
