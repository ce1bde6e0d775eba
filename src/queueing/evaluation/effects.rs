//! The consumers of published events: utilization, lag and staleness.

use super::results::{
    Effect, EffectState, PartitionLoad, Percentiles, Residence, ResourceState, steady_resource,
};
use crate::queueing::evaluation::distribution::TimeDistribution;
use crate::queueing::evaluation::response;
use crate::queueing::evaluation::step_work::StepWork;
use crate::queueing::stations::Station;
use crate::queueing::stations::partitions::{ConsumerClass, PartitionedTopic};
use crate::queueing::stations::service_time_law::ServiceTimeLaw;
use crate::scenario::Broker;
use crate::units::{Rate, Servers, Time};

/// The consumers of one asynchronous step under a stream of events.
pub(crate) struct Consumers<'a> {
    /// The step's index in the scenario.
    pub(crate) step: usize,
    pub(crate) work: &'a StepWork,
    pub(crate) broker: &'a Broker,
    /// Events per second.
    pub(crate) events: Rate,
}

/// The state of the consumers, as a resource and as an effect.
pub(crate) struct ConsumerOutcome {
    pub(crate) resource: ResourceState,
    pub(crate) effect: Effect,
}

impl Consumers<'_> {
    /// Returns the deliveries per second.
    fn deliveries(&self) -> Rate {
        self.events * self.work.visits
    }

    /// Returns the maximum number of events per second; `None` if processing takes no time.
    pub(crate) fn capacity(&self) -> Option<Rate> {
        let deliveries = match self.partitioned() {
            Some(partitioned) => partitioned.capacity(),
            None => self.station().capacity(),
        };
        deliveries.map(|rate| rate * (1.0 / self.work.visits))
    }

    pub(crate) fn outcome(&self) -> ConsumerOutcome {
        let resource = match self.capacity() {
            Some(capacity) if self.events >= capacity => {
                ResourceState::Growing { growth: self.growth(capacity), capacity }
            }
            _ => self.steady_state(),
        };
        let state = match resource {
            ResourceState::Growing { growth, capacity } => EffectState::FallingBehind { growth, capacity },
            ResourceState::Steady { in_service, waiting, residence, .. } => EffectState::Stable {
                staleness: residence.total() * self.work.delivery.deliveries_to_effect(),
                lag: in_service + waiting,
                percentiles: self.percentiles(),
            },
        };
        let delivery = &self.work.delivery;
        let effect = Effect {
            step: self.step,
            arrival_rate: self.events,
            state,
            deliveries: self.work.visits,
            duplicates: self.events * delivery.duplicates(),
            dead_letters: self.events * delivery.dead_letters().value(),
            lost: self.events * delivery.lost().value(),
            partitions: self.partitioned().map(|partitioned| partition_load(&partitioned)),
        };
        ConsumerOutcome { resource, effect }
    }

    /// Returns the growth of the backlog in events per second when they exceed the capacity. In a partitioned
    /// topic only the queues of full consumers grow.
    fn growth(&self, capacity: Rate) -> Rate {
        let Some(partitioned) = self.partitioned() else { return self.events - capacity };
        let excess_of = |class: &ConsumerClass| {
            let most = Rate::per_second(1.0 / class.server.service_time.seconds());
            let excess =
                if class.server.arrival_rate > most { class.server.arrival_rate - most } else { Rate::ZERO };
            excess * class.consumers as f64
        };
        partitioned.classes().iter().map(excess_of).fold(Rate::ZERO, |sum, rate| sum + rate)
            * (1.0 / self.work.visits)
    }

    /// Returns the consumers by their load: their number, the share of the events that they get together, and
    /// the time that one of them needs for one event, over all its deliveries. Empty if that takes no time.
    pub(crate) fn classes(&self) -> Vec<(Servers, f64, Time)> {
        let per_event = self.work.visit * self.work.visits;
        if per_event.is_zero() {
            return Vec::new();
        }
        let class = |class: &ConsumerClass| {
            (Servers::new(class.consumers), class.share * class.consumers as f64, per_event)
        };
        match self.partitioned() {
            Some(partitioned) => partitioned.classes().iter().map(class).collect(),
            None => vec![(self.work.servers, 1.0, per_event)],
        }
    }

    /// The queue that all consumers share in a topic without partitions.
    fn station(&self) -> Station {
        Station {
            service_time: self.work.visit,
            servers: self.work.servers,
            variability: self.work.visit_variability,
        }
    }

    /// The topic with a queue for each consumer, if it has partitions.
    fn partitioned(&self) -> Option<PartitionedTopic> {
        self.broker.partitions.map(|partitions| PartitionedTopic {
            arrival_rate: self.deliveries(),
            partitions,
            hot_key_share: self.broker.hot_key_share,
            consumers: self.work.servers,
            service_time: self.work.visit,
            variability: self.work.visit_variability,
        })
    }

    /// Returns the steady state, below the capacity.
    fn steady_state(&self) -> ResourceState {
        let deliveries = self.deliveries();
        let wait = match self.partitioned() {
            Some(partitioned) => {
                let wait = |class: &ConsumerClass| {
                    class.server.waiting_time().unwrap_or(Time::ZERO) * (class.share * class.consumers as f64)
                };
                partitioned.classes().iter().map(wait).sum()
            }
            None => self.station().steady_state(deliveries).map_or(Time::ZERO, |steady| steady.waiting_time),
        };
        let busy = deliveries.value() * self.work.visit.seconds();
        let residence = Residence { waiting: wait, service: self.work.visit };
        steady_resource(self.work.servers.as_f64(), busy, deliveries.value() * wait.seconds(), residence)
    }

    /// Returns the percentiles of the time from the publication to the effect; in a partitioned topic those
    /// of the busiest consumer, whose events are late.
    fn percentiles(&self) -> Percentiles {
        let again = self.work.delivery.deliveries_to_effect();
        if let Some(class) = self.partitioned().and_then(|partitioned| partitioned.classes().first().copied())
        {
            let at = |share| class.server.response_quantile(share).unwrap_or(Time::ZERO) * again;
            return Percentiles { p50: at(0.50), p95: at(0.95), p99: at(0.99) };
        }
        let station = self.station();
        let Some(steady) = station.steady_state(self.deliveries()) else { return Percentiles::default() };
        let law = ServiceTimeLaw::new(Time::ZERO, self.work.visit, self.work.visit_variability);
        let wait = station.wait_in_open_stream(&steady);
        let (mean, variance) = law.moments();
        let reach = mean - law.shift + wait.mean() + 9.0 * (variance + wait.variance()).sqrt();
        let mut distribution = TimeDistribution::new(512, 0.0, reach, &|_| 1.0);
        distribution.add(&law);
        distribution.add_wait(&wait);
        let Percentiles { p50, p95, p99 } = response::percentiles(&distribution);
        Percentiles { p50: p50 * again, p95: p95 * again, p99: p99 * again }
    }
}

fn partition_load(partitioned: &PartitionedTopic) -> PartitionLoad {
    let classes = partitioned.classes();
    let load = |class: Option<&ConsumerClass>| class.map(|class| class.server.offered()).unwrap_or_default();
    PartitionLoad {
        useful_consumers: partitioned.useful_consumers(),
        busiest: load(classes.first()),
        idlest: load(classes.last()),
    }
}
