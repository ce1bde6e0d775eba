//! Evaluations of whole scenarios against their simulation, for each kind of scenario within the error that
//! the method of the theory may have there.

use waiting_line::lessons::PresetId;
use waiting_line::queueing::explain::{Accuracy, ExplainedValue, explain};
use waiting_line::queueing::{EffectState, Outcome, evaluate};
use waiting_line::scenario::{Placement, Scenario, Workload};
use waiting_line::simulation::Report;
use waiting_line::units::{Probability, Servers, Time, Variability};

use super::within;
use crate::simulation::{closed, open, run_orders, station};

use Placement::{Async, Parallel, PublishAndWait, Sync};

fn shop(workload: Workload, workers: u64, placements: [Placement; 4]) -> Scenario {
    let mut shop = Scenario { workload, workers: Servers::new(workers), ..Scenario::online_shop() };
    for (step, placement) in shop.steps.iter_mut().zip(placements) {
        step.placement = placement;
    }
    shop
}

/// Evaluates and simulates; response time, throughput and percentiles must agree within the given shares.
fn compare(name: &str, scenario: &Scenario, mean: f64, percentiles: f64) -> Report {
    let Outcome::Steady(theory) = evaluate(scenario).unwrap().outcome else { panic!("{name} is not steady") };
    let report = run_orders(scenario, 200_000);
    assert!(report.is_steady, "{name}");
    let throughput = report.throughput;
    let estimate = (throughput.value.value(), throughput.wide_margin.value());
    within(mean.max(0.01), &format!("{name}: throughput"), estimate.0, estimate.1, theory.throughput.value());
    let simulated = report.percentiles.unwrap();
    for (quantity, estimate, truth, share) in [
        ("mean", report.response_time.unwrap(), theory.response_time, mean),
        ("p50", simulated.p50, theory.percentiles.p50, percentiles),
        ("p95", simulated.p95, theory.percentiles.p95, percentiles),
        ("p99", simulated.p99, theory.percentiles.p99, percentiles),
    ] {
        let (estimate, margin) = (estimate.value.seconds(), estimate.wide_margin.seconds());
        within(share, &format!("{name}: {quantity}"), estimate, margin, truth.seconds());
    }
    report
}

#[test]
fn exponential_steps_one_after_the_other() {
    for users in [10, 50, 100, 500] {
        let scenario = shop(closed(users, 1.0), 20, [Sync; 4]);
        compare(&format!("{users} users"), &scenario, 0.01, 0.05);
        let published = shop(closed(users, 1.0), 20, [Sync, Sync, PublishAndWait, PublishAndWait]);
        compare(&format!("{users} users who wait for events"), &published, 0.01, 0.05);
    }
    for rate in [15.0, 21.0, 24.0] {
        compare(&format!("{rate}/s"), &shop(open(rate), 60, [Sync; 4]), 0.01, 0.02);
    }
}

#[test]
fn parallel_steps_up_to_eighty_percent() {
    for placements in [[Sync, Parallel, Parallel, Parallel], [Sync, Parallel, Sync, Parallel]] {
        for rate in [15.0, 21.0, 24.0] {
            compare(&format!("{placements:?} at {rate}/s"), &shop(open(rate), 60, placements), 0.05, 0.1);
        }
        for users in [10, 40] {
            let scenario = shop(closed(users, 1.0), 20, placements);
            compare(&format!("{placements:?} with {users} users"), &scenario, 0.05, 0.1);
        }
    }
}

/// Two moments do not determine a queue with several servers, least of all behind another queue.
#[test]
fn steps_that_are_not_exponential() {
    for (variability, rate, mean, percentiles) in [
        (0.0, 15.0, 0.01, 0.02),
        (0.0, 21.0, 0.01, 0.02),
        (0.0, 24.0, 0.02, 0.03),
        (0.0, 27.0, 0.03, 0.06),
        (0.25, 24.0, 0.01, 0.02),
        (4.0, 15.0, 0.01, 0.03),
        (4.0, 21.0, 0.02, 0.04),
        (4.0, 24.0, 0.05, 0.06),
    ] {
        let mut scenario = shop(open(rate), 60, [Sync; 4]);
        for step in &mut scenario.steps {
            step.variability = Variability::new(variability);
        }
        compare(&format!("C² = {variability} at {rate}/s"), &scenario, mean, percentiles);
    }
}

/// The shop in which email is full before the workers are, and most orders with a worker wait for email.
#[test]
fn a_full_step_behind_full_workers() {
    for (variability, workers, users, mean, percentiles) in [
        (1.0, 60, 100, 0.02, 0.03),
        (1.0, 100, 200, 0.02, 0.03),
        (1.0, 1_000, 120, 0.02, 0.03),
        (0.0, 60, 100, 0.01, 0.12),
        (0.0, 100, 100, 0.01, 0.08),
        (0.0, 60, 500, 0.01, 0.1),
        (0.25, 60, 100, 0.01, 0.06),
        (4.0, 60, 100, 0.03, 0.04),
        (4.0, 200, 150, 0.03, 0.04),
    ] {
        let mut scenario = shop(closed(users, 1.0), workers, [Sync; 4]);
        for step in &mut scenario.steps {
            step.variability = Variability::new(variability);
        }
        let name = format!("C² = {variability}, {users} users, {workers} workers");
        compare(&name, &scenario, mean, percentiles);
    }
    // All steps are full: the more one queue grows, the shorter the others are.
    for (variability, mean, percentiles) in [(1.0, 0.02, 0.04), (0.0, 0.05, 0.15), (4.0, 0.04, 0.05)] {
        let mut scenario = shop(closed(100, 1.0), 60, [Sync; 4]);
        for (step, servers) in scenario.steps.iter_mut().zip([9, 6, 12, 5]) {
            step.servers = Servers::new(servers);
            step.variability = Variability::new(variability);
        }
        compare(&format!("all full, C² = {variability}"), &scenario, mean, percentiles);
    }
}

