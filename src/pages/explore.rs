//! The page Explore: one scenario as a flow in time, as a response-time curve, and as the load of each resource.

mod comparison;
mod explain;
mod headline;
mod load_action;
mod load_panel;
mod pin_button;
mod prediction;
mod quantity_field;
mod slider_drag;
mod state;
mod timeline;
mod variability_field;

use leptos::prelude::*;

use crate::session::Session;
use comparison::ComparisonPanel;
use explain::{ExplainDialog, Explainer};
use headline::Headline;
use load_panel::LoadPanel;
use state::ExploreState;
use timeline::TimelineView;

#[component]
pub(crate) fn Explore(session: RwSignal<Session>) -> impl IntoView {
    let state = ExploreState::new(session);
    let explainer = Explainer::provide(state);
    view! {
        <Headline evaluated=state.evaluated baseline=state.baseline preset=state.preset />
        <TimelineView state />
        <div class="panels">
            <LoadPanel state />
        </div>
        <div class="panels" data-row="second">
            <ComparisonPanel evaluated=state.evaluated baseline=state.baseline />
        </div>
        <ExplainDialog explainer />
    }
}
