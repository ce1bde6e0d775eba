use super::*;
use crate::scenario::Placement;
use crate::units::Servers;
use crate::units::Users;

fn shop(users: u64, placements: [Placement; 4]) -> Scenario {
    let mut scenario = Scenario::online_shop();
    scenario.workload =
        Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
    for (step, placement) in scenario.steps.iter_mut().zip(placements) {
        step.placement = placement;
    }
    scenario
}

const ALL_SYNC: [Placement; 4] = [Placement::Sync; 4];
const HYBRID: [Placement; 4] = [Placement::Sync, Placement::Sync, Placement::Async, Placement::Async];

fn steady(evaluation: &Evaluation) -> SteadyOutcome {
    let Outcome::Steady(steady) = evaluation.outcome else { panic!("{:?}", evaluation.outcome) };
    steady
}

fn check_times(scenario: &Scenario, expected: f64) {
    let evaluation = evaluate(scenario).unwrap();
    let steady = steady(&evaluation);
    let response = steady.response_time.seconds();
    assert!((response - expected).abs() < 0.000_5, "{response} is not {expected}");
    let publish = if scenario.publishes() { scenario.broker.publish_latency } else { Time::ZERO };
    let parts = steady.pool_wait + evaluation.groups.iter().copied().sum::<Time>() + publish;
    assert!((parts.seconds() - response).abs() < 1e-9 * response, "{parts:?} make {response}");
}

#[test]
fn the_shop_is_fine_at_10_users_crawls_at_100_and_fails_at_500() {
    for (users, all_sync, hybrid) in [(10, 1.050, 0.500), (100, 4.274, 2.124), (500, 25.368, 14.621)] {
        check_times(&shop(users, ALL_SYNC), all_sync);
        check_times(&shop(users, HYBRID), hybrid);
    }
}

#[test]
fn the_walls() {
    let check = |scenario: &Scenario, saturation_throughput: f64, bound: f64| {
        let bounds = evaluate(scenario).unwrap().bounds;
        assert!(
            (bounds.saturation_throughput.value() - saturation_throughput).abs() < 0.000_5,
            "{:?} is not {saturation_throughput}",
            bounds.saturation_throughput
        );
        assert!((1.0 / bounds.largest_demand.seconds() - bound).abs() < 0.01, "{bounds:?}");
    };
    check(&shop(500, ALL_SYNC), 18.963, 19.05);
    check(&shop(500, HYBRID), 32.009, 33.33);
    let mut slow_email = shop(500, ALL_SYNC);
    slow_email.steps[2].service_time = Time::from_whole_seconds(3);
    check(&slow_email, 3.999, 4.0);
}

#[test]
fn a_slow_email_holds_up_the_answer_unless_it_is_published() {
    let mut slow = shop(1, ALL_SYNC);
    slow.steps[2].service_time = Time::from_whole_seconds(3);
    check_times(&slow, 3.650);
    slow.steps[2].placement = Placement::Async;
    slow.steps[3].placement = Placement::Async;
    check_times(&slow, 0.500);
    slow.broker.publish_latency = Time::from_millis(5.0);
    check_times(&slow, 0.505);
}

#[test]
fn email_s_consumers_fall_behind_a_hybrid_shop_at_its_wall() {
    let evaluation = evaluate(&shop(500, HYBRID)).unwrap();
    let EffectState::FallingBehind { growth, capacity } = evaluation.effects[0].state else { panic!() };
    assert!((growth.value() - 2.009).abs() < 0.001 && (capacity.value() - 30.0).abs() < 1e-9);
    assert!(matches!(evaluation.effects[1].state, EffectState::Stable { .. }));
    assert_eq!(evaluation.resources[3].kind, ResourceKind::Consumers(2));
}

