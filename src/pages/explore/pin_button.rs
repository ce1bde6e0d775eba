//! The button that pins the scenario for comparison.

use std::sync::Arc;

use leptos::prelude::*;

use crate::dispatch::use_dispatch;
use crate::pages::explore::state::EvaluatedScenario;
use crate::session::Action;
use crate::strings::compare;

/// Pins the scenario, or ends the comparison.
#[component]
pub(crate) fn PinButton(baseline: Memo<Option<Arc<EvaluatedScenario>>>) -> impl IntoView {
    let dispatch = use_dispatch();
    let is_pinned = move || baseline.read().is_some();
    let toggle = move |_| dispatch.send(if untrack(is_pinned) { Action::Unpin } else { Action::Pin });
    view! {
        <button type="button" class="link" on:click=toggle>
            {move || if is_pinned() { compare::UNPIN } else { compare::PIN }}
        </button>
    }
}
