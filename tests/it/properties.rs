//! Properties that hold for every scenario, tested on thousands of random ones.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use waiting_line::queueing::laws::bounds::{response_bound, throughput_bound};
use waiting_line::queueing::{
    EffectState, Evaluation, Outcome, ResourceKind, ResourceState, SteadyOutcome, evaluate, percentile_curve,
    response_curve,
};
use waiting_line::scenario::{Attempts, Broker, Placement, Scenario, Step, StepId, StepName, Workload};
use waiting_line::units::{Probability, Rate, Servers, Time, Users, Variability};

/// Tests the same two thousand cases each time, so that a failure is due to a change of the code.
/// `PROPTEST_RNG_SEED=N cargo test properties` tests others.
fn config() -> ProptestConfig {
    let config = ProptestConfig::default();
    let is_random = config.rng_seed == RngSeed::Random;
    let rng_seed = if is_random { RngSeed::Fixed(20_261_121) } else { config.rng_seed };
    ProptestConfig { cases: 2_000, failure_persistence: None, rng_seed, ..config }
}

/// Numbers whose logarithm is uniformly distributed.
fn log_uniform(min: f64, max: f64) -> impl Strategy<Value = f64> {
    (min.ln()..=max.ln()).prop_map(f64::exp)
}

fn servers(max: f64) -> impl Strategy<Value = Servers> {
    log_uniform(1.0, max).prop_map(|servers| Servers::new(servers.round() as u64))
}

fn service_time() -> impl Strategy<Value = Time> {
    prop_oneof![1 => Just(Time::ZERO), 12 => log_uniform(0.001, 10.0).prop_map(Time::from_seconds)]
}

fn variability() -> impl Strategy<Value = Variability> {
    prop_oneof![
        Just(Variability::CONSTANT),
        Just(Variability::EXPONENTIAL),
        Just(Variability::SPIKY),
        (0.0..100.0).prop_map(Variability::new),
    ]
}

fn attempts() -> impl Strategy<Value = Attempts> {
    let timeout = prop::option::of(log_uniform(0.01, 100.0).prop_map(Time::from_seconds));
    let retried =
        (0.0..=1.0, timeout, 0_u8..=5, 0.0..1.0).prop_map(|(failure, timeout, retries, backoff)| Attempts {
            failure: Probability::new(failure),
            timeout,
            retries,
            backoff: Time::from_seconds(backoff),
        });
    prop_oneof![3 => Just(Attempts::default()), 1 => retried]
}

