//! Runs of scaled systems against quantity is known of the full ones.

use waiting_line::queueing::{Outcome, evaluate};
use waiting_line::scenario::{Placement, Scenario};
use waiting_line::simulation::{EndCondition, Report, ScaledPool, Simulation};
use waiting_line::units::{Probability, Servers, Time};

use super::{check_level, check_rate, check_time, within};
use crate::simulation::{chain, closed, experiment, open, run_orders};

/// Case `scale`: the exact throughput of up to 10⁸ users, at and past the knee, and past it the exact
/// response time. At the knee the waiting time depends on the size of the system, so that a scaled system is
/// compared with a small one.
#[test]
fn a_slice_does_what_the_whole_does() {
    for (users, servers, throughput, response) in [
        (1_000_000, 3_000, 9_967.850_61, None),
        (1_000_000, 2_900, 9_666.666_67, Some(3.448_275_862)),
        (100_000_000, 300_000, 997_008.767_3, None),
        (100_000_000, 290_000, 966_666.666_7, Some(3.448_275_862)),
    ] {
        // The number of thinking users changes slowly, over a hundred seconds: half an hour is long enough.
        let report = run_orders(&chain(&[(300.0, servers)], 10_000_000, closed(users, 100.0)), 5_000_000);
        check_rate("throughput", report.throughput, throughput);
        let (scaled_system, estimate) = (&report.scaled_system, report.response_time.unwrap());
        assert!(
            scaled_system.divisor > 1 && (scaled_system.steps[0].service_time_factor - 1.0).abs() < 1e-3,
            "{scaled_system:?}"
        );
        let ScaledPool { simulated, service_time_factor, .. } = scaled_system.steps[0];
        let users_played = closed(scaled_system.users.into(), 100.0);
        let small = chain(&[(300.0 * service_time_factor, simulated.into())], 10_000_000, users_played);
        let truth = response.unwrap_or_else(|| mean_response(&small));
        let (value, margin) = (estimate.value.seconds(), estimate.wide_margin.seconds());
        within(0.05, &format!("{users} users, {servers} connections"), value, margin, truth);
    }
}

fn mean_response(scenario: &Scenario) -> f64 {
    match evaluate(scenario).unwrap().outcome {
        Outcome::Steady(steady) => steady.response_time.seconds(),
        other => panic!("{other:?}"),
    }
}

/// The default shop with all workers busy at all times: R = N / X − Z, and X does not depend on N.
#[test]
fn users_who_always_stand_in_line_need_not_be_played() {
    let few = run_orders(&with_users(2_000), 60_000);
    for users in [20_000, 1_000_000, 100_000_000] {
        let many = run_orders(&with_users(users), 60_000);
        assert!(many.is_steady && many.scaled_system.permanent_queue.count() > 0, "{:?}", many.scaled_system);
        check_rate("throughput", many.throughput, few.throughput.value.value());
        let Outcome::Steady(theory) = evaluate(&with_users(users)).unwrap().outcome else { panic!() };
        check_time("response time", many.response_time.unwrap(), theory.response_time.seconds());
        let p99 = many.percentiles.unwrap().p99;
        within(0.02, "p99", p99.value.seconds(), p99.wide_margin.seconds(), theory.percentiles.p99.seconds());
        check_level("in system", many.in_system, users as f64 - theory.throughput.value());
    }
}

fn with_users(users: u64) -> Scenario {
    Scenario { workload: closed(users, 1.0), ..Scenario::online_shop() }
}

/// It makes no difference whether a queue of ten thousand users is simulated or permanent.
#[test]
fn a_held_line_is_as_long_as_one_that_is_played() {
    let played = run_orders(&with_users(10_000), 400_000);
    let held = run_orders(&with_users(10_001), 60_000);
    assert!(played.scaled_system.is_full_size() && !held.scaled_system.is_full_size());
    let times = |report: &Report| {
        let percentiles = report.percentiles.unwrap();
        [report.response_time.unwrap(), percentiles.p50, percentiles.p95].map(|it| it.value.seconds())
    };
    for (played, held) in times(&played).into_iter().zip(times(&held)) {
        within(0.01, "response time", held, 0.0, played);
    }
    check_level("in line", held.pool.waiting, played.pool.waiting.value);
}

