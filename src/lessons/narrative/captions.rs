//! Titles and summaries of the charts of the response time and of the saturation. The title states the
//! conclusion, the summary describes the chart for screen readers.

use super::headline::format_load;
use super::limits::limiting_resource;
use super::{Sentence, ValueOrigin};
use crate::lessons::grammar::{join_list, subject_in_sentence};
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{
    Bounds, CurvePoint, Effect, EffectState, Evaluation, Outcome, Resource, ResourceKind, ResourceState,
    SteadyOutcome, response_curve,
};
use crate::scenario::{Scenario, Workload};
use crate::units::format::capitalize;
use crate::units::{Rate, Time, format};

/// Minimum fill level of a resource that counts as nearly full.
const NEARLY_FULL: f64 = 0.8;
/// Minimum fill level of a saturated resource; it is displayed as 100 %.
const FULL: f64 = 0.995;

pub fn response_title(scenario: &Scenario, evaluation: &Evaluation) -> &'static str {
    let Bounds { unloaded, saturation_throughput, .. } = evaluation.bounds;
    match evaluation.outcome {
        Outcome::Idle => "Nobody is there yet",
        Outcome::Overloaded { .. } => "Beyond the wall the line only grows",
        Outcome::Steady(SteadyOutcome { response_time, .. }) => {
            let slowdown = response_time / unloaded;
            match scenario.workload {
                _ if response_time > scenario.client.timeout => "The mean is beyond the client timeout",
                _ if slowdown < 1.05 => "Users hardly notice each other yet",
                Workload::Open { .. } if slowdown < 2.0 => "The line begins to form",
                Workload::Open { .. } => "A few more orders, a much longer wait",
                Workload::Closed { .. } if slowdown < 1.25 => "The line begins to form",
                Workload::Closed { users, think_time } => {
                    // A lower bound, because no throughput exceeds the saturation throughput.
                    let response_time_of_double =
                        Time::from_seconds(2.0 * users.as_f64() / saturation_throughput.value()) - think_time;
                    match response_time_of_double / response_time {
                        factor if factor > 2.01 => "Twice the users, more than twice the wait",
                        factor if factor > 1.9 && slowdown > 3.0 => "Twice the users, twice the wait",
                        _ => "The line begins to form",
                    }
                }
            }
        }
    }
}

/// Summarizes the response time chart: axes, range, knee or saturation throughput, timeout, and the current
/// load.
pub fn response_summary(scenario: &Scenario, evaluation: &Evaluation, curve: &[CurvePoint]) -> Sentence {
    let (axis, shown): (_, fn(f64) -> String) = match scenario.workload {
        Workload::Closed { .. } => ("users", format::compact),
        Workload::Open { .. } => {
            ("orders per second", |load| format::configured_rate(Rate::per_second(load)))
        }
    };
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else {
        return Sentence::default().plain(format!("There is no response time to draw against {axis}."));
    };
    // The current load may lie beyond the last point of the curve.
    let maximum = match evaluation.outcome {
        Outcome::Steady(steady) if steady.response_time > last.response_time => {
            let (throughput, response_time) = (steady.throughput, steady.response_time);
            CurvePoint { load: scenario.workload.load(), throughput, response_time }
        }
        _ => *last,
    };
    let last = &maximum;
    let mean_at = |point: &CurvePoint| ValueOrigin::AtLoad(point.load, ExplainedValue::ResponseTime);
    let mut sentence = Sentence::default()
        .plain(format!("Mean response time against {axis}: from a minimum of "))
        .number(format::time(first.response_time), mean_at(first))
        .plain(format!(" at {} to a maximum of ", shown(first.load)))
        .number(format::time(last.response_time), mean_at(last))
        .plain(format!(" at {}. ", shown(last.load)));
    sentence = match evaluation.bounds.knee {
        None => sentence
            .plain("No knee: the wall is at ")
            .number(
                format::precise_rate(evaluation.bounds.saturation_throughput),
                ValueOrigin::Current(ExplainedValue::SaturationThroughput),
            )
            .plain(" orders per second."),
        Some(knee) => sentence
            .plain("The knee is at ")
            .number(format::mean_count(knee), ValueOrigin::Current(ExplainedValue::Knee))
            .plain(" users."),
    };
    let timeout = scenario.client.timeout;
    if let Some(crossing) = timeout_crossing(scenario, curve, timeout) {
        sentence = sentence
            .plain(" From about ")
            .number(shown(crossing), ValueOrigin::AtLoad(crossing, ExplainedValue::TimeoutExceeded))
            .plain(format!(
                " on the mean is above the client timeout of {}.",
                format::configured_time(timeout)
            ));
    }
    if let Outcome::Steady(SteadyOutcome { response_time, .. }) = evaluation.outcome {
        sentence = sentence
            .plain(format!(" At {} it is ", format_load(scenario.workload)))
            .number(format::time(response_time), ValueOrigin::Current(ExplainedValue::ResponseTime))
            .plain(".");
    }
    sentence
}

/// Finds the lowest load whose mean response time is above `time`: to the exact user in a closed workload, to
/// the point of the curve in an open one.
fn timeout_crossing(scenario: &Scenario, curve: &[CurvePoint], time: Time) -> Option<f64> {
    let after = curve.iter().position(|point| point.response_time > time)?;
    let mut first = curve[after].load;
    let Some(before) = after.checked_sub(1).filter(|_| scenario.workload.users().is_some()) else {
        return Some(first);
    };
    let mut last_within = curve[before].load;
    loop {
        let middle = f64::midpoint(last_within, first).floor();
        if middle <= last_within {
            return Some(first);
        }
        let is_within = response_curve(scenario, &[middle]).ok()?.first()?.response_time <= time;
        *(if is_within { &mut last_within } else { &mut first }) = middle;
    }
}

