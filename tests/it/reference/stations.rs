//! Single stations.

use waiting_line::queueing::laws::bounds::{knee, response_bound, throughput_bound};
use waiting_line::queueing::laws::{little, utilization_law};
use waiting_line::queueing::stations::erlang::{erlang_c, halfin_whitt, spare_servers};
use waiting_line::queueing::stations::finite_source::{FiniteSource, FiniteSourceState};
use waiting_line::queueing::stations::pollaczek_khinchine::SingleServer;
use waiting_line::queueing::stations::{Station, SteadyState, allen_cunneen};
use waiting_line::units::{OfferedLoad, Rate, Servers, Time, Users, Variability};

use super::case::Case;
use super::solvers::{closed_spiky_response, single_server_tail};

/// Returns the station of a case and its steady state.
fn steady_station(case: &Case, servers: u64, squared: f64) -> (Station, Rate, SteadyState) {
    let station = Station {
        service_time: case.time("service_time"),
        servers: Servers::new(servers),
        variability: Variability::new(squared),
    };
    let rate = Rate::per_second(case.input("arrival_rate"));
    (station, rate, station.steady_state(rate).unwrap())
}

fn expect_quantiles(case: &mut Case, quantile: impl Fn(f64) -> f64) {
    for (name, share) in [("response_p50", 0.50), ("response_p95", 0.95), ("response_p99", 0.99)] {
        case.expect(name, quantile(share));
    }
}

pub(super) fn one_server(case: &mut Case) {
    let (station, rate, steady) = steady_station(case, 1, 1.0);
    let response = steady.waiting_time + station.service_time;
    case.expect("utilisation", utilization_law(rate, station.service_time, Servers::ONE).share());
    case.expect("wait_mean", steady.waiting_time.seconds());
    case.expect("response_mean", response.seconds());
    case.expect("in_system_mean", little(rate, response));
    case.expect("queue_mean", little(rate, steady.waiting_time));
    expect_quantiles(case, |share| station.response_quantile(rate, share).unwrap().seconds());
}

pub(super) fn servers(case: &mut Case) {
    let (station, rate, steady) = steady_station(case, case.input("servers") as u64, 1.0);
    let response = steady.waiting_time + station.service_time;
    case.expect("utilisation", utilization_law(rate, station.service_time, station.servers).share());
    case.expect("p_wait_erlang_c", steady.wait_probability.value());
    case.expect("wait_mean", steady.waiting_time.seconds());
    case.expect("response_mean", response.seconds());
    case.expect("queue_mean", little(rate, steady.waiting_time));
    case.expect("busy_servers_mean", steady.busy);
    expect_quantiles(case, |share| station.response_quantile(rate, share).unwrap().seconds());
}

pub(super) fn very_many_servers(case: &mut Case) {
    let servers = Servers::new(case.input("servers") as u64);
    let offered = OfferedLoad::from_erlangs(case.input("offered_load"));
    let waits = erlang_c(servers, offered);
    let station =
        Station { service_time: case.time("service_time"), servers, variability: Variability::EXPONENTIAL };
    let rate = Rate::per_second(offered.erlangs() / station.service_time.seconds());
    case.expect("p_wait_erlang_c", waits.value());
    case.expect("wait_mean", station.steady_state(rate).unwrap().waiting_time.seconds());
    case.expect("halfin_whitt_beta", spare_servers(servers, offered));
    let approximation = halfin_whitt(servers, offered).value();
    case.expect("halfin_whitt_p_wait", approximation);
    case.expect("halfin_whitt_relative_error", 1.0 - approximation / waits.value());
}

pub(super) fn constant_service(case: &mut Case) {
    let server = SingleServer {
        arrival_rate: Rate::per_second(case.input("arrival_rate")),
        service_time: case.time("service_time"),
        variability: Variability::new(case.input("cs2")),
    };
    let wait = server.waiting_time().unwrap();
    case.expect("utilisation", server.offered().erlangs());
    case.expect("wait_mean", wait.seconds());
    case.expect("response_mean", (wait + server.service_time).seconds());
    case.expect("queue_mean", little(server.arrival_rate, wait));
    case.expect("response_p95", server.response_quantile(0.95).unwrap().seconds());
    case.expect("response_p99", server.response_quantile(0.99).unwrap().seconds());
}

pub(super) fn spiky_service(case: &mut Case) {
    let (station, rate, steady) = steady_station(case, 1, case.input("cs2"));
    case.expect("wait_mean", steady.waiting_time.seconds());
    case.expect("response_mean", (steady.waiting_time + station.service_time).seconds());
    case.expect("queue_mean", little(rate, steady.waiting_time));
    let server = SingleServer {
        arrival_rate: rate,
        service_time: station.service_time,
        variability: station.variability,
    };
    assert_eq!(server.waiting_time(), Some(steady.waiting_time), "both laws give one mean");
    let quantile = |share| server.response_quantile(share).unwrap().seconds();
    for (name, share) in [("h2_response_p50", 0.50), ("h2_response_p95", 0.95), ("h2_response_p99", 0.99)] {
        case.expect(name, quantile(share));
    }
    // Another law of the same two moments: the far percentiles of the lognormal differ from ours, as the docs
    // warn, by up to a fifth.
    let (mean, squared) = (station.service_time.seconds(), station.variability.squared());
    let spread = (1.0 + squared).ln().sqrt();
    let middle = mean.ln() - 0.5 * spread * spread;
    let beyond = |time: f64| if time > 0.0 { 1.0 - normal_cdf((time.ln() - middle) / spread) } else { 1.0 };
    let step = 0.01;
    let tail = single_server_tail(rate.value(), mean, beyond, step, 5_000);
    for (name, share) in [("lognormal_response_p95", 0.95), ("lognormal_response_p99", 0.99)] {
        let exact = tail.partition_point(|tail| *tail > 1.0 - share) as f64 * step;
        case.expect(name, exact);
        assert!(
            (quantile(share) / exact - 1.0).abs() < 0.2,
            "the two laws at {share}: {} and {exact}",
            quantile(share)
        );
    }
}

