//! Operational laws: true of any system that is watched for long enough, whatever its distributions.
//!
//! Source: P. J. Denning and J. P. Buzen, “The operational analysis of queueing network models”, 1978.

use crate::units::{OfferedLoad, Rate, Servers, Time, Users, Utilization};

/// Little's law, L = X · R: the mean number in a system from its throughput and its response time.
///
/// Valid for any system with a boundary that orders cross on their way in and out. Source: J. D. C. Little,
/// 1961.
///
/// ```
/// use waiting_line::{queueing::laws::little, units::{Rate, Time}};
/// // 190.5 orders/s that spend 300 ms in payment keep 57.1 connections busy.
/// let busy = little(Rate::per_second(200.0 / 1.05), Time::from_millis(300.0));
/// assert!((busy - 57.142857).abs() < 1e-6);
/// ```
pub fn little(throughput: Rate, response_time: Time) -> f64 {
    throughput.value() * response_time.seconds()
}

/// The utilization law, ρ = X · D / c: the busy share of a station's servers.
///
/// ```
/// use waiting_line::{queueing::laws::utilization_law, units::{Rate, Servers, Time}};
/// let email = utilization_law(Rate::per_second(24.0), Time::from_millis(400.0), Servers::new(14));
/// assert!((email.share() - 0.685714).abs() < 1e-6);
/// ```
pub fn utilization_law(throughput: Rate, demand: Time, servers: Servers) -> Utilization {
    Utilization::from_share(throughput.value() * demand.seconds() / servers.as_f64())
}

/// The load that a stream of orders offers to a station, a = λ · D, in erlangs. It may exceed the number of
/// servers.
///
/// ```
/// use waiting_line::{queueing::laws::offered_load, units::{Rate, Time}};
/// // A million orders a second and 400 ms of e-mail want 400,000 consumers.
/// assert_eq!(offered_load(Rate::per_second(1e6), Time::from_millis(400.0)).erlangs(), 400_000.0);
/// ```
pub fn offered_load(arrival_rate: Rate, demand: Time) -> OfferedLoad {
    arrival_rate * demand
}

/// The response time law, R = N / X − Z: the response time of a closed system from its throughput.
///
/// `None` if the throughput is zero.
///
/// ```
/// use waiting_line::{queueing::laws::response_time_law, units::{Rate, Time, Users}};
/// let response = response_time_law(Users::new(500), Rate::per_second(19.0476), Time::from_whole_seconds(1));
/// assert!((response.unwrap().seconds() - 25.25).abs() < 0.001);
/// ```
pub fn response_time_law(users: Users, throughput: Rate, think_time: Time) -> Option<Time> {
    (!throughput.is_zero()).then(|| Time::from_seconds(users.as_f64() / throughput.value()) - think_time)
}
