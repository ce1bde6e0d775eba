//! Changes over time.

use waiting_line::queueing::transients::fluid::{
    FluidStation, Phase, backlog as backlog_after, backlog_wait, drain_time,
};
use waiting_line::queueing::transients::metastable::{Equilibrium, RetryLoop};
use waiting_line::queueing::transients::retry_storm::RetryStorm;
use waiting_line::units::{Probability, Rate, Servers, Time};

use super::case::Case;
use super::solvers::transient_mean;

pub(super) fn metastable(case: &mut Case) {
    let retry_loop = RetryLoop {
        arrival_rate: Rate::per_second(case.input("arrival_rate")),
        service_time: case.time("service_time"),
        servers: Servers::new(case.input("servers") as u64),
        failure: Probability::ZERO,
        timeout: case.time("timeout"),
        retries: case.input("retries") as u8,
    };
    let Equilibrium::Metastable { attempts, threshold, collapsed } = retry_loop.equilibrium() else {
        panic!()
    };
    case.expect("capacity", retry_loop.capacity().value());
    case.expect("fixed_point_low", attempts.value());
    case.expect("fixed_point_unstable", threshold.value());
    case.expect("overload_attempt_rate", collapsed.value());
    case.expect("overload_queue_growth", (collapsed - retry_loop.capacity()).value());
    case.expect("vulnerable_above_rate", retry_loop.max_safe_arrival_rate().value());
    let trigger = case.inputs("trigger");
    let storm = RetryStorm {
        retry_loop,
        backoff: Time::ZERO,
        queue_limit: None,
        cancellation: false,
        trigger: (Time::from_seconds(trigger[0]), Time::from_seconds(trigger[1])),
        slowdown: case.input("slowdown"),
    };
    let without_retries = RetryStorm { retry_loop: RetryLoop { retries: 0, ..retry_loop }, ..storm.clone() };
    let safe = Rate::per_second(case.input("safe_rate"));
    let safe = RetryStorm { retry_loop: RetryLoop { arrival_rate: safe, ..retry_loop }, ..storm.clone() };
    let half_a_timeout = 0.5 * retry_loop.timeout.seconds() * retry_loop.capacity().value();
    let bounded = RetryStorm { queue_limit: Some(half_a_timeout), ..storm.clone() };
    for (name, storm) in [
        ("with_retries", storm),
        ("without_retries", without_retries),
        ("safe_rate_with_retries", safe),
        ("bounded_queue_half_timeout", bounded),
    ] {
        // Ten minutes in intervals of ten seconds.
        let course = storm.transient(Time::from_whole_seconds(600), 60);
        let (end, before_end) = (course[59], course[49]);
        case.expect(&format!("{name}/goodput_before"), course[8].goodput.value());
        case.expect(&format!("{name}/goodput_end"), end.goodput.value());
        case.expect(&format!("{name}/attempts_end"), end.attempts.value());
        case.expect(&format!("{name}/queue_slope_end"), (end.queue - before_end.queue) / 100.0);
        case.expect(&format!("{name}/queue_end"), end.queue);
    }
}

pub(super) fn backlog(case: &mut Case) {
    let (rate, outage) = (Rate::per_second(case.input("event_rate")), case.time("outage"));
    let (service, consumers) = (case.time("processing_time"), case.input("consumers"));
    let capacity = Rate::per_second(consumers / service.seconds());
    let behind = backlog_after(rate, Rate::ZERO, outage);
    case.expect("capacity", capacity.value());
    case.expect("backlog", behind);
    case.expect("drain_time", drain_time(behind, capacity, rate).unwrap().seconds());
    // The outage over time, from ten seconds before it.
    let begin = Time::from_whole_seconds(10);
    let phase = |start, speed| Phase { start, arrival_rate: rate, speed };
    let station = FluidStation::in_equilibrium(
        service,
        Servers::new(consumers as u64),
        vec![phase(Time::ZERO, 1.0), phase(begin, 0.0), phase(begin + outage, 1.0)],
    );
    let retry_loop = station.state_at(Time::ZERO).in_system;
    let recovered = station.drained_at(begin + outage, Time::from_whole_seconds(10_000)).unwrap();
    case.expect("backlog", station.state_at(begin + outage).in_system - retry_loop);
    case.expect("drain_time", (recovered - begin - outage).seconds());
    case.expect("time_to_recover_from_start", (recovered - begin).seconds());
    let seconds = || (0..300).map(|second| begin + Time::from_seconds(f64::from(second) + 0.5));
    let extra: f64 = seconds().map(|time| station.state_at(time).in_system - retry_loop).sum();
    case.expect("area_extra_lag", extra);
    let staleness: Vec<f64> = seconds()
        .map(|time| station.response_time(time, Time::from_whole_seconds(10_000)).unwrap().seconds())
        .collect();
    case.expect("max_staleness", staleness.iter().copied().fold(0.0, f64::max));
    let delays = staleness.iter().map(|staleness| staleness - service.seconds()).sum::<f64>();
    case.expect("mean_delay_of_affected_events", delays / staleness.len() as f64);
}

pub(super) fn spike(case: &mut Case) {
    let (base, peak) = (case.input("base_rate"), case.input("spike_rate"));
    let (spike, times) = (case.inputs("spike"), case.inputs("times"));
    let (service, servers) = (case.time("service_time"), case.input("servers"));
    let phase = |from, rate| Phase {
        start: Time::from_seconds(from),
        arrival_rate: Rate::per_second(rate),
        speed: 1.0,
    };
    let phases = vec![phase(0.0, base), phase(spike[0], peak), phase(spike[1], base)];
    let station = FluidStation::in_equilibrium(service, Servers::new(servers as u64), phases);
    let fluid: Vec<f64> =
        times.iter().map(|time| station.state_at(Time::from_seconds(*time)).in_system).collect();
    case.expect_all("fluid_in_system", &fluid);
    let (capacity, base_rate) = (Rate::per_second(servers / service.seconds()), Rate::per_second(base));
    let lasts = Time::from_seconds(spike[1] - spike[0]);
    let queue = backlog_after(Rate::per_second(peak), capacity, lasts);
    case.expect("fluid_peak_queue", queue);
    case.expect("fluid_drain_time", drain_time(queue, capacity, base_rate).unwrap().seconds());
    case.expect("wait_at_peak", backlog_wait(queue, capacity).seconds());
    // The Markov chain itself: the fluid is within a quarter of a percent of it while there is a queue, as
    // the docs say, and not to be trusted before it and at the end of the drain.
    let rates = [(0.0, base), (spike[0], peak), (spike[1], base)];
    let exact = transient_mean(servers, service.seconds(), &rates, &times, 2_900);
    case.expect_all("mean_in_system_exact", &exact);
    for (fluid, exact) in fluid.iter().zip(&exact).skip(1).take(4) {
        assert!((fluid / exact - 1.0).abs() < 0.002_5, "the fluid says {fluid}, the chain {exact}");
    }
    assert!(fluid[5] < 0.3 * exact[5], "near the end of a drain a fluid is too calm");
}
