//! Theory and simulation check each other: where both can say something they must say the same.
//!
//! Each figure is simulated to within 1 % of the truth, or the truth lies inside the simulation's own 99 % interval.
//! Truths are plain formulas, or the reference cases named in the tests.

use waiting_line::simulation::{Estimate, Report};
use waiting_line::units::{Rate, Time, Utilization};

mod behind_the_broker;
mod coverage;
mod evaluation;
mod pools;
mod retry_storm;
mod slices;
mod stations;

/// Fails unless an estimate is within a share of the truth or the truth is in its 99 % interval.
fn within(share: f64, what: &str, found: f64, margin: f64, truth: f64) {
    let off = (found - truth).abs();
    assert!(
        off <= share * truth.abs() || off <= margin,
        "{what}: theory {truth}, simulated {found} ± {margin} ({:+.2} %)",
        100.0 * (found / truth - 1.0)
    );
}

fn check_time(what: &str, found: Estimate<Time>, truth: f64) {
    within(0.01, what, found.value.seconds(), found.wide_margin.seconds(), truth);
}

fn check_rate(what: &str, found: Estimate<Rate>, truth: f64) {
    within(0.01, what, found.value.value(), found.wide_margin.value(), truth);
}

fn check_level(what: &str, found: Estimate<f64>, truth: f64) {
    within(0.01, what, found.value, found.wide_margin, truth);
}

fn check_response(report: &Report, mean: f64, percentiles: [Option<f64>; 3]) {
    assert!(report.settled, "not steady: {report:?}");
    check_time("response time", report.response_time.unwrap(), mean);
    let found = report.percentiles.unwrap();
    let named = [("p50", found.p50), ("p95", found.p95), ("p99", found.p99)];
    for ((name, found), truth) in named.into_iter().zip(percentiles) {
        if let Some(truth) = truth {
            check_time(name, found, truth);
        }
    }
}

fn check_utilization(found: Estimate<Utilization>, truth: f64) {
    within(0.01, "utilization", found.value.share(), found.wide_margin.share(), truth);
}
