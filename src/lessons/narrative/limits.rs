//! What gives way first, and what to do about it.

use super::{Emphasis, Origin, Sentence};
use crate::lessons::words::{counted, mid_sentence, possessive};
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Bounds, Evaluation, Limit, Resource, ResourceKind};
use crate::scenario::Scenario;
use crate::units::format;

/// What a limit is, as a noun: who is full, and whether that is one or many.
struct Named {
    text: String,
    single: bool,
}

/// The resource that the growing load fills first, what helps, and the one after it.
pub fn bottleneck(scenario: &Scenario, evaluation: &Evaluation) -> Sentence {
    let mut limits = limits(evaluation).into_iter();
    let Some(first) = limits.next() else { return Sentence::default() };
    let rate = format!("{} orders/s", format::precise_rate(first.capacity));
    let comes_from = origin(evaluation, &first);
    let Named { text, single } = named(scenario, evaluation, first.resource, true);
    let sentence = Sentence::default().strong(text);
    let sentence = match evaluation.resources.get(first.resource).map(|resource| resource.kind) {
        Some(ResourceKind::Step(_)) => sentence
            .plain(if single { " lets no more than " } else { " let no more than " })
            .strong(rate)
            .from(comes_from)
            .plain(" be answered. Add connections, or shorten the step."),
        Some(ResourceKind::Consumers(step)) => sentence
            .plain(if single { " is full at " } else { " are full at " })
            .strong(rate)
            .from(comes_from)
            .plain(if partitioned(evaluation, step) {
                "; beyond, its backlog grows. Spread the keys over more partitions, or shorten the step."
            } else {
                "; beyond, its backlog grows. Add connections, or shorten the step."
            }),
        Some(ResourceKind::ApiPool) | None => sentence
            .plain(if single { " is taken at " } else { " are all taken at " })
            .strong(rate)
            .from(comes_from)
            .plain(", each held for ")
            .with(format::time(evaluation.bounds.unloaded).into(), Emphasis::Sync)
            .from(Origin::Here(ExplainedValue::Unloaded))
            .plain(" or more. Move a step behind the answer where that is allowed, or add workers."),
    };
    match limits.next() {
        Some(next) => sentence
            .plain(format!(
                " The next limit is {}, at ",
                named(scenario, evaluation, next.resource, false).text
            ))
            .number(format!("{} orders/s", format::precise_rate(next.capacity)), origin(evaluation, &next))
            .plain("."),
        None => sentence,
    }
}

/// What the growing load fills first, by name: "20 API workers"; empty where nothing has a limit.
pub fn first_limit(scenario: &Scenario, evaluation: &Evaluation) -> String {
    let first = limits(evaluation).into_iter().next();
    first.map_or_else(String::new, |first| {
        let name = named(scenario, evaluation, first.resource, false).text;
        name.strip_prefix("the ").unwrap_or(&name).to_owned()
    })
}

/// Where the rate of a limit comes from.
fn origin(evaluation: &Evaluation, limit: &Limit) -> Origin {
    let is_wall = limit.resource == wall(evaluation);
    Origin::Here(if is_wall {
        ExplainedValue::SaturationThroughput
    } else {
        ExplainedValue::Limit(limit.resource)
    })
}

/// Every limit, the lowest first. What stops the answers has the rate that the whole chain really reaches, a little
/// below what it could do alone.
fn limits(evaluation: &Evaluation) -> Vec<Limit> {
    let wall = wall(evaluation);
    let mut limits = evaluation.limits.clone();
    for limit in limits.iter_mut().filter(|limit| limit.resource == wall) {
        limit.capacity = evaluation.bounds.saturation_throughput;
    }
    limits.sort_by(|a, b| a.capacity.value().total_cmp(&b.capacity.value()));
    limits
}

/// Which resource stops the answers, as an index into the evaluation's. With all workers held, it is the tightest step if
/// that is full then, and otherwise the workers.
pub(super) fn wall(evaluation: &Evaluation) -> usize {
    const FULL: f64 = 0.98;
    let Bounds { bottleneck, saturation_throughput, .. } = evaluation.bounds;
    let full = |limit: &Limit| limit.resource == bottleneck && saturation_throughput / limit.capacity >= FULL;
    if evaluation.limits.iter().any(full) { bottleneck } else { 0 }
}

/// A resource by name and number, at the start of a sentence or inside: "the 20 API workers", "Email’s 12 connections".
fn named(scenario: &Scenario, evaluation: &Evaluation, resource: usize, first: bool) -> Named {
    let Some(Resource { kind, servers, .. }) = evaluation.resources.get(resource) else {
        return Named { text: String::new(), single: true };
    };
    let owner = |index: usize| {
        let name = scenario.steps.get(index).map(|step| &step.name);
        name.map_or_else(String::new, |name| {
            possessive(&if first { name.subject() } else { mid_sentence(name) })
        })
    };
    let the = if first { "The" } else { "the" };
    match *kind {
        ResourceKind::ApiPool => {
            Named { text: format!("{the} {}", counted(*servers, "API worker")), single: *servers == 1 }
        }
        ResourceKind::Consumers(index) if partitioned(evaluation, index) => {
            Named { text: format!("{} busiest consumer", owner(index)), single: true }
        }
        ResourceKind::Step(index) | ResourceKind::Consumers(index) => Named {
            text: format!("{} {}", owner(index), counted(*servers, "connection")),
            single: *servers == 1,
        },
    }
}

/// Whether a step's events come in partitions, so that its busiest consumer is what fills up.
fn partitioned(evaluation: &Evaluation, step: usize) -> bool {
    evaluation.effects.iter().any(|effect| effect.step == step && effect.partitions.is_some())
}
