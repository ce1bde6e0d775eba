//! What the learner sets: one value that the app, the tests, the files and the links share.

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

/// A whole experiment: who comes, what an order goes through, and with how much of everything.
///
/// ```
/// use waiting_line::scenario::Scenario;
/// let shop = Scenario::online_shop();
/// assert_eq!(shop.synchronous_work().millis().round(), 1050.0);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// Who sends orders, and how often.
    pub workload: Workload,
    /// API workers (instances × connections of each); one is held for the whole synchronous part of an order.
    pub workers: Servers,
    /// The steps of an order in the order of their start; at least one, at most [`Scenario::MAX_STEPS`].
    pub steps: Vec<Step>,
    /// What carries the events to the asynchronous steps.
    pub broker: Broker,
    /// Who waits for the answer, and how long.
    pub client: Client,
    /// Where all randomness of a simulated run starts.
    pub seed: u32,
}

impl Scenario {
    /// The most steps that an order can have.
    pub const MAX_STEPS: usize = 20;
    /// The longest latency that a step can be given.
    pub const MAX_SERVICE_TIME: Time = Time::from_whole_seconds(10);

    /// The worked case: an online shop in which everything happens before the answer. By the model it is fine at
    /// 10 users, crawls at 100 and fails at 500.
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

    /// The step of that identity, where there is one.
    pub fn step(&self, id: StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The step of that identity, to be changed.
    pub fn step_mut(&mut self, id: StepId) -> Option<&mut Step> {
        self.steps.iter_mut().find(|step| step.id == id)
    }

    /// Whether anything is published, so that an order pays for the broker.
    pub fn publishes(&self) -> bool {
        self.steps.iter().any(|step| step.placement == Placement::Async)
    }

    /// The groups of steps that the caller waits for, in order; the steps of one group run side by side.
    ///
    /// A step in parallel joins the synchronous step before it; steps that the caller does not wait for do not come
    /// between them.
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

    /// The time that the steps take which the caller waits for, without any queue: groups add up, and of a parallel
    /// group the longest mean counts. The publish latency is paid once if anything is published.
    pub fn synchronous_work(&self) -> Time {
        let groups = self.synchronous_groups().into_iter().map(|group| {
            group.into_iter().map(|index| self.caller_time(&self.steps[index])).fold(Time::ZERO, Time::max)
        });
        let publish = if self.publishes() { self.broker.publish_latency } else { Time::ZERO };
        groups.sum::<Time>() + publish
    }

    /// All work that the caller waits for, added up, also where it runs side by side.
    pub fn waited_for_work(&self) -> Time {
        self.steps.iter().filter(|step| step.placement.is_waited_for()).map(|step| step.service_time).sum()
    }

    /// The same flow with every step in sequence before the answer.
    #[must_use]
    pub fn all_synchronous(&self) -> Self {
        let mut flow = self.clone();
        for step in &mut flow.steps {
            step.placement = Placement::Sync;
        }
        flow
    }

    /// The time that the steps take which happen after the answer, added up.
    pub fn asynchronous_work(&self) -> Time {
        self.steps
            .iter()
            .filter(|step| step.placement == Placement::Async)
            .map(|step| step.service_time)
            .sum()
    }

    /// What one step costs its caller when nobody else is there; waiting for a published step goes through the broker.
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
