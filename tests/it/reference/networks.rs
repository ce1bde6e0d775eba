//! Closed networks of steps, without and with limits.

use waiting_line::queueing::laws::bounds::{knee, response_bound, throughput_bound};
use waiting_line::queueing::{Evaluation, Outcome, ResourceState, SteadyOutcome, evaluate};
use waiting_line::scenario::{Placement, Scenario, Step, StepId, StepName, Workload};
use waiting_line::units::{Rate, Servers, Time, Users, Variability};

use super::case::Case;

/// Builds a scenario of synchronous exponential steps.
pub(super) fn scenario(demands: &[f64], servers: &[f64], workers: u64, workload: Workload) -> Scenario {
    let mut scenario = Scenario::online_shop();
    scenario.steps = demands
        .iter()
        .zip(servers)
        .enumerate()
        .map(|(index, (demand, servers))| {
            let mut step = Step::new(StepId(index as u16), StepName::new("Step"), 0.0, *servers as u64);
            step.service_time = Time::from_seconds(*demand);
            step
        })
        .collect();
    scenario.workers = Servers::new(workers);
    scenario.workload = workload;
    scenario
}

pub(super) fn closed_workload(users: f64, think_time: Time) -> Workload {
    Workload::Closed { users: Users::new(users as u64), think_time }
}

pub(super) fn open_workload(rate: f64) -> Workload {
    Workload::Open { arrival_rate: Rate::per_second(rate) }
}

pub(super) fn steady(evaluation: &Evaluation) -> SteadyOutcome {
    match evaluation.outcome {
        Outcome::Steady(steady) => steady,
        other => panic!("no steady state: {other:?}"),
    }
}

/// Returns busy servers and orders waiting, at each step.
pub(super) fn at_steps(evaluation: &Evaluation) -> Vec<(f64, f64)> {
    let state = |state: &ResourceState| match *state {
        ResourceState::Steady { in_service, waiting, .. } => (in_service, waiting),
        ResourceState::Growing { .. } => panic!("a step grows: {state:?}"),
    };
    evaluation.resources[1..].iter().map(|resource| state(&resource.state)).collect()
}

/// The size of a pool that never limits anything for the numbers of users in the cases.
const AMPLE: u64 = 300;

fn expect_closed(case: &mut Case, demands: &[f64], servers: &[f64], think_time: Time, users: f64) {
    let evaluation =
        evaluate(&scenario(demands, servers, AMPLE, closed_workload(users, think_time))).unwrap();
    let actual = steady(&evaluation);
    let inside: Vec<f64> = at_steps(&evaluation).iter().map(|(busy, waiting)| busy + waiting).collect();
    case.expect(&format!("X({users})"), actual.throughput.value());
    case.expect(&format!("R({users})"), actual.response_time.seconds());
    case.expect_all(&format!("Q({users})"), &inside);
}

pub(super) fn published(case: &mut Case) {
    let demands = case.inputs("demands");
    let think_time = case.time("think_time");
    for users in [1.0, 2.0, 3.0, 4.0, 5.0, 17.0, 18.0, 19.0, case.input("users")] {
        expect_closed(case, &demands, &[1.0; 3], think_time, users);
    }
}

pub(super) fn closed(case: &mut Case) {
    let (demands, servers) = (case.inputs("demands"), case.inputs("servers"));
    let think_time = case.time("think_time");
    for users in case.inputs("users") {
        expect_closed(case, &demands, &servers, think_time, users);
    }
    let largest = demands.iter().zip(&servers).map(|(demand, servers)| demand / servers).fold(0.0, f64::max);
    let unloaded = Time::from_seconds(demands.iter().sum());
    case.expect("knee", knee(unloaded, think_time, Time::from_seconds(largest)));
}

