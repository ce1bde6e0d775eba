//! Steps with their queues, without a limit on workers.

use waiting_line::scenario::{Placement, Scenario};
use waiting_line::simulation::{EndCondition, Experiment, Instant, LoadPattern, Simulation, Tail};
use waiting_line::units::{Probability, Time, Variability};

use super::{check_level, check_response, check_time, within};
use crate::simulation::{chain, closed, experiment, open, run, run_orders, seconds, station};

/// Case `mm1`: λ = 8/s, S = 0.1 s.
#[test]
fn one_server() {
    let report = run_orders(&station(8.0, 100.0, 1, 1.0), 3_000_000);
    check_response(&report, 0.5, [0.5, 0.95, 0.99].map(|share: f64| Some(-0.5 * (1.0 - share).ln())));
    let step = &report.steps[0].station;
    check_time("wait", step.waiting_time.unwrap(), 0.4);
    check_level("in line", step.waiting, 3.2);
    check_level("in system", report.in_system, 4.0);
    check_level("busy", step.busy, 0.8);
}

/// Cases `mmc` and `mmc_2`.
#[test]
fn several_servers() {
    let report = run_orders(&station(25.0, 300.0, 10, 1.0), 2_000_000);
    check_response(
        &report,
        0.336_793_344_026_555_6,
        [Some(0.248_685_400_824), Some(0.954_084_090_593), Some(1.437_308_841_232)],
    );
    check_time("wait", report.steps[0].station.waiting_time.unwrap(), 0.036_793_344_026_555);
    let report = run_orders(&station(970.0, 300.0, 300, 1.0), 2_000_000);
    check_response(
        &report,
        0.316_364_921_541,
        [Some(0.225_769_749_718), Some(0.916_587_403_523), Some(1.399_418_777_253)],
    );
}

/// Case `md1`.
#[test]
fn constant_service() {
    let report = run_orders(&station(4.0, 200.0, 1, 0.0), 2_000_000);
    check_response(&report, 0.6, [None, Some(1.524_064_999_368), Some(2.271_177_358_399)]);
}

/// Case `mg1`: a mixture of exponentials and a log-normal distribution with the same two moments, and a gamma
/// distribution between constant and exponential. The mean is that of Pollaczek and Khinchine for all: R = S
/// + ρ S (1 + C²) / (2 (1 − ρ)).
#[test]
fn variable_service() {
    let spiky = station(2.0, 400.0, 1, 4.0);
    check_response(
        &run_orders(&spiky, 3_000_000),
        4.4,
        [Some(2.400_848_987_692), Some(15.397_642_250_347), Some(24.484_128_454_549)],
    );
    let mut lognormal = experiment(&spiky, EndCondition::Orders(3_000_000));
    lognormal.steps[0].tail = Tail::LogNormal;
    check_response(&run(&lognormal), 4.4, [None, Some(16.339_271_202_562), Some(29.604_116_079_194)]);
    let even = station(2.0, 400.0, 1, 0.5);
    check_response(&run_orders(&even, 2_000_000), 0.4 + 0.8 * 0.4 * 1.5 / 0.4, [None; 3]);
}

/// Case `ggc_allen_cunneen`: the exact waits of M/H₂/4 and M/D/4, where the formula is an approximation.
#[test]
fn several_servers_with_variable_service() {
    for (variability, exact) in [(4.0, 0.687_046_295_452), (0.0, 0.154_437_972_340_7)] {
        let report = run_orders(&station(8.0, 400.0, 4, variability), 3_000_000);
        check_time("wait", report.steps[0].station.waiting_time.unwrap(), exact);
    }
}

