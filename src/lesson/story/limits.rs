//! What gives way first, and what to do about it.

use super::{Emphasis, Sentence};
use crate::lesson::words::{mid_sentence, possessive};
use crate::model::{Bounds, Evaluation, Resource, ResourceKind};
use crate::scenario::Scenario;
use crate::units::{Rate, format};

/// A rate of orders that a resource sets an end to.
struct Limit {
    kind: ResourceKind,
    servers: u64,
    rate: Rate,
}

/// The resource that the growing load fills first, what helps, and the one after it.
pub fn bottleneck(scenario: &Scenario, evaluation: &Evaluation) -> Sentence {
    let mut limits = limits(evaluation).into_iter();
    let Some(first) = limits.next() else { return Sentence::default() };
    let rate = format!("{} orders/s", format::fine_rate(first.rate));
    let sentence = Sentence::default().strong(in_full(scenario, &first, true));
    let single = first.servers == 1;
    let sentence = match first.kind {
        ResourceKind::ApiPool => sentence
            .plain(if single { " is taken at " } else { " are all taken at " })
            .strong(rate)
            .plain(", each held for ")
            .with(format::time(evaluation.bounds.unloaded).into(), Emphasis::Sync)
            .plain(" or more. Move a step behind the answer where that is allowed, or add workers."),
        ResourceKind::Step(_) => sentence
            .plain(if single { " lets no more than " } else { " let no more than " })
            .strong(rate)
            .plain(" be answered. Add connections, or shorten the step."),
        ResourceKind::Consumers(_) => sentence
            .plain(if single { " is full at " } else { " are full at " })
            .strong(rate)
            .plain("; beyond, its backlog grows. Add connections, or shorten the step."),
    };
    match limits.next() {
        Some(next) => sentence.plain(format!(
            " The next limit is {}, at {} orders/s.",
            in_full(scenario, &next, false),
            format::fine_rate(next.rate)
        )),
        None => sentence,
    }
}

/// Every limit, the lowest first. What stops the answers has the rate that the whole chain really reaches, a little
/// below what it could do alone.
fn limits(evaluation: &Evaluation) -> Vec<Limit> {
    let wall = wall(evaluation);
    let mut limits: Vec<Limit> = evaluation
        .resources
        .iter()
        .enumerate()
        .filter(|(_, resource)| !resource.demand.is_zero())
        .map(|(index, resource)| {
            let rate = if index == wall { evaluation.bounds.wall } else { alone(resource) };
            Limit { kind: resource.kind, servers: resource.servers, rate }
        })
        .collect();
    limits.sort_by(|a, b| a.rate.value().total_cmp(&b.rate.value()));
    limits
}

/// Which resource stops the answers, as an index into the evaluation's. With all workers held, it is the tightest step if
/// that is full then, and otherwise the workers.
pub(super) fn wall(evaluation: &Evaluation) -> usize {
    const FULL: f64 = 0.98;
    let Bounds { bottleneck, wall, .. } = evaluation.bounds;
    match evaluation.resources.get(bottleneck) {
        Some(tightest) if wall / alone(tightest) >= FULL => bottleneck,
        _ => 0,
    }
}

/// What a resource could do if nothing else held it up.
fn alone(resource: &Resource) -> Rate {
    Rate::per_second(resource.servers as f64 / resource.demand.seconds())
}

/// A limit by name and number: "the 20 API workers", "Email’s 12 connections".
fn in_full(scenario: &Scenario, limit: &Limit, first: bool) -> String {
    let count = format::count(limit.servers);
    let plural = if limit.servers == 1 { "" } else { "s" };
    match limit.kind {
        ResourceKind::ApiPool => format!("{} {count} API worker{plural}", if first { "The" } else { "the" }),
        ResourceKind::Step(index) | ResourceKind::Consumers(index) => {
            let name = scenario.steps.get(index).map(|step| &step.name);
            let owner = name.map_or_else(String::new, |name| {
                possessive(&if first { name.subject() } else { mid_sentence(name) })
            });
            format!("{owner} {count} connection{plural}")
        }
    }
}