fn placement() -> impl Strategy<Value = Placement> {
    prop_oneof![
        4 => Just(Placement::Sync),
        2 => Just(Placement::Async),
        1 => Just(Placement::Parallel),
        1 => Just(Placement::PublishAndWait),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (service_time(), variability(), servers(1e4), placement(), attempts());
    prop::collection::vec(step, 1..7).prop_map(|steps| {
        let step = |(index, (service_time, variability, servers, placement, attempts)): (usize, _)| Step {
            id: StepId(index as u16),
            name: StepName::new("Step"),
            service_time,
            variability,
            servers,
            placement,
            attempts,
        };
        steps.into_iter().enumerate().map(step).collect()
    })
}

fn broker() -> impl Strategy<Value = Broker> {
    (0.0..0.1, prop::option::of(1_u16..50), 0.0..=1.0, 1_u8..10, 0.0..=1.0).prop_map(
        |(latency, partitions, hot, deliveries, loss)| Broker {
            publish_latency: Time::from_seconds(latency),
            partitions,
            hot_key_share: Probability::new(hot),
            max_deliveries: deliveries,
            ack_loss: Probability::new(loss),
        },
    )
}

fn closed() -> impl Strategy<Value = Workload> {
    let think_time = prop_oneof![1 => Just(0.0), 4 => log_uniform(0.01, 3_600.0)];
    (log_uniform(1.0, 1e8), think_time).prop_map(|(users, think_time)| Workload::Closed {
        users: Users::new(users.round() as u64),
        think_time: Time::from_seconds(think_time),
    })
}

fn workload() -> impl Strategy<Value = Workload> {
    let open =
        log_uniform(0.001, 1e6).prop_map(|rate| Workload::Open { arrival_rate: Rate::per_second(rate) });
    prop_oneof![2 => closed(), 1 => open]
}

/// Any valid scenario with up to a number of API workers.
fn scenario(workers: f64) -> impl Strategy<Value = Scenario> {
    (workload(), servers(workers), steps(), broker(), log_uniform(0.001, 3_600.0))
        .prop_map(|(workload, workers, steps, broker, timeout)| {
            let mut scenario = Scenario { workload, workers, steps, broker, ..Scenario::online_shop() };
            scenario.client.timeout = Time::from_seconds(timeout);
            scenario
        })
        .prop_filter("something takes time before the answer", |scenario| evaluate(scenario).is_ok())
}

/// Scenarios of exponential steps in sequence that never fail, for properties that hold only there.
fn sequential(workers: f64) -> impl Strategy<Value = Scenario> {
    scenario(workers).prop_map(|mut scenario| {
        scenario.broker = Broker::default();
        for step in &mut scenario.steps {
            step.placement = Placement::Sync;
            step.variability = Variability::EXPONENTIAL;
            step.attempts = Attempts::default();
            step.service_time = step.service_time.max(Time::from_millis(1.0));
        }
        scenario
    })
}

fn steady(evaluation: &Evaluation) -> Option<SteadyOutcome> {
    match evaluation.outcome {
        Outcome::Steady(steady) => Some(steady),
        Outcome::Idle | Outcome::Overloaded { .. } => None,
    }
}

/// Tells whether two numbers agree within a relative error.
fn agree(a: f64, b: f64, relative_error: f64) -> bool {
    (a - b).abs() <= relative_error * a.abs().max(b.abs()) + 1e-300
}

/// Returns the relative error that two figures may have by rounding and interpolation alone: parallel groups,
/// large pools and the last state of other stations are interpolated.
fn rounding_error(scenario: &Scenario) -> f64 {
    let parallel = scenario.steps.iter().any(|step| step.placement == Placement::Parallel);
    let irregular = scenario.steps.iter().any(|step| step.variability != Variability::EXPONENTIAL);
    match (parallel || scenario.workers.count() > 2_000, irregular) {
        (true, _) => 1e-5,
        (false, true) => 1e-7,
        (false, false) => 1e-9,
    }
}

fn with_users(scenario: &Scenario, users: u64) -> Scenario {
    let mut changed = scenario.clone();
    if let Workload::Closed { users: count, .. } = &mut changed.workload {
        *count = Users::new(users);
    }
    changed
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_figure_is_infinite_negative_or_no_number(scenario in scenario(1e5)) {
        let evaluation = evaluate(&scenario).unwrap();
        let text = format!("{evaluation:?}");
        for wrong in ["NaN", "inf", "(-", ": -"] {
            prop_assert!(!text.contains(wrong), "{wrong} in {text}");
        }
    }

    #[test]
    fn little_s_law_holds_everywhere(scenario in scenario(1e5)) {
        let evaluation = evaluate(&scenario).unwrap();
        let throughput = evaluation.outcome.throughput().value();
        if let Some(steady) = steady(&evaluation) {
            let response = steady.response_time.seconds();
            if let Workload::Closed { users, think_time } = scenario.workload {
                let population = throughput * (response + think_time.seconds());
                prop_assert!(agree(population, users.as_f64(), 1e-6), "{population} of {users:?}");
            }
            let publishing = if scenario.publishes() { scenario.broker.publish_latency } else { Time::ZERO };
            let parts = steady.pool_wait + evaluation.groups.iter().copied().sum::<Time>() + publishing;
            prop_assert!(agree(parts.seconds(), response, 1e-6), "{parts:?} make {response}");
        }
        for resource in &evaluation.resources {
            let ResourceState::Steady { in_service, waiting, residence, .. } = resource.state else {
                continue;
            };
            let visits = match resource.kind {
                ResourceKind::Consumers(step) => {
                    evaluation.effects.iter().find(|effect| effect.step == step).unwrap().deliveries
                }
                _ => 1.0,
            };
            let present = throughput * visits * residence.total().seconds();
            prop_assert!(agree(in_service + waiting, present, 1e-6), "{resource:?} at {throughput}");
        }
        for effect in &evaluation.effects {
            let EffectState::Stable { staleness, lag, .. } = effect.state else { continue };
            let deliveries_while_stale =
                effect.arrival_rate.value() * effect.deliveries * staleness.seconds();
            prop_assert!(lag <= deliveries_while_stale * (1.0 + 1e-9) + 1e-9);
        }
    }

    #[test]
    fn more_users_never_make_it_faster_nor_slower_in_all(scenario in scenario(3e3), steps in 1_u32..30) {
        if !matches!(scenario.workload, Workload::Closed { .. }) {
            return Ok(());
        }
        // Within one solution method: a separate property is about the change between them.
        let max = if scenario.workers.count() > 2_000 { 2_000.0 } else { 1e8 };
        let loads: Vec<f64> =
            (0..=steps).map(|step| f64::powf(max, f64::from(step) / f64::from(steps)).round()).collect();
        let curve = response_curve(&scenario, &loads).unwrap();
        for pair in curve.windows(2) {
            let (fewer, more) = (&pair[0], &pair[1]);
            let tolerance = 1.0 - rounding_error(&scenario);
            prop_assert!(
                more.response_time.seconds() >= fewer.response_time.seconds() * tolerance,
                "{fewer:?} {more:?}"
            );
            prop_assert!(
                more.throughput.value() >= fewer.throughput.value() * tolerance,
                "{fewer:?} {more:?}"
            );
        }
    }

    #[test]
    fn a_faster_stream_is_never_answered_sooner(scenario in scenario(1e4)) {
        let mut scenario = scenario;
        scenario.workload = Workload::Open { arrival_rate: Rate::per_second(1.0) };
        let capacity = evaluate(&scenario).unwrap().bounds.saturation_throughput.value();
        let utilizations = [0.01, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0, 1.5];
        let curve = response_curve(&scenario, &utilizations.map(|load| load * capacity)).unwrap();
        // The last two loads have no steady state.
        prop_assert_eq!(curve.len(), 10);
        let error = rounding_error(&scenario);
        for pair in curve.windows(2) {
            prop_assert!(
                pair[1].response_time.seconds() >= pair[0].response_time.seconds() * (1.0 - error),
                "{:?} {:?}", pair[0], pair[1]
            );
        }
    }

    #[test]
    fn no_bound_is_exceeded(scenario in sequential(1e5)) {
        let evaluation = evaluate(&scenario).unwrap();
        let (Some(steady), bounds) = (steady(&evaluation), evaluation.bounds) else { return Ok(()) };
        prop_assert!(bounds.saturation_throughput.value() <= (1.0 + 1e-9) / bounds.largest_demand.seconds());
        prop_assert!(steady.throughput.value() <= bounds.saturation_throughput.value() * (1.0 + 1e-9));
        for limit in &evaluation.limits {
            prop_assert!(steady.throughput.value() <= limit.capacity.value() * (1.0 + 1e-9), "{limit:?}");
        }
        prop_assert!(evaluation.limits.windows(2).all(|pair| pair[0].capacity <= pair[1].capacity));
        if let Workload::Closed { users, think_time } = scenario.workload {
            let max = throughput_bound(users, bounds.unloaded, think_time, bounds.largest_demand);
            let min = response_bound(users, bounds.unloaded, think_time, bounds.largest_demand);
            prop_assert!(steady.throughput.value() <= max.value() * (1.0 + 1e-9));
            prop_assert!(steady.response_time.seconds() >= min.seconds() * (1.0 - 1e-9));
        }
        let percentiles = steady.percentiles;
        prop_assert!(percentiles.p50 <= percentiles.p95 && percentiles.p95 <= percentiles.p99);
    }

    #[test]
    fn one_more_connection_never_hurts(scenario in sequential(2e3), at in 0_usize..7) {
        let before = evaluate(&scenario).unwrap();
        let mut more = scenario.clone();
        if at == 0 {
            more.workers = Servers::new(more.workers.count() + 1);
        } else {
            let step = (at - 1) % more.steps.len();
            more.steps[step].servers = Servers::new(more.steps[step].servers.count() + 1);
        }
        // Across the change of the solution method only its stated error holds.
        let error = if more.workers.count() > 2_000 { 0.04 } else { 1e-9 };
        let after = evaluate(&more).unwrap();
        let throughput = |evaluation: &Evaluation| evaluation.outcome.throughput().value();
        prop_assert!(throughput(&after) >= throughput(&before) * (1.0 - error), "{before:?} {after:?}");
        let capacity = |evaluation: &Evaluation| evaluation.bounds.saturation_throughput.value();
        prop_assert!(capacity(&after) >= capacity(&before) * (1.0 - error));
    }

    #[test]
    fn one_connection_is_the_single_server_queue(
        service in log_uniform(0.001, 10.0),
        load in 0.001_f64..0.999,
    ) {
        let station = waiting_line::queueing::stations::Station {
            service_time: Time::from_seconds(service),
            servers: Servers::ONE,
            variability: Variability::EXPONENTIAL,
        };
        let rate = Rate::per_second(load / service);
        let steady = station.steady_state(rate).unwrap();
        prop_assert!(agree(steady.wait_probability.value(), load, 1e-9));
        let response_time = (steady.waiting_time + station.service_time).seconds();
        prop_assert!(agree(response_time, service / (1.0 - load), 1e-9));
        let p99 = station.response_quantile(rate, 0.99).unwrap().seconds();
        prop_assert!(agree(p99, service / (1.0 - load) * 100.0_f64.ln(), 1e-9));
    }

    #[test]
    fn one_user_alone_never_waits(scenario in scenario(1e5)) {
        let mut alone = with_users(&scenario, 1);
        if matches!(alone.workload, Workload::Open { .. }) {
            let think_time = Time::from_whole_seconds(3);
            alone.workload = Workload::Closed { users: Users::new(1), think_time };
        }
        let evaluation = evaluate(&alone).unwrap();
        let response = steady(&evaluation).unwrap().response_time;
        let unloaded = evaluation.bounds.unloaded;
        prop_assert!(agree(response.seconds(), unloaded.seconds(), 1e-9), "{response:?} and {unloaded:?}");
        let is_plain =
            |step: &Step| step.attempts == Attempts::default() && step.placement != Placement::Parallel;
        if alone.steps.iter().all(is_plain) {
            prop_assert!(agree(response.seconds(), alone.synchronous_work().seconds(), 1e-9));
        }
    }

    #[test]
    fn making_a_step_asynchronous_removes_no_work(scenario in sequential(1e3), at in 0_usize..7) {
        let mut published = scenario.clone();
        published.broker.publish_latency = Time::from_millis(5.0);
        let step = at % published.steps.len();
        published.steps[step].placement = Placement::Async;
        let before = evaluate(&scenario).unwrap().work;
        let after = evaluate(&published).unwrap().work;
        let publishing = after.publishing.seconds();
        prop_assert!(agree(publishing, 0.005, 1e-12));
        prop_assert!(agree(before.total().seconds() + publishing, after.total().seconds(), 1e-9));
        prop_assert!(agree(after.after.seconds(), scenario.steps[step].service_time.seconds(), 1e-9));
    }

    #[test]
    fn percentiles_and_mean_belong_together(scenario in scenario(2e3)) {
        let evaluation = evaluate(&scenario).unwrap();
        let (Some(steady), Some(distribution)) = (steady(&evaluation), &evaluation.distribution) else {
            return Ok(());
        };
        for pair in distribution.points.windows(2) {
            prop_assert!(pair[0].cumulative.value() <= pair[1].cumulative.value() + 1e-9);
            prop_assert!(pair[0].time <= pair[1].time);
        }
        // Markov's inequality: at most 1 / k of all requests take k times the mean or longer.
        let (mean, percentiles) = (steady.response_time.seconds(), steady.percentiles);
        prop_assert!(percentiles.p50.seconds() <= 2.01 * mean, "{steady:?}");
        prop_assert!(percentiles.p95.seconds() <= 20.1 * mean, "{steady:?}");
        prop_assert!(percentiles.p99.seconds() <= 101.0 * mean, "{steady:?}");
        prop_assert!(steady.goodput <= steady.throughput);
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_worker_more_does_not_show_the_change_of_engine(scenario in sequential(2e3), users in closed()) {
        let Workload::Closed { think_time, .. } = users else { return Ok(()) };
        let mut scenario = scenario;
        scenario.workload = Workload::Closed { users: Users::new(1), think_time };
        let loads: Vec<f64> = (0..=16).map(|step| f64::powf(10.0, 0.5 * f64::from(step)).round()).collect();
        let [fewer, convolved, mean] = [1_999, 2_000, 2_001].map(|workers| {
            scenario.workers = Servers::new(workers);
            response_curve(&scenario, &loads).unwrap()
        });
        for ((fewer, a), b) in fewer.iter().zip(&convolved).zip(&mean) {
            prop_assert!(agree(a.throughput.value(), b.throughput.value(), 0.01), "{a:?} {b:?}");
            // Beyond the knee one more worker does show, and the next one helps no more than the one before:
            // the response time lies between no change and another change of the same size.
            let before = fewer.response_time.seconds();
            let (a, b) = (a.response_time.seconds(), b.response_time.seconds());
            let extrapolated = a + (a - before);
            prop_assert!(
                b >= extrapolated.min(a) * 0.95 && b <= extrapolated.max(a) * 1.05,
                "{before} {a} {b} {scenario:?}"
            );
        }
    }

    #[test]
    fn a_user_more_does_not_show_the_change_of_engine(scenario in sequential(2e3), users in closed()) {
        let Workload::Closed { think_time, .. } = users else { return Ok(()) };
        let mut scenario = scenario;
        scenario.workload = Workload::Closed { users: Users::new(1), think_time };
        scenario.workers = Servers::new(2_001);
        let pair = percentile_curve(&scenario, &[2_000.0, 2_001.0]).unwrap();
        let mean = [0, 1].map(|index| pair[index].response_time.seconds());
        let p99 = [0, 1].map(|index| pair[index].percentiles.p99.seconds());
        prop_assert!(agree(mean[0], mean[1], 0.05), "{pair:?}");
        prop_assert!(agree(p99[0], p99[1], 0.07), "{pair:?}");
    }
}
