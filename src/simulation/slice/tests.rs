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

fn sliced(scenario: &Scenario) -> Slice {
    Slice::of(&Experiment::new(scenario))
}

#[test]
fn up_to_ten_thousand_users_are_all_there() {
    let slice = sliced(&shop(10_000, 3, 3, 1.0));
    assert!(slice.is_whole() && !slice.counts_thinkers);
    assert_eq!((slice.users, slice.workers.played), (10_000, 3));
}

#[test]
fn a_million_users_with_as_much_of_everything_are_cut_evenly() {
    let slice = sliced(&shop(1_000_000, 1_000_000, 1_000_000, 1.0));
    assert!(slice.one_in > 200, "{slice:?}");
    assert_eq!(slice.held, Held::default());
    for part in slice.steps.iter().chain([&slice.workers]) {
        assert!((part.stretch - 1.0).abs() < 2e-4, "{part:?}");
    }
    let users = f64::from(slice.users) * slice.one_in as f64;
    assert!((users / 1e6 - 1.0).abs() < 1e-3);
}

#[test]
fn a_hundred_million_users_before_twenty_workers_stand_in_line() {
    let slice = sliced(&shop(100_000_000, 20, 10, 1.0));
    assert_eq!((slice.one_in, slice.workers.played), (1, 20));
    assert!(slice.users < 300 && slice.in_line > 100, "{slice:?}");
    assert_eq!(slice.held.for_worker + slice.users, 100_000_000);
    assert_eq!(slice.held.at_step, 0);
}

#[test]
fn users_who_think_long_are_counted() {
    // 100,000 users once an hour: 28 orders a second for 20 workers.
    let slice = sliced(&shop(60_000, 20, 10, 3_600.0));
    assert!(slice.counts_thinkers && slice.is_whole());
    assert_eq!((slice.users, slice.in_line), (60_000, 0));
}

#[test]
fn spare_workers_are_held_with_their_orders_before_the_fullest_step() {
    let mut shop = shop(1_000_000, 500_000, 100_000, 1.0);
    shop.steps[2].servers = Servers::new(12);
    let slice = sliced(&shop);
    assert_eq!((slice.one_in, slice.held.step, slice.steps[2].played), (1, 2, 12));
    assert!(slice.workers.played < 2_500, "{slice:?}");
    assert_eq!(slice.held.at_step, 500_000 - slice.workers.played);
    assert_eq!(slice.held.count() + slice.users, 1_000_000);
}

#[test]
fn a_capacity_that_does_not_divide_is_kept_by_stretching_its_services() {
    let mut shop = shop(10_000_000, 10_000_000, 5_000_000, 1.0);
    shop.steps[3].service_time = Time::from_millis(1.0);
    shop.steps[3].servers = Servers::new(6_543);
    let slice = sliced(&shop);
    let part = slice.steps[3];
    let capacity = f64::from(part.played) / part.stretch * slice.one_in as f64;
    assert!((capacity / 6_543.0 - 1.0).abs() < 1e-9, "{part:?}");
}

#[test]
fn what_changes_or_is_impatient_is_cut_and_never_held() {
    let shop = shop(1_000_000, 20, 10, 1.0);
    let seconds = Time::from_whole_seconds;
    let pattern = Pattern::Spike { from: seconds(10), until: seconds(20), factor: 2.0 };
    let slice = Slice::of(&Experiment { pattern, ..Experiment::new(&shop) });
    assert!(slice.one_in > 100 && slice.held.count() == 0 && !slice.counts_thinkers, "{slice:?}");
}

#[test]
fn an_open_stream_is_cut_by_what_it_keeps_in_progress() {
    let mut shop = shop(1, 2_000_000, 2_000_000, 1.0);
    shop.workload = Workload::Open { arrival_rate: Rate::per_second(1e6) };
    assert_eq!(sliced(&shop).one_in, 420);
}

#[test]
fn whatever_is_set_can_be_played() {
    for users in [10_001, 1_000_000, 100_000_000] {
        for workers in [1, 20, 20_000, 10_000_000] {
            for connections in [1, 500, 10_000_000] {
                for think in [0.0, 1.0, 3_600.0] {
                    let slice = sliced(&shop(users, workers, connections, think));
                    let what = format!("{users} users, {workers}, {connections}, {think}: {slice:?}");
                    let all = (u64::from(slice.held.count()) + u64::from(slice.users)) * slice.one_in;
                    assert!((all as f64 / users as f64 - 1.0).abs() < 1e-3, "{what}");
                    assert!(slice.in_line <= 40_000, "{what}");
                    for part in &slice.steps {
                        let matters = f64::from(part.played) > 1.0;
                        assert!(!matters || (part.stretch - 1.0).abs() < 0.5, "{what}");
                    }
                }
            }
        }
    }
}
