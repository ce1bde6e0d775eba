//! Below the flow: a hint, the button that adds a step, and the total work.

use std::sync::Arc;

use leptos::prelude::*;

use super::position::percent;
use crate::dispatch::use_dispatch;
use crate::pages::explore::explain::ExplainableNumber;
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::explain::ExplainedValue;
use crate::scenario::{Scenario, StepId};
use crate::session::Action;
use crate::strings::explore;
use crate::units::format;

#[component]
pub(super) fn TimelineFooter(
    evaluated: Memo<Arc<EvaluatedScenario>>,
    expanded: RwSignal<Option<StepId>>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let is_full = move || evaluated.read().scenario.steps.len() >= Scenario::MAX_STEPS;
    let add_step = move |_| {
        dispatch.send(Action::AddStep);
        expanded.set(evaluated.read_untracked().scenario.steps.last().map(|step| step.id));
    };
    let total = Signal::derive(move || {
        let evaluated = evaluated.read();
        let total = evaluated.evaluation.as_ref().map(|evaluation| format::time(evaluation.work.total()));
        total.unwrap_or_else(|_| explore::NO_NUMBER.to_owned())
    });
    view! {
        <div class="hint">
            <span>{explore::TIMELINE_HINT}</span>
            <button type="button" class="link" disabled=is_full on:click=add_step>
                {move || if is_full() { explore::STEP_LIMIT } else { explore::ADD_STEP }}
            </button>
            <span class="work">
                <span class="work-bar" aria-hidden="true">
                    <i
                        class="work-part"
                        data-kind="sync"
                        style:width=move || percent(waited_for_share(&evaluated.read().scenario))
                    ></i>
                    <i
                        class="work-part"
                        data-kind="async"
                        style:width=move || percent(async_share(&evaluated.read().scenario))
                    ></i>
                </span>
                <span>
                    <ExplainableNumber text=total value=|| Some(ExplainedValue::Work) />
                    " "
                    {explore::TOTAL_WORK}
                </span>
            </span>
        </div>
    }
}

/// The share of the work that the user waits for; 0 if there is none.
fn waited_for_share(scenario: &Scenario) -> f64 {
    let (waited_for, total) =
        (scenario.blocking_work(), scenario.blocking_work() + scenario.asynchronous_work());
    if total.is_zero() { 0.0 } else { waited_for / total }
}

/// The share of the work that is done after the answer; 0 if there is none.
fn async_share(scenario: &Scenario) -> f64 {
    let (after, total) =
        (scenario.asynchronous_work(), scenario.blocking_work() + scenario.asynchronous_work());
    if total.is_zero() { 0.0 } else { after / total }
}
