//! The page Explore: one scenario as a flow in time, as a response-time curve, and as the load of each
//! resource.

mod comparison;
mod distribution;
mod explain;
mod headline;
mod load_action;
mod load_panel;
mod pin_button;
mod prediction;
mod quantity_field;
mod response_chart;
mod saturation;
mod slider_drag;
mod staleness;
mod state;
mod timeline;
mod variability_field;

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::use_palette;
use crate::platform::DrawQueue;
use crate::session::Session;
use comparison::ComparisonPanel;
use distribution::DistributionPanel;
use explain::{ExplainDialog, Explainer};
use headline::Headline;
use load_panel::LoadPanel;
use response_chart::ResponsePanel;
use saturation::SaturationPanel;
use staleness::StalenessPanel;
use state::{EvaluatedScenario, ExploreState};
use timeline::TimelineView;

#[component]
pub(crate) fn Explore(session: RwSignal<Session>) -> impl IntoView {
    let state = ExploreState::new(session);
    let ExploreState { evaluated, settled, baseline, preset, text_size, .. } = state;
    let explainer = Explainer::provide(state);
    let palette = use_palette(move || state.preferences.track());
    let draw_queue = DrawQueue::default();
    let curve_input = DeferredInput::new(&draw_queue, 0, state);
    let saturation_input = DeferredInput::new(&draw_queue, 1, state);
    view! {
        <Headline evaluated baseline preset />
        <TimelineView state />
        <div class="panels">
            <ResponsePanel
                evaluated=curve_input.evaluated
                is_dragging=curve_input.is_dragging
                settled
                baseline
                text_size
                palette
            />
            <SaturationPanel
                evaluated=saturation_input.evaluated
                is_dragging=saturation_input.is_dragging
                palette
            />
            <LoadPanel state />
        </div>
        <div class="panels" data-row="second">
            <DistributionPanel settled baseline text_size palette />
            <StalenessPanel settled text_size palette />
            <ComparisonPanel evaluated baseline />
        </div>
        <ExplainDialog explainer />
    }
}

/// The input of a chart that follows a drag one or a few frames later, so that text and flow never wait for
/// charts.
#[derive(Clone, Copy)]
struct DeferredInput {
    evaluated: Memo<Arc<EvaluatedScenario>>,
    is_dragging: Memo<bool>,
}

impl DeferredInput {
    fn new(draw_queue: &DrawQueue, id: usize, state: ExploreState) -> Self {
        let current = Memo::new(move |_| (state.evaluated.get(), state.is_dragging.get()));
        let deferred = draw_queue.defer(id, current);
        Self {
            evaluated: Memo::new(move |_| Arc::clone(&deferred.read().0)),
            is_dragging: Memo::new(move |_| deferred.read().1),
        }
    }
}
