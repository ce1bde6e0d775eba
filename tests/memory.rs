//! Memory of a run, which must not allocate once it is under way nor exceed its limit, and of an evaluation.
//! These tests have their own program, because counting replaces the allocator.

use allocation_counter::measure;
use waiting_line::queueing::evaluate;
use waiting_line::scenario::{Placement, Scenario, Workload};
use waiting_line::simulation::{
    ClientRetries, EndCondition, Experiment, Fault, FaultKind, Jitter, Limits, Patience, Playback,
    Simulation, StopReason,
};
use waiting_line::units::{Probability, Rate, Servers, Time, Users, Variability};

const LIMITS: Limits = Limits { events: 1 << 40, in_flight: 400_000 };

/// A shop at 80 % of its capacity that uses timeouts, failures, retries, events and partitions.
fn busy_shop() -> Scenario {
    let mut shop = Scenario::online_shop();
    shop.workload = Workload::Open { arrival_rate: Rate::per_second(24.0) };
    shop.workers = Servers::new(60);
    for step in &mut shop.steps {
        step.attempts.failure = Probability::new(0.01);
        step.attempts.timeout = Some(Time::from_whole_seconds(3));
        step.attempts.retries = 2;
    }
    shop.steps[3].placement = Placement::Async;
    shop.broker.partitions = Some(4);
    shop.broker.ack_loss = Probability::new(0.01);
    shop
}

#[test]
fn a_run_under_way_allocates_nothing() {
    let shop = busy_shop();
    let patience = Patience::Limited(ClientRetries {
        retries: 2,
        backoff: Time::from_millis(100.0),
        jitter: Jitter::Full,
        budget: None,
    });
    for patience in [Patience::Infinite, patience] {
        for end in [EndCondition::Orders(u64::MAX), EndCondition::Time(Time::from_whole_seconds(1_000_000))] {
            let experiment = Experiment { patience, limits: LIMITS, ..Experiment::new(&shop).with_end(end) };
            let mut run = Simulation::new(&experiment).unwrap();
            run.run(2_000_000);
            let used = measure(|| {
                run.run(2_000_000);
            });
            assert_eq!((used.count_total, run.events()), (0, 4_000_000), "{experiment:?}");
        }
    }
}

#[test]
fn an_overloaded_run_stops_before_it_takes_64_mebibytes() {
    let mut shop = busy_shop();
    shop.workload = Workload::Open { arrival_rate: Rate::per_second(2_000.0) };
    let patience = Patience::Limited(ClientRetries {
        retries: 3,
        backoff: Time::ZERO,
        jitter: Jitter::None,
        budget: None,
    });
    let slow = Fault {
        kind: FaultKind::ConsumersStopped { step: 3 },
        from: Time::ZERO,
        until: Time::from_whole_seconds(1_000),
    };
    for (patience, workers) in [(Patience::Infinite, 60), (patience, 60), (patience, 1_000_000)] {
        shop.workers = Servers::new(workers);
        let experiment = Experiment { patience, faults: vec![slow], ..Experiment::new(&shop) };
        let mut run = Simulation::new(&experiment).unwrap();
        let used = measure(|| {
            assert_eq!(run.run_to_end(), StopReason::InFlightLimit);
        });
        assert!(used.bytes_max < 64 << 20, "{} MiB", used.bytes_max >> 20);
        assert!(run.bytes() < 64 << 20 && run.report().little.holds);
    }
}

#[test]
fn snapshots_stay_within_their_budget() {
    let mut shop = Scenario::online_shop();
    shop.workload = Workload::Closed { users: Users::new(500), think_time: Time::from_whole_seconds(1) };
    let start = Simulation::new(&Experiment::new(&shop).with_end(EndCondition::Orders(u64::MAX))).unwrap();
    let mut playback = Playback::new(start);
    let used = measure(|| {
        playback.advance(3_000_000);
    });
    assert!(used.bytes_max < 32 << 20, "{} MiB", used.bytes_max >> 20);
    assert!(playback.bytes() <= 24 << 20);
}

#[test]
fn one_evaluation_stays_below_4_mebibytes() {
    for (workers, users) in [(20, 100), (500, 2_000), (2_000, 10_000), (10_000_000, 100_000_000)] {
        for variability in [Variability::EXPONENTIAL, Variability::CONSTANT, Variability::MAX] {
            for placement in [Placement::Sync, Placement::Parallel] {
                let mut shop = Scenario::online_shop();
                shop.workload =
                    Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
                shop.workers = Servers::new(workers);
                for step in &mut shop.steps {
                    step.servers = Servers::new(step.servers.count() * workers / 20);
                    step.variability = variability;
                }
                shop.steps[1].placement = placement;
                let used = measure(|| assert!(evaluate(&shop).is_ok()));
                let what = format!("{workers} workers, {variability:?}, {placement:?}");
                assert!(used.bytes_max < 4 << 20, "{what}: {} KiB", used.bytes_max >> 10);
            }
        }
    }
}
