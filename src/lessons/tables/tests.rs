use super::*;
use crate::charts::{Axes, Ceiling, load_grid, milestones};
use crate::lessons::PresetId;
use crate::queueing::explain::{Derivation, ExplainedValue, explain, explain_moment};
use crate::queueing::transients::disturbance::{Disturbance, transient};
use crate::queueing::{Outcome, evaluate, percentile_curve, response_curve};
use crate::scenario::{Scenario, Workload};
use crate::units::{Rate, Users, format};

/// Every ready scenario as it is, with many users, and as a stream that is too much.
fn scenarios() -> Vec<(PresetId, Scenario)> {
    let with = |scenario: &Scenario, workload| Scenario { workload, ..scenario.clone() };
    let all = PresetId::ALL.into_iter().flat_map(|preset| {
        let scenario = preset.scenario();
        let think_time = Time::from_whole_seconds(1);
        let many = with(&scenario, Workload::Closed { users: Users::new(500), think_time });
        let stream = with(&scenario, Workload::Open { arrival_rate: Rate::per_second(12.0) });
        let flood = with(&scenario, Workload::Open { arrival_rate: Rate::per_second(5_000.0) });
        [scenario, many, stream, flood].map(|scenario| (preset, scenario))
    });
    all.collect()
}

/// A derivation must be there, whole, and have the number of the cell in it.
#[track_caller]
fn check(derivation: Option<Derivation>, cell: &str, place: &str) {
    let Derivation { formula, .. } = derivation.unwrap_or_else(|| panic!("{place}: {cell} cannot be asked"));
    assert!(formula.contains('='), "{place}: {formula}");
    assert!(!formula.contains("NaN") && !formula.contains("inf"), "{place}: {formula}");
    assert!(formula.contains(cell), "{place}: no {cell} in {formula}");
}

/// A time as cell and formula both write it: short ones have more digits there.
fn written(time: Time) -> String {
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
            let there = Scenario { workload: scenario.workload.with_load(point.load), ..scenario.clone() };
            let evaluation = evaluate(&there).unwrap();
            let percentiles = percentile_curve(&scenario, &[point.load]).unwrap()[0].percentiles;
            for column in CurveColumn::shown(true, false, true) {
                let shown = match column {
                    CurveColumn::Throughput => format::precise_rate(point.throughput),
                    column => written(column.percentile(&percentiles).unwrap_or(point.response_time)),
                };
                let derivation = explain(&there, &evaluation, column.figure().unwrap());
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
                let figure = column.figure(&evaluation, index);
                assert_eq!(figure.is_some(), is_number, "{place}");
                if let Some(figure) = figure {
                    check(explain(&scenario, &evaluation, figure), &shown, &place);
                }
            }
        }
    }
}

#[test]
fn every_share_of_the_spread_is_explained() {
    for (preset, scenario) in scenarios() {
        let evaluation = evaluate(&scenario).unwrap();
        let points = evaluation.distribution.as_ref().map_or(&[][..], |spread| &spread.points);
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
            let Some(course) = transient(&scenario, &evaluation, disturbance) else { continue };
            for effect in &course.effects {
                for point in &effect.points {
                    let derivation = explain_moment(&scenario, &evaluation, effect, point);
                    let place = format!("{preset:?}, {disturbance:?} at {:?}", point.time);
                    check(derivation, &written(point.staleness), &place);
                }
            }
        }
    }
}
