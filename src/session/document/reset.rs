//! Resetting one control or one step to its value in the origin.

use super::Document;
use super::steps::new_step;
use crate::scenario::{Step, StepId, Workload};
use crate::session::{Action, Control};
use crate::units::{Time, Users};

impl Document {
    pub(super) fn reset(&mut self, control: Control) -> Option<()> {
        let origin = &self.origin;
        let setting = match control {
            Control::Name(id) => Action::Rename(id, self.original(id)?.name.as_str().to_owned()),
            Control::ServiceTime(id) => Action::SetServiceTime(id, self.original(id)?.service_time),
            Control::Placement(id) => Action::SetPlacement(id, self.original(id)?.placement),
            Control::Servers(id) => Action::SetServers(id, self.original(id)?.servers),
            Control::Variability(id) => Action::SetVariability(id, self.original(id)?.variability),
            Control::Attempts(id) => Action::SetAttempts(id, self.original(id)?.attempts),
            Control::Workload => Action::SetWorkload(origin.workload),
            Control::Users => Action::SetUsers(self.original_users()?.0),
            Control::ThinkTime => Action::SetThinkTime(self.original_users()?.1),
            Control::ArrivalRate => match origin.workload {
                Workload::Open { arrival_rate } => Action::SetArrivalRate(arrival_rate),
                Workload::Closed { .. } => return None,
            },
            Control::Workers => Action::SetWorkers(origin.workers),
            Control::PublishLatency => Action::SetPublishLatency(origin.broker.publish_latency),
            Control::Broker => Action::SetBroker(origin.broker),
            Control::Timeout => Action::SetTimeout(origin.client.timeout),
            Control::Seed => Action::SetSeed(origin.seed),
        };
        self.set(setting)
    }

    pub(super) fn reset_step(&mut self, id: StepId) -> Option<()> {
        let original = self.original(id)?;
        *self.step(id)? = original;
        Some(())
    }

    /// Returns the step as it is in the origin; a step added later keeps its name and takes a new step's
    /// values.
    fn original(&self, id: StepId) -> Option<Step> {
        let step = self.scenario.step(id)?;
        Some(self.origin.step(id).cloned().unwrap_or_else(|| new_step(id, step.name.clone())))
    }

    /// Returns users and think time of the origin, or the default ones if the origin has an arrival rate
    /// instead.
    fn original_users(&self) -> Option<(Users, Time)> {
        [self.origin.workload, Workload::default()].into_iter().find_map(|workload| match workload {
            Workload::Closed { users, think_time } => Some((users, think_time)),
            Workload::Open { .. } => None,
        })
    }
}