/// The error that “why?” states holds for the preset of constant parallel steps: without queues, where
/// workers fill, and past that.
#[test]
fn the_page_states_its_error_for_parallel_steps() {
    let mut scenario = PresetId::EverythingParallel.scenario();
    for users in [20, 45, 50, 70, 97, 98, 100, 200] {
        scenario.workload = closed(users, 1.0);
        let evaluation = evaluate(&scenario).unwrap();
        let claimed = |figure| match explain(&scenario, &evaluation, figure).unwrap().accuracy {
            Accuracy::Approximation { error } => error,
            other => panic!("{users} users: {other:?}"),
        };
        let (mean, percentiles) =
            (claimed(ExplainedValue::ResponseTime), claimed(ExplainedValue::Percentiles));
        compare(&format!("{users} users"), &scenario, mean, percentiles);
    }
}

/// Constant services before full workers: departures are as regular as the services.
#[test]
fn constant_services_behind_a_long_line() {
    for (workers, users) in [(5, 60), (20, 90), (20, 200), (60, 250)] {
        for placements in [[Sync; 4], [Sync, Parallel, Parallel, Parallel]] {
            let mut scenario = shop(closed(users, 1.0), workers, placements);
            for step in &mut scenario.steps {
                step.variability = Variability::CONSTANT;
            }
            compare(&format!("{placements:?}, {users} users, {workers} workers"), &scenario, 0.01, 0.03);
        }
    }
}

/// The percentiles of a single server with services of C² = 4 are those of the reference case `mg1`.
#[test]
fn one_server_with_spiky_services() {
    let mut scenario = station(2.0, 400.0, 1, 4.0);
    scenario.workers = Servers::new(2_000);
    let Outcome::Steady(steady) = evaluate(&scenario).unwrap().outcome else { panic!() };
    let estimate = steady.percentiles;
    for (estimate, truth, share) in [
        (estimate.p50, 2.400_849, 0.03),
        (estimate.p95, 15.397_642, 0.005),
        (estimate.p99, 24.484_128, 0.005),
    ] {
        within(share, "percentile", estimate.seconds(), 0.0, truth);
    }
}

#[test]
fn few_servers_with_spiky_services() {
    for (servers, share, mean, percentiles) in
        [(3_u32, 0.8, 0.05, 0.06), (10, 0.8, 0.05, 0.06), (3, 0.6, 0.06, 0.1)]
    {
        let rate = share * f64::from(servers) / 0.3;
        let mut scenario = station(rate, 300.0, u64::from(servers), 4.0);
        scenario.workers = Servers::new(2_000);
        compare(&format!("{servers} servers at {share}"), &scenario, mean, percentiles);
    }
}

#[test]
fn failures_and_retries_of_a_caller() {
    let mut scenario = shop(open(15.0), 60, [Sync; 4]);
    let attempts = &mut scenario.steps[1].attempts;
    attempts.failure = Probability::new(0.1);
    attempts.retries = 2;
    attempts.backoff = Time::from_millis(100.0);
    compare("failures", &scenario, 0.01, 0.03);
    scenario.steps[2].attempts.timeout = Some(Time::from_whole_seconds(1));
    scenario.steps[2].attempts.retries = 2;
    compare("timeouts", &scenario, 0.01, 0.1);
}

#[test]
fn effects_of_published_events() {
    let mut scenario = shop(open(20.0), 20, [Sync, Sync, Async, Async]);
    scenario.broker.ack_loss = Probability::new(0.05);
    scenario.steps[2].attempts.failure = Probability::new(0.05);
    for partitions in [None, Some(12)] {
        scenario.broker.partitions = partitions;
        scenario.steps[2].service_time = Time::from_millis(200.0);
        let report = compare("lossy events", &scenario, 0.01, 0.03);
        let evaluation = evaluate(&scenario).unwrap();
        for theory in evaluation.effects {
            let name = format!("effect of step {} over {partitions:?} partitions", theory.step);
            let EffectState::Stable { staleness, lag, .. } = theory.state else { panic!("{name} lags") };
            let step = report.steps[theory.step];
            let effect = step.effect.unwrap();
            let estimate = effect.staleness.unwrap();
            let (value, margin) = (estimate.value.seconds(), estimate.wide_margin.seconds());
            within(0.02, &format!("{name}: staleness"), value, margin, staleness.seconds());
            within(0.02, &format!("{name}: lag"), effect.lag.value, effect.lag.wide_margin, lag);
            let deliveries = step.counts.started as f64 / step.counts.published as f64;
            within(0.005, &format!("{name}: deliveries"), deliveries, 0.0, theory.deliveries);
            let duplicates = step.counts.duplicates as f64 / report.simulated.seconds();
            within(0.03, &format!("{name}: duplicates"), duplicates, 0.0, theory.duplicates.value());
        }
    }
}

#[test]
fn an_effect_that_falls_behind() {
    let scenario = shop(closed(100, 1.0), 20, [Sync, Sync, Async, Async]);
    let report = run_orders(&scenario, 200_000);
    let evaluation = evaluate(&scenario).unwrap();
    let state = |step: usize| evaluation.effects.iter().find(|effect| effect.step == step).unwrap().state;
    assert!(
        matches!(state(2), EffectState::FallingBehind { .. }) && !report.steps[2].effect.unwrap().keeps_up
    );
    assert!(matches!(state(3), EffectState::Stable { .. }) && report.steps[3].effect.unwrap().keeps_up);
}
