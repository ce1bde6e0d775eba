//! Brokers, partitions and deliveries.

use waiting_line::queueing::laws::capacity::servers_for;
use waiting_line::queueing::laws::delivery::AtLeastOnce;
use waiting_line::queueing::laws::offered_load;
use waiting_line::queueing::stations::Station;
use waiting_line::queueing::stations::partitions::PartitionedTopic;
use waiting_line::units::{Probability, Rate, Servers, Time, Utilization, Variability};

use super::case::Case;

pub(super) fn partitions(case: &mut Case) {
    let topic = |hot: f64, variability| PartitionedTopic {
        arrival_rate: Rate::per_second(case.input("event_rate")),
        partitions: case.input("partitions") as u16,
        hot_key_share: Probability::new(hot),
        consumers: Servers::new(100),
        service_time: case.time("processing_time"),
        variability,
    };
    let publish = case.time("publish_latency");
    let hot_topic = topic(case.input("hot_key_share"), Variability::EXPONENTIAL);
    let classes = hot_topic.classes();
    let (hot, cold) = (classes[0].server, classes[1].server);
    let event_time = |server: waiting_line::queueing::stations::pollaczek_khinchine::SingleServer| {
        server.waiting_time().map(|wait| publish + wait + server.service_time)
    };
    let even = topic(0.0, Variability::EXPONENTIAL).classes()[0].server;
    let even_constant = topic(0.0, Variability::CONSTANT).classes()[0].server;
    case.expect("hot_partition_rate", hot.arrival_rate.value());
    case.expect("cold_partition_rate", cold.arrival_rate.value());
    case.expect("hot_utilisation", hot.offered().erlangs());
    case.expect("cold_utilisation", cold.offered().erlangs());
    case.expect("even_utilisation", even.offered().erlangs());
    case.expect("max_useful_consumers", hot_topic.useful_consumers() as f64);
    case.expect("even_event_time_exp", event_time(even).unwrap().seconds());
    case.expect("even_event_time_det", event_time(even_constant).unwrap().seconds());
    let pooled = Station {
        service_time: hot.service_time,
        servers: Servers::new(12),
        variability: Variability::EXPONENTIAL,
    };
    let wait = pooled.steady_state(hot_topic.arrival_rate).unwrap().waiting_time;
    case.expect("pooled_mmc_event_time", (publish + wait + hot.service_time).seconds());
    if let Some(hot_time) = event_time(hot) {
        let mean: f64 = classes
            .iter()
            .map(|class| class.share * class.consumers as f64 * event_time(class.server).unwrap().seconds())
            .sum();
        case.expect("mean_event_time_exp", mean);
        case.expect("hot_event_time_exp", hot_time.seconds());
        case.expect("hot_event_p99_exp", (publish + hot.response_quantile(0.99).unwrap()).seconds());
    } else {
        let ten_minutes = Time::from_whole_seconds(600);
        let capacity = Rate::per_second(1.0 / hot.service_time.seconds());
        let growth = hot.arrival_rate - capacity;
        let behind =
            waiting_line::queueing::transients::fluid::backlog(hot.arrival_rate, capacity, ten_minutes);
        case.expect("hot_lag_growth", growth.value());
        case.expect("hot_lag_after_10min", behind);
        let staleness = waiting_line::queueing::transients::fluid::backlog_wait(behind, capacity);
        case.expect("hot_staleness_after_10min", staleness.seconds());
    }
}

pub(super) fn at_least_once(case: &mut Case) {
    let delivery = AtLeastOnce {
        failure: Probability::new(case.input("processing_failure")),
        ack_loss: Probability::new(case.input("ack_loss")),
        max_deliveries: case.input("max_deliveries") as u8,
    };
    let rate = Rate::per_second(case.input("event_rate"));
    let load = offered_load(rate * delivery.deliveries(), case.time("processing_time"));
    let (dead, lost) = (delivery.dead_letters().value(), delivery.lost().value());
    case.expect("deliveries_per_event", delivery.deliveries());
    case.expect("effects_per_event_without_idempotence", delivery.effects());
    case.expect("duplicate_effects_per_event", delivery.duplicates());
    case.expect("dlq_probability", dead);
    case.expect("dlq_rate", rate.value() * dead);
    case.expect("lost_effect_probability", lost);
    case.expect("dlq_although_processed", dead - lost);
    case.expect("consumer_load", load.erlangs());
    let consumers = servers_for(load, Utilization::from_share(0.8)).unwrap();
    case.expect("min_consumers_at_80_percent", consumers as f64);
}
