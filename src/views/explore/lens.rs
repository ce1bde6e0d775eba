//! What Explore sees of the session: the scenario, and everything that follows from it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::timeline::{Axis, Timeline};
use crate::dom::effect;
use crate::lesson::PresetId;
use crate::model::{Evaluation, Rejection, evaluate};
use crate::scenario::{Scenario, Step, StepId};
use crate::session::{Control, Preferences, Session};
use crate::views::explore::pace::{Every, Pace};

/// A scenario put aside to compare with, and what the model says of it.
pub(crate) struct Pinned {
    /// What was set.
    pub(crate) scenario: Scenario,
    /// What the model says of it.
    pub(crate) evaluation: Result<Evaluation, Rejection>,
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
    pub(crate) evaluation: Result<Evaluation, Rejection>,
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
    picture: Signal<Arc<Picture>>,
    rested: Memo<Arc<Picture>>,
    session: RwSignal<Session>,
}

impl Lens {
    /// The lens on a session.
    pub(crate) fn on(session: RwSignal<Session>) -> Self {
        let picture = Memo::new(move |before: Option<&Arc<Picture>>| {
            session.with(|session| Arc::new(Picture::new(session, before.map(AsRef::as_ref))))
        });
        Self::of(picture.into(), session)
    }

    fn of(picture: Signal<Arc<Picture>>, session: RwSignal<Session>) -> Self {
        let rested = Memo::new(move |before: Option<&Arc<Picture>>| {
            let now = picture.get();
            before.filter(|_| now.dragging).map_or(now, Arc::clone)
        });
        Self { picture, rested, session }
    }

    /// The same for the charts: in a drag on a slow machine, and at its end, they follow when the frame is out that shows the
    /// flow, so that the next input need not wait for both.
    pub(super) fn paced(self, every: Every) -> Self {
        let drawn = RwSignal::new(self.peek());
        let pace = Pace::new(every);
        effect(move || {
            let now = self.now();
            let in_drag = now.dragging || drawn.with_untracked(|drawn| drawn.dragging);
            let is_slow = pace.is_slow();
            if in_drag {
                pace.follow(move || {
                    let latest = self.peek();
                    if drawn.try_get_untracked().is_some_and(|drawn| !Arc::ptr_eq(&drawn, &latest)) {
                        drawn.set(latest);
                    }
                });
            }
            if !(in_drag && is_slow) {
                drawn.set(now);
            }
        });
        Self::of(drawn.into(), self.session)
    }

    /// The picture now; whoever reads it follows it.
    #[inline(never)]
    pub(crate) fn now(self) -> Arc<Picture> {
        self.picture.get()
    }

    /// The picture now, once.
    #[inline(never)]
    pub(crate) fn peek(self) -> Arc<Picture> {
        self.picture.get_untracked()
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