/// Evaluates one order alone, with constant steps, some of them published.
fn alone(steps: &[f64], published: &[usize]) -> SteadyOutcome {
    let mut scenario = scenario(steps, &[1.0; 4], 1, closed_workload(1.0, Time::from_whole_seconds(1)));
    for (index, step) in scenario.steps.iter_mut().enumerate() {
        step.variability = Variability::CONSTANT;
        if published.contains(&index) {
            step.placement = Placement::Async;
        }
    }
    steady(&evaluate(&scenario).unwrap())
}

pub(super) fn sums(case: &mut Case) {
    let steps = case.inputs("steps");
    let mut slow = steps.clone();
    slow[2] = case.input("slow_value");
    let all = alone(&steps, &[]);
    let hybrid = alone(&steps, &[2, 3]);
    case.expect("all_sync_response", all.response_time.seconds());
    case.expect("hybrid_response", hybrid.response_time.seconds());
    case.expect("all_sync_response_slow", alone(&slow, &[]).response_time.seconds());
    case.expect("hybrid_response_slow", alone(&slow, &[2, 3]).response_time.seconds());
    case.expect("speedup", all.response_time / hybrid.response_time);
    case.expect("p50", all.percentiles.p50.seconds());
    case.expect("p99", all.percentiles.p99.seconds());
}

pub(super) fn concurrent_orders(case: &mut Case) {
    let orders = case.input("concurrent_orders");
    let at_work = |steps: &[f64], published: bool| {
        let mut scenario = scenario(steps, &[orders; 4], orders as u64, closed_workload(orders, Time::ZERO));
        if published {
            scenario.steps[2].placement = Placement::Async;
            scenario.steps[3].placement = Placement::Async;
        }
        evaluate(&scenario).unwrap()
    };
    let busy = |evaluation: &Evaluation| -> Vec<f64> {
        at_steps(evaluation).iter().map(|(busy, _)| *busy).collect()
    };
    let steps = case.inputs("steps");
    let mut slow_steps = steps.clone();
    slow_steps[2] = case.input("slow_email");
    let (usual, slow) = (at_work(&steps, false), at_work(&slow_steps, false));
    let (throughput, slowed) = (steady(&usual).throughput, steady(&slow).throughput);
    case.expect("throughput", throughput.value());
    case.expect_all("connections_in_use", &busy(&usual));
    case.expect("connections_total", busy(&usual).iter().sum());
    case.expect("throughput_slow_email", slowed.value());
    case.expect_all("connections_in_use_slow", &busy(&slow));
    case.expect("throughput_loss", 1.0 - slowed / throughput);
    case.expect("hybrid_throughput_same_pool", steady(&at_work(&steps, true)).throughput.value());
}

pub(super) fn knee_and_bounds(case: &mut Case) {
    let (demands, servers) = (case.inputs("demands"), case.inputs("servers"));
    let think_time = case.time("think_time");
    let bounds = |workers: u64| {
        evaluate(&scenario(&demands, &servers, workers, closed_workload(1.0, think_time))).unwrap().bounds
    };
    let (with_pool, without_pool) = (bounds(case.input("workers") as u64), bounds(1_000_000));
    case.expect("Nstar_without_pool", without_pool.knee.unwrap());
    case.expect("Nstar_with_pool", with_pool.knee.unwrap());
    case.expect("X_max_with_pool", 1.0 / with_pool.largest_demand.seconds());
    case.expect("X_max_without_pool", 1.0 / without_pool.largest_demand.seconds());
    let users: Vec<Users> = case.inputs("users").iter().map(|users| Users::new(*users as u64)).collect();
    let (unloaded, largest) = (with_pool.unloaded, with_pool.largest_demand);
    let throughputs =
        users.iter().map(|users| throughput_bound(*users, unloaded, think_time, largest).value());
    case.expect_all("X_upper", &throughputs.collect::<Vec<_>>());
    let responses = users.iter().map(|users| response_bound(*users, unloaded, think_time, largest).seconds());
    case.expect_all("R_lower", &responses.collect::<Vec<_>>());
}
