//! Steps come, go and move.

use super::Document;
use crate::scenario::limits::unused_id;
use crate::scenario::{Scenario, Step, StepId, StepName};
use crate::session::ChangeKind;

impl Document {
    pub(super) fn move_step(&mut self, id: StepId, place: usize) -> Option<ChangeKind> {
        let steps = &mut self.scenario.steps;
        let from = steps.iter().position(|step| step.id == id)?;
        let step = steps.remove(from);
        steps.insert(place.min(steps.len()), step);
        Some(ChangeKind::MoveStep(id))
    }

    pub(super) fn add_step(&mut self) -> Option<ChangeKind> {
        let id = self.room()?;
        let name = self.unused_name("Step", self.scenario.steps.len() + 1);
        self.scenario.steps.push(new_step(id, name));
        Some(ChangeKind::AddStep(id))
    }

    pub(super) fn duplicate_step(&mut self, original: StepId) -> Option<ChangeKind> {
        let id = self.room()?;
        let at = self.scenario.steps.iter().position(|step| step.id == original)?;
        let step = &self.scenario.steps[at];
        let name = self.unused_name(without_number(step.name.as_str()), 2);
        let copy = Step { id, name, ..step.clone() };
        self.scenario.steps.insert(at + 1, copy);
        Some(ChangeKind::DuplicateStep(id))
    }

    pub(super) fn remove_step(&mut self, id: StepId) -> Option<ChangeKind> {
        let at = self.scenario.steps.iter().position(|step| step.id == id)?;
        if self.scenario.steps.len() == 1 {
            return None;
        }
        self.scenario.steps.remove(at);
        Some(ChangeKind::RemoveStep(id))
    }

    /// An identity for one more step, if there is room. It is none that a step of the origin has, or had before it was
    /// removed, so that resetting never takes one step for another; and none of what the scenario is compared with.
    fn room(&self) -> Option<StepId> {
        let known = [Some(&self.scenario), Some(&self.origin), self.pinned.as_ref()];
        let taken = |id| known.into_iter().flatten().any(|scenario| scenario.step(id).is_some());
        (self.scenario.steps.len() < Scenario::MAX_STEPS).then(|| unused_id(taken))
    }

    /// The first of "stem 2", "stem 3" … that no step bears, counted from `first`.
    fn unused_name(&self, stem: &str, first: usize) -> StepName {
        let numbered = |number: usize| {
            let suffix = format!(" {number}");
            let stem: String = stem.chars().take(StepName::MAX_CHARS - suffix.len()).collect();
            StepName::new(&(stem + &suffix))
        };
        let taken = |name: &StepName| self.scenario.steps.iter().any(|step| step.name == *name);
        let mut number = first;
        while taken(&numbered(number)) {
            number += 1;
        }
        numbered(number)
    }
}

/// What a step is before anything is set: 100 ms on ten connections.
pub(super) fn new_step(id: StepId, name: StepName) -> Step {
    Step::new(id, name, 100.0, 10)
}

fn without_number(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((stem, number)) if !stem.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => stem,
        _ => name,
    }
}
