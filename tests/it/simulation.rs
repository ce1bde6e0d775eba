//! Scenarios and runs for the tests of the simulation.

use waiting_line::scenario::{Scenario, Step, StepId, StepName, Workload};
use waiting_line::simulation::{EndCondition, Experiment, Limits, Report, Simulation};
use waiting_line::units::{Rate, Servers, Time, Users, Variability};

mod behaviour;
mod pairs;
mod reproducible;

pub(crate) fn open(per_second: f64) -> Workload {
    Workload::Open { arrival_rate: Rate::per_second(per_second) }
}

pub(crate) fn closed(users: u64, think_seconds: f64) -> Workload {
    Workload::Closed { users: Users::new(users), think_time: Time::from_seconds(think_seconds) }
}

/// Synchronous exponential steps, each with a service time in milliseconds and a number of connections.
pub(crate) fn chain(steps: &[(f64, u64)], workers: u64, workload: Workload) -> Scenario {
    Scenario {
        workload,
        workers: Servers::new(workers),
        steps: steps
            .iter()
            .zip(1..)
            .map(|(&(millis, servers), id)| Step::new(StepId(id), StepName::new("Step"), millis, servers))
            .collect(),
        ..Scenario::online_shop()
    }
}

/// A single step without a limit on workers.
pub(crate) fn station(per_second: f64, millis: f64, servers: u64, variability: f64) -> Scenario {
    let mut scenario = chain(&[(millis, servers)], 1_000_000, open(per_second));
    scenario.steps[0].variability = Variability::new(variability);
    scenario
}

/// An experiment with an event limit that no test reaches.
pub(crate) fn experiment(scenario: &Scenario, end: EndCondition) -> Experiment<'_> {
    let limits = Limits { events: 1 << 40, ..Limits::default() };
    Experiment { limits, ..Experiment::new(scenario).with_end(end) }
}

/// Runs to the end and checks Little's law.
pub(crate) fn run(experiment: &Experiment<'_>) -> Report {
    let mut simulation = Simulation::new(experiment).unwrap();
    simulation.run_to_end();
    let report = simulation.report();
    assert!(report.little.holds, "Little's law: {:?}", report.little);
    report
}

pub(crate) fn run_orders(scenario: &Scenario, orders: u64) -> Report {
    run(&experiment(scenario, EndCondition::Orders(orders)))
}

pub(crate) fn seconds(seconds: f64) -> Time {
    Time::from_seconds(seconds)
}
