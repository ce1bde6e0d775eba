//! Laws that need no station.

use waiting_line::queueing::evaluate;
use waiting_line::queueing::laws::capacity::{api_instances, gigabits_per_second, units_needed};
use waiting_line::queueing::laws::fan_out::{any_slow, slowest_factor};
use waiting_line::queueing::laws::little;
use waiting_line::queueing::laws::retries::{amplification, attempt_failure, backoff_time, final_error};
use waiting_line::queueing::laws::scalability::Scalability;
use waiting_line::scenario::Attempts;
use waiting_line::units::{Probability, Rate, Time, Utilization};

use super::case::Case;
use super::networks::{closed_workload, scenario, steady};

pub(super) fn capacity(case: &mut Case) {
    let throughput = Rate::per_second(case.input("users") * case.input("rate_per_user"));
    let response = case.time("response_time");
    let full = Utilization::from_share(1.0);
    let each =
        |units: Vec<Option<u64>>| -> Vec<f64> { units.iter().map(|count| count.unwrap() as f64).collect() };
    case.expect("throughput", throughput.value());
    case.expect("in_flight", little(throughput, response));
    let connections = case.inputs("connections_per_instance");
    let instances = connections.iter().map(|each| api_instances(throughput, response, *each as u64, full));
    case.expect_all("api_instances", &each(instances.collect()));
    case.expect("db_shards", units_needed(throughput.value(), case.input("db_qps"), full).unwrap() as f64);
    let brokers = case.inputs("broker_rate");
    let brokers = brokers.iter().map(|rate| units_needed(throughput.value(), *rate, full));
    case.expect_all("brokers", &each(brokers.collect()));
    case.expect("bandwidth", gigabits_per_second(throughput, case.input("payload") as u64));
}

pub(super) fn retries(case: &mut Case) {
    let (service, timeout) = (case.time("service_time"), case.time("timeout"));
    let failure = Probability::new(case.input("failure_prob"));
    let timed_out = Probability::new((-(timeout / service)).exp());
    let p = attempt_failure(failure, timed_out);
    let count = case.input("retries") as u8;
    case.expect("p_attempt_fails", p.value());
    case.expect("amplification", amplification(p, count));
    case.expect("p_final_error", final_error(p, count).value());
    case.expect("amplification_chain_of_3", amplification(p, count).powi(3));
    // The same as a scenario: one user alone, one step.
    let mut alone =
        scenario(&[service.seconds()], &[1.0], 1, closed_workload(1.0, Time::from_whole_seconds(1)));
    assert!((case.input("backoff_multiplier") - 2.0).abs() < 1e-12, "each backoff is twice the one before");
    alone.steps[0].attempts =
        Attempts { failure, timeout: Some(timeout), retries: count, backoff: case.time("backoff") };
    let evaluation = evaluate(&alone).unwrap();
    let outlook = evaluation.retries[0];
    case.expect("amplification", outlook.amplification);
    case.expect("p_final_error", outlook.error.value());
    case.expect("time_per_attempt", evaluation.resources[1].demand.seconds() / outlook.amplification);
    case.expect("response_mean_all", steady(&evaluation).response_time.seconds());
    let backoffs = backoff_time(p, count, case.time("backoff"), 2.0);
    let attempts = evaluation.resources[1].demand;
    case.expect("response_mean_all", (attempts + backoffs).seconds());
}

pub(super) fn scalability_and_tail(case: &mut Case) {
    let law = Scalability {
        single: Rate::per_second(case.input("gamma")),
        contention: case.input("alpha"),
        coherency: case.input("beta"),
    };
    let throughputs: Vec<f64> = case.inputs("instances").iter().map(|n| law.throughput(*n).value()).collect();
    case.expect_all("X", &throughputs);
    case.expect("N_peak_real", law.peak().unwrap());
    let best = law.best_instances().unwrap();
    case.expect("N_peak_integer", f64::from(best));
    case.expect("X_peak", law.throughput(f64::from(best)).value());
    let calls = case.inputs("fan_out");
    let slow = Probability::new(case.input("slow_fraction"));
    let tails: Vec<f64> = calls.iter().map(|calls| any_slow(slow, *calls as u32).value()).collect();
    case.expect_all("p_slow_fanout", &tails);
    let factors: Vec<f64> = calls.iter().map(|calls| slowest_factor(*calls as u32)).collect();
    case.expect_all("max_of_n_exponentials_mean_factor", &factors);
}
