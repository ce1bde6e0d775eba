//! The texts and numbers of one resource.

use crate::charts::{SaturationBar, SaturationState};
use crate::lessons::tables::ResourceColumn;
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Evaluation, Resource, ResourceKind, ResourceState};
use crate::scenario::Scenario;
use crate::strings::explore;
use crate::units::format;

/// A resource as it is shown.
#[derive(Clone, PartialEq)]
pub(super) struct ResourceRow {
    /// The index of the resource in the evaluation.
    resource: usize,
    pub(super) name: String,
    pub(super) servers: String,
    pub(super) utilization: String,
    pub(super) in_flight: String,
    pub(super) waiting: String,
    pub(super) state: String,
    pub(super) bar: SaturationBar,
    /// The explained values of servers, utilization, orders in flight, waiting orders, and state.
    pub(super) values: [Option<ExplainedValue>; 5],
}

impl ResourceRow {
    fn new(scenario: &Scenario, evaluation: &Evaluation, index: usize) -> Self {
        let resource = &evaluation.resources[index];
        let is_async = matches!(resource.kind, ResourceKind::Consumers(_));
        let offered_share = resource.offered.erlangs() / resource.servers.max(1) as f64;
        let (share, in_flight, waiting, state) = match resource.state {
            ResourceState::Steady { utilization, in_service, waiting, .. } => {
                let share = utilization.share();
                let state = SaturationState::of(share);
                // A saturated resource before the answer is the one that limits the throughput.
                let is_wall = state == SaturationState::Saturated && !is_async;
                let word = if is_wall { explore::BOTTLENECK } else { state_word(state) };
                (share, in_service, format::mean_count(waiting), word.to_owned())
            }
            ResourceState::Growing { growth, .. } => (
                offered_share.max(1.0),
                resource.servers as f64,
                explore::GROWING.to_owned(),
                explore::growth_label(growth),
            ),
        };
        Self {
            resource: index,
            name: resource_name(scenario, resource.kind),
            servers: servers_text(resource),
            utilization: format::percent(share),
            in_flight: format::mean_count(in_flight),
            waiting,
            state,
            bar: SaturationBar { share, state: SaturationState::of(share), is_async },
            values: ResourceColumn::ALL.map(|column| column.explained_value(evaluation, index)),
        }
    }

    /// The cells of the table, each with its explained value.
    pub(super) fn table_cells(&self) -> impl Iterator<Item = (&str, Option<ExplainedValue>)> {
        let texts = [&self.servers, &self.utilization, &self.in_flight, &self.waiting, &self.state];
        texts.into_iter().map(String::as_str).zip(self.values)
    }
}

/// The resources of a scenario, those with the highest utilization first, or in the order of `fixed_order`.
pub(super) fn resource_rows(
    EvaluatedScenario { scenario, evaluation }: &EvaluatedScenario,
    fixed_order: Option<&[ResourceRow]>,
) -> Vec<ResourceRow> {
    let Ok(evaluation) = evaluation else { return Vec::new() };
    let order = match fixed_order {
        Some(rows) if !rows.is_empty() => rows.iter().map(|row| row.resource).collect(),
        _ => by_utilization(evaluation),
    };
    let existing = order.into_iter().filter(|index| *index < evaluation.resources.len());
    existing.map(|index| ResourceRow::new(scenario, evaluation, index)).collect()
}

/// The indices of the resources from the highest utilization to the lowest.
fn by_utilization(evaluation: &Evaluation) -> Vec<usize> {
    let share = |index: usize| {
        let resource = &evaluation.resources[index];
        match resource.state {
            ResourceState::Steady { utilization, .. } => utilization.share(),
            ResourceState::Growing { .. } => {
                1.0 + resource.offered.erlangs() / resource.servers.max(1) as f64
            }
        }
    };
    let mut order: Vec<usize> = (0..evaluation.resources.len()).collect();
    order.sort_by(|a, b| share(*b).total_cmp(&share(*a)));
    order
}

fn resource_name(scenario: &Scenario, kind: ResourceKind) -> String {
    let subject =
        |index: usize| scenario.steps.get(index).map(|step| step.name.subject()).unwrap_or_default();
    match kind {
        ResourceKind::ApiPool => explore::WORKERS.to_owned(),
        ResourceKind::Step(index) => subject(index),
        ResourceKind::Consumers(index) => explore::consumers_label(&subject(index)),
    }
}

fn state_word(state: SaturationState) -> &'static str {
    match state {
        SaturationState::Calm => explore::CALM,
        SaturationState::Busy => explore::BUSY,
        SaturationState::Hot => explore::HOT,
        SaturationState::Saturated => explore::SATURATED,
    }
}

/// The number of servers, and for workers how long an order holds one.
fn servers_text(resource: &Resource) -> String {
    match resource.kind {
        ResourceKind::ApiPool => explore::workers_label(resource.servers, resource.demand),
        ResourceKind::Step(_) | ResourceKind::Consumers(_) => explore::connection_count(resource.servers),
    }
}
