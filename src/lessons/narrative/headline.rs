//! The sentence on top: how long the user waits, and where that time goes.

use super::{Emphasis, Origin, Sentence};
use crate::lessons::words::counted;
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Evaluation, Outcome, Resource, ResourceKind, ResourceState, SteadyOutcome};
use crate::scenario::{Scenario, Workload};
use crate::units::{Time, format};

/// How long the user waits at this load, or why there is no such time.
pub fn headline(scenario: &Scenario, evaluation: &Evaluation) -> Sentence {
    let sentence = Sentence::default();
    match evaluation.outcome {
        Outcome::Idle => sentence.plain("Nobody is ordering."),
        Outcome::Steady(SteadyOutcome { response_time, .. }) if response_time > scenario.client.timeout => {
            sentence
                .plain(format!("At {} the mean answer takes ", load(scenario.workload)))
                .with(format::time(response_time).into(), Emphasis::Wait)
                .from(Origin::Here(ExplainedValue::ResponseTime))
                .plain("; clients give up after ")
                .strong(format::configured_time(scenario.client.timeout))
                .plain(".")
        }
        Outcome::Steady(SteadyOutcome { response_time, .. }) => sentence
            .plain("The user waits ")
            .strong(format::time(response_time))
            .from(Origin::Here(ExplainedValue::ResponseTime))
            .plain(format!(" at {}.", load(scenario.workload))),
        Outcome::Overloaded { arrival_rate, capacity, .. } => sentence
            .plain("The line never stops growing: ")
            .strong(format!("{} orders/s", format::configured_rate(arrival_rate)))
            .plain(" come, ")
            .with(format::precise_rate(capacity).into(), Emphasis::Wait)
            .from(Origin::Here(ExplainedValue::SaturationThroughput))
            .plain(" can be answered."),
    }
}

/// Where the time goes: work, standing in line, and work after the answer.
pub fn lead(scenario: &Scenario, evaluation: &Evaluation) -> Sentence {
    let work = evaluation.bounds.unloaded;
    let sentence = Sentence::default();
    let sentence = match evaluation.outcome {
        Outcome::Idle => sentence
            .plain("A first order would be answered after ")
            .with(format::time(work).into(), Emphasis::Sync)
            .from(Origin::Here(ExplainedValue::Unloaded))
            .plain("."),
        Outcome::Steady(SteadyOutcome { response_time, .. }) => {
            side_by_side(split(sentence, work, response_time), scenario, evaluation)
        }
        Outcome::Overloaded { growth, .. } => sentence
            .plain("Each second leaves ")
            .with(format::rate(growth).into(), Emphasis::Wait)
            .from(Origin::Here(ExplainedValue::Growth))
            .plain(" more orders without an answer."),
    };
    after_the_answer(sentence, scenario, evaluation.work.after)
}

/// The load as it was set: "10 users", "12 orders/s".
pub(super) fn load(workload: Workload) -> String {
    match workload {
        Workload::Closed { users, .. } => counted(users.count(), "user"),
        Workload::Open { arrival_rate } => format!("{} orders/s", format::configured_rate(arrival_rate)),
    }
}

/// A response time as work and waiting. A wait too short to change the figure shown is none.
fn split(sentence: Sentence, work: Time, response_time: Time) -> Sentence {
    if format::time(response_time) == format::time(work) {
        return sentence.plain("All of it is work: nobody stands in line.");
    }
    sentence
        .with(format::time(work).into(), Emphasis::Sync)
        .from(Origin::Here(ExplainedValue::Unloaded))
        .plain(" is work. ")
        .with(format::time(response_time - work).into(), Emphasis::Wait)
        .from(Origin::Here(ExplainedValue::QueueingTime))
        .plain(" is standing in line.")
}

/// Why the line stands behind the longest of the bars that run side by side, where it does.
fn side_by_side(sentence: Sentence, scenario: &Scenario, evaluation: &Evaluation) -> Sentence {
    let residence = |resource: &Resource, steps: &[usize]| match (resource.kind, resource.state) {
        (ResourceKind::Step(at), ResourceState::Steady { residence, .. }) if steps.contains(&at) => {
            residence.total()
        }
        _ => Time::ZERO,
    };
    let mut groups = scenario.synchronous_groups().into_iter().zip(&evaluation.groups);
    let ends_later = groups.any(|(steps, took)| {
        let all = evaluation.resources.iter().map(|resource| residence(resource, &steps));
        steps.len() > 1 && format::time(*took) != format::time(all.fold(Time::ZERO, Time::max))
    });
    if !ends_later {
        return sentence;
    }
    sentence.plain(
        " Of steps side by side the slowest counts, and on average it takes longer than any one of them.",
    )
}

fn after_the_answer(sentence: Sentence, scenario: &Scenario, after: Time) -> Sentence {
    if after.is_zero() {
        return sentence;
    }
    let after = format::time(after).into();
    if scenario.synchronous_groups().is_empty() {
        return sentence
            .plain(" No step is done by then: all ")
            .with(after, Emphasis::Async)
            .from(Origin::Here(ExplainedValue::Work))
            .plain(" of work comes after the answer.");
    }
    sentence
        .plain(" Another ")
        .with(after, Emphasis::Async)
        .from(Origin::Here(ExplainedValue::Work))
        .plain(" of work now happens after the answer.")
}
