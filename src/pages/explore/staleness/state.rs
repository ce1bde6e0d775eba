//! The state of the panel: the chosen disturbance, and how the effects go through it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::Choice;
use crate::lessons::narrative::ValueOrigin;
use crate::pages::explore::explain::Explanation;
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::explain::{explain_catching_up, explain_moment};
use crate::queueing::transients::disturbance::{Disturbance, Transient, transient};
use crate::scenario::Scenario;
use crate::strings::{explanation, explore};

/// The factor by which a spike multiplies the load.
const SPIKE: f64 = 3.0;
pub(super) const DISTURBANCES: [Choice; 3] =
    [("nothing", explore::NO_DISTURBANCE), ("stop", explore::CONSUMERS_STOP), ("spike", explore::LOAD_SPIKE)];

/// A scenario, a disturbance, and the transient that follows from them.
#[derive(Clone, Copy)]
pub(super) struct StalenessState {
    pub(super) settled: Memo<Arc<EvaluatedScenario>>,
    /// The key of the chosen disturbance.
    pub(super) chosen: RwSignal<&'static str>,
    /// `None` if the model rejects the scenario.
    pub(super) transient: Memo<Option<Arc<Transient>>>,
}

impl StalenessState {
    pub(super) fn new(settled: Memo<Arc<EvaluatedScenario>>) -> Self {
        let chosen = RwSignal::new("nothing");
        let transient = Memo::new(move |_| {
            let settled = settled.read();
            let evaluation = settled.evaluation.as_ref().ok()?;
            transient(&settled.scenario, evaluation, disturbance(chosen.get())).map(Arc::new)
        });
        Self { settled, chosen, transient }
    }

    pub(super) fn disturbance(self) -> Disturbance {
        disturbance(self.chosen.get())
    }

    /// The text in an explanation that says which disturbance the numbers are for.
    pub(super) fn values_text(self) -> String {
        let choice = DISTURBANCES.into_iter().find(|(key, _)| *key == self.chosen.get_untracked());
        explanation::formula_during(choice.map_or("", |(_, name)| name))
    }

    /// Explains the worst staleness of an effect, or the time until it has caught up.
    pub(super) fn explain(self, origin: ValueOrigin) -> Option<Explanation> {
        let (ValueOrigin::WorstStaleness(index) | ValueOrigin::CatchUpTime(index)) = origin else {
            return None;
        };
        let (settled, transient) = (self.settled.get_untracked(), self.transient.get_untracked()?);
        let effect = transient.effects.get(index)?;
        let (evaluation, worst) = (settled.evaluation.as_ref().ok()?, effect.worst()?);
        let name = effect_name(&settled.scenario, effect.step);
        let (name, derivation) = if matches!(origin, ValueOrigin::WorstStaleness(_)) {
            let derivation = explain_moment(&settled.scenario, evaluation, effect, &worst);
            (explanation::staleness_name(&name, worst.time), derivation)
        } else {
            (
                explanation::catch_up_time_name(&name),
                explain_catching_up(&settled.scenario, evaluation, effect),
            )
        };
        Some(Explanation { name, values: self.values_text(), derivation })
    }
}

fn disturbance(key: &str) -> Disturbance {
    match key {
        "stop" => Disturbance::ConsumersStop,
        "spike" => Disturbance::Spike(SPIKE),
        _ => Disturbance::Nothing,
    }
}

pub(super) fn effect_name(scenario: &Scenario, step: usize) -> String {
    scenario.steps.get(step).map(|step| step.name.subject()).unwrap_or_default()
}
