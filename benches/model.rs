//! How long the model takes: one evaluation at several sizes, and a curve.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use waiting_line::model::course::{Disturbance, course};
use waiting_line::model::provenance::{Figure, explain};
use waiting_line::model::{evaluate, percentile_curve, response_curve};
use waiting_line::scenario::{Placement, Scenario, Workload};
use waiting_line::units::{Servers, Time, Users, Variability};

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
        ("evaluation with 10,000,000 workers, 100 users", 10_000_000, 100),
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
    let mut constant = shop(20, 100);
    for step in &mut constant.steps {
        step.variability = Variability::CONSTANT;
    }
    criterion.bench_function("evaluation with constant services", |bencher| {
        bencher.iter(|| evaluate(black_box(&constant)));
    });
    let (scenario, many, few) = (shop(20, 100), loads(300), loads(40));
    criterion.bench_function("curve of 300 points", |bencher| {
        bencher.iter(|| response_curve(black_box(&scenario), &many));
    });
    criterion.bench_function("curve of 40 points with percentiles", |bencher| {
        bencher.iter(|| percentile_curve(black_box(&scenario), &few));
    });
    let Ok(evaluation) = evaluate(&scenario) else { return };
    criterion.bench_function("where the response time comes from", |bencher| {
        bencher.iter(|| explain(black_box(&scenario), &evaluation, Figure::ResponseTime));
    });
    let mut published = shop(20, 15);
    published.steps[2].placement = Placement::Async;
    let Ok(evaluation) = evaluate(&published) else { return };
    criterion.bench_function("the course of an outage", |bencher| {
        bencher.iter(|| course(black_box(&published), &evaluation, Disturbance::ConsumersStop));
    });
}

criterion_group!(benches, model);
criterion_main!(benches);
