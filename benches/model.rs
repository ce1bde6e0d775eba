//! How long the model takes: one evaluation at several sizes, and a curve.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use waiting_line::model::{evaluate, percentile_curve, response_curve};
use waiting_line::scenario::{Placement, Scenario, Workload};
use waiting_line::units::{Servers, Time, Users};

/// The shop with so many workers and users, and connections in proportion to the workers.
fn shop(workers: u64, users: u64) -> Scenario {
    let mut shop = Scenario::online_shop();
    for step in &mut shop.steps {
        step.servers = Servers::new(step.servers.count() * workers / 20);
    }
    shop.workers = Servers::new(workers);
    shop.workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
    shop
}

/// Loads spread over all orders of magnitude, as a chart wants them.
fn loads(points: u32) -> Vec<f64> {
    (0..points).map(|point| f64::powf(1e8, f64::from(point) / f64::from(points - 1)).round()).collect()
}

fn model(criterion: &mut Criterion) {
    for (name, workers, users) in [
        ("evaluation of the shop, 100 users", 20, 100),
        ("evaluation with 50 workers, 200 users", 50, 200),
        ("evaluation with 500 workers, 2,000 users", 500, 2_000),
        ("evaluation with 2,000 workers, 10,000 users", 2_000, 10_000),
        ("evaluation with 20 workers, 100,000,000 users", 20, 100_000_000),
        ("evaluation with 100,000 workers, 100,000 users", 100_000, 100_000),
        ("evaluation with 10,000,000 workers, 100,000,000 users", 10_000_000, 100_000_000),
    ] {
        let scenario = shop(workers, users);
        criterion.bench_function(name, |bencher| bencher.iter(|| evaluate(black_box(&scenario))));
    }
    let mut parallel = shop(20, 100);
    parallel.steps[1].placement = Placement::Parallel;
    parallel.steps[3].placement = Placement::Parallel;
    criterion.bench_function("evaluation with two waves of two steps", |bencher| {
        bencher.iter(|| evaluate(black_box(&parallel)));
    });
    let (scenario, many, few) = (shop(20, 100), loads(300), loads(40));
    criterion.bench_function("curve of 300 points", |bencher| {
        bencher.iter(|| response_curve(black_box(&scenario), &many));
    });
    criterion.bench_function("curve of 40 points with percentiles", |bencher| {
        bencher.iter(|| percentile_curve(black_box(&scenario), &few));
    });
}

criterion_group!(benches, model);
criterion_main!(benches);
