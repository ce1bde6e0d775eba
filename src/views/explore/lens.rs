//! What Explore sees of the session: the scenario, and everything that follows from it.

use leptos::prelude::*;

use crate::charts::timeline::{Axis, Timeline};
use crate::lesson::PresetId;
use crate::model::{Evaluation, Rejection, evaluate};
use crate::scenario::Scenario;
use crate::session::{Preferences, Session};

/// Read-only signals, each of which changes only with what it shows.
#[derive(Clone, Copy)]
pub(crate) struct Lens {
    /// What is set.
    pub(crate) scenario: Memo<Scenario>,
    /// Where it came from, and what a reset leads back to.
    pub(crate) origin: Memo<Scenario>,
    /// The preset that it equals, if any.
    pub(crate) preset: Memo<Option<PresetId>>,
    /// What the model says of it.
    pub(crate) evaluation: Memo<Result<Evaluation, Rejection>>,
    /// The flow laid out in time.
    pub(crate) timeline: Memo<Timeline>,
    /// Its axis, which keeps still during a drag.
    pub(crate) axis: Memo<Axis>,
    /// Whether something is being dragged.
    pub(crate) dragging: Memo<bool>,
    /// How the page looks.
    pub(crate) preferences: Memo<Preferences>,
}

impl Lens {
    /// The lens on a session.
    pub(crate) fn of(session: RwSignal<Session>) -> Self {
        let scenario = Memo::new(move |_| session.with(|session| session.scenario().clone()));
        let origin = Memo::new(move |_| session.with(|session| session.origin().clone()));
        let evaluation = Memo::new(move |_| scenario.with(evaluate));
        let timeline = Memo::new(move |_| {
            scenario.with(|scenario| {
                evaluation.with(|evaluation| Timeline::new(scenario, evaluation.as_ref().ok()))
            })
        });
        let dragging = Memo::new(move |_| session.with(Session::is_dragging));
        Self {
            scenario,
            origin,
            preset: Memo::new(move |_| session.with(Session::preset)),
            evaluation,
            timeline,
            axis: still_while(dragging, move || timeline.with(Timeline::axis)),
            dragging,
            preferences: Memo::new(move |_| session.with(Session::preferences)),
        }
    }
}

/// A value that is computed anew unless something is being dragged: what one drags along must not move.
pub(crate) fn still_while<T>(dragging: Memo<bool>, compute: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |last: Option<&T>| match last {
        Some(last) if dragging.get() => last.clone(),
        _ => compute(),
    })
}
