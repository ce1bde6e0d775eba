//! Whether the intervals that a run gives are honest.

use waiting_line::scenario::Scenario;

use super::within;
use crate::simulation::{chain, closed, run_orders, station};

/// Of 200 runs with different seeds about 95 % (99 %) have the truth in their 95 % (99 %) interval, of the mean and
/// of the p95.
#[test]
fn intervals_cover_the_truth_as_often_as_they_say() {
    let exponential_p95 = |mean: f64| Some(-mean * 0.05_f64.ln());
    for (name, scenario, orders, mean, p95) in [
        ("M/M/1 at 30 %", station(3.0, 100.0, 1, 1.0), 10_000, 0.1 / 0.7, exponential_p95(0.1 / 0.7)),
        ("M/M/1 at 60 %", station(6.0, 100.0, 1, 1.0), 20_000, 0.25, exponential_p95(0.25)),
        ("M/M/1 at 80 %", station(8.0, 100.0, 1, 1.0), 60_000, 0.5, exponential_p95(0.5)),
        ("M/D/1 at 80 %", station(4.0, 200.0, 1, 0.0), 40_000, 0.6, Some(1.524_064_999_368)),
        ("M/H2/1 at 50 %", station(1.25, 400.0, 1, 4.0), 40_000, 0.4 + 0.5 * 0.4 * 5.0 / (2.0 * 0.5), None),
        ("M/M/10", station(25.0, 300.0, 10, 1.0), 40_000, 0.336_793_344_027, Some(0.954_084_090_593)),
        (
            "a pool of 10",
            chain(&[(300.0, 4), (200.0, 3), (400.0, 4), (150.0, 2)], 10, closed(36, 2.0)),
            20_000,
            2.493_874_271_035,
            None,
        ),
    ] {
        let runs = 200;
        let (mut covered, mut average) = ([0; 4], 0.0);
        for seed in 0..runs {
            let report = run_orders(&Scenario { seed, ..scenario.clone() }, orders);
            let found = report.response_time.unwrap();
            let percentile = report.percentiles.unwrap().p95;
            for (pair, estimate, truth) in [(0, found, Some(mean)), (2, percentile, p95)] {
                let off = (estimate.value.seconds() - truth.unwrap_or(estimate.value.seconds())).abs();
                covered[pair] += u32::from(off <= estimate.margin.seconds());
                covered[pair + 1] += u32::from(off <= estimate.wide_margin.seconds());
            }
            average += found.value.seconds() / f64::from(runs);
            let edge = report.little.by_law / report.little.by_area - 1.0;
            assert!(edge.abs() < 0.005, "{name}, seed {seed}: {:?}", report.little);
        }
        println!("{name}: {covered:?} of {runs}, mean {:+.3} %", 100.0 * (average / mean - 1.0));
        for (count, share) in covered.into_iter().zip([93, 97, 91, 97]) {
            assert!(count * 100 >= runs * share, "{name}: {covered:?} of {runs}, should be {share} %");
        }
        within(0.01, "mean of all runs", average, 0.0, mean);
    }
}
