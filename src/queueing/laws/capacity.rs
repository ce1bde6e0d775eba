//! Back-of-envelope capacity: the number of units needed for a throughput.

use crate::units::{Rate, Time, Utilization};

/// Returns the number of units needed for a load when each carries `unit` at most, and is to be used to the
/// share `target` of it. `None` if a unit carries nothing.
///
/// An excess of less than a billionth over a whole number is a rounding error, not a further unit.
///
/// ```
/// use waiting_line::{queueing::laws::capacity::units_needed, units::Utilization};
/// // A million messages a second on brokers of 200,000, run at 70 %.
/// assert_eq!(units_needed(1e6, 200_000.0, Utilization::from_share(0.7)), Some(8));
/// assert_eq!(units_needed(1e6, 200_000.0, Utilization::from_share(1.0)), Some(5));
/// assert_eq!(units_needed(1e6, 0.0, Utilization::from_share(1.0)), None);
/// ```
pub fn units_needed(load: f64, unit: f64, target: Utilization) -> Option<u64> {
    let usable = unit * target.share();
    (usable > 0.0).then(|| ((load / usable - 1e-9).ceil().max(0.0)) as u64)
}

/// Returns the API instances needed for the orders in flight, ⌈X R / (connections · u)⌉.
///
/// ```
/// use waiting_line::{queueing::laws::capacity::api_instances, units::{Rate, Time, Utilization}};
/// let full = Utilization::from_share(1.0);
/// let instances = api_instances(Rate::per_second(1e6), Time::from_millis(1_050.0), 2_000, full);
/// assert_eq!(instances, Some(525));
/// ```
pub fn api_instances(
    throughput: Rate,
    response_time: Time,
    connections: u64,
    target: Utilization,
) -> Option<u64> {
    units_needed(crate::queueing::laws::little(throughput, response_time), connections as f64, target)
}

/// Returns the servers (consumers, connections, workers) needed for an offered load, ⌈a / u⌉.
///
/// ```
/// use waiting_line::{queueing::laws::capacity::servers_for, units::{OfferedLoad, Utilization}};
/// let consumers = servers_for(OfferedLoad::from_erlangs(21.265), Utilization::from_share(0.8));
/// assert_eq!(consumers, Some(27));
/// ```
pub fn servers_for(offered: crate::units::OfferedLoad, target: Utilization) -> Option<u64> {
    units_needed(offered.erlangs(), 1.0, target)
}

/// Returns the bandwidth of a stream of messages in gigabits per second, 8 X · bytes / 10⁹.
///
/// ```
/// use waiting_line::{queueing::laws::capacity::gigabits_per_second, units::Rate};
/// assert_eq!(gigabits_per_second(Rate::per_second(1e6), 1_000), 8.0);
/// ```
pub fn gigabits_per_second(messages: Rate, bytes: u64) -> f64 {
    8.0 * messages.value() * bytes as f64 / 1e9
}

/// Returns the throughput of a database of `replicas` copies, each good for `single`, when the share `writes`
/// of all queries must be done by every copy: C / (w + (1 − w) / n). More copies help reads only; the limit
/// is C / w.
///
/// The same argument as Amdahl's law: G. M. Amdahl, 1967.
///
/// ```
/// use waiting_line::{queueing::laws::capacity::replicated, units::{Probability, Rate}};
/// let database = |replicas| replicated(Rate::per_second(10_000.0), Probability::new(0.2), replicas);
/// assert_eq!(database(1), Rate::per_second(10_000.0));
/// assert!((database(4).value() - 25_000.0).abs() < 1e-6);
/// assert!(database(1_000_000) < Rate::per_second(50_000.0));
/// ```
pub fn replicated(single: Rate, writes: crate::units::Probability, replicas: u32) -> Rate {
    let (writes, copies) = (writes.value(), f64::from(replicas.max(1)));
    single * (1.0 / (writes + (1.0 - writes) / copies))
}
