//! Adding, copying, moving and removing steps.

use super::Document;
use crate::scenario::limits::unused_id;
use crate::scenario::{Scenario, Step, StepId, StepName};

impl Document {
    pub(super) fn move_step(&mut self, id: StepId, index: usize) -> Option<()> {
        let steps = &mut self.scenario.steps;
        let from = steps.iter().position(|step| step.id == id)?;
        let step = steps.remove(from);
        steps.insert(index.min(steps.len()), step);
        Some(())
    }

    pub(super) fn add_step(&mut self) -> Option<()> {
        let id = self.id_for_new_step()?;
        let name = self.unused_name("Step", self.scenario.steps.len() + 1);
        self.scenario.steps.push(new_step(id, name));
        Some(())
    }

    pub(super) fn duplicate_step(&mut self, original: StepId) -> Option<()> {
        let id = self.id_for_new_step()?;
        let at = self.scenario.steps.iter().position(|step| step.id == original)?;
        let step = &self.scenario.steps[at];
        let name = self.unused_name(without_number(step.name.as_str()), 2);
        let copy = Step { id, name, ..step.clone() };
        self.scenario.steps.insert(at + 1, copy);
        Some(())
    }

    pub(super) fn remove_step(&mut self, id: StepId) -> Option<()> {
        let at = self.scenario.steps.iter().position(|step| step.id == id)?;
        if self.scenario.steps.len() == 1 {
            return None;
        }
        self.scenario.steps.remove(at);
        Some(())
    }

    /// Returns an unused identity, if there is room for one more step. Identities of the origin's steps,
    /// removed or not, are never given again, so that resetting cannot confuse two steps; nor are those of
    /// the pinned scenario.
    fn id_for_new_step(&self) -> Option<StepId> {
        let known = [Some(&self.scenario), Some(&self.origin), self.pinned.as_ref()];
        let taken = |id| known.into_iter().flatten().any(|scenario| scenario.step(id).is_some());
        (self.scenario.steps.len() < Scenario::MAX_STEPS).then(|| unused_id(taken))
    }

    /// Returns the first of "stem 2", "stem 3" … that no step has as its name, counted from `first`.
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

/// A step with the default values: 100 ms on ten connections.
pub(super) fn new_step(id: StepId, name: StepName) -> Step {
    Step::new(id, name, 100.0, 10)
}

fn without_number(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((stem, number)) if !stem.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => stem,
        _ => name,
    }
}
