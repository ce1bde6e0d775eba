//! The part of a session that can be undone, and how it is edited.

mod reset;
mod steps;

use super::Action;
use super::share_link::SharedState;
use crate::scenario::{Scenario, Step, StepId, StepName, Workload};
use crate::units::Rate;

/// The experiment and what belongs to it. Its scenarios are always within their limits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Document {
    pub(super) scenario: Scenario,
    /// The scenario as it was opened, which resetting leads back to.
    pub(super) origin: Scenario,
    /// The last workload of the other kind, if there was one, so that switching back restores it.
    pub(super) previous_workload: Option<Workload>,
    /// The scenario that the experiment is compared with.
    pub(super) pinned: Option<Scenario>,
}

impl Document {
    pub(super) fn from_scenario(scenario: Scenario) -> Self {
        Self { origin: scenario.clone(), scenario, previous_workload: None, pinned: None }
    }

    /// Returns the document after an edit; `None` if the action is no edit or does not apply to this
    /// document.
    pub(super) fn edited(&self, action: Action) -> Option<Self> {
        let mut document = self.clone();
        document.edit(action)?;
        document.scenario = document.scenario.within_limits()?;
        Some(document)
    }

    fn edit(&mut self, action: Action) -> Option<()> {
        match action {
            Action::SwitchWorkload(rate) => self.switch_workload(rate),
            Action::MoveStep(id, index) => return self.move_step(id, index),
            Action::AddStep => return self.add_step(),
            Action::DuplicateStep(id) => return self.duplicate_step(id),
            Action::RemoveStep(id) => return self.remove_step(id),
            Action::LoadPreset(preset) => return self.open(preset.scenario()),
            Action::LoadScenario(scenario) => return self.open(scenario),
            Action::Open(shared) => {
                let SharedState { scenario, pinned, .. } = *shared;
                if scenario != self.scenario {
                    self.open(scenario)?;
                }
                self.pinned = pinned.and_then(Scenario::within_limits);
            }
            Action::Reset(control) => return self.reset(control),
            Action::ResetStep(id) => return self.reset_step(id),
            Action::ResetAll => {
                self.scenario = self.origin.clone();
                self.previous_workload = None;
            }
            Action::Pin => self.pinned = Some(self.scenario.clone()),
            Action::Unpin => self.pinned = None,
            setting => return self.set(setting),
        }
        Some(())
    }

    /// Sets one value; `None` if the action does no such thing, or the scenario does not have the value.
    fn set(&mut self, action: Action) -> Option<()> {
        match action {
            Action::SetServiceTime(id, time) => self.step(id)?.service_time = time,
            Action::SetPlacement(id, placement) => self.step(id)?.placement = placement,
            Action::Rename(id, name) => {
                let step = self.step(id)?;
                if !name.trim().is_empty() {
                    step.name = StepName::new(&name);
                }
            }
            Action::SetServers(id, servers) => self.step(id)?.servers = servers,
            Action::SetVariability(id, variability) => self.step(id)?.variability = variability,
            Action::SetAttempts(id, attempts) => self.step(id)?.attempts = attempts,
            Action::SetWorkload(workload) => self.set_workload(workload),
            Action::SetUsers(new) => match &mut self.scenario.workload {
                Workload::Closed { users, .. } => *users = new,
                Workload::Open { .. } => return None,
            },
            Action::SetThinkTime(new) => match &mut self.scenario.workload {
                Workload::Closed { think_time, .. } => *think_time = new,
                Workload::Open { .. } => return None,
            },
            Action::SetArrivalRate(new) => match &mut self.scenario.workload {
                Workload::Open { arrival_rate } => *arrival_rate = new,
                Workload::Closed { .. } => return None,
            },
            Action::SetWorkers(workers) => self.scenario.workers = workers,
            Action::SetPublishLatency(time) => self.scenario.broker.publish_latency = time,
            Action::SetBroker(broker) => self.scenario.broker = broker,
            Action::SetTimeout(timeout) => self.scenario.client.timeout = timeout,
            Action::SetSeed(seed) => self.scenario.seed = seed,
            _ => return None,
        }
        Some(())
    }

    /// Replaces the workload, and keeps one of the other kind for switching back.
    fn set_workload(&mut self, workload: Workload) {
        let before = std::mem::replace(&mut self.scenario.workload, workload);
        if !before.same_kind(workload) {
            self.previous_workload = Some(before);
        }
    }

    /// Switches to the other kind of workload: the previous one, or else this rate or the default users.
    fn switch_workload(&mut self, rate: Rate) {
        let other = self.previous_workload.unwrap_or_else(|| match self.scenario.workload {
            Workload::Closed { .. } => Workload::Open { arrival_rate: rate },
            Workload::Open { .. } => Workload::default(),
        });
        self.set_workload(other);
    }

    /// Replaces everything but the pinned scenario.
    fn open(&mut self, scenario: Scenario) -> Option<()> {
        let scenario = scenario.within_limits()?;
        *self = Self { pinned: self.pinned.take(), ..Self::from_scenario(scenario) };
        Some(())
    }

    fn step(&mut self, id: StepId) -> Option<&mut Step> {
        self.scenario.step_mut(id)
    }
}
