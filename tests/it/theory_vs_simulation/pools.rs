//! Workers that are busy for a whole chain of steps, in closed and open workloads.

use waiting_line::scenario::Placement;
use waiting_line::simulation::{EndCondition, Simulation, StopReason};
use waiting_line::units::Variability;

use super::{check_level, check_rate, check_response, check_time, check_utilization, within};
use crate::simulation::{chain, closed, experiment, open, run_orders, seconds, station};

/// Cases `closed_mva_multi` and `finite_source`: users and a chain without a limit on workers.
#[test]
fn users_without_a_pool() {
    let demands = [(300.0, 9), (200.0, 6), (400.0, 10), (150.0, 4)];
    for (users, throughput, response) in [
        (30, 7.405_123_344_220_637, 1.051_249_196_735_344_6),
        (80, 19.179_928_854_670_035, 1.171_026_942_079_671),
        (250, 24.999_852_917_284_27, 7.000_058_833_432_428),
    ] {
        let report = run_orders(&chain(&demands, 1_000, closed(users, 3.0)), 400_000);
        check_response(&report, response, [None; 3]);
        check_rate("throughput", report.throughput, throughput);
    }
    let report = run_orders(&chain(&[(500.0, 4)], 1_000, closed(20, 1.0)), 400_000);
    check_response(&report, 1.502_533_343_661, [None; 3]);
}

/// Case `pool_closed_small`: exact, from the Markov chain.
#[test]
fn a_small_pool() {
    let scenario = chain(&[(300.0, 4), (200.0, 3), (400.0, 4), (150.0, 2)], 10, closed(36, 2.0));
    let report = run_orders(&scenario, 500_000);
    check_response(&report, 2.493_874_271_035, [None, Some(3.830_902_047), Some(4.570_641_800)]);
    check_rate("throughput", report.throughput, 8.010_905_029_55);
    check_time("wait for a worker", report.pool.waiting_time.unwrap(), 1.245_936_649_462);
    check_level("busy workers", report.pool.busy, 9.997_109_769);
    for (step, busy) in report.steps.iter().zip([0.600_817_877, 0.534_060_335, 0.801_090_503, 0.600_817_877])
    {
        check_utilization(step.station.utilization, busy);
    }
}

/// Case `pool_closed`: the pool is full before any step is.
#[test]
fn a_pool_before_at_and_past_the_knee() {
    for (users, throughput, response, [p50, p95, p99]) in [
        (100, 32.807_295_176, 1.050_055_884, [0.947_375_509, 2.109_650_803, 2.806_159_050]),
        (175, 55.690_332_489, 1.142_705_159, [1.043_660_254, 2.212_602_182, 2.907_709_001]),
    ] {
        let scenario = chain(&[(300.0, 25), (200.0, 20), (400.0, 30), (150.0, 15)], 60, closed(users, 2.0));
        let report = run_orders(&scenario, 500_000);
        check_response(&report, response, [Some(p50), Some(p95), Some(p99)]);
        check_rate("throughput", report.throughput, throughput);
    }
}

/// Case `pool_open`.
#[test]
fn an_open_stream_into_a_pool() {
    let scenario = chain(&[(300.0, 12), (200.0, 10), (400.0, 16), (150.0, 8)], 35, open(27.0));
    let report = run_orders(&scenario, 1_000_000);
    check_response(
        &report,
        1.094_124_160_577,
        [Some(0.993_116_346), Some(2.164_534_761), Some(2.859_909_517)],
    );
    check_time("wait for a worker", report.pool.waiting_time.unwrap(), 0.028_799_554);
}

/// Case `slow_dependency`: one slow step fills the pool. If it is published instead, the response time no
/// longer depends on it, and it falls behind.
#[test]
fn one_slow_dependency() {
    let mut scenario = chain(&[(300.0, 60), (200.0, 60), (3_000.0, 60), (150.0, 60)], 100, closed(300, 6.0));
    let report = run_orders(&scenario, 300_000);
    check_response(&report, 8.988_337_342_522, [None, Some(15.092_277_870), Some(19.911_254_767)]);
    check_rate("throughput", report.throughput, 20.010_024_482);
    check_time("wait for a worker", report.pool.waiting_time.unwrap(), 3.990_656_894);
    scenario.steps[2].placement = Placement::Async;
    scenario.steps[3].placement = Placement::Async;
    let mut simulation =
        Simulation::new(&experiment(&scenario, EndCondition::Time(seconds(1_200.0)))).unwrap();
    assert_eq!(simulation.run_to_end(), StopReason::Complete);
    let report = simulation.report();
    check_rate("throughput", report.throughput, 46.225_034_836);
    check_time("response time", report.response_time.unwrap(), 0.499_746_726);
    let growth = f64::from(simulation.gauges().steps[2].lag) / 1_200.0;
    within(0.01, "growth of the lag", growth, 0.0, 46.225 - 20.0);
}

/// Case `open_vs_closed`: the same server at the same load, closed and open, with C² = 8.
#[test]
fn closed_users_are_gentler_than_an_open_stream() {
    for (users, think, response) in
        [(5, 0.401_044_093_9, 0.283_674_683_3), (50, 5.850_816_061_4, 0.832_671_159_8)]
    {
        let mut scenario = chain(&[(100.0, 1)], 1_000, closed(users, think));
        scenario.steps[0].variability = Variability::new(8.0);
        check_response(&run_orders(&scenario, 2_000_000), response, [None; 3]);
    }
    check_response(&run_orders(&station(8.0, 100.0, 1, 8.0), 4_000_000), 1.9, [None; 3]);
}
