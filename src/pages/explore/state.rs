//! The state of Explore: read-only signals that follow from the session.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::timeline::{Axis, Timeline};
use crate::components::unchanged_while;
use crate::lessons::PresetId;
use crate::queueing::{Evaluation, ScenarioError, evaluate};
use crate::scenario::Scenario;
use crate::session::{Control, Preferences, Session};

/// A scenario and its evaluation by the model.
pub(crate) struct EvaluatedScenario {
    pub(crate) scenario: Scenario,
    pub(crate) evaluation: Result<Evaluation, ScenarioError>,
}

impl EvaluatedScenario {
    fn new(scenario: &Scenario) -> Self {
        Self { scenario: scenario.clone(), evaluation: evaluate(scenario) }
    }
}

/// The evaluation follows from the scenario, so it need not be compared.
impl PartialEq for EvaluatedScenario {
    fn eq(&self, other: &Self) -> bool {
        self.scenario == other.scenario
    }
}

/// Signals for the views of Explore. Each notifies only when its own value changes.
#[derive(Clone, Copy)]
pub(crate) struct ExploreState {
    /// The scenario that is set, with its evaluation.
    pub(crate) evaluated: Memo<Arc<EvaluatedScenario>>,
    /// The same, but unchanged during a drag: for views that are too expensive to update at every move.
    pub(crate) settled: Memo<Arc<EvaluatedScenario>>,
    /// The pinned scenario to compare with.
    pub(crate) baseline: Memo<Option<Arc<EvaluatedScenario>>>,
    /// The preset that the scenario equals, if any.
    pub(crate) preset: Memo<Option<PresetId>>,
    /// The order flow laid out in time.
    pub(crate) timeline: Memo<Arc<Timeline>>,
    /// The axis of the timeline, unchanged during a drag.
    pub(crate) axis: Memo<Axis>,
    pub(crate) is_dragging: Memo<bool>,
    /// The text size of charts in CSS pixels.
    pub(crate) text_size: Memo<f64>,
    pub(crate) preferences: Memo<Preferences>,
    session: RwSignal<Session>,
}

impl ExploreState {
    pub(crate) fn new(session: RwSignal<Session>) -> Self {
        let scenario = Memo::new(move |_| session.with(|session| session.scenario().clone()));
        let evaluated = Memo::new(move |_| Arc::new(EvaluatedScenario::new(&scenario.read())));
        let pinned = Memo::new(move |_| session.with(|session| session.pinned().cloned()));
        let baseline =
            Memo::new(move |_| pinned.read().as_ref().map(|pinned| Arc::new(EvaluatedScenario::new(pinned))));
        let is_dragging = Memo::new(move |_| session.with(Session::is_dragging));
        let timeline = Memo::new(move |_| {
            let evaluated = evaluated.read();
            Arc::new(Timeline::new(&evaluated.scenario, evaluated.evaluation.as_ref().ok()))
        });
        let preferences = Memo::new(move |_| session.with(Session::preferences));
        Self {
            evaluated,
            settled: unchanged_while(is_dragging, move || evaluated.get()),
            baseline,
            preset: Memo::new(move |_| session.with(Session::preset)),
            timeline,
            axis: unchanged_while(is_dragging, move || timeline.read().axis()),
            is_dragging,
            text_size: Memo::new(move |_| if preferences.read().projector { 18.0 } else { 12.0 }),
            preferences,
            session,
        }
    }

    /// `true` if a control differs from the scenario that was loaded, so that it can be reset.
    pub(crate) fn can_reset(self, control: Control) -> Memo<bool> {
        let session = self.session;
        Memo::new(move |_| session.with(|session| session.can_reset(control)))
    }

    /// `true` if the variability of any step can be reset.
    pub(crate) fn can_reset_any_variability(self) -> Memo<bool> {
        let session = self.session;
        Memo::new(move |_| {
            session.with(|session| {
                let mut steps = session.scenario().steps.iter();
                steps.any(|step| session.can_reset(Control::Variability(step.id)))
            })
        })
    }
}
