//! The choice of how much service times vary: of one step, or of all steps.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::Select;
use crate::dispatch::use_dispatch;
use crate::pages::explore::quantity_field::UndoButton;
use crate::pages::explore::state::{EvaluatedScenario, ExploreState};
use crate::scenario::StepId;
use crate::session::{Action, Control};
use crate::strings::explore;
use crate::units::Variability;

const LAWS: [(Variability, &str, &str); 3] = [
    (Variability::CONSTANT, "constant", explore::CONSTANT),
    (Variability::EXPONENTIAL, "exponential", explore::EXPONENTIAL),
    (Variability::SPIKY, "spiky", explore::SPIKY),
];

/// The variability of one step. Its reset button stands among the others of the step.
#[component]
pub(crate) fn StepVariability(id: StepId, evaluated: Memo<Arc<EvaluatedScenario>>) -> impl IntoView {
    let dispatch = use_dispatch();
    let selected = Signal::derive(move || {
        let evaluated = evaluated.read();
        key_of(evaluated.scenario.step(id).map(|step| step.variability)).to_owned()
    });
    let choose = move |key: String| {
        if let Some(law) = law_of(&key) {
            dispatch.send(Action::SetVariability(id, law));
        }
    };
    view! {
        <div class="field">
            <Select label=explore::VARIABILITY choices=choices() selected on_choose=Callback::new(choose) />
        </div>
    }
}

/// The variability of all steps at once.
#[component]
pub(crate) fn CommonVariability(state: ExploreState) -> impl IntoView {
    let dispatch = use_dispatch();
    let evaluated = state.evaluated;
    let selected = Signal::derive(move || {
        let evaluated = evaluated.read();
        let mut laws = evaluated.scenario.steps.iter().map(|step| step.variability);
        let first = laws.next();
        key_of(first.filter(|first| laws.all(|law| law == *first))).to_owned()
    });
    // The changes of all steps are one undo entry.
    let send_for_all_steps = move |action: &dyn Fn(StepId) -> Action| {
        let evaluated = evaluated.get_untracked();
        dispatch.send(Action::BeginDrag);
        for step in &evaluated.scenario.steps {
            dispatch.send(action(step.id));
        }
        dispatch.send(Action::EndDrag);
    };
    let choose = move |key: String| {
        if let Some(law) = law_of(&key) {
            send_for_all_steps(&|step| Action::SetVariability(step, law));
        }
    };
    let reset = move |()| send_for_all_steps(&|step| Action::Reset(Control::Variability(step)));
    view! {
        <div class="field">
            <Select label=explore::VARIABILITY choices=choices() selected on_choose=Callback::new(choose)>
                <UndoButton
                    name=explore::VARIABILITY
                    can_undo=state.can_reset_any_variability()
                    on_press=reset
                />
            </Select>
        </div>
    }
}

/// The choices; the last one stands for steps that differ.
fn choices() -> Vec<(&'static str, &'static str)> {
    LAWS.iter().map(|(_, key, label)| (*key, *label)).chain([("", explore::MIXED)]).collect()
}

fn key_of(variability: Option<Variability>) -> &'static str {
    LAWS.iter().find(|(law, ..)| Some(*law) == variability).map_or("", |(_, key, _)| key)
}

fn law_of(key: &str) -> Option<Variability> {
    LAWS.iter().find(|(_, other, _)| *other == key).map(|(law, ..)| *law)
}
