//! Theory and simulation check each other: where both apply they must agree.
//!
//! Each simulated value lies within 1 % of the truth, or the truth lies inside the simulation's own 99 %
//! interval. Truths are plain formulas, or the reference cases named in the tests.

use waiting_line::simulation::{Estimate, Report};
use waiting_line::units::{Rate, Time, Utilization};

mod broker;
mod coverage;
mod evaluation;
mod pools;
mod retry_storm;
mod scaling;
mod stations;

/// Fails unless an estimate is within a share of the truth, or the truth is in its 99 % interval.
fn within(share: f64, quantity: &str, estimate: f64, margin: f64, truth: f64) {
    let off = (estimate - truth).abs();
    assert!(
        off <= share * truth.abs() || off <= margin,
        "{quantity}: theory {truth}, simulated {estimate} ± {margin} ({:+.2} %)",
        100.0 * (estimate / truth - 1.0)
    );
}

fn check_time(quantity: &str, estimate: Estimate<Time>, truth: f64) {
    within(0.01, quantity, estimate.value.seconds(), estimate.wide_margin.seconds(), truth);
}

fn check_rate(quantity: &str, estimate: Estimate<Rate>, truth: f64) {
    within(0.01, quantity, estimate.value.value(), estimate.wide_margin.value(), truth);
}

fn check_level(quantity: &str, estimate: Estimate<f64>, truth: f64) {
    within(0.01, quantity, estimate.value, estimate.wide_margin, truth);
}

fn check_response(report: &Report, mean: f64, percentiles: [Option<f64>; 3]) {
    assert!(report.is_steady, "not steady: {report:?}");
    check_time("response time", report.response_time.unwrap(), mean);
    let estimate = report.percentiles.unwrap();
    let named = [("p50", estimate.p50), ("p95", estimate.p95), ("p99", estimate.p99)];
    for ((name, estimate), truth) in named.into_iter().zip(percentiles) {
        if let Some(truth) = truth {
            check_time(name, estimate, truth);
        }
    }
}

fn check_utilization(estimate: Estimate<Utilization>, truth: f64) {
    within(0.01, "utilization", estimate.value.share(), estimate.wide_margin.share(), truth);
}
