//! A step together with its place in the timeline, as the parts of its row read it.

use leptos::prelude::*;

use crate::charts::timeline::Lane;
use crate::pages::explore::state::ExploreState;
use crate::scenario::{Placement, Step, StepId};

/// A step of the scenario and its place in the timeline.
#[derive(Clone, PartialEq)]
pub(super) struct PlacedStep {
    pub(super) index: usize,
    pub(super) step: Step,
    pub(super) lane: Lane,
}

/// The step of an id; `None` at the moment when it is removed.
pub(super) fn placed_step(id: StepId, state: ExploreState) -> Memo<Option<PlacedStep>> {
    Memo::new(move |_| {
        let (evaluated, timeline) = (state.evaluated.read(), state.timeline.read());
        let lane = *timeline.lanes.iter().find(|lane| lane.id == id)?;
        let mut steps = evaluated.scenario.steps.iter().enumerate();
        let (index, step) = steps.find(|(_, step)| step.id == id)?;
        Some(PlacedStep { index, step: step.clone(), lane })
    })
}

/// The side of the answer line on which a step runs.
pub(super) fn side(placement: Placement) -> &'static str {
    if placement == Placement::Async { "async" } else { "sync" }
}
