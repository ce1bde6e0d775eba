//! What the person works on: one value, written by one function.
//!
//! Everything that can happen is an [`Action`], and [`Session::apply`] is the only writer: views, links, lessons and tests
//! all go through it. What it changes of the experiment can be undone; where the person looks and how, cannot and need not.

mod action;
#[cfg(test)]
mod arbitrary;
mod base64;
mod change;
mod checksum;
mod document;
mod history;
mod preferences;
mod quiz;
pub mod share_link;
pub mod storage_format;
#[cfg(test)]
mod tests;

pub use action::{Action, Control, View};
pub use change::{Change, ChangeKind};
pub use preferences::{Motion, Preferences, Theme};
pub use quiz::{Card, Progress, Quiz, QuizAction, Round, TopicScore, Verdict};

use crate::lessons::PresetId;
use crate::scenario::Scenario;

use document::Document;
use history::History;

/// The state of the page.
///
/// ```
/// use waiting_line::scenario::{Placement, StepId};
/// use waiting_line::session::{Action, Session};
/// let mut session = Session::new();
/// session.apply(Action::SetPlacement(StepId(3), Placement::Async));
/// assert_eq!(session.scenario().asynchronous_work().millis(), 400.0);
/// session.apply(Action::Undo);
/// assert_eq!(session.scenario().asynchronous_work().millis(), 0.0);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    document: Document,
    history: History,
    view: View,
    preferences: Preferences,
    quiz: Quiz,
}

impl Session {
    /// The page as it is opened for the first time: the online shop, all synchronous.
    pub fn new() -> Self {
        Self {
            document: Document::of(Scenario::online_shop()),
            history: History::default(),
            view: View::default(),
            preferences: Preferences::default(),
            quiz: Quiz::default(),
        }
    }

    /// The experiment.
    pub fn scenario(&self) -> &Scenario {
        &self.document.scenario
    }

    /// The experiment put aside to compare with, where there is one.
    pub fn pinned(&self) -> Option<&Scenario> {
        self.document.pinned.as_ref()
    }

    /// Where the experiment came from, and where resetting leads back to.
    pub fn origin(&self) -> &Scenario {
        &self.document.origin
    }

    /// The preset that the experiment equals in every value, where there is one.
    pub fn preset(&self) -> Option<PresetId> {
        PresetId::of(self.scenario())
    }

    /// The part of the page that is shown.
    pub fn view(&self) -> View {
        self.view
    }

    /// How the person likes the page.
    pub fn preferences(&self) -> Preferences {
        self.preferences
    }

    /// Where the quiz stands.
    pub fn quiz(&self) -> &Quiz {
        &self.quiz
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        self.undo_label().is_some()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        self.redo_label().is_some()
    }

    /// Whether edits are being gathered into one, as during a drag.
    pub fn is_dragging(&self) -> bool {
        self.history.is_dragging()
    }

    /// What undoing would take back.
    pub fn undo_label(&self) -> Option<&Change> {
        self.history.undo_label()
    }

    /// What redoing would bring back.
    pub fn redo_label(&self) -> Option<&Change> {
        self.history.redo_label()
    }

    /// Does what the person asked for: the only way in which a session changes.
    ///
    /// An action that makes no sense in the present state (an unknown step, nothing to undo) does nothing; a value
    /// outside its limits is moved to the nearest end.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Show(view) => self.view = view,
            Action::SetTheme(theme) => self.preferences.theme = theme,
            Action::SetMotion(motion) => self.preferences.motion = motion,
            Action::SetProjector(on) => self.preferences.projector = on,
            Action::Quiz(action) => self.quiz = std::mem::take(&mut self.quiz).after(action),
            Action::BeginDrag => self.history.begin_drag(&self.document),
            Action::EndDrag => self.history.end_drag(&self.document),
            Action::CancelDrag => self.history.cancel_drag(&mut self.document),
            Action::Undo => self.history.undo(&mut self.document),
            Action::Redo => self.history.redo(&mut self.document),
            Action::Open(ref shared) => {
                self.view = shared.view;
                self.quiz = std::mem::take(&mut self.quiz).opened_with(shared.quiz_seed);
                self.edit(action);
            }
            edit => self.edit(edit),
        }
    }

    /// Whether resetting this control would change anything.
    pub fn can_reset(&self, control: Control) -> bool {
        self.document.edited(Action::Reset(control)).is_some_and(|(reset, _)| reset != self.document)
    }

    fn edit(&mut self, action: Action) {
        if let Some((edited, kind)) = self.document.edited(action)
            && edited != self.document
        {
            let change = Change::new(kind, &self.document.scenario, &edited.scenario);
            let before = std::mem::replace(&mut self.document, edited);
            self.history.record(before, change);
        }
    }
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}
