//! Text of the dialog that explains how a number is computed.

use crate::queueing::explain::{Accuracy, ExplainedValue};
use crate::scenario::Scenario;
use crate::units::{Time, format};

pub const TITLE: &str = "Why this number?";
pub const FORMULA: &str = "With the values that are set";
pub const FORMULA_PINNED: &str = "With the values of A, pinned";
pub const FORMULA_AFTER_CHANGE: &str = "With the values after the change";
pub const TABLE_HINT: &str = "Press a number to ask why. By keyboard: arrow keys, then Enter.";
pub const LAW: &str = "Law";
pub const ACCURACY: &str = "Trust";
pub const SOURCE: &str = "Source";
pub const NO_EXPLANATION: &str =
    "In this state there is no such figure: nothing is waited for, or the line has no end.";
pub const LIBRARY_HINT: &str = "How we know: engines, errors and tests stand in the Library.";

/// `load` is a phrase such as "500 users".
pub fn formula_at(load: &str) -> String {
    format!("{FORMULA}, at {load}")
}

/// `disturbance` is a phrase such as "Consumers stop, 60 s".
pub fn formula_during(disturbance: &str) -> String {
    format!("{FORMULA}. What happens: {disturbance}")
}

/// `flow` names the flow to compare with, such as "all synchronous".
pub fn formula_of_comparison(flow: &str, load: &str) -> String {
    format!("With the values of the other flow ({flow}), at {load}")
}

pub fn simulated_name(is_mean: bool) -> &'static str {
    if is_mean { "Mean response time, simulated" } else { "95th percentile of the response time, simulated" }
}

pub fn staleness_name(step: &str, moment: Time) -> String {
    format!("Staleness: {step}, {} after the start", format::time(moment))
}

pub fn catch_up_time_name(step: &str) -> String {
    format!("Time to catch up: {step}")
}

pub fn change_name(name: &str) -> String {
    format!("Change from A to B: {name}")
}

pub fn value_name(value: ExplainedValue, scenario: &Scenario) -> String {
    let step = |index: usize| scenario.steps.get(index).map(|step| step.name.subject()).unwrap_or_default();
    // The API workers are the first resource, then come the steps in order.
    let resource = |index: usize| match index.checked_sub(1) {
        None => "API workers".to_owned(),
        Some(index) => step(index),
    };
    let qualified = |quantity: &str, owner: String| format!("{quantity}: {owner}");
    let effect = |index: usize| {
        let published = scenario.steps.iter().filter(|step| !step.placement.blocks_caller());
        published.map(|step| step.name.subject()).nth(index).unwrap_or_default()
    };
    match value {
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
        ExplainedValue::Limit(index) => qualified("Limit", resource(index)),
        ExplainedValue::Demand(index) => qualified("Demand", resource(index)),
        ExplainedValue::Utilization(index) => qualified("Utilization", resource(index)),
        ExplainedValue::InService(index) => qualified("In flight", resource(index)),
        ExplainedValue::Waiting(index) => qualified("Waiting", resource(index)),
        ExplainedValue::WaitingTime(index) => qualified("Mean wait", resource(index)),
        ExplainedValue::Staleness(index) => qualified("Staleness", effect(index)),
        ExplainedValue::Lag(index) => qualified("Lag", effect(index)),
        ExplainedValue::Deliveries(index) => qualified("Deliveries of an event", effect(index)),
        ExplainedValue::Completion => "Everything done".to_owned(),
        ExplainedValue::Work => "Work that one order makes".to_owned(),
        ExplainedValue::Amplification(_) => "Attempts for each order".to_owned(),
        ExplainedValue::Success => "Success of all steps that are waited for".to_owned(),
    }
}

pub fn accuracy(accuracy: Accuracy) -> String {
    match accuracy {
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
