//! The layout of the response chart.

use super::curve::Curve;
use crate::charts::{Response, ResponseChart, Simulated, Size};
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::{Evaluation, Outcome, PercentilePoint};
use crate::strings::explore;
use crate::units::Time;

/// Lays out the chart for a size in CSS pixels.
pub(super) fn lay_out(
    EvaluatedScenario { scenario, evaluation }: &EvaluatedScenario,
    curve: &Curve,
    percentiles: &[PercentilePoint],
    simulated: &[Simulated],
    size: Size,
    text_size: f64,
) -> ResponseChart {
    let response_time = match evaluation.as_ref().map(|evaluation| evaluation.outcome) {
        Ok(Outcome::Steady(steady)) => Some(steady.response_time),
        _ => None,
    };
    let timeout = scenario.client.timeout;
    let knee = curve.bounds.and_then(|bounds| bounds.knee);
    let knee_text = knee.map(explore::knee_label).unwrap_or_default();
    let wall_text = curve
        .bounds
        .map(|bounds| explore::saturation_label(bounds.saturation_throughput))
        .unwrap_or_default();
    let you_text = match (evaluation, response_time) {
        (_, Some(response_time)) => explore::current_load_label(response_time),
        (Ok(Evaluation { outcome: Outcome::Overloaded { .. }, .. }), None) => {
            explore::CURRENT_LOAD_UNBOUNDED.to_owned()
        }
        _ => String::new(),
    };
    let has_baseline = !curve.baseline_points.is_empty();
    ResponseChart::new(&Response {
        size,
        text_size,
        axes: curve.axes,
        curve: &curve.points,
        percentiles,
        simulated,
        ghost: has_baseline.then_some((curve.baseline_points.as_slice(), curve.baseline_name)),
        unloaded: curve.bounds.map_or(Time::ZERO, |bounds| bounds.unloaded),
        ceiling: curve.ceiling,
        wall_text: &wall_text,
        knee: knee.map(|knee| (knee, knee_text.as_str())),
        timeout: (timeout, &explore::timeout_label(timeout)),
        load: scenario.workload.load(),
        response_time,
        you_text: &you_text,
    })
}
