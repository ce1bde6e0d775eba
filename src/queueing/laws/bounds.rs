//! Bounds that hold whatever the distributions are.
//!
//! Source: P. J. Denning and J. P. Buzen, 1978; E. D. Lazowska and others, “Quantitative System Performance”,
//! 1984, chapter 5.

use crate::units::{Rate, Time, Users};

/// Returns the upper bound on the throughput of a closed system, X ≤ min(N / (R₀ + Z), 1 / D max).
///
/// ```
/// use waiting_line::{queueing::laws::bounds::throughput_bound, units::{Time, Users}};
/// let bound = |users| {
///     let largest_demand = Time::from_seconds(1.05 / 80.0);
///     let (unloaded, think_time) = (Time::from_millis(1_050.0), Time::from_whole_seconds(5));
///     throughput_bound(Users::new(users), unloaded, think_time, largest_demand)
/// };
/// assert!((bound(100).value() - 16.52893).abs() < 1e-5);
/// assert!((bound(1_000).value() - 76.19048).abs() < 1e-5);
/// ```
pub fn throughput_bound(users: Users, unloaded: Time, think_time: Time, largest_demand: Time) -> Rate {
    let cycle = (unloaded + think_time).seconds();
    Rate::per_second(users.as_f64() / cycle).min(Rate::per_second(1.0 / largest_demand.seconds()))
}

/// Returns the lower bound on the response time of a closed system, R ≥ max(R₀, N · D max − Z).
///
/// ```
/// use waiting_line::{queueing::laws::bounds::response_bound, units::{Time, Users}};
/// let bound = |users| {
///     let largest_demand = Time::from_seconds(1.05 / 80.0);
///     let (unloaded, think_time) = (Time::from_millis(1_050.0), Time::from_whole_seconds(5));
///     response_bound(Users::new(users), unloaded, think_time, largest_demand)
/// };
/// assert_eq!(bound(100), Time::from_millis(1_050.0));
/// assert!((bound(1_000).seconds() - 8.125).abs() < 1e-9);
/// ```
pub fn response_bound(users: Users, unloaded: Time, think_time: Time, largest_demand: Time) -> Time {
    unloaded.max(largest_demand * users.as_f64() - think_time)
}

/// Returns the knee N* = (R₀ + Z) / D max, the number of users at which the two asymptotes meet: fewer users
/// could be served without waiting, more could not.
///
/// ```
/// use waiting_line::{queueing::laws::bounds::knee, units::Time};
/// let knee = knee(Time::from_millis(1_050.0), Time::from_whole_seconds(5), Time::from_seconds(1.05 / 80.0));
/// assert!((knee - 460.95).abs() < 0.01);
/// ```
pub fn knee(unloaded: Time, think_time: Time, largest_demand: Time) -> f64 {
    (unloaded + think_time) / largest_demand
}
