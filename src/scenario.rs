//! The scenario: everything that the learner sets, from the workload to the seed.

mod broker;
mod client;
pub mod limits;
mod step;
mod workload;

pub use broker::Broker;
pub use client::Client;
pub use step::{Attempts, Placement, Step, StepId, StepName};
pub use workload::Workload;

use serde::{Deserialize, Serialize};

use crate::units::{Servers, Time};

/// A complete experiment: the workload, the steps of an order, and the resources that they use.
///
/// ```
/// use waiting_line::scenario::Scenario;
/// let shop = Scenario::online_shop();
/// assert_eq!(shop.synchronous_work().millis().round(), 1050.0);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    pub workload: Workload,
    /// API workers (instances × connections of each). An order holds one during its whole synchronous part.
    pub workers: Servers,
    /// The steps of an order, in the sequence in which they start: 1 to [`Scenario::MAX_STEPS`].
    pub steps: Vec<Step>,
    pub broker: Broker,
    pub client: Client,
    /// The seed of the simulation's random numbers.
    pub seed: u32,
}

impl Scenario {
    pub const MAX_STEPS: usize = *limits::STEPS.end();
    pub const MAX_SERVICE_TIME: Time = *limits::SERVICE_TIME.end();

    /// Returns the worked example: an online shop with all steps before the answer. According to the theory
    /// it is fast with 10 users, slow with 100, and fails with 500.
    pub fn online_shop() -> Self {
        let step = |id, name, millis, servers| Step::new(StepId(id), StepName::new(name), millis, servers);
        Self {
            workload: Workload::default(),
            workers: Servers::new(20),
            steps: vec![
                step(1, "Validate payment", 300.0, 10),
                step(2, "Check inventory", 200.0, 8),
                step(3, "Send email", 400.0, 12),
                step(4, "Update analytics", 150.0, 6),
            ],
            broker: Broker::default(),
            client: Client::default(),
            seed: 7042,
        }
    }

    pub fn step(&self, id: StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    pub fn step_mut(&mut self, id: StepId) -> Option<&mut Step> {
        self.steps.iter_mut().find(|step| step.id == id)
    }

    /// Returns whether an order publishes events, and so waits for the publish latency.
    pub fn publishes(&self) -> bool {
        self.steps.iter().any(|step| step.placement == Placement::Async)
    }

    /// Returns the steps that the caller waits for, as indices, in groups that run one after the other.
    ///
    /// The steps of one group run in parallel: a parallel step joins the group of the last step before it
    /// that the caller waits for.
    pub fn synchronous_groups(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (index, step) in self.steps.iter().enumerate() {
            match (step.placement, groups.last_mut()) {
                (Placement::Async, _) => {}
                (Placement::Parallel, Some(group)) => group.push(index),
                _ => groups.push(vec![index]),
            }
        }
        groups
    }

    /// Returns the time that the caller waits when there are no queues: the sum over the groups of the
    /// longest mean in each, and the publish latency once if anything is published.
    pub fn synchronous_work(&self) -> Time {
        let groups = self.synchronous_groups().into_iter().map(|group| {
            group.into_iter().map(|index| self.caller_time(&self.steps[index])).fold(Time::ZERO, Time::max)
        });
        let publish = if self.publishes() { self.broker.publish_latency } else { Time::ZERO };
        groups.sum::<Time>() + publish
    }

    /// Returns the sum of the service times that the caller waits for, parallel ones included.
    pub fn blocking_work(&self) -> Time {
        self.steps.iter().filter(|step| step.placement.blocks_caller()).map(|step| step.service_time).sum()
    }

    /// Returns the scenario with every step before the answer, one after the other.
    #[must_use]
    pub fn all_synchronous(&self) -> Self {
        let mut scenario = self.clone();
        for step in &mut scenario.steps {
            step.placement = Placement::Sync;
        }
        scenario
    }

    /// Returns the sum of the service times of the steps after the answer.
    pub fn asynchronous_work(&self) -> Time {
        self.steps
            .iter()
            .filter(|step| step.placement == Placement::Async)
            .map(|step| step.service_time)
            .sum()
    }

    /// Returns how long the caller waits for a step without queues; waiting for a published step includes the
    /// broker.
    pub fn caller_time(&self, step: &Step) -> Time {
        match step.placement {
            Placement::Sync | Placement::Parallel => step.service_time,
            Placement::PublishAndWait => step.service_time + self.broker.publish_latency,
            Placement::Async => Time::ZERO,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_placements(placements: [Placement; 4]) -> Scenario {
        let mut scenario = Scenario::online_shop();
        for (step, placement) in scenario.steps.iter_mut().zip(placements) {
            step.placement = placement;
        }
        scenario
    }

    #[test]
    fn work_before_and_after_the_answer() {
        use Placement::{Async, Parallel, PublishAndWait, Sync};
        let check = |placements, before: f64, after: f64| {
            let scenario = with_placements(placements);
            assert_eq!(scenario.synchronous_work(), Time::from_millis(before), "{placements:?}");
            assert_eq!(scenario.asynchronous_work(), Time::from_millis(after), "{placements:?}");
        };
        check([Sync, Sync, Sync, Sync], 1_050.0, 0.0);
        check([Sync, Sync, Async, Async], 500.0, 550.0);
        check([Sync, Parallel, Parallel, Parallel], 400.0, 0.0);
        check([Sync, Parallel, Sync, Parallel], 700.0, 0.0);
        check([Sync, Sync, PublishAndWait, PublishAndWait], 1_050.0, 0.0);
        check([Async, Async, Async, Async], 0.0, 1_050.0);
        check([Sync, Async, Parallel, Async], 400.0, 350.0);
    }

    #[test]
    fn publishing_is_paid_once_by_the_caller() {
        use Placement::{Async, Sync};
        let mut scenario = with_placements([Sync, Sync, Async, Async]);
        scenario.broker.publish_latency = Time::from_millis(5.0);
        assert_eq!(scenario.synchronous_work(), Time::from_millis(505.0));
    }
}
