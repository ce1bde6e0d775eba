//! What Explore sees of the session: the scenario, and everything that follows from it.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::timeline::{Axis, Timeline};
use crate::dom::effect;
use crate::lessons::PresetId;
use crate::pages::explore::frames::Frames;
use crate::queueing::{Evaluation, ScenarioError, evaluate};
use crate::scenario::{Scenario, Step, StepId};
use crate::session::{Control, Preferences, Session};
use crate::turns::Part;

/// A scenario put aside to compare with, and what the model says of it.
pub(crate) struct Pinned {
    /// What was set.
    pub(crate) scenario: Scenario,
    /// What the model says of it.
    pub(crate) evaluation: Result<Evaluation, ScenarioError>,
}

impl Pinned {
    fn new(scenario: &Scenario, before: Option<&Arc<Self>>) -> Arc<Self> {
        match before.filter(|before| before.scenario == *scenario) {
            Some(before) => Arc::clone(before),
            None => Arc::new(Self { scenario: scenario.clone(), evaluation: evaluate(scenario) }),
        }
    }
}

/// One moment of the session, and what the model says of it.
pub(crate) struct Picture {
    /// What is set.
    pub(crate) scenario: Scenario,
    /// The preset that it equals, if any.
    pub(crate) preset: Option<PresetId>,
    /// What the model says of it.
    pub(crate) evaluation: Result<Evaluation, ScenarioError>,
    /// The flow laid out in time.
    pub(crate) timeline: Timeline,
    /// Its axis, which keeps still during a drag.
    pub(crate) axis: Axis,
    /// What it is compared with, where something is pinned.
    pub(crate) pinned: Option<Arc<Pinned>>,
    /// Whether something is being dragged.
    pub(crate) dragging: bool,
    /// How the page looks.
    pub(crate) preferences: Preferences,
}

/// What is set decides: everything else follows from it, but for the axis, which keeps still in a drag.
impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        let pinned = |picture: &Self| picture.pinned.as_ref().map(Arc::as_ptr);
        self.scenario == other.scenario
            && self.axis == other.axis
            && pinned(self) == pinned(other)
            && self.dragging == other.dragging
            && (self.preset, self.preferences) == (other.preset, other.preferences)
    }
}

impl Picture {
    fn new(session: &Session, before: Option<&Self>) -> Self {
        let scenario = session.scenario().clone();
        let unchanged = before.filter(|before| before.scenario == scenario);
        let evaluation = match unchanged {
            Some(before) => before.evaluation.clone(),
            None => evaluate(&scenario),
        };
        let timeline = Timeline::new(&scenario, evaluation.as_ref().ok());
        let dragging = session.is_dragging();
        // What one drags along must not move.
        let axis = before.filter(|_| dragging).map_or_else(|| timeline.axis(), |before| before.axis);
        let pinned_before = before.and_then(|before| before.pinned.as_ref());
        let pinned = session.pinned().map(|pinned| Pinned::new(pinned, pinned_before));
        let (preset, preferences) = (session.preset(), session.preferences());
        Self { scenario, preset, evaluation, timeline, axis, pinned, dragging, preferences }
    }

    /// The step of that identity with its place; none in the moment in which it goes.
    pub(crate) fn step(&self, id: StepId) -> Option<(usize, &Step)> {
        self.scenario.steps.iter().enumerate().find(|(_, step)| step.id == id)
    }
}

/// The picture, followed as it changes.
#[derive(Clone, Copy)]
pub(crate) struct Lens {
    /// What is shown.
    picture: RwSignal<Arc<Picture>>,
    /// What is set now; in a drag on a slow machine what is shown comes later.
    latest: Memo<Arc<Picture>>,
    rested: Memo<Arc<Picture>>,
    session: RwSignal<Session>,
}

impl Lens {
    /// The lenses on a session, one for each part of the page: in a drag on a slow machine, and at its end, each follows when its
    /// turn comes.
    pub(super) fn on<const N: usize>(session: RwSignal<Session>, parts: [Part; N]) -> [Self; N] {
        let latest = Memo::new(move |before: Option<&Arc<Picture>>| {
            session.with(|session| Arc::new(Picture::new(session, before.map(AsRef::as_ref))))
        });
        let frames = Rc::<Frames>::default();
        parts.map(|part| Self::in_turn(session, latest, Rc::clone(&frames), part))
    }

    fn in_turn(
        session: RwSignal<Session>,
        latest: Memo<Arc<Picture>>,
        frames: Rc<Frames>,
        part: Part,
    ) -> Self {
        // A signal that is set, not a memo: all that hangs on it would be asked at every input whether it has changed.
        let picture = RwSignal::new(latest.get_untracked());
        let mut is_behind = false;
        effect(move || {
            // Asked of the session: what follows from it need not be known yet.
            let (is_dragging, is_followed) = session.with(|session| {
                // Below the charts only a comparison changes before the drag is over.
                (session.is_dragging(), part != Part::Rest || session.pinned().is_some())
            });
            // When a drag is over, the flow says so at once.
            let is_in_drag = is_dragging || is_behind && part != Part::Flow;
            let waits = is_in_drag && (is_dragging && !is_followed || !frames.is_up(part));
            is_behind = waits || is_dragging;
            if !waits {
                let now = latest.get();
                if !Arc::ptr_eq(&picture.get_untracked(), &now) {
                    picture.set(now);
                }
            }
        });
        let rested = Memo::new(move |before: Option<&Arc<Picture>>| {
            let now = picture.get();
            before.filter(|_| now.dragging).map_or(now, Arc::clone)
        });
        Self { picture, latest, rested, session }
    }

    /// The picture now; whoever reads it follows it.
    #[inline(never)]
    pub(crate) fn now(self) -> Arc<Picture> {
        self.picture.get()
    }

    /// What is set now, and all that follows from it, once.
    #[inline(never)]
    pub(crate) fn peek(self) -> Arc<Picture> {
        self.latest.get_untracked()
    }

    /// What is set now, once, without working out what follows from it.
    #[inline(never)]
    pub(crate) fn scenario(self) -> Scenario {
        self.session.with_untracked(|session| session.scenario().clone())
    }

    /// Whether something is being dragged now.
    pub(crate) fn is_dragging(self) -> bool {
        self.session.with_untracked(Session::is_dragging)
    }

    /// The picture as it was before the drag that is under way, if one is: for what is too much to follow every move.
    #[inline(never)]
    pub(crate) fn rested(self) -> Arc<Picture> {
        self.rested.get()
    }

    /// Whether a control differs from where the scenario came from.
    #[inline(never)]
    pub(crate) fn can_reset(self, control: Control) -> bool {
        self.session.with(|session| session.can_reset(control))
    }
}
