//! The benchmark cases of the theory: one evaluation at several sizes, and curves. Criterion measures them
//! natively, and `src/bin/model_speed.rs` natively and as WebAssembly.

use std::hint::black_box;

use waiting_line::queueing::explain::{ExplainedValue, explain};
use waiting_line::queueing::transients::disturbance::{Disturbance, transient};
use waiting_line::queueing::{evaluate, percentile_curve, response_curve};
use waiting_line::scenario::{Placement, Scenario, Workload};
use waiting_line::units::{Probability, Servers, Time, Users, Variability};

/// A name, and the function to measure.
pub(crate) type Case = (&'static str, Box<dyn Fn()>);

/// The shop with that many workers and users, and connections in proportion to the workers.
fn shop(workers: u64, users: u64) -> Scenario {
    let mut shop = Scenario::online_shop();
    for step in &mut shop.steps {
        step.servers = Servers::new(step.servers.count() * workers / 20);
    }
    shop.workers = Servers::new(workers);
    shop.workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
    shop
}

/// Loads that are evenly spaced on a logarithmic scale up to 10⁸, as a chart needs them.
fn loads(points: u32) -> Vec<f64> {
    (0..points).map(|point| f64::powf(1e8, f64::from(point) / f64::from(points - 1)).round()).collect()
}

fn evaluation(name: &'static str, scenario: Scenario) -> Case {
    (
        name,
        Box::new(move || {
            let _ = black_box(evaluate(black_box(&scenario)));
        }),
    )
}

/// Returns all cases.
pub(crate) fn cases() -> Vec<Case> {
    let mut parallel = shop(20, 100);
    parallel.steps[1].placement = Placement::Parallel;
    parallel.steps[3].placement = Placement::Parallel;
    let with = |mut shop: Scenario, variability: f64| {
        for step in &mut shop.steps {
            step.variability = Variability::new(variability);
        }
        shop
    };
    let (scenario, many, few) = (shop(20, 100), loads(300), loads(40));
    let mut published = shop(20, 15);
    published.steps[2].placement = Placement::Async;
    let mut partitioned = published.clone();
    partitioned.broker.partitions = Some(12);
    partitioned.broker.hot_key_share = Probability::new(0.1);
    let (explained, disturbed) = (evaluate(&scenario), evaluate(&published));
    let mut cases = vec![
        evaluation("20 workers, 100 users", shop(20, 100)),
        evaluation("the same, constant services", with(shop(20, 100), 0.0)),
        evaluation("the same, spiky services", with(shop(20, 100), 4.0)),
        evaluation("the same, two waves of two steps", parallel.clone()),
        evaluation("the same, two waves, constant services", with(parallel.clone(), 0.0)),
        evaluation("the same, two waves, C² = 0.3", with(parallel, 0.3)),
        evaluation("15 users, events in 12 partitions", partitioned),
        evaluation("50 workers, 200 users", shop(50, 200)),
        evaluation("500 workers, 2,000 users", shop(500, 2_000)),
        evaluation("2,000 workers, 10,000 users", shop(2_000, 10_000)),
        evaluation("100,000 workers, 100,000 users", shop(100_000, 100_000)),
        evaluation("20 workers, 100,000,000 users", shop(20, 100_000_000)),
        evaluation("10,000,000 workers, 100 users", shop(10_000_000, 100)),
        evaluation("10,000,000 workers, 100,000,000 users", shop(10_000_000, 100_000_000)),
    ];
    let shop = scenario.clone();
    cases.push((
        "curve of 300 points, means",
        Box::new(move || {
            let _ = black_box(response_curve(black_box(&shop), &many));
        }),
    ));
    let shop = scenario.clone();
    cases.push((
        "curve of 40 points with percentiles",
        Box::new(move || {
            let _ = black_box(percentile_curve(black_box(&shop), &few));
        }),
    ));
    if let (Ok(explained), Ok(disturbed)) = (explained, disturbed) {
        cases.push((
            "where the response time comes from",
            Box::new(move || {
                black_box(explain(black_box(&scenario), &explained, ExplainedValue::ResponseTime));
            }),
        ));
        cases.push((
            "the course of an outage",
            Box::new(move || {
                black_box(transient(black_box(&published), &disturbed, Disturbance::ConsumersStop));
            }),
        ));
    }
    cases
}
