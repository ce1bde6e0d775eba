//! Explanations of the values of resources and of published events.

use super::{Accuracy, Explainer, number, rate, time};
use crate::queueing::evaluation::{Effect, EffectState, Resource, ResourceKind, ResourceState};
use crate::queueing::explain::Law;
use crate::queueing::stations::{allen_cunneen, several_servers};
use crate::units::format::{self, percent, significant};
use crate::units::{Rate, Servers, Variability};

impl Explainer<'_> {
    pub(super) fn limit(&self, resource: &Resource) -> Option<(Law, String, Accuracy)> {
        let place = self.evaluation.resources.iter().position(|other| std::ptr::eq(other, resource))?;
        let limit = self.evaluation.limits.iter().find(|limit| limit.resource == place)?;
        let formula = format!(
            "c / D = {} / {} = {}",
            format::count(resource.servers),
            time(resource.demand),
            rate(limit.capacity)
        );
        let law = match resource.kind {
            ResourceKind::Consumers(_) if self.scenario.broker.partitions.is_some() => Law::Partitions,
            _ => Law::Utilization,
        };
        let formula =
            if law == Law::Partitions { format!("1 / (D · h) = {}", rate(limit.capacity)) } else { formula };
        Some((law, formula, Accuracy::Exact))
    }

    pub(super) fn demand(&self, resource: &Resource) -> (Law, String, Accuracy) {
        let step = match resource.kind {
            ResourceKind::ApiPool => return self.unloaded(),
            ResourceKind::Step(step) | ResourceKind::Consumers(step) => step,
        };
        let service = self.scenario.steps[step].service_time;
        let visits = if service.is_zero() { 1.0 } else { resource.demand / service };
        let formula =
            format!("D = V · S = {} · {} = {}", significant(visits, 3), time(service), time(resource.demand));
        (Law::ServiceDemand, formula, Accuracy::Exact)
    }

    pub(super) fn utilization(&self, resource: &Resource) -> (Law, String, Accuracy) {
        let ResourceState::Steady { utilization, in_service, .. } = resource.state else {
            return self.overloaded_utilization(resource);
        };
        let (servers, share) = (format::count(resource.servers), percent(utilization.share()));
        let formula = match resource.kind {
            ResourceKind::ApiPool => format!("ρ = L / c = {} / {servers} = {share}", number(in_service)),
            ResourceKind::Step(_) | ResourceKind::Consumers(_) => {
                let throughput = rate(self.evaluation.outcome.throughput());
                format!("ρ = X · D / c = {throughput} · {} / {servers} = {share}", time(resource.demand))
            }
        };
        (Law::Utilization, formula, self.flow_accuracy())
    }

    /// Explains the utilization of a resource whose queue grows: all of it is busy, and the load offered is
    /// this share of it.
    fn overloaded_utilization(&self, resource: &Resource) -> (Law, String, Accuracy) {
        let (offered, servers) = (resource.offered.erlangs(), format::count(resource.servers));
        let share = offered / resource.servers as f64;
        let formula = if share > 1.0 {
            format!("ρ = λ · D / c = {} / {servers} = {}", number(offered), percent(share))
        } else {
            // A single consumer, or the whole chain, is full before all servers are.
            format!("ρ = {}, for the line before it grows by {} > 0", percent(1.0), rate(growth(resource)))
        };
        (Law::Utilization, formula, self.flow_accuracy())
    }

    pub(super) fn in_service(&self, resource: &Resource) -> (Law, String, Accuracy) {
        let ResourceState::Steady { in_service, residence, .. } = resource.state else {
            let servers = format::count(resource.servers);
            let formula =
                format!("L = c = {servers}, for the line before it grows by {} > 0", rate(growth(resource)));
            return (Law::FlowBalance, formula, self.flow_accuracy());
        };
        let held = if resource.kind == ResourceKind::ApiPool { residence.service } else { resource.demand };
        let throughput = rate(self.evaluation.outcome.throughput());
        let formula = format!("L = X · D = {throughput} · {} = {}", time(held), number(in_service));
        let pool = resource.kind == ResourceKind::ApiPool;
        (Law::Little, formula, if pool { self.chain_accuracy() } else { self.flow_accuracy() })
    }

    pub(super) fn waiting(&self, resource: &Resource) -> Option<(Law, String, Accuracy)> {
        let ResourceState::Steady { waiting, residence, .. } = resource.state else { return None };
        let visits = self.visits(resource);
        let formula =
            format!("L = X · W = {} · {} = {}", rate(visits), time(residence.waiting), number(waiting));
        Some((Law::Little, formula, self.waiting_time(resource)?.2))
    }

    /// Returns the visits to a resource per second.
    pub(super) fn visits(&self, resource: &Resource) -> Rate {
        let throughput = self.evaluation.outcome.throughput();
        match resource.kind {
            ResourceKind::Consumers(step) => {
                let effect = self.evaluation.effects.iter().find(|effect| effect.step == step);
                throughput * effect.map_or(1.0, |effect| effect.deliveries)
            }
            ResourceKind::ApiPool | ResourceKind::Step(_) => throughput,
        }
    }

    pub(super) fn waiting_time(&self, resource: &Resource) -> Option<(Law, String, Accuracy)> {
        let ResourceState::Steady { in_service, residence, .. } = resource.state else { return None };
        let wait = time(residence.waiting);
        match resource.kind {
            ResourceKind::ApiPool => self.pool_wait(),
            ResourceKind::Step(_) => Some((Law::WorkerPool, format!("W = {wait}"), self.chain_accuracy())),
            ResourceKind::Consumers(step) => {
                let variability = self.scenario.steps[step].variability;
                let (servers, load) = (format::count(resource.servers), number(in_service));
                let factor = significant(allen_cunneen(1.0, variability), 3);
                let service = time(residence.service);
                if self.scenario.broker.partitions.is_some() {
                    let formula = format!("W = Σ share · ρ S / (1 − ρ) · {factor} = {wait}");
                    return Some((Law::PollaczekKhinchine, formula, Accuracy::Approximation { error: 0.02 }));
                }
                let exponential = variability == Variability::EXPONENTIAL;
                let law = if exponential { Law::ErlangC } else { Law::AllenCunneen };
                let utilization = in_service / resource.servers as f64;
                let several = several_servers(Servers::new(resource.servers), utilization, variability);
                let corrected = if exponential || resource.servers == 1 {
                    factor
                } else {
                    format!("{factor} · {}", significant(several, 3))
                };
                let formula = format!(
                    "W = C({servers}, {load}) · {service} / ({servers} − {load}) · {corrected} = {wait}"
                );
                // Events leave the chain almost as a Poisson stream; far tails of services weigh less than
                // their variability says.
                let error = match variability.squared() {
                    squared if squared > 4.0 => 0.25,
                    _ if exponential => 0.02,
                    _ => 0.04,
                };
                Some((law, formula, Accuracy::Approximation { error }))
            }
        }
    }

    pub(super) fn staleness(&self, effect: &Effect) -> Option<(Law, String, Accuracy)> {
        let resource = self.resource(effect.step + 1)?;
        match effect.state {
            EffectState::Stable { staleness, .. } => {
                let ResourceState::Steady { residence, .. } = resource.state else { return None };
                let formula = format!(
                    "W + S = {} + {} ≤ {}",
                    time(residence.waiting),
                    time(residence.service),
                    time(staleness)
                );
                let formula = if effect.deliveries > 1.0 { formula } else { formula.replace('≤', "=") };
                Some((Law::SumOfSteps, formula, self.waiting_time(resource)?.2))
            }
            EffectState::FallingBehind { growth, .. } if effect.partitions.is_some() => {
                let formula = format!("Σ max(0, h λ − 1 / D) = {}", rate(growth));
                Some((Law::Partitions, formula, self.flow_accuracy()))
            }
            EffectState::FallingBehind { growth, capacity } => {
                let formula = format!(
                    "λ − c / D = {} − {} = {}",
                    rate(effect.arrival_rate),
                    rate(capacity),
                    rate(growth)
                );
                Some((Law::FlowBalance, formula, self.flow_accuracy()))
            }
        }
    }

    pub(super) fn lag(&self, effect: &Effect) -> Option<(Law, String, Accuracy)> {
        let EffectState::Stable { lag, .. } = effect.state else { return self.staleness(effect) };
        let resource = self.resource(effect.step + 1)?;
        let ResourceState::Steady { residence, .. } = resource.state else { return None };
        let formula = format!(
            "L = X · (W + S) = {} · {} = {}",
            rate(self.visits(resource)),
            time(residence.total()),
            number(lag)
        );
        Some((Law::Little, formula, self.waiting_time(resource)?.2))
    }

    pub(super) fn deliveries(&self, effect: &Effect) -> (Law, String, Accuracy) {
        let broker = self.scenario.broker;
        let failure = self.scenario.steps[effect.step].attempts.failure;
        let formula = format!(
            "1 + q + … + q^{} = {}, q = {} + (1 − {}) · {}",
            broker.max_deliveries.saturating_sub(1),
            significant(effect.deliveries, 4),
            percent(failure.value()),
            percent(failure.value()),
            percent(broker.ack_loss.value()),
        );
        (Law::AtLeastOnce, formula, Accuracy::Assumption)
    }
}

/// Returns the growth of the queue before a resource.
fn growth(resource: &Resource) -> Rate {
    match resource.state {
        ResourceState::Growing { growth, .. } => growth,
        ResourceState::Steady { .. } => Rate::ZERO,
    }
}
