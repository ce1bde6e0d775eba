//! The state of the page: one value, written by one function.
//!
//! Every change is an [`Action`], and [`Session::apply`] is the only writer: pages, links, lessons and tests
//! all go through it. Edits of the experiment can be undone; the page shown, the preferences and the quiz are
//! not part of that.

mod action;
#[cfg(test)]
mod arbitrary;
mod document;
mod history;
mod preferences;
mod quiz;
pub mod share_link;
pub mod storage_format;
#[cfg(test)]
mod tests;

pub use action::{Action, Control, View};
pub use preferences::{Motion, Preferences, Theme};
pub use quiz::{Progress, QuestionCard, Quiz, QuizAction, Round, TopicScore, Verdict};

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
    /// Returns the session of a first visit: the online shop with synchronous steps only.
    pub fn new() -> Self {
        Self {
            document: Document::from_scenario(Scenario::online_shop()),
            history: History::default(),
            view: View::default(),
            preferences: Preferences::default(),
            quiz: Quiz::default(),
        }
    }

    pub fn scenario(&self) -> &Scenario {
        &self.document.scenario
    }

    /// The scenario that the experiment is compared with, if there is one.
    pub fn pinned(&self) -> Option<&Scenario> {
        self.document.pinned.as_ref()
    }

    /// The scenario as it was opened, which resetting leads back to.
    pub fn origin(&self) -> &Scenario {
        &self.document.origin
    }

    /// The preset that the experiment equals in every value, if there is one.
    pub fn preset(&self) -> Option<PresetId> {
        PresetId::matching(self.scenario())
    }

    /// The page that is shown.
    pub fn view(&self) -> View {
        self.view
    }

    pub fn preferences(&self) -> Preferences {
        self.preferences
    }

    pub fn quiz(&self) -> &Quiz {
        &self.quiz
    }

    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Returns `true` between [`Action::BeginDrag`] and the end of the drag, while edits are gathered into
    /// one entry.
    pub fn is_dragging(&self) -> bool {
        self.history.is_dragging()
    }

    /// Applies an action: the only way in which a session changes.
    ///
    /// An action that makes no sense in the present state (an unknown step, nothing to undo) does nothing; a
    /// value outside its limits is clamped.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Show(view) => self.view = view,
            Action::SetTheme(theme) => self.preferences.theme = theme,
            Action::SetMotion(motion) => self.preferences.motion = motion,
            Action::SetProjector(on) => self.preferences.projector = on,
            Action::Quiz(action) => self.quiz = std::mem::take(&mut self.quiz).apply(action),
            Action::BeginDrag => self.history.begin_drag(&self.document),
            Action::EndDrag => self.history.end_drag(&self.document),
            Action::CancelDrag => self.history.cancel_drag(&mut self.document),
            Action::Undo => self.history.undo(&mut self.document),
            Action::Redo => self.history.redo(&mut self.document),
            Action::Open(ref shared) => {
                self.view = shared.view;
                self.quiz = std::mem::take(&mut self.quiz).start_from_link(shared.quiz_seed);
                self.edit(action);
            }
            edit => self.edit(edit),
        }
    }

    /// Returns `true` if resetting this control would change anything.
    pub fn can_reset(&self, control: Control) -> bool {
        self.document.edited(Action::Reset(control)).is_some_and(|reset| reset != self.document)
    }

    fn edit(&mut self, action: Action) {
        if let Some(edited) = self.document.edited(action)
            && edited != self.document
        {
            let before = std::mem::replace(&mut self.document, edited);
            self.history.record(before);
        }
    }
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}
