use super::*;
use crate::units::{Rate, Servers, Time, Users};

fn shop(users: u64, workers: u64, connections: u64, think: f64) -> Scenario {
    let mut shop = Scenario::online_shop();
    shop.workload = Workload::Closed { users: Users::new(users), think_time: Time::from_seconds(think) };
    shop.workers = Servers::new(workers);
    for step in &mut shop.steps {
        step.servers = Servers::new(connections);
    }
    shop
}

fn scale(scenario: &Scenario) -> ScaledSystem {
    ScaledSystem::new(&Experiment::new(scenario))
}

#[test]
fn up_to_ten_thousand_users_are_all_there() {
    let system = scale(&shop(10_000, 3, 3, 1.0));
    assert!(system.is_full_size() && !system.counts_thinkers);
    assert_eq!((system.users, system.workers.simulated), (10_000, 3));
}

#[test]
fn a_million_users_with_as_much_of_everything_are_cut_evenly() {
    let system = scale(&shop(1_000_000, 1_000_000, 1_000_000, 1.0));
    assert!(system.divisor > 200, "{system:?}");
    assert_eq!(system.permanent_queue, PermanentQueue::default());
    for pool in system.steps.iter().chain([&system.workers]) {
        assert!((pool.service_time_factor - 1.0).abs() < 2e-4, "{pool:?}");
    }
    let users = f64::from(system.users) * system.divisor as f64;
    assert!((users / 1e6 - 1.0).abs() < 1e-3);
}

#[test]
fn a_hundred_million_users_before_twenty_workers_stand_in_line() {
    let system = scale(&shop(100_000_000, 20, 10, 1.0));
    assert_eq!((system.divisor, system.workers.simulated), (1, 20));
    assert!(system.users < 300 && system.initial_queue > 100, "{system:?}");
    assert_eq!(system.permanent_queue.for_worker + system.users, 100_000_000);
    assert_eq!(system.permanent_queue.at_step, 0);
}

#[test]
fn users_who_think_long_are_counted() {
    // 100,000 users once an hour: 28 orders a second for 20 workers.
    let system = scale(&shop(60_000, 20, 10, 3_600.0));
    assert!(system.counts_thinkers && system.is_full_size());
    assert_eq!((system.users, system.initial_queue), (60_000, 0));
}

#[test]
fn spare_workers_are_held_with_their_orders_before_the_fullest_step() {
    let mut shop = shop(1_000_000, 500_000, 100_000, 1.0);
    shop.steps[2].servers = Servers::new(12);
    let system = scale(&shop);
    assert_eq!((system.divisor, system.permanent_queue.step, system.steps[2].simulated), (1, 2, 12));
    assert!(system.workers.simulated < 2_500, "{system:?}");
    assert_eq!(system.permanent_queue.at_step, 500_000 - system.workers.simulated);
    assert_eq!(system.permanent_queue.count() + system.users, 1_000_000);
}

#[test]
fn a_capacity_that_does_not_divide_is_kept_by_stretching_its_services() {
    let mut shop = shop(10_000_000, 10_000_000, 5_000_000, 1.0);
    shop.steps[3].service_time = Time::from_millis(1.0);
    shop.steps[3].servers = Servers::new(6_543);
    let system = scale(&shop);
    let pool = system.steps[3];
    let capacity = f64::from(pool.simulated) / pool.service_time_factor * system.divisor as f64;
    assert!((capacity / 6_543.0 - 1.0).abs() < 1e-9, "{pool:?}");
}

#[test]
fn what_changes_or_is_impatient_is_cut_and_never_held() {
    let shop = shop(1_000_000, 20, 10, 1.0);
    let seconds = Time::from_whole_seconds;
    let pattern = LoadPattern::Spike { from: seconds(10), until: seconds(20), factor: 2.0 };
    let system = ScaledSystem::new(&Experiment { pattern, ..Experiment::new(&shop) });
    assert!(
        system.divisor > 100 && system.permanent_queue.count() == 0 && !system.counts_thinkers,
        "{system:?}"
    );
}

#[test]
fn an_open_stream_is_cut_by_what_it_keeps_in_progress() {
    let mut shop = shop(1, 2_000_000, 2_000_000, 1.0);
    shop.workload = Workload::Open { arrival_rate: Rate::per_second(1e6) };
    assert_eq!(scale(&shop).divisor, 420);
}

#[test]
fn whatever_is_set_can_be_played() {
    for users in [10_001, 1_000_000, 100_000_000] {
        for workers in [1, 20, 20_000, 10_000_000] {
            for connections in [1, 500, 10_000_000] {
                for think in [0.0, 1.0, 3_600.0] {
                    let system = scale(&shop(users, workers, connections, think));
                    let what = format!("{users} users, {workers}, {connections}, {think}: {system:?}");
                    let all = (u64::from(system.permanent_queue.count()) + u64::from(system.users))
                        * system.divisor;
                    assert!((all as f64 / users as f64 - 1.0).abs() < 1e-3, "{what}");
                    assert!(system.initial_queue <= 40_000, "{what}");
                    for pool in &system.steps {
                        let matters = f64::from(pool.simulated) > 1.0;
                        assert!(!matters || (pool.service_time_factor - 1.0).abs() < 0.5, "{what}");
                    }
                }
            }
        }
    }
}
