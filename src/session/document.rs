//! What undo brings back, and how it is edited.

mod reset;
mod steps;

use super::share_link::Shared;
use super::{Action, ChangeKind, Control};
use crate::scenario::{Scenario, Step, StepId, StepName, Workload};
use crate::units::Rate;

/// The part of a session that can be undone. Its scenarios are always within their limits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Document {
    /// The experiment.
    pub(super) scenario: Scenario,
    /// Where it came from.
    pub(super) origin: Scenario,
    /// The other kind of workload as it was last set, where it was.
    pub(super) parked: Option<Workload>,
    /// What the experiment is compared with.
    pub(super) pinned: Option<Scenario>,
}

impl Document {
    /// A scenario freshly opened.
    pub(super) fn of(scenario: Scenario) -> Self {
        Self { origin: scenario.clone(), scenario, parked: None, pinned: None }
    }

    /// The document after an edit, and what was done; nothing where the action is no edit or makes no sense here.
    pub(super) fn edited(&self, action: Action) -> Option<(Self, ChangeKind)> {
        let mut document = self.clone();
        let kind = document.edit(action)?;
        document.scenario = document.scenario.within_limits()?;
        Some((document, kind))
    }

    fn edit(&mut self, action: Action) -> Option<ChangeKind> {
        match action {
            Action::SwitchWorkload(rate) => {
                self.switch_workload(rate);
                Some(ChangeKind::SwitchWorkload)
            }
            Action::MoveStep(id, place) => self.move_step(id, place),
            Action::AddStep => self.add_step(),
            Action::DuplicateStep(id) => self.duplicate_step(id),
            Action::RemoveStep(id) => self.remove_step(id),
            Action::LoadPreset(preset) => {
                self.open(preset.scenario())?;
                Some(ChangeKind::LoadPreset(preset))
            }
            Action::LoadScenario(scenario) => {
                self.open(scenario)?;
                Some(ChangeKind::LoadScenario)
            }
            Action::Open(shared) => {
                let Shared { scenario, pinned, .. } = *shared;
                if scenario != self.scenario {
                    self.open(scenario)?;
                }
                self.pinned = pinned.and_then(Scenario::within_limits);
                Some(ChangeKind::LoadScenario)
            }
            Action::Reset(control) => self.reset(control),
            Action::ResetStep(id) => self.reset_step(id),
            Action::ResetAll => {
                self.scenario = self.origin.clone();
                self.parked = None;
                Some(ChangeKind::ResetAll)
            }
            Action::Pin => {
                self.pinned = Some(self.scenario.clone());
                Some(ChangeKind::Pin)
            }
            Action::Unpin => {
                self.pinned = None;
                Some(ChangeKind::Unpin)
            }
            setting => self.set(setting).map(ChangeKind::Set),
        }
    }

    /// Sets one value, and says which; nothing where the action is none that does so, or the value is not there.
    fn set(&mut self, action: Action) -> Option<Control> {
        match action {
            Action::SetServiceTime(id, time) => {
                self.step(id)?.service_time = time;
                Some(Control::ServiceTime(id))
            }
            Action::SetPlacement(id, placement) => {
                self.step(id)?.placement = placement;
                Some(Control::Placement(id))
            }
            Action::Rename(id, name) => {
                let step = self.step(id)?;
                if !name.trim().is_empty() {
                    step.name = StepName::new(&name);
                }
                Some(Control::Name(id))
            }
            Action::SetServers(id, servers) => {
                self.step(id)?.servers = servers;
                Some(Control::Servers(id))
            }
            Action::SetVariability(id, variability) => {
                self.step(id)?.variability = variability;
                Some(Control::Variability(id))
            }
            Action::SetAttempts(id, attempts) => {
                self.step(id)?.attempts = attempts;
                Some(Control::Attempts(id))
            }
            Action::SetWorkload(workload) => {
                self.set_workload(workload);
                Some(Control::Workload)
            }
            Action::SetUsers(new) => match &mut self.scenario.workload {
                Workload::Closed { users, .. } => {
                    *users = new;
                    Some(Control::Users)
                }
                Workload::Open { .. } => None,
            },
            Action::SetThinkTime(new) => match &mut self.scenario.workload {
                Workload::Closed { think_time, .. } => {
                    *think_time = new;
                    Some(Control::ThinkTime)
                }
                Workload::Open { .. } => None,
            },
            Action::SetArrivalRate(new) => match &mut self.scenario.workload {
                Workload::Open { arrival_rate } => {
                    *arrival_rate = new;
                    Some(Control::ArrivalRate)
                }
                Workload::Closed { .. } => None,
            },
            Action::SetWorkers(workers) => {
                self.scenario.workers = workers;
                Some(Control::Workers)
            }
            Action::SetPublishLatency(time) => {
                self.scenario.broker.publish_latency = time;
                Some(Control::PublishLatency)
            }
            Action::SetBroker(broker) => {
                self.scenario.broker = broker;
                Some(Control::Broker)
            }
            Action::SetTimeout(timeout) => {
                self.scenario.client.timeout = timeout;
                Some(Control::Timeout)
            }
            Action::SetSeed(seed) => {
                self.scenario.seed = seed;
                Some(Control::Seed)
            }
            _ => None,
        }
    }

    /// Replaces the workload; one of the other kind is kept, to come back to.
    fn set_workload(&mut self, workload: Workload) {
        let before = std::mem::replace(&mut self.scenario.workload, workload);
        if !before.is_like(workload) {
            self.parked = Some(before);
        }
    }

    /// Goes to the other kind of workload: the one kept, or at first to this rate, or to the first users.
    fn switch_workload(&mut self, rate: Rate) {
        let other = self.parked.unwrap_or_else(|| match self.scenario.workload {
            Workload::Closed { .. } => Workload::Open { arrival_rate: rate },
            Workload::Open { .. } => Workload::default(),
        });
        self.set_workload(other);
    }

    /// Goes on with another scenario; what it is compared with stays.
    fn open(&mut self, scenario: Scenario) -> Option<()> {
        let scenario = scenario.within_limits()?;
        *self = Self { pinned: self.pinned.take(), ..Self::of(scenario) };
        Some(())
    }

    fn step(&mut self, id: StepId) -> Option<&mut Step> {
        self.scenario.step_mut(id)
    }
}