/// Names the steps that fall behind and the saturated resource.
pub fn saturation_title(scenario: &Scenario, evaluation: &Evaluation) -> Sentence {
    let behind: Vec<String> = evaluation
        .effects
        .iter()
        .filter(|effect| matches!(effect.state, EffectState::FallingBehind { .. }))
        .filter_map(|effect| scenario.steps.get(effect.step))
        .map(|step| subject_in_sentence(&step.name))
        .collect();
    let falls = match behind.len() {
        0 => None,
        1 => Some(format!("{} falls behind", behind[0])),
        2 | 3 => Some(format!("{} fall behind", join_list(&behind))),
        count => Some(format!("{count} steps fall behind")),
    };
    let wall =
        evaluation.resources.get(limiting_resource(evaluation)).filter(|wall| fill_level(wall) >= FULL);
    let wall = wall.map(|wall| format!("{} the wall", name_with_verb(scenario, wall.kind)));
    let title = match (falls, wall) {
        (Some(falls), Some(wall)) => format!("{falls}; {wall}"),
        (Some(falls), None) => format!("{falls}; the answer does not"),
        (None, Some(wall)) => wall,
        (None, None) => return title_below_saturation(scenario, evaluation),
    };
    Sentence::default().plain(capitalize(&title))
}

/// Names the busiest resource.
fn title_below_saturation(scenario: &Scenario, evaluation: &Evaluation) -> Sentence {
    let sentence = Sentence::default();
    let resources = evaluation.resources.iter().enumerate();
    let busiest = resources.max_by(|(_, a), (_, b)| fill_level(a).total_cmp(&fill_level(b)));
    match busiest
        .map(|(index, busiest)| (index, busiest.kind, fill_level(busiest)))
        .filter(|entry| entry.2 > 0.0)
    {
        None => sentence.plain("Nothing to do yet"),
        Some((_, kind, fill_level)) if fill_level >= NEARLY_FULL => {
            sentence.plain(capitalize(&format!("{} nearly full", name_with_verb(scenario, kind))))
        }
        Some((index, kind, fill_level)) => sentence
            .plain(format!("Room to spare; {} at ", resource_name(scenario, kind)))
            .number(format::percent(fill_level), ValueOrigin::Current(ExplainedValue::Utilization(index))),
    }
}

/// Summarizes the saturation chart: unit, range, and growing backlogs.
pub fn saturation_summary(scenario: &Scenario, evaluation: &Evaluation) -> String {
    let by_fill_level = |a: &&Resource, b: &&Resource| fill_level(a).total_cmp(&fill_level(b));
    let resources = evaluation.resources.iter();
    let (Some(emptiest), Some(fullest)) =
        (resources.clone().min_by(by_fill_level), resources.clone().max_by(by_fill_level))
    else {
        return String::new();
    };
    let end = |resource: &Resource| match resource.state {
        ResourceState::Steady { utilization, .. } => {
            format!("{} ({})", format::percent(utilization.share()), resource_name(scenario, resource.kind))
        }
        ResourceState::Growing { .. } => format!(
            "more than 100 % \
                                                  ({})",
            resource_name(scenario, resource.kind)
        ),
    };
    let range = format!(
        "Share of its servers that each resource keeps busy, in per cent: from a minimum of {} to a maximum \
         of {}.",
        end(emptiest),
        end(fullest)
    );
    let growing = resources.filter_map(|resource| {
        let ResourceState::Growing { growth, .. } = resource.state else { return None };
        let line = match resource.kind {
            ResourceKind::Consumers(_) => "backlog of",
            _ => "line for",
        };
        let name = resource_name(scenario, resource.kind);
        Some(format!("The {line} {name} grows by {} orders/s.", format::rate(growth)))
    });
    std::iter::once(range).chain(growing).collect::<Vec<_>>().join(" ")
}

/// Describes the backlog of one step: "grows by 2.0 orders/s".
pub fn describe_backlog(effect: &Effect) -> String {
    match effect.state {
        EffectState::FallingBehind { growth, .. } => format!("grows by {} orders/s", format::rate(growth)),
        EffectState::Stable { staleness, lag, .. } => {
            format!("{} on the way, {} each on average", format::mean_count(lag), format::time(staleness))
        }
    }
}

/// Returns the utilization, or a value above 1 that increases with the offered load if the queue grows.
fn fill_level(resource: &Resource) -> f64 {
    match resource.state {
        ResourceState::Steady { utilization, .. } => utilization.share(),
        ResourceState::Growing { .. } => 1.0 + resource.offered.erlangs() / resource.servers as f64,
    }
}

fn resource_name(scenario: &Scenario, kind: ResourceKind) -> String {
    match kind {
        ResourceKind::ApiPool => "API workers".to_owned(),
        ResourceKind::Step(index) | ResourceKind::Consumers(index) => {
            scenario.steps.get(index).map_or_else(String::new, |step| subject_in_sentence(&step.name))
        }
    }
}

/// Returns the name of a resource with its verb: "API workers are", "email is".
fn name_with_verb(scenario: &Scenario, kind: ResourceKind) -> String {
    let verb = if kind == ResourceKind::ApiPool { "are" } else { "is" };
    format!("{} {verb}", resource_name(scenario, kind))
}
