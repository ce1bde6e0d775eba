//! Coverage of the confidence intervals of a run.

use waiting_line::scenario::Scenario;
use waiting_line::simulation::{EndCondition, Instant, Simulation};
use waiting_line::units::Time;

use super::within;
use crate::simulation::{chain, closed, experiment, open, run_orders, station};

const RUNS: u32 = 200;

/// Of 200 runs with different seeds about 95 % (99 %) must have the truth in their 95 % (99 %) interval, of
/// the mean and of the p95 where it is known; two percent less may be chance.
fn covers(scenario: &Scenario, orders: u64, mean: f64, p95: Option<f64>) {
    let (mut covered, mut average, mut square) = ([0; 4], 0.0, 0.0);
    for seed in 0..RUNS {
        let report = run_orders(&Scenario { seed, ..scenario.clone() }, orders);
        let estimate = report.response_time.unwrap();
        let percentile = report.percentiles.unwrap().p95;
        for (pair, estimate, truth) in [(0, estimate, Some(mean)), (2, percentile, p95)] {
            let off = (estimate.value.seconds() - truth.unwrap_or(estimate.value.seconds())).abs();
            covered[pair] += u32::from(off <= estimate.margin.seconds());
            covered[pair + 1] += u32::from(off <= estimate.wide_margin.seconds());
        }
        average += estimate.value.seconds() / f64::from(RUNS);
        square += estimate.value.seconds().powi(2) / f64::from(RUNS);
        let edge = report.little.by_law / report.little.by_integral - 1.0;
        assert!(edge.abs() < 0.005, "seed {seed}: {:?}", report.little);
    }
    println!("{covered:?} of {RUNS}, mean {:+.3} %", 100.0 * (average / mean - 1.0));
    for (count, share) in covered.into_iter().zip([93, 97, 91, 97]) {
        assert!(count * 100 >= RUNS * share, "{covered:?} of {RUNS}, should be {share} %");
    }
    let error = ((square - average * average) / f64::from(RUNS)).sqrt();
    within(0.005, "mean of all runs", average, 3.0 * error, mean);
}

/// Short runs as shown in Live: 20 s with 10 users, and 20 s, 40 s and 60 s with 100 users, where orders wait
/// for 4.3 s. A run starts empty, so that its mean is still a little too low.
#[test]
fn intervals_cover_runs_that_have_hardly_begun() {
    for (users, seconds) in [(10, 20), (100, 20), (100, 40), (100, 60)] {
        let scenario = Scenario { workload: closed(users, 1.0), ..Scenario::online_shop() };
        let truth = run_orders(&scenario, 400_000).response_time.unwrap().value.seconds();
        let covered = (0..RUNS).filter(|seed| {
            let scenario = Scenario { seed: *seed, ..scenario.clone() };
            let mut run = Simulation::new(&experiment(&scenario, EndCondition::Orders(u64::MAX))).unwrap();
            run.run_until(Instant::at(Time::from_whole_seconds(seconds)));
            let estimate = run.report().response_time.unwrap();
            (estimate.value.seconds() - truth).abs() <= estimate.margin.seconds()
        });
        let covered = covered.count();
        assert!(covered * 100 >= RUNS as usize * 88, "{users} users, {seconds} s: {covered} of {RUNS}");
    }
}

/// An M/M/1 queue with S = 0.1 s: the response time is exponential with mean S / (1 − ρ).
fn covers_one_server(utilization: f64, orders: u64) {
    let mean = 0.1 / (1.0 - utilization);
    let scenario = station(10.0 * utilization, 100.0, 1, 1.0);
    covers(&scenario, orders, mean, Some(-mean * 0.05_f64.ln()));
}

#[test]
fn intervals_cover_one_server_at_30_percent() {
    covers_one_server(0.3, 10_000);
}

#[test]
fn intervals_cover_one_server_at_60_percent() {
    covers_one_server(0.6, 20_000);
}

#[test]
fn intervals_cover_one_server_at_80_percent() {
    covers_one_server(0.8, 60_000);
}

#[test]
fn intervals_cover_one_server_at_95_percent() {
    covers_one_server(0.95, 300_000);
}

#[test]
fn intervals_cover_constant_service() {
    covers(&station(4.0, 200.0, 1, 0.0), 40_000, 0.6, Some(1.524_064_999_368));
}

#[test]
fn intervals_cover_spiky_service() {
    covers(&station(1.25, 400.0, 1, 4.0), 40_000, 0.4 + 0.5 * 0.4 * 5.0 / (2.0 * 0.5), None);
}

#[test]
fn intervals_cover_several_servers() {
    covers(&station(25.0, 300.0, 10, 1.0), 40_000, 0.336_793_344_027, Some(0.954_084_090_593));
}

#[test]
fn intervals_cover_a_pool() {
    let scenario = chain(&[(300.0, 4), (200.0, 3), (400.0, 4), (150.0, 2)], 10, closed(36, 2.0));
    covers(&scenario, 20_000, 2.493_874_271_035, None);
}

/// Case `pool_closed`, past the knee of the workers.
#[test]
fn intervals_cover_a_pool_past_its_knee() {
    let scenario = chain(&[(300.0, 25), (200.0, 20), (400.0, 30), (150.0, 15)], 60, closed(175, 2.0));
    covers(&scenario, 20_000, 1.142_705_159, Some(2.212_602_182));
}

/// Case `pool_open`.
#[test]
fn intervals_cover_a_pool_under_an_open_stream() {
    let scenario = chain(&[(300.0, 12), (200.0, 10), (400.0, 16), (150.0, 8)], 35, open(27.0));
    covers(&scenario, 40_000, 1.094_124_160_577, Some(2.164_534_761));
}

/// Case `slow_dependency`.
#[test]
fn intervals_cover_a_slow_dependency() {
    let scenario = chain(&[(300.0, 60), (200.0, 60), (3_000.0, 60), (150.0, 60)], 100, closed(300, 6.0));
    covers(&scenario, 20_000, 8.988_337_342_522, Some(15.092_277_870));
}
