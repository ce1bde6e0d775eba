//! Pools too large to convolve: the chain's population is taken at its mean, the users around it as they are.
//!
//! With many orders inside, the chain is treated as an open one through which orders pass at such a rate
//! that, on average, an arriving order finds all others inside (the fixed-population mean, in the form that
//! is exact for one saturated station). That gives the chain's throughput for any number inside, in closed
//! form. The users around it are a birth–death process, as for small pools; where it extends over very many
//! states, it is summed in strides. The cost does not grow with the users.
//!
//! Against exact solutions: the response time is within 2 % where a station of some thousand connections is
//! just full, and much closer elsewhere.
//!
//! Source: W. Whitt, “Open and closed models for networks of queues”, 1984; P. Schweitzer, 1979.

use crate::queueing::network::chain::Chain;
use crate::queueing::network::throughput_table::ThroughputTable;
use crate::queueing::numerics::normal;
use crate::queueing::numerics::poisson::TruncatedPoisson;
use crate::queueing::numerics::root;
use crate::units::{Rate, Servers};

/// The minimum number of strides per standard deviation.
const STRIDES_PER_DEVIATION: f64 = 60.0;

/// The number of servers from which on the number of orders at a station is close to normal.
const MANY_SERVERS: u64 = 2000;

/// A large pool around a chain.
#[derive(Debug)]
pub(crate) struct LargePool {
    workers: f64,
    /// The chain's states at some populations of the convolution's chain, in ascending order.
    curve: Vec<ChainState>,
}

#[derive(Debug, Clone, Copy)]
struct ChainState {
    /// The population of the convolution's chain.
    population: f64,
    /// The actual number of orders inside.
    inside: f64,
    /// Orders answered per second.
    rate: f64,
}

/// The steady state of a large pool.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PoolState {
    /// Orders answered per second.
    pub(crate) throughput: f64,
    /// The mean number of orders that hold a worker.
    pub(crate) busy: f64,
    /// The mean number of orders that wait for a worker.
    pub(crate) queue: f64,
    /// The probability that all workers are busy.
    pub(crate) all_busy: f64,
    /// The variance of the number of orders that hold a worker.
    pub(crate) variance: f64,
}

impl LargePool {
    /// Extends the table of a chain to a pool of that many workers.
    pub(crate) fn new(chain: &Chain, workers: Servers, table: &ThroughputTable) -> Self {
        let workers = workers.as_f64();
        let state =
            |(n, (inside, rate)): (usize, (f64, f64))| ChainState { population: n as f64, inside, rate };
        let mut curve: Vec<ChainState> = table.states().enumerate().map(state).collect();
        let exponential = chain.exponential();
        let limit =
            chain.capacity().unwrap_or_else(|| Rate::per_second(2.0 * workers / chain.unloaded().seconds()));
        // Even steps in the logarithm of the distance to the limit, along which a queue grows evenly.
        let estimates = (1..=200).filter_map(|step| {
            let stream = limit * -(-0.2 * f64::from(step)).exp_m1();
            let (population, rate) = by_population(&exponential, stream)?;
            let more = chain.in_system(stream)? - exponential.in_system(stream)?;
            Some(ChainState { population, inside: population + more, rate })
        });
        for point in estimates {
            let last = curve[curve.len() - 1];
            if last.inside >= workers {
                break;
            }
            if point.inside > last.inside && point.population > last.population {
                // A chain is never slower for having more orders inside, nor is any of them faster.
                let rate = point.rate.min(last.rate * point.inside / last.inside).max(last.rate);
                curve.push(ChainState { rate, ..point });
            }
        }
        let last = curve[curve.len() - 1];
        if last.inside < workers {
            // All others queue at the bottleneck.
            let factor = chain.bottleneck().map_or(1.0, |station| chain.wait_factors(limit)[station]);
            let population = last.population + (workers - last.inside) / factor;
            curve.push(ChainState { population, inside: workers, rate: limit.value().max(last.rate) });
        }
        Self { workers, curve }
    }

    /// Interpolates the state at which a quantity that grows from state to state has a value.
    fn interpolate(&self, quantity: fn(&ChainState) -> f64, value: f64) -> ChainState {
        let above =
            self.curve.partition_point(|point| quantity(point) < value).clamp(1, self.curve.len() - 1);
        let (low, high) = (self.curve[above - 1], self.curve[above]);
        let part = ((value - quantity(&low)) / (quantity(&high) - quantity(&low))).min(1.0);
        let mean = |low: f64, high: f64| low + part * (high - low);
        ChainState {
            population: mean(low.population, high.population),
            inside: mean(low.inside, high.inside),
            rate: mean(low.rate, high.rate),
        }
    }

    /// Returns the state of a population.
    fn state(&self, population: f64) -> ChainState {
        self.interpolate(|point| point.population, population)
    }

    /// Returns the throughput of a population, which is constant beyond the last state.
    fn rate(&self, population: f64, last: ChainState) -> f64 {
        if population >= last.population { last.rate } else { self.state(population).rate }
    }