/// Half a million workers before twelve connections: the queue is before the connections.
#[test]
fn spare_workers_need_not_be_played() {
    let mut scenario = with_users(1_000_000);
    scenario.workers = Servers::new(500_000);
    let report = run_orders(&scenario, 60_000);
    // The email step limits the throughput to thirty orders a second.
    check_rate("throughput", report.throughput, 30.0);
    check_level("busy workers", report.pool.busy, 500_000.0);
    check_level("before the email", report.steps[2].station.waiting, 500_000.0);
    check_time("response time", report.response_time.unwrap(), 1e6 / 30.0 - 1.0);
}

/// Twenty workers for ten thousand users with a think time of ten minutes: it makes no difference whether
/// thinking users are simulated or counted.
#[test]
fn thinkers_need_not_be_played() {
    let shop = |users| Scenario { workload: closed(users, 600.0), ..Scenario::online_shop() };
    let [played, counted] = [10_000, 10_001].map(|users| {
        let report = run_orders(&shop(users), 1_000_000);
        let estimate = report.response_time.unwrap();
        (estimate.value.seconds(), estimate.wide_margin.seconds(), report)
    });
    assert!(played.2.scaled_system.is_full_size() && counted.2.scaled_system.is_full_size());
    within(0.01, "response time", counted.0, counted.1 + played.1, played.0);
    check_rate("throughput", counted.2.throughput, played.2.throughput.value.value());
}

/// The lag of a scaled system grows at the rate of the full one.
#[test]
fn a_slice_falls_behind_as_the_whole_does() {
    let mut scenario = chain(&[(300.0, 1_000_000), (400.0, 12_345)], 1_000_000, closed(200_000, 1.0));
    scenario.steps[1].placement = Placement::Async;
    let report = run_orders(&scenario, 300_000);
    assert!(report.scaled_system.divisor > 1);
    check_rate("throughput", report.throughput, 2e5 / 1.3);
    let simulated = report.simulated.seconds();
    let lag = report.steps[1].effect.unwrap().lag.value;
    // The mean over the run without its warm-up; the lag grows linearly.
    let middle = f64::midpoint(report.warm_up.seconds(), simulated);
    let growth = 2e5 / 1.3 - 12_345.0 / Time::from_millis(400.0).seconds();
    within(0.03, "lag", lag, 0.0, growth * middle);
}

/// Every number of users, workers, connections and partitions can be simulated, with finite results.
#[test]
fn whatever_is_set_is_played() {
    let hundred_million = [closed(100_000_000, 0.0), closed(100_000_000, 3_600.0), open(1e9)];
    for workload in
        [closed(10_001, 1.0), closed(1_000_000, 1.0), open(20_000.0)].into_iter().chain(hundred_million)
    {
        for workers in [1, 20, 20_000, 10_000_000] {
            for connections in [1, 500, 10_000_000] {
                for partitions in [None, Some(7), Some(1_000)] {
                    let steps = [
                        (300.0, connections),
                        (0.0, connections),
                        (400.0, connections),
                        (150.0, connections),
                    ];
                    let mut scenario = chain(&steps, workers, workload);
                    scenario.steps[2].placement = Placement::Async;
                    scenario.broker.partitions = partitions;
                    scenario.broker.hot_key_share = Probability::new(0.1);
                    let mut run =
                        Simulation::new(&experiment(&scenario, EndCondition::Orders(u64::MAX))).unwrap();
                    run.run(20_000);
                    assert!(run.events() > 10_000 && run.bytes() < 64 << 20, "{scenario:?}");
                    let (report, gauges) = (run.report(), run.gauges());
                    assert!(report.little.holds && report.in_system.value.is_finite(), "{scenario:?}");
                    assert!(u64::from(gauges.workers_busy) <= workers, "{gauges:?}");
                    assert!(
                        gauges.steps.iter().all(|step| u64::from(step.busy) <= connections),
                        "{gauges:?}"
                    );
                }
            }
        }
    }
}
