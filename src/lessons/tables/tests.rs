use super::*;
use crate::charts::{Axes, Ceiling, load_grid, milestones};
use crate::lessons::PresetId;
use crate::queueing::explain::{Derivation, ExplainedValue, explain, explain_moment};
use crate::queueing::transients::disturbance::{Disturbance, transient};
use crate::queueing::{Outcome, evaluate, percentile_curve, response_curve};
use crate::scenario::{Scenario, Workload};
use crate::units::{Rate, Users, format};

/// Returns every preset as it is, with 500 users, with a moderate open load and with an overload.
fn scenarios() -> Vec<(PresetId, Scenario)> {
    let with_workload = |scenario: &Scenario, workload| Scenario { workload, ..scenario.clone() };
    let scenarios = PresetId::ALL.into_iter().flat_map(|preset| {
        let scenario = preset.scenario();
        let think_time = Time::from_whole_seconds(1);
        let crowded = with_workload(&scenario, Workload::Closed { users: Users::new(500), think_time });
        let moderate = with_workload(&scenario, Workload::Open { arrival_rate: Rate::per_second(12.0) });
        let overload = with_workload(&scenario, Workload::Open { arrival_rate: Rate::per_second(5_000.0) });
        [scenario, crowded, moderate, overload].map(|scenario| (preset, scenario))
    });
    scenarios.collect()
}

/// Checks that there is a complete derivation that contains the number of the cell.
#[track_caller]
fn check(derivation: Option<Derivation>, cell: &str, place: &str) {
    let Derivation { formula, .. } = derivation.unwrap_or_else(|| panic!("{place}: {cell} cannot be asked"));
    assert!(formula.contains('='), "{place}: {formula}");
    assert!(!formula.contains("NaN") && !formula.contains("inf"), "{place}: {formula}");
    assert!(formula.contains(cell), "{place}: no {cell} in {formula}");
}

/// Formats a time as cell and formula do: with three digits if it is short.
fn format_cell(time: Time) -> String {
    if time.millis() < 99.95 { format::significant(time.millis(), 3) } else { format::time(time) }
}

#[test]
fn every_cell_of_the_curve_is_explained_with_the_values_of_its_row() {
    for (preset, scenario) in scenarios() {
        let evaluation = evaluate(&scenario).unwrap();
        let bounds = evaluation.bounds;
        let load = scenario.workload.load();
        let ceiling = Ceiling::of(&scenario, &bounds);
        let axis = Axes::loads(ceiling, bounds.knee, load);
        let points = response_curve(&scenario, &load_grid(axis, ceiling)).unwrap();
        let rows = milestones(axis, &points, 12);
        assert!(rows.len() >= 3, "{preset:?}: {} rows", rows.len());
        for point in rows.into_iter().map(|index| points[index]) {
            let scenario_at_load =
                Scenario { workload: scenario.workload.with_load(point.load), ..scenario.clone() };
            let evaluation = evaluate(&scenario_at_load).unwrap();
            let percentiles = percentile_curve(&scenario, &[point.load]).unwrap()[0].percentiles;
            for column in CurveColumn::visible(true, false, true) {
                let shown = match column {
                    CurveColumn::Throughput => format::precise_rate(point.throughput),
                    column => format_cell(column.percentile(&percentiles).unwrap_or(point.response_time)),
                };
                let derivation = explain(&scenario_at_load, &evaluation, column.explained_value().unwrap());
                check(derivation, &shown, &format!("{preset:?}, {column:?} at {}", point.load));
            }
        }
    }
}

#[test]
fn every_number_of_the_resources_is_explained() {
    for (preset, scenario) in scenarios() {
        let evaluation = evaluate(&scenario).unwrap();
        for (index, resource) in evaluation.resources.iter().enumerate() {
            let share = match resource.state {
                ResourceState::Steady { utilization, .. } => utilization.share(),
                ResourceState::Growing { .. } => {
                    (resource.offered.erlangs() / resource.servers as f64).max(1.0)
                }
            };
            let grows = matches!(resource.state, ResourceState::Growing { .. });
            for column in ResourceColumn::ALL {
                let place = format!("{preset:?}, {column:?} of {:?}", resource.kind);
                let (is_number, shown) = match column {
                    ResourceColumn::Servers => (resource.kind == ResourceKind::ApiPool, String::new()),
                    ResourceColumn::Utilization => (true, format::percent(share)),
                    ResourceColumn::InFlight | ResourceColumn::Waiting => (true, String::new()),
                    ResourceColumn::State => (grows, String::new()),
                };
                let explained_value = column.explained_value(&evaluation, index);
                assert_eq!(explained_value.is_some(), is_number, "{place}");
                if let Some(explained_value) = explained_value {
                    check(explain(&scenario, &evaluation, explained_value), &shown, &place);
                }
            }
        }
    }
}

#[test]
fn every_share_of_the_spread_is_explained() {
    for (preset, scenario) in scenarios() {
        let evaluation = evaluate(&scenario).unwrap();
        let points = evaluation.distribution.as_ref().map_or(&[][..], |distribution| &distribution.points);
        assert_eq!(points.is_empty(), !matches!(evaluation.outcome, Outcome::Steady(_)), "{preset:?}");
        for (index, point) in points.iter().enumerate() {
            let derivation = explain(&scenario, &evaluation, ExplainedValue::ShareWithin(index));
            check(derivation, &format::percent(point.cumulative.value()), &format!("{preset:?} at {index}"));
        }
    }
}

#[test]
fn every_moment_of_an_effect_is_explained() {
    for (preset, scenario) in scenarios() {
        let evaluation = evaluate(&scenario).unwrap();
        for disturbance in [Disturbance::Nothing, Disturbance::ConsumersStop, Disturbance::Spike(3.0)] {
            let Some(transient) = transient(&scenario, &evaluation, disturbance) else { continue };
            for effect in &transient.effects {
                for point in &effect.points {
                    let derivation = explain_moment(&scenario, &evaluation, effect, point);
                    let place = format!("{preset:?}, {disturbance:?} at {:?}", point.time);
                    check(derivation, &format_cell(point.staleness), &place);
                }
            }
        }
    }
}
