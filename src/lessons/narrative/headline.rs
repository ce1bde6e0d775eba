//! The headline with the response time, and the lead that splits it into work and queueing.

use super::{Emphasis, Sentence, ValueOrigin};
use crate::lessons::grammar::count_noun;
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Evaluation, Outcome, Resource, ResourceKind, ResourceState, SteadyOutcome};
use crate::scenario::{Scenario, Workload};
use crate::units::{Time, format};

/// States the response time at this load, or the reason why there is none.
pub fn headline(scenario: &Scenario, evaluation: &Evaluation) -> Sentence {
    let sentence = Sentence::default();
    match evaluation.outcome {
        Outcome::Idle => sentence.plain("Nobody is ordering."),
        Outcome::Steady(SteadyOutcome { response_time, .. }) if response_time > scenario.client.timeout => {
            sentence
                .plain(format!("At {} the mean answer takes ", format_load(scenario.workload)))
                .emphasized(format::time(response_time).into(), Emphasis::Wait)
                .with_origin(ValueOrigin::Current(ExplainedValue::ResponseTime))
                .plain("; clients give up after ")
                .strong(format::configured_time(scenario.client.timeout))
                .plain(".")
        }
        Outcome::Steady(SteadyOutcome { response_time, .. }) => sentence
            .plain("The user waits ")
            .strong(format::time(response_time))
            .with_origin(ValueOrigin::Current(ExplainedValue::ResponseTime))
            .plain(format!(" at {}.", format_load(scenario.workload))),
        Outcome::Overloaded { arrival_rate, capacity, .. } => sentence
            .plain("The line never stops growing: ")
            .strong(format!("{} orders/s", format::configured_rate(arrival_rate)))
            .plain(" come, ")
            .emphasized(format::precise_rate(capacity).into(), Emphasis::Wait)
            .with_origin(ValueOrigin::Current(ExplainedValue::SaturationThroughput))
            .plain(" can be answered."),
    }
}

/// Splits the time into work before the answer, queueing, and work after the answer.
pub fn lead(scenario: &Scenario, evaluation: &Evaluation) -> Sentence {
    let work = evaluation.bounds.unloaded;
    let sentence = Sentence::default();
    let sentence = match evaluation.outcome {
        Outcome::Idle => sentence
            .plain("A first order would be answered after ")
            .emphasized(format::time(work).into(), Emphasis::Sync)
            .with_origin(ValueOrigin::Current(ExplainedValue::Unloaded))
            .plain("."),
        Outcome::Steady(SteadyOutcome { response_time, .. }) => {
            note_parallel_steps(split_response_time(sentence, work, response_time), scenario, evaluation)
        }
        Outcome::Overloaded { growth, .. } => sentence
            .plain("Each second leaves ")
            .emphasized(format::rate(growth).into(), Emphasis::Wait)
            .with_origin(ValueOrigin::Current(ExplainedValue::Growth))
            .plain(" more orders without an answer."),
    };
    append_asynchronous_work(sentence, scenario, evaluation.work.after)
}

/// Formats the load as entered: "10 users", "12 orders/s".
pub(super) fn format_load(workload: Workload) -> String {
    match workload {
        Workload::Closed { users, .. } => count_noun(users.count(), "user"),
        Workload::Open { arrival_rate } => format!("{} orders/s", format::configured_rate(arrival_rate)),
    }
}

/// A queueing time too short to change the displayed response time counts as none.
fn split_response_time(sentence: Sentence, work: Time, response_time: Time) -> Sentence {
    if format::time(response_time) == format::time(work) {
        return sentence.plain("All of it is work: nobody stands in line.");
    }
    sentence
        .emphasized(format::time(work).into(), Emphasis::Sync)
        .with_origin(ValueOrigin::Current(ExplainedValue::Unloaded))
        .plain(" is work. ")
        .emphasized(format::time(response_time - work).into(), Emphasis::Wait)
        .with_origin(ValueOrigin::Current(ExplainedValue::QueueingTime))
        .plain(" is standing in line.")
}

/// Explains why a group of parallel steps takes longer on average than the longest of its bars, if it does.
fn note_parallel_steps(sentence: Sentence, scenario: &Scenario, evaluation: &Evaluation) -> Sentence {
    let residence = |resource: &Resource, steps: &[usize]| match (resource.kind, resource.state) {
        (ResourceKind::Step(index), ResourceState::Steady { residence, .. }) if steps.contains(&index) => {
            residence.total()
        }
        _ => Time::ZERO,
    };
    let mut groups = scenario.synchronous_groups().into_iter().zip(&evaluation.groups);
    let ends_later = groups.any(|(steps, duration)| {
        let residences = evaluation.resources.iter().map(|resource| residence(resource, &steps));
        steps.len() > 1 && format::time(*duration) != format::time(residences.fold(Time::ZERO, Time::max))
    });
    if !ends_later {
        return sentence;
    }
    sentence.plain(
        " Of steps side by side the slowest counts, and on average it takes longer than any one of them.",
    )
}

fn append_asynchronous_work(sentence: Sentence, scenario: &Scenario, after: Time) -> Sentence {
    if after.is_zero() {
        return sentence;
    }
    let after = format::time(after).into();
    if scenario.synchronous_groups().is_empty() {
        return sentence
            .plain(" No step is done by then: all ")
            .emphasized(after, Emphasis::Async)
            .with_origin(ValueOrigin::Current(ExplainedValue::Work))
            .plain(" of work comes after the answer.");
    }
    sentence
        .plain(" Another ")
        .emphasized(after, Emphasis::Async)
        .with_origin(ValueOrigin::Current(ExplainedValue::Work))
        .plain(" of work now happens after the answer.")
}