/// Case `seed_sums`: constant times and a single user.
#[test]
fn sums_and_maxima_of_constant_steps() {
    use Placement::{Async, Parallel, PublishAndWait, Sync};
    for (placements, millis) in [
        ([Sync, Sync, Sync, Sync], 1_050.0),
        ([Sync, Sync, Async, Async], 500.0),
        ([Sync, Parallel, Parallel, Parallel], 400.0),
        ([Sync, Parallel, Sync, Parallel], 700.0),
        ([Sync, Sync, PublishAndWait, PublishAndWait], 1_050.0),
    ] {
        let mut scenario = Scenario { workload: closed(1, 1.0), ..Scenario::online_shop() };
        for (step, placement) in scenario.steps.iter_mut().zip(placements) {
            step.placement = placement;
            step.variability = Variability::CONSTANT;
        }
        let report = run_orders(&scenario, 1_000);
        let exact = Time::from_millis(millis);
        assert_eq!(report.response_time.unwrap().value, exact, "{placements:?}");
        assert_eq!(report.percentiles.unwrap().p99.value, exact, "{placements:?}");
    }
}

/// Four parallel exponential steps without queues: the mean of the largest by inclusion and exclusion.
#[test]
fn parallel_steps_end_with_the_slowest() {
    let times = [0.3, 0.2, 0.4, 0.15];
    let mean: f64 = (1_u32..16)
        .map(|set| {
            let rate: f64 = (0..4).filter(|bit| set >> bit & 1 == 1).map(|bit| 1.0 / times[bit]).sum();
            if set.count_ones() % 2 == 1 { 1.0 / rate } else { -1.0 / rate }
        })
        .sum();
    let mut scenario = chain(&times.map(|time| (time * 1e3, 1_000)), 1_000, closed(20, 1.0));
    for step in &mut scenario.steps[1..] {
        step.placement = Placement::Parallel;
    }
    check_response(&run_orders(&scenario, 400_000), mean, [None; 3]);
}

/// Case `retry_formula`: a dependency without queueing; attempts, errors and their total time.
#[test]
fn retries_of_a_caller() {
    let mut scenario = chain(&[(300.0, 100_000)], 100_000, open(50.0));
    let attempts = &mut scenario.steps[0].attempts;
    attempts.failure = Probability::new(0.02);
    attempts.timeout = Some(seconds(1.0));
    attempts.retries = 3;
    attempts.backoff = Time::from_millis(100.0);
    let report = run_orders(&scenario, 1_000_000);
    let started = report.steps[0].counts.started as f64 / report.orders.submitted as f64;
    within(0.002, "attempts for an order", started, 0.0, 1.058_147_188_439);
    // The mean is of the answered orders, which are nearly all.
    within(0.002, "response time", report.response_time.unwrap().value.seconds(), 0.0, 0.312_286_245_527);
    let failed = report.orders.failed as f64;
    assert!((2.0..25.0).contains(&failed), "9 of a million fail, here {failed}");
}

/// Case `spike_transient`: mean number in system during a spike, against the exact transient Markov chain.
#[test]
fn a_spike() {
    let scenario = station(80.0, 200.0, 20, 1.0);
    let pattern = LoadPattern::Spike { from: seconds(10.0), until: seconds(40.0), factor: 2.0 };
    let moments = [25.0, 40.0, 62.5, 85.0];
    let exact = [918.333_437_54, 1_818.333_437_54, 1_368.333_437_54, 918.333_437_54];
    let runs = 60;
    let mut estimate = [0.0; 4];
    for seed in 0..runs {
        let scenario = Scenario { seed, ..scenario.clone() };
        let experiment = Experiment { pattern, ..experiment(&scenario, EndCondition::Time(seconds(100.0))) };
        let mut simulation = Simulation::new(&experiment).unwrap();
        for (estimate, moment) in estimate.iter_mut().zip(moments) {
            simulation.run_until(Instant::at(seconds(moment)));
            *estimate += f64::from(simulation.gauges().in_system) / f64::from(runs);
        }
    }
    for (estimate, exact) in estimate.into_iter().zip(exact) {
        within(0.02, "in system", estimate, 0.0, exact);
    }
}
