//! Behaviour of steps, clients and the broker under faults, with and without countermeasures.

use waiting_line::scenario::{Placement, Scenario};
use waiting_line::simulation::{
    BreakerRule, ClientRetries, Discipline, EndCondition, Experiment, Fault, FaultKind, Instant, Jitter,
    Limits, LoadPattern, Patience, QueueRule, Redelivery, Replay, Report, RetryBudget, Simulation, StepRule,
    StopReason,
};
use waiting_line::units::{Probability, Servers, Time, Variability};

use super::{chain, closed, experiment, open, run, run_orders, seconds, station};

const IMPATIENT: ClientRetries =
    ClientRetries { retries: 3, backoff: Time::ZERO, jitter: Jitter::None, budget: None };

fn fault(kind: FaultKind, from: f64, until: f64) -> Fault {
    Fault { kind, from: seconds(from), until: seconds(until) }
}

/// A dependency at 70 % of its capacity, four times slower for thirty seconds, with clients that retry.
/// Returns goodput and requests per second at the end.
fn goodput_and_attempts_after_storm(change: impl Fn(&mut Experiment<'_>)) -> (f64, f64) {
    let mut scenario = station(70.0, 100.0, 10, 1.0);
    scenario.client.timeout = seconds(1.0);
    scenario.workers = Servers::new(10_000_000);
    let mut experiment = experiment(&scenario, EndCondition::Time(seconds(300.0)));
    experiment.patience = Patience::Limited(IMPATIENT);
    experiment.faults = vec![fault(FaultKind::StepSlow { step: 0, factor: 4.0 }, 100.0, 130.0)];
    change(&mut experiment);
    let mut simulation = Simulation::new(&experiment).unwrap();
    assert_eq!(simulation.run_to_end(), StopReason::Complete);
    let last = simulation.history().last().cloned().unwrap();
    (last.goodput.value(), last.attempts.value())
}

#[test]
fn what_ends_a_retry_storm_and_what_does_not() {
    let retry = |rule| move |experiment: &mut Experiment<'_>| experiment.patience = Patience::Limited(rule);
    let budget = RetryBudget { share: Probability::new(0.1), reserve: 10 };
    let (goodput, attempts) = goodput_and_attempts_after_storm(|_| {});
    assert!(goodput < 1.0 && attempts > 270.0, "it lasts: {goodput}, {attempts}");
    let (goodput, _) = goodput_and_attempts_after_storm(retry(ClientRetries { retries: 1, ..IMPATIENT }));
    assert!(goodput < 1.0, "one retry is enough for it: {goodput}");
    let (goodput, _) =
        goodput_and_attempts_after_storm(retry(ClientRetries { backoff: seconds(2.0), ..IMPATIENT }));
    assert!(goodput < 10.0, "two seconds of backoff do not help: {goodput}");
    let (goodput, _) = goodput_and_attempts_after_storm(retry(ClientRetries { retries: 0, ..IMPATIENT }));
    assert!(goodput > 60.0, "without retries it ends: {goodput}");
    let (goodput, attempts) =
        goodput_and_attempts_after_storm(retry(ClientRetries { budget: Some(budget), ..IMPATIENT }));
    assert!(goodput > 60.0 && attempts < 80.0, "a budget of a tenth ends it: {goodput}, {attempts}");
    let (goodput, _) =
        goodput_and_attempts_after_storm(|experiment| experiment.steps[0].queue.capacity = Some(50));
    assert!(goodput > 60.0, "a bounded line ends it: {goodput}");
    let (goodput, _) = goodput_and_attempts_after_storm(|experiment| {
        experiment.steps[0].queue.shed_after = Some(seconds(0.5));
    });
    assert!(goodput > 60.0, "shedding quantity waited too long ends it: {goodput}");
    let (goodput, _) = goodput_and_attempts_after_storm(|experiment| {
        experiment.steps[0].queue.discipline = Discipline::Lifo;
    });
    assert!(goodput > 50.0, "last come, first served: {goodput}");
}

#[test]
fn a_retry_budget_bounds_the_retries() {
    let scenario = Scenario {
        client: waiting_line::scenario::Client { timeout: seconds(0.1) },
        ..station(50.0, 100.0, 100, 0.0)
    };
    let mut experiment = experiment(&scenario, EndCondition::Orders(10_000));
    let budget = RetryBudget { share: Probability::new(0.2), reserve: 5 };
    experiment.patience = Patience::Limited(ClientRetries { budget: Some(budget), ..IMPATIENT });
    experiment.faults = vec![fault(FaultKind::StepDown { step: 0 }, 0.0, 1e6)];
    let orders = run(&experiment).orders;
    let retries = orders.attempts - orders.submitted;
    assert!(retries <= 5 + orders.submitted / 5 && retries > orders.submitted / 6, "{retries} retries");
}

#[test]
fn a_dropped_request_frees_what_it_held() {
    let overload = |cancels| {
        let mut scenario = chain(&[(100.0, 4), (100.0, 4)], 20, open(60.0));
        scenario.client.timeout = seconds(1.0);
        let patience = Patience::Limited(ClientRetries { retries: 0, ..IMPATIENT });
        let experiment = Experiment {
            cancels_abandoned_work: cancels,
            patience,
            ..experiment(&scenario, EndCondition::Time(seconds(100.0)))
        };
        let mut simulation = Simulation::new(&experiment).unwrap();
        simulation.run_to_end();
        (simulation.gauges(), simulation.report())
    };
    let (gauges, kept) = overload(false);
    assert!(gauges.workers_waiting > 1_000, "{gauges:?}");
    let (gauges, dropped) = overload(true);
    assert!(gauges.workers_waiting <= 60 && gauges.workers_busy <= 20, "{gauges:?}");
    assert_eq!(dropped.orders.late_answers, 0);
    assert!(kept.orders.late_answers > 1_000);
    assert!(dropped.goodput.value.value() > kept.goodput.value.value());
}

#[test]
fn a_breaker_spares_a_step_that_fails() {
    let scenario = station(100.0, 10.0, 50, 1.0);
    let mut experiment = experiment(&scenario, EndCondition::Time(seconds(60.0)));
    experiment.faults = vec![fault(FaultKind::StepErrors { step: 0, share: Probability::ONE }, 10.0, 20.0)];
    let without = run(&experiment);
    assert!(without.steps[0].counts.failures > 900);
    experiment.steps[0].breaker =
        Some(BreakerRule { window: 20, threshold: Probability::new(0.5), open_for: seconds(1.0) });
    let with = run(&experiment);
    assert!((10..40).contains(&with.steps[0].counts.failures), "{:?}", with.steps[0].counts);
    assert!(with.steps[0].counts.rejected > 800);
    assert!(with.orders.answered > 4_800, "it closes again: {:?}", with.orders);
}

#[test]
fn a_bulkhead_keeps_a_slow_step_from_taking_all_workers() {
    let mut scenario = chain(&[(10.0, 50), (100.0, 50)], 20, open(50.0));
    scenario.steps[1].attempts.timeout = Some(seconds(5.0));
    let mut experiment = experiment(&scenario, EndCondition::Time(seconds(120.0)));
    experiment.faults = vec![fault(FaultKind::StepSlow { step: 1, factor: 100.0 }, 20.0, 100.0)];
    let mut peak = |bulkhead| {
        experiment.steps[1].bulkhead = bulkhead;
        let mut simulation = Simulation::new(&experiment).unwrap();
        simulation.run_until(Instant::at(seconds(90.0)));
        simulation.gauges().workers_busy
    };
    assert_eq!(peak(None), 20);
    assert!(peak(Some(8)) <= 10);
}

#[test]
fn shedding_bounds_the_wait() {
    let scenario = station(30.0, 100.0, 2, 0.0);
    let mut experiment = experiment(&scenario, EndCondition::Time(seconds(100.0)));
    experiment.steps[0].queue.shed_after = Some(seconds(0.5));
    let report = run(&experiment);
    assert!(report.percentiles.unwrap().p999.value <= seconds(0.6), "{:?}", report.percentiles);
    assert!(report.throughput.value.value() > 19.0 && report.orders.failed > 500);
}

#[test]
fn the_line_for_a_worker_can_be_bounded() {
    let scenario = chain(&[(100.0, 100)], 2, open(30.0));
    let mut experiment = experiment(&scenario, EndCondition::Time(seconds(100.0)));
    experiment.pool = QueueRule { capacity: Some(3), ..QueueRule::default() };
    let mut simulation = Simulation::new(&experiment).unwrap();
    while simulation.step() {
        let gauges = simulation.gauges();
        assert!(gauges.workers_waiting <= 3 && gauges.workers_busy <= 2);
    }
    let orders = simulation.report().orders;
    assert!(orders.rejected > 800 && orders.rejected == orders.failed, "{orders:?}");
}

/// A published email whose acknowledgement is lost with a probability of 20 %.
fn newsletter() -> Scenario {
    let mut scenario = chain(&[(10.0, 10), (50.0, 20)], 50, open(100.0));
    scenario.steps[1].placement = Placement::Async;
    scenario.broker.ack_loss = Probability::new(0.2);
    scenario
}

#[test]
fn an_idempotent_consumer_sends_no_email_twice() {
    let scenario = newsletter();
    let mut experiment = experiment(&scenario, EndCondition::Orders(20_000));
    let twice = run(&experiment).steps[1].counts;
    assert!(twice.duplicates > 4_000, "{twice:?}");
    experiment.steps[1].idempotent = true;
    let once = run(&experiment).steps[1].counts;
    assert_eq!(once.duplicates, 0);
    assert!(once.skipped > 4_000, "{once:?}");
}

#[test]
fn an_idempotency_key_charges_nobody_twice() {
    let mut scenario = chain(&[(50.0, 100), (400.0, 100), (20.0, 10)], 1_000, open(50.0));
    scenario.steps[2].placement = Placement::Async;
    scenario.client.timeout = seconds(1.0);
    let mut experiment = experiment(&scenario, EndCondition::Orders(20_000));
    experiment.patience = Patience::Limited(IMPATIENT);
    let duplicates =
        |report: &Report| -> Vec<u64> { report.steps.iter().map(|step| step.counts.duplicates).collect() };
    let without = duplicates(&run(&experiment));
    assert!(without[0] > 1_000 && without[2] > 1_000, "{without:?}");
    experiment.idempotency_key = true;
    let with = duplicates(&run(&experiment));
    assert!(with[0] < 20, "only quantity had not been done when the order came again: {with:?}");
    assert_eq!(with[2], 0, "published once");
}

#[test]
fn an_outbox_loses_no_event() {
    let mut scenario = newsletter();
    scenario.broker.ack_loss = Probability::ZERO;
    let outage = |outbox| {
        let mut experiment = experiment(&scenario, EndCondition::Time(seconds(100.0)));
        experiment.faults = vec![fault(FaultKind::BrokerDown, 20.0, 30.0)];
        experiment.broker.outbox = outbox;
        let report = run(&experiment);
        (report.orders, report.steps[1].counts, report.steps[1].effect.unwrap())
    };
    let (orders, counts, _) = outage(false);
    assert!((900..1_100).contains(&orders.events_lost), "{orders:?}");
    assert_eq!(counts.published + orders.events_lost, orders.answered);
    let (orders, counts, effect) = outage(true);
    assert_eq!((orders.events_lost, counts.published), (0, orders.answered));
    assert!(counts.effects + 50 > counts.published, "all but the last ones are handled");
    assert!(effect.staleness_p99.unwrap() > seconds(8.0), "those of the outage are late: {effect:?}");
}

#[test]
fn poison_ends_in_the_dead_letters_and_a_replay_after_the_cure_handles_it() {
    let mut scenario = newsletter();
    scenario.broker.ack_loss = Probability::ZERO;
    scenario.steps[1].servers = Servers::new(50);
    let mut experiment = experiment(&scenario, EndCondition::Time(seconds(100.0)));
    let poison = FaultKind::Poison { step: 1, share: Probability::new(0.1) };
    experiment.faults = vec![fault(poison, 10.0, 50.0)];
    let dead = run(&experiment).steps[1].counts;
    assert!((320..480).contains(&dead.dead_letters), "{dead:?}");
    assert_eq!(dead.redelivered, 4 * dead.dead_letters);
    experiment.replays = vec![Replay { step: 1, at: seconds(60.0) }];
    let replayed = run(&experiment).steps[1].counts;
    assert_eq!(replayed.dead_letters, dead.dead_letters);
    // The events that the end of the run cuts off differ a little, because the replay draws service times,
    // too.
    let handled = replayed.effects.abs_diff(dead.effects + dead.dead_letters);
    assert!(handled < 20, "{replayed:?} after {dead:?}");
}

#[test]
fn a_retry_in_place_keeps_the_order_and_holds_up_the_rest() {
    let mut scenario = chain(&[(10.0, 1)], 50, open(40.0));
    scenario.steps[0].placement = Placement::Async;
    scenario.steps[0].attempts.failure = Probability::new(0.05);
    scenario.steps[0].attempts.backoff = Time::from_millis(200.0);
    scenario.broker.partitions = Some(1);
    let outcome = |redelivery| {
        let mut experiment = experiment(&scenario, EndCondition::Orders(20_000));
        experiment.broker.redelivery = redelivery;
        let step = run(&experiment).steps[0];
        (step.counts.reordered, step.effect.unwrap().staleness.unwrap().value)
    };
    let (reordered, _) = outcome(Redelivery::Later);
    assert!(reordered > 500, "{reordered}");
    let (reordered_in_place, staleness) = outcome(Redelivery::InPlace);
    assert_eq!(reordered_in_place, 0);
    assert!(staleness > seconds(0.05), "{staleness:?}");
}

#[test]
fn a_step_that_is_down_fails_at_once_and_comes_back() {
    let scenario = chain(&[(100.0, 10)], 100, open(50.0));
    let mut experiment = experiment(&scenario, EndCondition::Time(seconds(30.0)));
    experiment.faults = vec![fault(FaultKind::StepDown { step: 0 }, 10.0, 20.0)];
    let mut simulation = Simulation::new(&experiment).unwrap();
    simulation.run_until(Instant::at(seconds(15.0)));
    assert_eq!(simulation.gauges().steps[0].waiting, 0);
    simulation.run_to_end();
    let orders = simulation.report().orders;
    assert!((400..600).contains(&orders.failed), "{orders:?}");
    assert!(orders.answered > 900);
}

#[test]
fn a_group_fails_when_one_of_its_steps_does() {
    let mut scenario = chain(&[(100.0, 100), (100.0, 100), (100.0, 100)], 1_000, open(50.0));
    scenario.steps[1].placement = Placement::Parallel;
    scenario.steps[1].attempts.failure = Probability::new(0.3);
    scenario.steps[1].attempts.retries = 1;
    let report = run_orders(&scenario, 50_000);
    let failed = report.orders.failed as f64 / 50_000.0;
    assert!((failed - 0.09).abs() < 0.005, "{failed}");
    assert_eq!(
        report.steps[2].counts.effects, report.orders.answered,
        "the step behind it runs for the others only"
    );
}

#[test]
fn publish_and_wait_holds_the_worker_all_the_way() {
    let mut scenario = chain(&[(100.0, 4)], 3, closed(10, 1.0));
    scenario.steps[0].placement = Placement::PublishAndWait;
    scenario.steps[0].variability = Variability::CONSTANT;
    scenario.broker.publish_latency = Time::from_millis(20.0);
    let mut experiment = experiment(&scenario, EndCondition::Orders(20_000));
    experiment.broker.delivery_latency = Time::from_millis(30.0);
    let report = run(&experiment);
    let held = report.pool.busy.value / report.throughput.value.value();
    assert!((held - 0.15).abs() < 1e-3, "{held} s");
    let staleness = report.steps[0].effect.unwrap().staleness.unwrap().value;
    assert!((staleness.seconds() - 0.13).abs() < 1e-6, "{staleness:?}");
}

#[test]
fn users_come_and_go_with_the_load() {
    let scenario = chain(&[(10.0, 1_000)], 1_000, closed(100, 1.0));
    let rates = |pattern| {
        let experiment = Experiment { pattern, ..experiment(&scenario, EndCondition::Time(seconds(64.0))) };
        let mut simulation = Simulation::new(&experiment).unwrap();
        simulation.run_to_end();
        let history = simulation.history();
        [9, 35, 55, 63].map(|second| history[second].throughput.value())
    };
    let near = |estimate: [f64; 4], expected: [f64; 4]| {
        for (estimate, expected) in estimate.into_iter().zip(expected) {
            assert!((estimate - expected).abs() < 5.0 * expected.sqrt(), "{estimate}, not {expected}");
        }
    };
    let (from, until) = (seconds(20.0), seconds(50.0));
    near(rates(LoadPattern::Steady), [99.0; 4]);
    near(rates(LoadPattern::Spike { from, until, factor: 4.0 }), [99.0, 396.0, 99.0, 99.0]);
    near(rates(LoadPattern::Spike { from, until, factor: 0.2 }), [99.0, 19.8, 99.0, 99.0]);
    near(rates(LoadPattern::Ramp { from, until, factor: 5.0 }), [99.0, 300.0, 495.0, 495.0]);
}

#[test]
fn jitter_spreads_the_retries() {
    let scenario = station(50.0, 1.0, 100, 0.0);
    let gaps = |jitter| {
        let mut experiment = experiment(&scenario, EndCondition::Time(seconds(20.0)));
        experiment.patience =
            Patience::Limited(ClientRetries { retries: 1, backoff: seconds(2.0), jitter, budget: None });
        experiment.pool.capacity = Some(0);
        experiment.faults = vec![fault(FaultKind::StepDown { step: 0 }, 5.0, 5.5)];
        let mut simulation = Simulation::new(&experiment).unwrap();
        simulation.run_to_end();
        let history = simulation.history();
        history.iter().map(|stretch| (stretch.attempts - stretch.arrival_rate).value()).fold(0.0, f64::max)
    };
    let (together, spread) = (gaps(Jitter::None), gaps(Jitter::Full));
    assert!(spread < 0.7 * together, "{together} and {spread} retries per second at the worst");
}

#[test]
fn nobody_is_nobody() {
    let report =
        run(&experiment(&chain(&[(100.0, 1)], 1, closed(0, 1.0)), EndCondition::Time(seconds(10.0))));
    assert_eq!((report.orders.submitted, report.response_time), (0, None));
    assert_eq!(report.in_system.value.to_bits(), 0.0_f64.to_bits());
    let mut endless =
        Simulation::new(&experiment(&chain(&[(100.0, 1)], 1, open(0.0)), EndCondition::Orders(1))).unwrap();
    assert_eq!(endless.run_to_end(), StopReason::EmptyEventList);
}

#[test]
fn a_run_that_asks_for_too_much_says_so() {
    let flood = station(1_000.0, 1_000.0, 1, 1.0);
    let limits = Limits { events: 10_000, in_flight: 1_000_000 };
    let mut simulation = Simulation::new(&Experiment { limits, ..Experiment::new(&flood) }).unwrap();
    assert_eq!((simulation.run_to_end(), simulation.events()), (StopReason::EventLimit, 10_000));
    let mut simulation = Simulation::new(&Experiment::new(&flood)).unwrap();
    assert_eq!(simulation.run_to_end(), StopReason::InFlightLimit);
    assert!(simulation.bytes() < 64 << 20, "{} bytes", simulation.bytes());
    let report = simulation.report();
    assert!(!report.is_steady && report.little.holds);
    let restless = chain(&[(0.0, 1)], 1, closed(5, 0.0));
    let mut simulation = Simulation::new(&Experiment::new(&restless)).unwrap();
    assert_eq!(simulation.run_to_end(), StopReason::EventLimit, "no time passes");
}

#[test]
fn a_million_users_are_simulated_in_a_slice() {
    let mut scenario = chain(&[(300.0, 30_000)], 100_000, closed(1_000_000, 10.0));
    scenario.steps[0].variability = Variability::EXPONENTIAL;
    let report = run(&experiment(&scenario, EndCondition::Time(seconds(100.0))));
    assert!(
        report.scaled_system.divisor > 10 && report.scaled_system.permanent_queue.count() == 0,
        "{:?}",
        report.scaled_system
    );
    let rate = report.throughput.value.value();
    assert!((rate / (1e6 / 10.3) - 1.0).abs() < 0.02, "{rate} per second, for all users");
}

#[test]
fn rules_that_are_missing_are_the_plain_ones() {
    let scenario = Scenario::online_shop();
    let plain = experiment(&scenario, EndCondition::Orders(2_000));
    let bare = Experiment { steps: Vec::<StepRule>::new(), ..plain.clone() };
    assert_eq!(run(&plain).response_time, run(&bare).response_time);
}
