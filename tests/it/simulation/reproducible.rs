//! A run is a function of its experiment, independent of how it is advanced.

use std::collections::VecDeque;

use waiting_line::scenario::Scenario;
use waiting_line::simulation::{
    EndCondition, Experiment, Instant, Location, Playback, Recorder, Simulation, TraceEvent, TraceRecord,
    trace_digest,
};
use waiting_line::units::{Time, Variability};

use super::pairs::{PAIRS, combine_digests, digests, for_each_experiment};
use super::{chain, closed, experiment, open, seconds};

/// The combined digest, which is the same on every machine. It changes only if the engine behaves
/// differently.
const DIGEST: u64 = 0x433e_112e_11bc_0293;

#[test]
fn two_hundred_experiments_run_as_everywhere() {
    let all = combine_digests(&digests());
    assert_eq!(all, DIGEST, "{all:#018x}");
    let mut all = digests();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), PAIRS as usize, "every experiment runs differently");
}

#[test]
fn nothing_is_lost_in_any_of_them() {
    for_each_experiment(|experiment| {
        let mut simulation = Simulation::new(experiment).unwrap();
        simulation.run(20_000);
        let (report, gauges) = (simulation.report(), simulation.gauges());
        assert!(report.little.holds, "{:?}", report.little);
        let orders = report.orders;
        assert_eq!(orders.submitted, orders.answered + orders.failed + u64::from(gauges.in_system));
        assert!(u64::from(gauges.workers_busy) <= experiment.scenario.workers.count());
        assert!(orders.attempts >= orders.submitted && orders.in_time <= orders.answered);
        for ((step, report), gauge) in experiment.scenario.steps.iter().zip(&report.steps).zip(&gauges.steps)
        {
            assert!(u64::from(gauge.busy) <= step.servers.count());
            let counts = report.counts;
            assert!(
                counts.effects >= counts.duplicates
                    && counts.published + counts.dead_letters >= u64::from(gauge.lag)
            );
            assert!(counts.effects + counts.failures + counts.skipped <= counts.started + counts.redelivered);
        }
    });
}

#[test]
fn everything_in_flight_is_seen_where_it_is_counted() {
    let seen = for_each_experiment(|experiment| {
        let mut simulation = Simulation::new(experiment).unwrap();
        simulation.run(3_000);
        let gauges = simulation.gauges();
        let count = |place| simulation.in_flight().filter(|item| item.location == place).count() as u32;
        assert_eq!(count(Location::WorkerQueue), gauges.workers_waiting);
        for (step, gauge) in gauges.steps.iter().enumerate() {
            assert_eq!(
                (count(Location::Queue(step)), count(Location::InService(step))),
                (gauge.waiting, gauge.busy)
            );
            let events = simulation.in_flight().filter(|item| {
                let locations = [
                    Location::InTransit(step),
                    Location::Queue(step),
                    Location::InService(step),
                    Location::Outbox(step),
                ];
                item.is_event && locations.contains(&item.location)
            });
            assert_eq!(events.count() as u32, gauge.lag);
        }
        simulation.in_flight().filter(|item| item.is_awaited).count()
    });
    assert!(seen.iter().sum::<usize>() > 1_000);
}

#[test]
fn the_seed_decides() {
    let shop = Scenario::online_shop();
    let digest = |seed| {
        let scenario = Scenario { seed, ..shop.clone() };
        trace_digest(&Experiment::new(&scenario), 5_000).unwrap()
    };
    assert_eq!(digest(1), digest(1));
    assert_ne!(digest(1), digest(2));
}

fn records(experiment: &Experiment<'_>, events: u64) -> Vec<TraceRecord> {
    let mut simulation = Simulation::new(experiment).unwrap();
    simulation.recorder = Recorder::Latest { capacity: 1 << 20, records: VecDeque::new() };
    simulation.run(events);
    match simulation.recorder {
        Recorder::Latest { records, .. } => records.into(),
        other => panic!("{other:?}"),
    }
}

/// Another latency of one step changes neither the arrivals nor the service times of other steps.
#[test]
fn a_latency_changes_nothing_but_itself() {
    let before = chain(&[(100.0, 50), (200.0, 50), (50.0, 50)], 1_000, open(20.0));
    let mut after = before.clone();
    after.steps[1].service_time = Time::from_millis(900.0);
    let [before, after] = [before, after].map(|scenario| records(&Experiment::new(&scenario), 20_000));
    let times = |records: &[TraceRecord], event, count: usize| -> Vec<Instant> {
        records.iter().filter(|record| record.event == event).map(|record| record.at).take(count).collect()
    };
    assert_eq!(times(&before, TraceEvent::Submitted, 3_000), times(&after, TraceEvent::Submitted, 3_000));
    let first_step = |records: &[TraceRecord]| -> Vec<(u32, Instant)> {
        let ended =
            records.iter().filter(|record| (record.event, record.step) == (TraceEvent::Ended, Some(0)));
        ended.map(|record| (record.order, record.at)).take(3_000).collect()
    };
    assert_eq!(first_step(&before), first_step(&after));
    let last_step = |records: &[TraceRecord]| -> Vec<u64> {
        let at = |event| records.iter().filter(move |record| (record.event, record.step) == (event, Some(2)));
        let started: std::collections::HashMap<u32, Instant> =
            at(TraceEvent::Started).map(|record| (record.order, record.at)).collect();
        let mut spans: Vec<(Instant, u64)> = at(TraceEvent::Ended)
            .map(|record| (started[&record.order], (record.at - started[&record.order]).nanos()))
            .collect();
        spans.sort_unstable();
        spans.into_iter().map(|(_, span)| span).take(1_000).collect()
    };
    assert_eq!(last_step(&before), last_step(&after));
}