#[test]
fn two_hundred_orders_are_spread_over_the_steps_by_little_s_law() {
    let mut scenario = shop(200, ALL_SYNC);
    scenario.workload = Workload::Closed { users: Users::new(200), think_time: Time::ZERO };
    scenario.workers = Servers::new(200);
    scenario.steps.iter_mut().for_each(|step| step.servers = Servers::new(200));
    let evaluation = evaluate(&scenario).unwrap();
    for (resource, expected) in evaluation.resources.iter().zip([200.0, 57.1, 38.1, 76.2, 28.6]) {
        let ResourceState::Steady { in_service, waiting, .. } = resource.state else { panic!() };
        assert!((in_service - expected).abs() < 0.05 && waiting.abs() < 1e-9);
    }
}

#[test]
fn an_open_stream_at_the_wall_has_no_steady_state() {
    let mut scenario = shop(0, ALL_SYNC);
    scenario.workload = Workload::Open { arrival_rate: Rate::per_second(20.0) };
    let evaluation = evaluate(&scenario).unwrap();
    let Outcome::Overloaded { growth, .. } = evaluation.outcome else { panic!("{:?}", evaluation.outcome) };
    assert!((growth.value() - (20.0 - 18.963)).abs() < 0.001);
    assert!(matches!(evaluation.resources[0].state, ResourceState::Growing { .. }));
    assert!(matches!(evaluation.resources[1].state, ResourceState::Steady { .. }));
    assert_eq!(response_curve(&scenario, &[0.0, 10.0, 19.0, 25.0]).unwrap().len(), 1);
}

#[test]
fn nobody_is_idle_and_one_alone_never_waits() {
    assert_eq!(evaluate(&shop(0, ALL_SYNC)).unwrap().outcome, Outcome::Idle);
    for workers in [1, 20, 5_000] {
        let mut alone = shop(1, ALL_SYNC);
        alone.workers = Servers::new(workers);
        check_times(&alone, 1.050);
    }
}

#[test]
fn the_curve_says_what_the_evaluation_says() {
    let scenario = shop(100, ALL_SYNC);
    let curve = response_curve(&scenario, &[0.0, 1.0, 10.0, 100.0, 1e8]).unwrap();
    assert_eq!(curve.len(), 4);
    assert_eq!(curve[2].response_time, steady(&evaluate(&scenario).unwrap()).response_time);
    assert!((curve[3].response_time.seconds() / (1e8 / 18.963) - 1.0).abs() < 1e-4);
}

#[test]
fn large_pools_go_on_where_convolution_ends() {
    let response = |workers: u64, users: u64| {
        let mut scenario = shop(users, ALL_SYNC);
        scenario.workers = Servers::new(workers);
        scenario.steps.iter_mut().for_each(|step| step.servers = Servers::new(10_000));
        steady(&evaluate(&scenario).unwrap()).response_time.seconds()
    };
    for users in [2_000, 4_000, 100_000, 100_000_000] {
        let (exact, mean) = (response(2_000, users), response(2_001, users));
        assert!((mean / exact - 1.0).abs() < 0.04, "{users}: {exact} and {mean}");
    }
}

/// Constant parallel steps, of which one is full: with one user more, no percentile changes by more than that
/// user's order.
#[test]
fn percentiles_have_no_step_where_a_parallel_step_is_full() {
    let mut scenario =
        shop(1, [Placement::Sync, Placement::Parallel, Placement::Parallel, Placement::Parallel]);
    for step in &mut scenario.steps {
        step.variability = crate::units::Variability::CONSTANT;
    }
    let loads: Vec<f64> = (60..300).map(f64::from).collect();
    let curve = percentile_curve(&scenario, &loads).unwrap();
    for pair in curve.windows(2) {
        let times = |point: &PercentilePoint| {
            [point.percentiles.p50, point.percentiles.p95, point.percentiles.p99].map(Time::seconds)
        };
        for (before, after) in times(&pair[0]).into_iter().zip(times(&pair[1])) {
            // 30 orders are answered in a second.
            assert!((0.02..0.05).contains(&(after - before)), "{pair:?}");
        }
    }
}
