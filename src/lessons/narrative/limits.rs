//! The bottleneck: the resource that the growing load fills first, and the remedy.

use super::{Emphasis, Sentence, ValueOrigin};
use crate::lessons::grammar::{count_noun, possessive, subject_in_sentence};
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Bounds, Evaluation, Limit, Resource, ResourceKind};
use crate::scenario::Scenario;
use crate::units::format;

struct ResourceLabel {
    text: String,
    is_singular: bool,
}

/// Names the resource that the growing load fills first, the remedy, and the next limit.
pub fn bottleneck(scenario: &Scenario, evaluation: &Evaluation) -> Sentence {
    let mut limits = sorted_limits(evaluation).into_iter();
    let Some(first) = limits.next() else { return Sentence::default() };
    let rate = format!("{} orders/s", format::precise_rate(first.capacity));
    let origin = capacity_origin(evaluation, &first);
    let ResourceLabel { text, is_singular } = resource_label(scenario, evaluation, first.resource, true);
    let sentence = Sentence::default().strong(text);
    let sentence = match evaluation.resources.get(first.resource).map(|resource| resource.kind) {
        Some(ResourceKind::Step(_)) => sentence
            .plain(if is_singular { " lets no more than " } else { " let no more than " })
            .strong(rate)
            .with_origin(origin)
            .plain(" be answered. Add connections, or shorten the step."),
        Some(ResourceKind::Consumers(step)) => sentence
            .plain(if is_singular { " is full at " } else { " are full at " })
            .strong(rate)
            .with_origin(origin)
            .plain(if is_partitioned(evaluation, step) {
                "; beyond, its backlog grows. Spread the keys over more partitions, or shorten the step."
            } else {
                "; beyond, its backlog grows. Add connections, or shorten the step."
            }),
        Some(ResourceKind::ApiPool) | None => sentence
            .plain(if is_singular { " is taken at " } else { " are all taken at " })
            .strong(rate)
            .with_origin(origin)
            .plain(", each held for ")
            .emphasized(format::time(evaluation.bounds.unloaded).into(), Emphasis::Sync)
            .with_origin(ValueOrigin::Current(ExplainedValue::Unloaded))
            .plain(" or more. Move a step behind the answer where that is allowed, or add workers."),
    };
    match limits.next() {
        Some(next) => sentence
            .plain(format!(
                " The next limit is {}, at ",
                resource_label(scenario, evaluation, next.resource, false).text
            ))
            .number(
                format!(
                    "{} \
                             orders/s",
                    format::precise_rate(next.capacity)
                ),
                capacity_origin(evaluation, &next),
            )
            .plain("."),
        None => sentence,
    }
}

/// Names the resource that the growing load fills first: "20 API workers". Empty if there is no limit.
pub fn first_limit(scenario: &Scenario, evaluation: &Evaluation) -> String {
    let first = sorted_limits(evaluation).into_iter().next();
    first.map_or_else(String::new, |first| {
        let name = resource_label(scenario, evaluation, first.resource, false).text;
        name.strip_prefix("the ").unwrap_or(&name).to_owned()
    })
}

fn capacity_origin(evaluation: &Evaluation, limit: &Limit) -> ValueOrigin {
    let is_wall = limit.resource == limiting_resource(evaluation);
    ValueOrigin::Current(if is_wall {
        ExplainedValue::SaturationThroughput
    } else {
        ExplainedValue::Limit(limit.resource)
    })
}

/// Returns the limits in ascending order. The limiting resource gets the throughput that the whole chain
/// reaches, a little below its capacity alone.
fn sorted_limits(evaluation: &Evaluation) -> Vec<Limit> {
    let limiting = limiting_resource(evaluation);
    let mut limits = evaluation.limits.clone();
    for limit in limits.iter_mut().filter(|limit| limit.resource == limiting) {
        limit.capacity = evaluation.bounds.saturation_throughput;
    }
    limits.sort_by(|a, b| a.capacity.value().total_cmp(&b.capacity.value()));
    limits
}

/// Returns the index of the resource that limits the answers: the bottleneck step if it is full when all
/// workers are held, otherwise the API workers.
pub(super) fn limiting_resource(evaluation: &Evaluation) -> usize {
    const FULL: f64 = 0.98;
    let Bounds { bottleneck, saturation_throughput, .. } = evaluation.bounds;
    let is_full =
        |limit: &Limit| limit.resource == bottleneck && saturation_throughput / limit.capacity >= FULL;
    if evaluation.limits.iter().any(is_full) { bottleneck } else { 0 }
}

/// Names a resource with its number of servers: "the 20 API workers", or "Email’s 12 connections" at the
/// start of a sentence.
fn resource_label(
    scenario: &Scenario,
    evaluation: &Evaluation,
    resource: usize,
    starts_sentence: bool,
) -> ResourceLabel {
    let Some(Resource { kind, servers, .. }) = evaluation.resources.get(resource) else {
        return ResourceLabel { text: String::new(), is_singular: true };
    };
    let owner = |index: usize| {
        let name = scenario.steps.get(index).map(|step| &step.name);
        name.map_or_else(String::new, |name| {
            possessive(&if starts_sentence { name.subject() } else { subject_in_sentence(name) })
        })
    };
    let article = if starts_sentence { "The" } else { "the" };
    match *kind {
        ResourceKind::ApiPool => ResourceLabel {
            text: format!(
                "{article} \
                                           {}",
                count_noun(
                    *servers,
                    "API \
                                                                                worker"
                )
            ),
            is_singular: *servers == 1,
        },
        ResourceKind::Consumers(index) if is_partitioned(evaluation, index) => {
            ResourceLabel { text: format!("{} busiest consumer", owner(index)), is_singular: true }
        }
        ResourceKind::Step(index) | ResourceKind::Consumers(index) => ResourceLabel {
            text: format!("{} {}", owner(index), count_noun(*servers, "connection")),
            is_singular: *servers == 1,
        },
    }
}

/// With partitions, the busiest consumer of a step fills up first.
fn is_partitioned(evaluation: &Evaluation, step: usize) -> bool {
    evaluation.effects.iter().any(|effect| effect.step == step && effect.partitions.is_some())
}
