//! What stands at the charts: a title that says what to take away, and a summary that says the same to the ear.

use super::headline::load;
use super::limits::wall;
use super::{Origin, Sentence};
use crate::lessons::words::{list, mid_sentence};
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{
    Bounds, CurvePoint, Effect, EffectState, Evaluation, Outcome, Resource, ResourceKind, ResourceState,
    SteadyOutcome, response_curve,
};
use crate::scenario::{Scenario, Workload};
use crate::units::format::capitalize;
use crate::units::{Rate, Time, format};

/// From this share of busy servers on a resource counts as nearly full.
const NEARLY_FULL: f64 = 0.8;
/// From this share on, which reads as all of them, it is the wall.
const FULL: f64 = 0.995;

/// What the response-time chart shows at this load.
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
                    // No throughput exceeds the wall, so twice the users wait at least this long.
                    let doubled =
                        Time::from_seconds(2.0 * users.as_f64() / saturation_throughput.value()) - think_time;
                    match doubled / response_time {
                        factor if factor > 2.01 => "Twice the users, more than twice the wait",
                        factor if factor > 1.9 && slowdown > 3.0 => "Twice the users, twice the wait",
                        _ => "The line begins to form",
                    }
                }
            }
        }
    }
}

/// The response-time chart in a sentence or two: axes, range, knee or wall, timeout, and where the scenario stands.
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
    // The load that is set may be higher up than the last point of the curve.
    let here = match evaluation.outcome {
        Outcome::Steady(steady) if steady.response_time > last.response_time => {
            let (throughput, response_time) = (steady.throughput, steady.response_time);
            CurvePoint { load: scenario.workload.load(), throughput, response_time }
        }
        _ => *last,
    };
    let last = &here;
    let mean_at = |point: &CurvePoint| Origin::At(point.load, ExplainedValue::ResponseTime);
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
                Origin::Here(ExplainedValue::SaturationThroughput),
            )
            .plain(" orders per second."),
        Some(knee) => sentence
            .plain("The knee is at ")
            .number(format::mean_count(knee), Origin::Here(ExplainedValue::Knee))
            .plain(" users."),
    };
    let timeout = scenario.client.timeout;
    if let Some(crossing) = crossing(scenario, curve, timeout) {
        sentence = sentence
            .plain(" From about ")
            .number(shown(crossing), Origin::At(crossing, ExplainedValue::TimeoutExceeded))
            .plain(format!(
                " on the mean is above the client timeout of {}.",
                format::configured_time(timeout)
            ));
    }
    if let Outcome::Steady(SteadyOutcome { response_time, .. }) = evaluation.outcome {
        sentence = sentence
            .plain(format!(" At {} it is ", load(scenario.workload)))
            .number(format::time(response_time), Origin::Here(ExplainedValue::ResponseTime))
            .plain(".");
    }
    sentence
}