    /// Returns the state with that many orders actually inside.
    fn state_with_inside(&self, inside: f64) -> ChainState {
        self.interpolate(|point| point.inside, inside)
    }

    /// Returns the throughput with that many orders actually inside, per second.
    pub(crate) fn throughput(&self, inside: f64) -> f64 {
        self.state_with_inside(inside).rate
    }

    /// Solves a closed workload; the think time is in seconds.
    pub(crate) fn closed(&self, users: f64, think_time: f64) -> PoolState {
        let top = users.min(self.workers);
        let outside = users - top;
        let last = self.state_with_inside(top);
        let full =
            |queue| PoolState { throughput: last.rate, busy: top, queue, all_busy: 1.0, variance: 0.0 };
        if think_time <= 0.0 {
            return full(outside);
        }
        // Above the pool's limit the number of those who think is a truncated Poisson.
        let thinking = think_time * last.rate;
        let (above, moment) = match TruncatedPoisson::new(outside, thinking) {
            TruncatedPoisson::Untruncated => return full(outside - thinking),
            TruncatedPoisson::Truncated { weight, moment, .. } => (weight - 1.0, moment),
        };
        let growth = |n: f64| ((users - self.state(n).inside) / (think_time * self.state(n + 1.0).rate)).ln();
        let means = self.balance(last, &growth, above, moment);
        // Strides and interpolation err a little. This restores N = X (Z + R): everybody thinks, waits or is
        // served.
        let response = (means.busy + means.queue) / means.throughput;
        let throughput = (users / (think_time + response)).min(last.rate);
        let scale = throughput * ((users / throughput - think_time) / (means.busy + means.queue));
        let (busy, queue) = (means.busy * scale, means.queue * scale);
        let means = PoolState { throughput, busy, queue, ..means };
        if users > self.workers { means } else { PoolState { all_busy: 0.0, ..means } }
    }

    /// Solves an open workload below the saturation throughput, per second. Above the pool's limit the
    /// probabilities fall geometrically.
    pub(crate) fn open(&self, arrival_rate: f64) -> PoolState {
        let last = self.state_with_inside(self.workers);
        let ratio = arrival_rate / last.rate;
        let above = ratio / (1.0 - ratio);
        let growth = |n: f64| (arrival_rate / self.rate(n + 1.0, last)).ln();
        let means = self.balance(last, &growth, above, above / (1.0 - ratio));
        PoolState { throughput: arrival_rate, ..means }
    }

    /// Solves a birth–death process on the populations up to the `last` state. `growth(n)` is the logarithm
    /// of the weight of `n` + 1 relative to that of `n`, and never grows. The states above the last weigh
    /// `above` times as much as that one, and `queue` is their sum with each weighed by its distance from it.
    fn balance(&self, last: ChainState, growth: &dyn Fn(f64) -> f64, above: f64, queue: f64) -> PoolState {
        let top = last.population.ceil();
        let mode = if growth(top - 1.0) >= 0.0 {
            top
        } else if growth(0.0) <= 0.0 {
            0.0
        } else {
            root::find_root(0.0, top - 1.0, growth).floor()
        };
        let (low, high) = ((mode - mode.sqrt()).max(0.0), (mode + mode.sqrt() + 2.0).min(top - 1.0));
        let steepening = ((growth(low) - growth(high)) / (high - low)).max(0.0);
        let widest = 1.0 / steepening.sqrt() / STRIDES_PER_DEVIATION;
        let mut sums = WeightedSums::default();
        sums.add(self.state(mode), 1.0);
        self.walk(&mut sums, mode, mode, widest, &|n, stride| {
            (n - stride, -growth(n - 0.5 * (stride + 1.0)))
        });
        let weight = self.walk(&mut sums, mode, top - mode, widest, &|n, stride| {
            (n + stride, growth(n + 0.5 * (stride - 1.0)))
        });
        sums.add(last, weight * above);
        let busy = sums.inside / sums.weight;
        PoolState {
            throughput: sums.served / sums.weight,
            busy,
            variance: (sums.square / sums.weight - busy * busy).max(0.0),
            queue: weight * queue / sums.weight,
            all_busy: weight * (1.0 + above) / sums.weight,
        }
    }

    /// Sums the states to one side of the most frequent, over a distance, in strides: where weights change
    /// little from state to state, those in between are interpolated. Returns the weight of the last state,
    /// or 0 if the weights vanish before it.
    fn walk(
        &self,
        sums: &mut WeightedSums,
        from: f64,
        distance: f64,
        widest: f64,
        next: &dyn Fn(f64, f64) -> (f64, f64),
    ) -> f64 {
        let (mut n, mut weight, mut left) = (from, 1.0_f64, distance);
        let mut longest = 1.0;
        while left >= 1.0 {
            if weight < 1e-18 {
                return 0.0;
            }
            let (_, slope) = next(n, 1.0);
            let stride = widest.min(longest).min(0.05 / slope.abs()).min(left).floor().max(1.0);
            longest = 2.0 * stride;
            let (next_state, slope) = next(n, stride);
            let next_weight = weight * (stride * slope).exp();
            sums.add(self.state(n), weight * 0.5 * (stride - 1.0));
            sums.add(self.state(next_state), next_weight * 0.5 * (stride + 1.0));
            (n, weight, left) = (next_state, next_weight, left - stride);
        }
        weight
    }
}

