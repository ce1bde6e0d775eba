//! Work after the answer: partitions, repeated deliveries, backlogs.

use waiting_line::scenario::{Placement, Scenario};
use waiting_line::simulation::{EndCondition, Experiment, Fault, FaultKind, Instant, Simulation};
use waiting_line::units::{Probability, Time};

use super::{check_response, check_time, check_utilization, within};
use crate::simulation::{chain, experiment, open, run_orders, seconds};

/// Case `async_offload`: publishing hides latency, the work stays, and its response times are those of M/M/c.
#[test]
fn work_moved_behind_the_broker() {
    let mut scenario = chain(&[(300.0, 10), (200.0, 8), (400.0, 14), (150.0, 6)], 30, open(24.0));
    let report = run_orders(&scenario, 1_000_000);
    check_response(&report, 1.176_815_821_803, [None, None, Some(2.998_217_188_568)]);
    for step in &mut scenario.steps[2..] {
        step.placement = Placement::Async;
    }
    scenario.broker.publish_latency = Time::from_millis(5.0);
    let report = run_orders(&scenario, 1_000_000);
    // In the reference case the publish latency is exponential. Its mean is 0.5 % of the response time, so
    // that its distribution does not matter.
    check_response(&report, 0.540_824_780_570, [None, None, Some(1.753_477_347_639)]);
    for (step, truth, busy) in [(2, 0.432_302_748_99, 0.685_714_286), (3, 0.182_285_392_10, 0.6)] {
        // The reference has a hop of 0.02 s from the broker to the consumer, which this broker lacks.
        check_time("staleness", report.steps[step].effect.unwrap().staleness.unwrap(), truth - 0.02);
        check_utilization(report.steps[step].station.utilization, busy);
    }
}

/// Case `broker_partitions`: a hot key makes one partition nearly full; each is an M/M/1 queue.
#[test]
fn a_hot_partition() {
    let mut scenario = chain(&[(40.0, 12)], 10, open(200.0));
    scenario.steps[0].placement = Placement::Async;
    scenario.broker.partitions = Some(12);
    scenario.broker.hot_key_share = Probability::new(0.03);
    let report = run_orders(&scenario, 3_000_000);
    let staleness = report.steps[0].effect.unwrap().staleness.unwrap();
    check_time("staleness", staleness, 0.149_778_024_417 - 0.01);
    scenario.broker.hot_key_share = Probability::ZERO;
    let report = run_orders(&scenario, 1_000_000);
    check_time("staleness", report.steps[0].effect.unwrap().staleness.unwrap(), 0.12);
    scenario.broker.partitions = None;
    let report = run_orders(&scenario, 1_000_000);
    check_time("staleness", report.steps[0].effect.unwrap().staleness.unwrap(), 0.041_398_416_545);
}

/// Case `broker_partitions_2`: an overloaded partition falls behind by 28.3 events a second, independent of
/// the others.
#[test]
fn an_overloaded_partition() {
    let mut scenario = chain(&[(40.0, 12)], 10, open(200.0));
    scenario.steps[0].placement = Placement::Async;
    scenario.broker.partitions = Some(12);
    scenario.broker.hot_key_share = Probability::new(0.2);
    let mut simulation = Simulation::new(&experiment(&scenario, EndCondition::Time(seconds(600.0)))).unwrap();
    simulation.run_to_end();
    within(0.05, "lag", f64::from(simulation.gauges().steps[0].lag), 0.0, 17_000.0);
    assert!(!simulation.report().steps[0].effect.unwrap().lag.value.is_nan());
}

/// Case `at_least_once`: deliveries, duplicates and dead letters of each event, also with more frequent
/// failures.
#[test]
fn at_least_once_delivery() {
    for (failure, loss, most) in [(0.05, 0.01, 5), (0.3, 0.2, 3)] {
        let mut scenario = chain(&[(40.0, 60)], 10, open(500.0));
        scenario.steps[0].placement = Placement::Async;
        scenario.steps[0].attempts.failure = Probability::new(failure);
        scenario.broker.ack_loss = Probability::new(loss);
        scenario.broker.max_deliveries = most;
        let counts = run_orders(&scenario, 1_000_000).steps[0].counts;
        let again: f64 = failure + (1.0 - failure) * loss;
        let deliveries: f64 = (0..i32::from(most)).map(|i| again.powi(i)).sum();
        let events = counts.published as f64;
        let check = |quantity, estimate: u64, expected: f64| {
            let spread = 4.0 * (expected / events).sqrt();
            within(0.01, quantity, estimate as f64 / events, spread, expected);
        };
        check("deliveries", counts.started, deliveries);
        check("effects", counts.effects, (1.0 - failure) * deliveries);
        let duplicates = (1.0 - failure) * deliveries - (1.0 - failure.powi(i32::from(most)));
        check("duplicates", counts.duplicates, duplicates);
        check("dead letters", counts.dead_letters, again.powi(i32::from(most)));
    }
}

/// Case `backlog_drain`: consumers stop for a minute; 4,800 events pile up and take four more minutes to
/// drain.
#[test]
fn a_backlog_drains_by_the_spare_capacity() {
    let mut scenario = chain(&[(400.0, 40)], 10, open(80.0));
    scenario.steps[0].placement = Placement::Async;
    let fault =
        Fault { kind: FaultKind::ConsumersStopped { step: 0 }, from: seconds(100.0), until: seconds(160.0) };
    let runs = 20;
    let (mut peak, mut drained, mut worst) = (0.0, 0.0, 0.0_f64);
    for seed in 0..runs {
        let scenario = Scenario { seed, ..scenario.clone() };
        let experiment =
            Experiment { faults: vec![fault], ..experiment(&scenario, EndCondition::Time(seconds(1_000.0))) };
        let mut simulation = Simulation::new(&experiment).unwrap();
        simulation.run_until(Instant::at(seconds(160.0)));
        peak += f64::from(simulation.gauges().steps[0].waiting) / f64::from(runs);
        while simulation.gauges().steps[0].busy < 40 {
            simulation.step();
        }
        while simulation.gauges().steps[0].busy == 40 {
            simulation.step();
        }
        drained += (simulation.now().time().seconds() - 160.0) / f64::from(runs);
        simulation.run_to_end();
        let report = simulation.report();
        worst = worst.max(report.steps[0].effect.unwrap().staleness_p99.unwrap().seconds());
    }
    within(0.02, "peak", peak, 0.0, 4_800.0);
    within(0.03, "drain time", drained, 0.0, 240.0);
    assert!((50.0..63.0).contains(&worst), "staleness peaks at a minute, here {worst} s");
}