/// The load from which on the mean is above a time: the point of the curve, or, between that and the one before, the user.
fn crossing(scenario: &Scenario, curve: &[CurvePoint], time: Time) -> Option<f64> {
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

/// What the saturation chart shows: who falls behind, and what is the wall.
pub fn saturation_title(scenario: &Scenario, evaluation: &Evaluation) -> Sentence {
    let behind: Vec<String> = evaluation
        .effects
        .iter()
        .filter(|effect| matches!(effect.state, EffectState::FallingBehind { .. }))
        .filter_map(|effect| scenario.steps.get(effect.step))
        .map(|step| mid_sentence(&step.name))
        .collect();
    let falls = match behind.len() {
        0 => None,
        1 => Some(format!("{} falls behind", behind[0])),
        2 | 3 => Some(format!("{} fall behind", list(&behind))),
        more => Some(format!("{more} steps fall behind")),
    };
    let wall = evaluation.resources.get(wall(evaluation)).filter(|wall| fill(wall) >= FULL);
    let wall = wall.map(|wall| format!("{} the wall", is(scenario, wall.kind)));
    let title = match (falls, wall) {
        (Some(falls), Some(wall)) => format!("{falls}; {wall}"),
        (Some(falls), None) => format!("{falls}; the answer does not"),
        (None, Some(wall)) => wall,
        (None, None) => return with_room(scenario, evaluation),
    };
    Sentence::default().plain(capitalize(&title))
}

/// The title where nothing is full: who is busiest.
fn with_room(scenario: &Scenario, evaluation: &Evaluation) -> Sentence {
    let sentence = Sentence::default();
    let resources = evaluation.resources.iter().enumerate();
    let busiest = resources.max_by(|(_, a), (_, b)| fill(a).total_cmp(&fill(b)));
    match busiest.map(|(index, busiest)| (index, busiest.kind, fill(busiest))).filter(|it| it.2 > 0.0) {
        None => sentence.plain("Nothing to do yet"),
        Some((_, kind, fill)) if fill >= NEARLY_FULL => {
            sentence.plain(capitalize(&format!("{} nearly full", is(scenario, kind))))
        }
        Some((index, kind, fill)) => sentence
            .plain(format!("Room to spare; {} at ", name_of(scenario, kind)))
            .number(format::percent(fill), Origin::Here(ExplainedValue::Utilization(index))),
    }
}

/// The saturation chart in a sentence: the unit, its range, and whose backlog grows.
pub fn saturation_summary(scenario: &Scenario, evaluation: &Evaluation) -> String {
    let by_fill = |a: &&Resource, b: &&Resource| fill(a).total_cmp(&fill(b));
    let resources = evaluation.resources.iter();
    let (Some(least), Some(most)) = (resources.clone().min_by(by_fill), resources.clone().max_by(by_fill))
    else {
        return String::new();
    };
    let end = |resource: &Resource| match resource.state {
        ResourceState::Steady { utilization, .. } => {
            format!("{} ({})", format::percent(utilization.share()), name_of(scenario, resource.kind))
        }
        ResourceState::Growing { .. } => format!("more than 100 % ({})", name_of(scenario, resource.kind)),
    };
    let range = format!(
        "Share of its servers that each resource keeps busy, in per cent: from a minimum of {} to a maximum of {}.",
        end(least),
        end(most)
    );
    let growing = resources.filter_map(|resource| {
        let ResourceState::Growing { growth, .. } = resource.state else { return None };
        let line = match resource.kind {
            ResourceKind::Consumers(_) => "backlog of",
            _ => "line for",
        };
        let name = name_of(scenario, resource.kind);
        Some(format!("The {line} {name} grows by {} orders/s.", format::rate(growth)))
    });
    std::iter::once(range).chain(growing).collect::<Vec<_>>().join(" ")
}

/// What becomes of the events of one step: "grows by 2.0 orders/s".
pub fn backlog(effect: &Effect) -> String {
    match effect.state {
        EffectState::FallingBehind { growth, .. } => format!("grows by {} orders/s", format::rate(growth)),
        EffectState::Stable { staleness, lag, .. } => {
            format!("{} on the way, {} each on average", format::mean_count(lag), format::time(staleness))
        }
    }
}

/// How full a resource is; what grows is more than full, and the more so the more it is offered.
fn fill(resource: &Resource) -> f64 {
    match resource.state {
        ResourceState::Steady { utilization, .. } => utilization.share(),
        ResourceState::Growing { .. } => 1.0 + resource.offered.erlangs() / resource.servers as f64,
    }
}

fn name_of(scenario: &Scenario, kind: ResourceKind) -> String {
    match kind {
        ResourceKind::ApiPool => "API workers".to_owned(),
        ResourceKind::Step(index) | ResourceKind::Consumers(index) => {
            scenario.steps.get(index).map_or_else(String::new, |step| mid_sentence(&step.name))
        }
    }
}

/// A resource with its verb: "API workers are", "email is".
fn is(scenario: &Scenario, kind: ResourceKind) -> String {
    let verb = if kind == ResourceKind::ApiPool { "are" } else { "is" };
    format!("{} {verb}", name_of(scenario, kind))
}
