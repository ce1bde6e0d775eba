//! Events per second of the engine, compared with a bare loop of four stations in tandem.
//!
//! Both simulate the default shop under 20 orders a second, event for event: an arrival and four ends of
//! service for each order. The engine adds the worker pool, percentiles, time averages, and everything that
//! is possible but unused here.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;
use waiting_line::scenario::{Scenario, Workload};
use waiting_line::simulation::{EndCondition, Experiment, Limits, Simulation};
use waiting_line::units::{Rate, Servers, Time, Users};

const ORDERS: u64 = 100_000;

/// The reference: one heap of (time, sequence number), a named generator, queues before four stations, and
/// the mean response time. Returns the number of events.
fn bare_loop(orders: u64) -> u64 {
    const ARRIVAL: usize = 4;
    let servers = [10_u32, 8, 12, 6];
    let means = [300e6, 200e6, 400e6, 150e6];
    let mut generator = Pcg32::new(7_042, 1);
    let mut exponential = |mean: f64| {
        let uniform = ((generator.next_u64() >> 11) + 1) as f64 / (1_u64 << 53) as f64;
        (-uniform.ln() * mean) as u64
    };
    let mut busy = [0_u32; 4];
    let mut queues: [VecDeque<u64>; 4] = Default::default();
    let mut event_queue = BinaryHeap::from([Reverse((0_u64, 0_u64, ARRIVAL, 0_u64))]);
    let (mut sequence, mut events, mut answered, mut response) = (0, 0, 0, 0.0);
    while answered < orders {
        let Some(Reverse((now, _, kind, submitted))) = event_queue.pop() else { break };
        events += 1;
        let mut schedule = |time, kind, submitted| {
            sequence += 1;
            event_queue.push(Reverse((time, sequence, kind, submitted)));
        };
        let (station, submitted) = if kind == ARRIVAL {
            schedule(now + exponential(50e6), ARRIVAL, 0);
            (0, now)
        } else {
            match queues[kind].pop_front() {
                Some(next) => schedule(now + exponential(means[kind]), kind, next),
                None => busy[kind] -= 1,
            }
            (kind + 1, submitted)
        };
        if station == ARRIVAL {
            answered += 1;
            response += (now - submitted) as f64;
        } else if busy[station] < servers[station] {
            busy[station] += 1;
            schedule(now + exponential(means[station]), station, submitted);
        } else {
            queues[station].push_back(submitted);
        }
    }
    black_box(response / answered as f64);
    events
}

/// The same shop in the engine, with sixty workers.
fn shop(workload: Workload) -> Scenario {
    Scenario { workload, workers: Servers::new(60), ..Scenario::online_shop() }
}

fn open() -> Workload {
    Workload::Open { arrival_rate: Rate::per_second(20.0) }
}

fn engine(scenario: &Scenario, orders: u64) -> u64 {
    let limits = Limits { events: u64::MAX, ..Limits::default() };
    let experiment =
        Experiment { limits, ..Experiment::new(scenario).with_end(EndCondition::Orders(orders)) };
    let Ok(mut simulation) = Simulation::new(&experiment) else { return 0 };
    simulation.run_to_end();
    simulation.events()
}

fn tandem(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("tandem of four stations");
    let (tandem, closed) = (
        shop(open()),
        shop(Workload::Closed { users: Users::new(10_000), think_time: Time::from_whole_seconds(480) }),
    );
    group.throughput(Throughput::Elements(bare_loop(ORDERS)));
    group.bench_function("bare loop", |bench| bench.iter(|| bare_loop(black_box(ORDERS))));
    group.throughput(Throughput::Elements(engine(&tandem, ORDERS)));
    group.bench_function("engine", |bench| bench.iter(|| engine(black_box(&tandem), ORDERS)));
    group.throughput(Throughput::Elements(engine(&closed, ORDERS)));
    group.bench_function("engine, 10,000 users", |bench| bench.iter(|| engine(black_box(&closed), ORDERS)));
    group.finish();
}

/// Prints the ratio. Both are measured alternately, so that other load on the machine affects them alike.
fn ratio(_: &mut Criterion) {
    let scenario = shop(open());
    let speed = |events: &dyn Fn() -> u64| {
        let start = Instant::now();
        let events = events();
        events as f64 / start.elapsed().max(Duration::from_nanos(1)).as_secs_f64()
    };
    let mut ratios: Vec<f64> = (0..11)
        .map(|_| speed(&|| engine(&scenario, 4 * ORDERS)) / speed(&|| bare_loop(4 * ORDERS)))
        .collect();
    ratios.sort_by(f64::total_cmp);
    println!("engine : bare loop = {:.2} (median of {}; 0.4 is the aim)", ratios[5], ratios.len());
}

criterion_group! {
    name = simulation;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(5));
    targets = tandem, ratio
}
criterion_main!(simulation);
