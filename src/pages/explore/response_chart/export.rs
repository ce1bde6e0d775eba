//! The numbers of the response chart as rows to save.

use super::curve::Curve;
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::{CurvePoint, PercentilePoint, Percentiles};
use crate::strings::explore;
use crate::units::{Time, round_to_decimals};

/// Every point of the curve, with percentiles where they are computed.
pub(super) fn export_rows(
    evaluated: &EvaluatedScenario,
    curve: &Curve,
    percentiles: &[PercentilePoint],
) -> Vec<Vec<String>> {
    let is_closed = evaluated.scenario.workload.users().is_some();
    let load = if is_closed { explore::TABLE_USERS } else { explore::TABLE_RATE };
    let heads = [load, "mean_s", "throughput_per_s", "p50_s", "p95_s", "p99_s"].map(str::to_owned).to_vec();
    let number = |value: f64| round_to_decimals(value, 6).to_string();
    let row = |point: &CurvePoint| {
        let is_same_load = |other: &&PercentilePoint| (other.load - point.load).abs() < 1e-9 * point.load;
        let percentiles = percentiles.iter().find(is_same_load);
        let percentile = |read: fn(&Percentiles) -> Time| {
            percentiles.map_or_else(String::new, |point| number(read(&point.percentiles).seconds()))
        };
        vec![
            number(point.load),
            number(point.response_time.seconds()),
            number(point.throughput.value()),
            percentile(|percentiles| percentiles.p50),
            percentile(|percentiles| percentiles.p95),
            percentile(|percentiles| percentiles.p99),
        ]
    };
    std::iter::once(heads).chain(curve.points.iter().map(row)).collect()
}