/// Returns the normal distribution function, by a series. A copy of the crate's own private one on purpose: a
/// reference must not test a formula with itself.
fn normal_cdf(x: f64) -> f64 {
    if x.abs() > 8.0 {
        return f64::from(u8::from(x > 0.0));
    }
    let (mut term, mut sum, mut odd) = (x, x, 1.0);
    while term.abs() > 1e-17 * sum.abs() {
        odd += 2.0;
        term *= x * x / odd;
        sum += term;
    }
    0.5 + (-0.5 * x * x).exp() / std::f64::consts::TAU.sqrt() * sum
}

pub(super) fn several_servers(case: &mut Case) {
    assert!((case.input("ca2") - 1.0).abs() < 1e-12, "arrivals at random");
    let servers = case.input("servers") as u64;
    for (squared, figure, exact, error) in [
        (case.input("cs2_h2"), "allen_cunneen_wait_h2", "exact_wait_h2", "error_h2"),
        (0.0, "allen_cunneen_wait_det", "exact_wait_det", "error_det"),
    ] {
        let (_, _, exponential) = steady_station(case, servers, 1.0);
        let service = Variability::new(squared);
        let plain = exponential.waiting_time.seconds() * allen_cunneen(case.input("ca2"), service);
        case.expect(figure, plain);
        let true_wait = case.expected(exact);
        case.expect(error, plain / true_wait - 1.0);
        // The theory claims a closer bound in its documentation.
        let (_, _, steady) = steady_station(case, servers, squared);
        case.expect_roughly(exact, steady.waiting_time.seconds(), 0.013);
    }
}

pub(super) fn erlang_table(case: &mut Case) {
    for row in case.input_rows("rows") {
        let waits = erlang_c(Servers::new(row[0] as u64), OfferedLoad::from_erlangs(row[1]));
        case.expect(&format!("C({},{})", row[0], row[1]), waits.value());
    }
}

pub(super) fn finite_source(case: &mut Case) {
    let state = FiniteSource {
        users: Users::new(case.input("users") as u64),
        think_time: case.time("think_time"),
        service_time: case.time("service_time"),
        servers: Servers::new(case.input("servers") as u64),
    }
    .steady_state()
    .unwrap();
    expect_finite_source(case, "", &state);
}

fn expect_finite_source(case: &mut Case, path: &str, state: &FiniteSourceState) {
    case.expect(&format!("{path}throughput"), state.throughput.value());
    case.expect(&format!("{path}response_mean"), state.response_time.seconds());
    case.expect(&format!("{path}queue_mean"), state.waiting);
    case.expect(&format!("{path}utilisation"), state.utilization.share());
    case.expect(&format!("{path}p_all_busy"), state.all_busy.value());
}

pub(super) fn scale(case: &mut Case) {
    for row in case.input_rows("rows") {
        let (users, servers) = (Users::new(row[0] as u64), Servers::new(row[3] as u64));
        let (think_time, service_time) = (Time::from_seconds(row[1]), Time::from_seconds(row[2]));
        let state = FiniteSource { users, think_time, service_time, servers }.steady_state().unwrap();
        let path = format!("N={},c={}/", row[0], row[3]);
        expect_finite_source(case, &path, &state);
        // The fluid limit is the asymptotes.
        let largest = service_time / servers.as_f64();
        case.expect(
            &format!("{path}fluid_X"),
            throughput_bound(users, service_time, think_time, largest).value(),
        );
        case.expect(
            &format!("{path}fluid_R"),
            response_bound(users, service_time, think_time, largest).seconds(),
        );
        case.expect(&format!("{path}knee"), knee(service_time, think_time, largest));
    }
}

pub(super) fn open_and_closed(case: &mut Case) {
    let (service_time, target) = (case.time("service_time"), case.input("utilisation"));
    let arrival_rate = Rate::per_second(target / service_time.seconds());
    for (name, squared) in [("open_exp_R", 1.0), ("open_h2_R", case.input("cs2"))] {
        let server = SingleServer { arrival_rate, service_time, variability: Variability::new(squared) };
        case.expect(name, (server.waiting_time().unwrap() + service_time).seconds());
    }
    for users in case.inputs("users") {
        // Halves an interval to find the think time at which the server is as busy.
        let state = |think_time: f64| {
            FiniteSource {
                users: Users::new(users as u64),
                think_time: Time::from_seconds(think_time),
                service_time,
                servers: Servers::ONE,
            }
            .steady_state()
            .unwrap()
        };
        let (mut low, mut high) = (1e-6, 1e3);
        for _ in 0..100 {
            let middle = f64::midpoint(low, high);
            if state(middle).utilization.share() > target { low = middle } else { high = middle }
        }
        case.expect(&format!("think_time_for_rho_N{users}"), low);
        case.expect(&format!("closed_exp_R_N{users}"), state(low).response_time.seconds());
        let spiky = closed_spiky_response(users as u32, low, service_time.seconds(), case.input("cs2"));
        case.expect(&format!("closed_h2_R_N{users}"), spiky);
    }
}