/// Returns the number of orders inside the chain, and the rate at which it answers when their number does not
/// vary, for a stream of that rate; `None` if a station cannot keep up.
fn by_population(chain: &Chain, rate: Rate) -> Option<(f64, f64)> {
    let in_chain = chain.in_system(rate)?;
    let bottleneck = chain.bottleneck().map(|station| &chain.stations[station]);
    if let Some(station) = bottleneck.filter(|station| station.servers.count() >= MANY_SERVERS) {
        let steady = station.steady_state(rate)?;
        let elsewhere = in_chain - steady.busy - rate.value() * steady.waiting_time.seconds();
        return Some((
            closed_population(station.servers.as_f64(), steady.busy, elsewhere.max(0.0)),
            rate.value(),
        ));
    }
    // An arriving order finds what a stream of this rate keeps inside; with itself there is one more.
    Some((in_chain + 1.0, rate.value() * (in_chain + 1.0) / in_chain))
}

/// Returns the number of orders in a closed network of one station with many `servers`, of which `busy` are,
/// and `elsewhere` orders in other places. On both sides of the point where all servers are busy, the number
/// at the station is close to normal.
fn closed_population(servers: f64, busy: f64, elsewhere: f64) -> f64 {
    let share = busy / (busy + elsewhere);
    // Returns the mean number of busy servers with that many orders in all.
    let busy_with = |orders: f64| {
        let (below_mean, below_variance) = (orders * share, orders * share * (1.0 - share));
        let above_variance = servers * (1.0 - share) / share;
        let below = below_variance.sqrt();
        let above = above_variance.sqrt();
        let left = below * normal::mills_ratio((servers - below_mean) / below);
        let right = above * normal::mills_ratio((orders - above_variance - servers) / above);
        if !left.is_finite() {
            return below_mean;
        }
        let free = ((servers - below_mean) * left + below_variance).max(0.0);
        servers - if right.is_finite() { free / (left + right) } else { 0.0 }
    };
    let least = busy + elsewhere;
    let mut most = least * 1.1;
    while busy_with(most) < busy && most < 1e12 {
        most *= 2.0;
    }
    root::find_root(least, most, |orders| busy_with(orders) - busy)
}

/// Weighted sums over the states.
#[derive(Default)]
struct WeightedSums {
    weight: f64,
    inside: f64,
    square: f64,
    served: f64,
}

impl WeightedSums {
    fn add(&mut self, state: ChainState, weight: f64) {
        self.weight += weight;
        self.inside += weight * state.inside;
        self.square += weight * state.inside * state.inside;
        self.served += weight * state.rate;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::stations::Station;
    use crate::units::{Time, Variability};

    fn chain(millis: f64, servers: u64) -> Chain {
        let station = Station {
            service_time: Time::from_millis(millis),
            servers: Servers::new(servers),
            variability: Variability::EXPONENTIAL,
        };
        Chain { stations: vec![station], fork_joins: Vec::new(), delay: Time::ZERO, variability: 1.0 }
    }

    #[test]
    fn users_around_one_station_are_a_finite_source() {
        let check = |users: f64, think_time: f64, millis: f64, servers: u64, error: f64| {
            let chain = chain(millis, servers);
            let table = ThroughputTable::new(&chain, 2_000);
            let pool = LargePool::new(&chain, Servers::new(50_000_000), &table);
            let means = pool.closed(users, think_time);
            let source = crate::queueing::stations::finite_source::FiniteSource {
                users: crate::units::Users::new(users as u64),
                think_time: Time::from_seconds(think_time),
                service_time: Time::from_millis(millis),
                servers: Servers::new(servers),
            };
            let source = source.steady_state().unwrap();
            let (throughput, response) = (source.throughput.value(), source.response_time.seconds());
            assert!(
                (means.throughput / throughput - 1.0).abs() < error,
                "{users}, {servers}: {means:?} {source:?}"
            );
            let in_chain = (means.busy + means.queue) / means.throughput;
            assert!(
                (in_chain / response - 1.0).abs() < error,
                "{users}, {servers}: {in_chain} is not {response}"
            );
        };
        check(31_623.0, 43.4, 2.577, 404, 1e-9);
        check(10_000.0, 10.0, 300.0, 280, 1e-9);
        check(10_000.0, 10.0, 300.0, 300, 1e-9);
        check(1e6, 100.0, 300.0, 2_900, 0.002);
        check(1e6, 100.0, 300.0, 3_000, 0.002);
        check(1e8, 100.0, 300.0, 300_000, 0.002);
        check(1e8, 100.0, 300.0, 299_400, 0.002);
        check(1e8, 100.0, 300.0, 290_000, 0.002);
    }
}