#[test]
fn running_in_pieces_is_running() {
    let shop = Scenario { workload: closed(60, 0.5), ..Scenario::online_shop() };
    let experiment = experiment(&shop, EndCondition::Time(seconds(100.0)));
    let mut whole = Simulation::new(&experiment).unwrap();
    whole.run_to_end();
    let mut pieces = Simulation::new(&experiment).unwrap();
    for second in 1..200_u32 {
        pieces.run(u64::from(second % 7));
        pieces.run_until(Instant::at(Time::from_millis(f64::from(second) * 333.0)));
    }
    pieces.run_to_end();
    assert_eq!(whole.gauges(), pieces.gauges());
    assert_eq!(whole.events(), pieces.events());
    assert_eq!(whole.history(), pieces.history());
    assert_eq!(whole.report().response_time, pieces.report().response_time);
}

fn seek_moment(playback: &mut Playback, moment: Instant) {
    playback.rewind_before(moment);
    while !playback.advance_to(moment, u64::MAX) {}
}

#[test]
fn going_back_and_forth_comes_to_the_same_state() {
    let shop = Scenario { workload: closed(200, 0.5), ..Scenario::online_shop() };
    let experiment = experiment(&shop, EndCondition::Orders(100_000));
    let mut straight = Simulation::new(&experiment).unwrap();
    let mut playback = Playback::new(straight.clone());
    playback.advance(200_000);
    for target in [150_001, 3, 77_777, 0, 199_999, 200_000] {
        playback.seek(target);
        assert_eq!(playback.simulation().events(), target);
    }
    playback.rewind(50_000);
    straight.run(150_000);
    assert_eq!(playback.simulation().gauges(), straight.gauges());
    let moment = straight.now();
    playback.advance(20_000);
    seek_moment(&mut playback, moment);
    assert_eq!(playback.simulation().gauges(), straight.gauges());
    seek_moment(&mut playback, Instant::at(seconds(1.0)));
    let mut early = Simulation::new(&experiment).unwrap();
    early.run_until(Instant::at(seconds(1.0)));
    assert_eq!(playback.simulation().gauges(), early.gauges());
    assert_eq!(playback.simulation().history(), early.history());
    assert!(playback.bytes() <= 24 << 20, "{} bytes", playback.bytes());
}

/// All events of an order in a shop with constant service times.
#[test]
fn an_order_can_be_followed() {
    use waiting_line::scenario::Placement::{Async, Parallel};
    let mut shop = Scenario { workload: closed(1, 1.0), ..Scenario::online_shop() };
    for step in &mut shop.steps {
        step.variability = Variability::CONSTANT;
    }
    shop.steps[1].placement = Parallel;
    shop.steps[3].placement = Async;
    shop.broker.publish_latency = Time::from_millis(5.0);
    let run = Simulation::new(&Experiment::new(&shop)).unwrap();
    let records = Playback::new(run).trace(2, 1_000).records;
    let start = records[0].at;
    let events: Vec<(f64, TraceEvent, Option<u8>)> = records
        .iter()
        .inspect(|record| assert_eq!((record.order, record.attempt), (2, 1)))
        .map(|record| ((record.at - start).time().millis(), record.event, record.step))
        .collect();
    assert_eq!(
        events,
        [
            (0.0, TraceEvent::Submitted, None),
            (0.0, TraceEvent::WorkerAssigned, None),
            (0.0, TraceEvent::Started, Some(0)),
            (0.0, TraceEvent::Started, Some(1)),
            (200.0, TraceEvent::Ended, Some(1)),
            (200.0, TraceEvent::Effect, Some(1)),
            (300.0, TraceEvent::Ended, Some(0)),
            (300.0, TraceEvent::Effect, Some(0)),
            (300.0, TraceEvent::Started, Some(2)),
            (700.0, TraceEvent::Ended, Some(2)),
            (700.0, TraceEvent::Effect, Some(2)),
            (705.0, TraceEvent::Published, None),
            (705.0, TraceEvent::Started, Some(3)),
            (705.0, TraceEvent::Answered, None),
            (855.0, TraceEvent::Ended, Some(3)),
            (855.0, TraceEvent::Effect, Some(3)),
        ]
    );
}
