//! Why a number is what it is.

use crate::queueing::explain::{Accuracy, ExplainedValue};
use crate::scenario::Scenario;
use crate::units::{Time, format};

/// The sheet.
pub const TITLE: &str = "Why this number?";
/// How it is computed.
pub const FORMULA: &str = "With the values that are set";
/// The same for a scenario that is pinned.
pub const OF_PINNED: &str = "With the values of A, pinned";
/// Beside a table, how its numbers are asked.
pub const ASK_CELLS: &str = "Press a number to ask why. By keyboard: arrow keys, then Enter.";
/// From what.
pub const LAW: &str = "Law";
/// How far it may be trusted.
pub const TRUST: &str = "Accuracy";
/// Who found the law.
pub const SOURCE: &str = "Source";
/// Where there is no such figure.
pub const NOTHING: &str =
    "In this state there is no such figure: nothing is waited for, or the line has no end.";
/// Where more of it stands.
pub const MORE: &str = "How we know: engines, errors and tests stand in the Library.";

/// The same after the change that was to be predicted.
pub const AFTER_CHANGE: &str = "With the values after the change";

/// How it is computed at another load, such as "500 users".
pub fn formula_at(load: &str) -> String {
    format!("{FORMULA}, at {load}")
}

/// The same while something happens, such as "Consumers stop, 60 s".
pub fn formula_while(happening: &str) -> String {
    format!("{FORMULA}. What happens: {happening}")
}

/// The same for the flow to compare with, such as "all synchronous".
pub fn formula_of_other(flow: &str, load: &str) -> String {
    format!("With the values of the other flow ({flow}), at {load}")
}

/// A mean or a percentile of a simulated run.
pub fn simulated(is_mean: bool) -> &'static str {
    if is_mean { "Mean response time, simulated" } else { "95th percentile of the response time, simulated" }
}

/// What is how late at a moment.
pub fn late_at(step: &str, moment: Time) -> String {
    format!("Staleness: {step}, {} after the start", format::time(moment))
}

/// What catches up, or does not.
pub fn catching_up(step: &str) -> String {
    format!("Time to catch up: {step}")
}

/// What has changed.
pub fn change_of(name: &str) -> String {
    format!("Change from A to B: {name}")
}

/// What a figure is called.
pub fn name(figure: ExplainedValue, scenario: &Scenario) -> String {
    let step = |index: usize| scenario.steps.get(index).map(|step| step.name.subject()).unwrap_or_default();
    // The API workers are the first resource, each step the one behind it.
    let resource = |index: usize| match index.checked_sub(1) {
        None => "API workers".to_owned(),
        Some(index) => step(index),
    };
    let of = |what: &str, whose: String| format!("{what}: {whose}");
    let effect = |index: usize| {
        let published = scenario.steps.iter().filter(|step| !step.placement.blocks_caller());
        published.map(|step| step.name.subject()).nth(index).unwrap_or_default()
    };
    match figure {
        ExplainedValue::Unloaded => "Response time with nobody else there".to_owned(),
        ExplainedValue::ResponseTime => "Mean response time".to_owned(),
        ExplainedValue::QueueingTime => "Standing in line, for a worker and at the steps".to_owned(),
        ExplainedValue::TimeoutExceeded => "Load at which the mean is above the client timeout".to_owned(),
        ExplainedValue::Percentiles => "Percentiles of the response time".to_owned(),
        ExplainedValue::TailRatio => "How many times the median the 95th percentile is".to_owned(),
        ExplainedValue::ShareWithin(_) => "Share of the answers that come within this time".to_owned(),
        ExplainedValue::PoolWait => "Mean wait for an API worker".to_owned(),
        ExplainedValue::Throughput => "Throughput".to_owned(),
        ExplainedValue::Goodput => "Goodput: answered in time, and successfully".to_owned(),
        ExplainedValue::Growth => "Growth of the line of unanswered orders".to_owned(),
        ExplainedValue::Knee => "Knee".to_owned(),
        ExplainedValue::SaturationThroughput => "Wall: the most that can be answered".to_owned(),
        ExplainedValue::Limit(index) => of("Limit", resource(index)),
        ExplainedValue::Demand(index) => of("Demand", resource(index)),
        ExplainedValue::Utilization(index) => of("Utilization", resource(index)),
        ExplainedValue::InService(index) => of("In flight", resource(index)),
        ExplainedValue::Waiting(index) => of("Waiting", resource(index)),
        ExplainedValue::WaitingTime(index) => of("Mean wait", resource(index)),
        ExplainedValue::Staleness(index) => of("Staleness", effect(index)),
        ExplainedValue::Lag(index) => of("Lag", effect(index)),
        ExplainedValue::Deliveries(index) => of("Deliveries of an event", effect(index)),
        ExplainedValue::Completion => "Everything done".to_owned(),
        ExplainedValue::Work => "Work that one order makes".to_owned(),
        ExplainedValue::Amplification(_) => "Attempts for each order".to_owned(),
        ExplainedValue::Success => "Success of all steps that are waited for".to_owned(),
    }
}

/// A mark of trust in words.
pub fn trust(trust: Accuracy) -> String {
    match trust {
        Accuracy::Exact => "✓ exact: it follows from the scenario without any approximation".to_owned(),
        Accuracy::Approximation { error } => {
            format!("≈ approximation: within {} of exact chains and simulations", format::percent(error))
        }
        Accuracy::Measured => {
            "∿ measured: the truth lies within the margin in 95 of 100 simulated runs".to_owned()
        }
        Accuracy::Assumption => {
            "◇ assumption: it rests on attempts that are independent of each other".to_owned()
        }
    }
}
