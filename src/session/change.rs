//! What an edit did, for the labels of undo and redo.

use super::Control;
use crate::lessons::PresetId;
use crate::scenario::{Scenario, StepId, StepName};

/// What an edit did, and to which step.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What was done.
    pub kind: ChangeKind,
    /// The name of the step that it was done to, as it was then, where it was one step.
    pub step: Option<StepName>,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// A value was set.
    Set(Control),
    /// A value was taken back to where the experiment came from.
    Reset(Control),
    /// A whole step was taken back to where the experiment came from.
    ResetStep(StepId),
    /// A step was moved.
    MoveStep(StepId),
    /// A step was added.
    AddStep(StepId),
    /// This step was added as a copy of another.
    DuplicateStep(StepId),
    /// A step was taken out.
    RemoveStep(StepId),
    /// The workload went from users to a rate, or back.
    SwitchWorkload,
    /// A preset was opened.
    LoadPreset(PresetId),
    /// Another scenario was opened.
    LoadScenario,
    /// The whole experiment was taken back to where it came from.
    ResetAll,
    /// The experiment was put aside to compare with.
    Pin,
    /// The comparison was ended.
    Unpin,
}

impl ChangeKind {
    fn step(self) -> Option<StepId> {
        match self {
            Self::Set(control) | Self::Reset(control) => control.step(),
            Self::ResetStep(id)
            | Self::MoveStep(id)
            | Self::AddStep(id)
            | Self::DuplicateStep(id)
            | Self::RemoveStep(id) => Some(id),
            _ => None,
        }
    }
}

impl Change {
    /// The change between two scenarios.
    pub(super) fn new(kind: ChangeKind, before: &Scenario, after: &Scenario) -> Self {
        let step = kind.step().and_then(|id| before.step(id).or_else(|| after.step(id)));
        Self { kind, step: step.map(|step| step.name.clone()) }
    }
}
