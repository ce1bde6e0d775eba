//! Why a number is what it is.

use crate::model::provenance::{Figure, Trust};
use crate::scenario::Scenario;
use crate::units::format;

/// The sheet.
pub const TITLE: &str = "Why this number?";
/// How it is computed.
pub const FORMULA: &str = "With the values that are set";
/// From what.
pub const LAW: &str = "Law";
/// How far it may be trusted.
pub const TRUST: &str = "Trust";
/// Who found the law.
pub const SOURCE: &str = "Source";
/// Where there is no such figure.
pub const NOTHING: &str =
    "In this state there is no such figure: nothing is waited for, or the line has no end.";
/// Where more of it stands.
pub const MORE: &str = "How we know: engines, errors and tests stand in the Library.";

/// What a figure is called.
pub fn name(figure: Figure, scenario: &Scenario) -> String {
    let step = |index: usize| scenario.steps.get(index).map(|step| step.name.subject()).unwrap_or_default();
    // The API workers are the first resource, each step the one behind it.
    let resource = |index: usize| match index.checked_sub(1) {
        None => "API workers".to_owned(),
        Some(index) => step(index),
    };
    let of = |what: &str, whose: String| format!("{what}: {whose}");
    let effect = |index: usize| {
        let published = scenario.steps.iter().filter(|step| !step.placement.is_waited_for());
        published.map(|step| step.name.subject()).nth(index).unwrap_or_default()
    };
    match figure {
        Figure::Unloaded => "Response time with nobody else there".to_owned(),
        Figure::ResponseTime => "Mean response time".to_owned(),
        Figure::Percentiles => "Percentiles of the response time".to_owned(),
        Figure::PoolWait => "Mean wait for an API worker".to_owned(),
        Figure::Throughput => "Throughput".to_owned(),
        Figure::Goodput => "Goodput: answered in time, and successfully".to_owned(),
        Figure::Growth => "Growth of the line of unanswered orders".to_owned(),
        Figure::Knee => "Knee".to_owned(),
        Figure::Wall => "Wall: the most that can be answered".to_owned(),
        Figure::Limit(index) => of("Limit", resource(index)),
        Figure::Demand(index) => of("Demand", resource(index)),
        Figure::Utilization(index) => of("Utilization", resource(index)),
        Figure::InService(index) => of("In flight", resource(index)),
        Figure::Waiting(index) => of("Waiting", resource(index)),
        Figure::WaitingTime(index) => of("Mean wait", resource(index)),
        Figure::Staleness(index) => of("Staleness", effect(index)),
        Figure::Lag(index) => of("Lag", effect(index)),
        Figure::Deliveries(index) => of("Deliveries of an event", effect(index)),
        Figure::Completion => "Everything done".to_owned(),
        Figure::Work => "Work that one order makes".to_owned(),
        Figure::Amplification(_) => "Attempts for each order".to_owned(),
        Figure::Success => "Success of all steps that are waited for".to_owned(),
    }
}

/// A mark of trust in words.
pub fn trust(trust: Trust) -> String {
    match trust {
        Trust::Exact => "✓ exact: it follows from the scenario without any approximation".to_owned(),
        Trust::Approximation { error } => {
            format!("≈ approximation: within {} of exact chains and simulations", format::percent(error))
        }
        Trust::Assumption => {
            "◇ assumption: it rests on attempts that are independent of each other".to_owned()
        }
    }
}
