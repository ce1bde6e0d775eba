//! A scenario as a network of stations in a pool of workers, and its state under a load.

use crate::queueing::evaluation::SolutionMethod;
use crate::queueing::evaluation::scenario_error::ScenarioError;
use crate::queueing::evaluation::step_work::StepWork;
use crate::queueing::network::birth_death::{BirthDeathRates, PopulationDistribution};
use crate::queueing::network::chain::Chain;
use crate::queueing::network::fork_join::{ForkJoin, Member};
use crate::queueing::network::large_pool::{LargePool, PoolState};
use crate::queueing::network::pool_wait::{Departures, PoolWait};
use crate::queueing::network::throughput_table::ThroughputTable;
use crate::queueing::network::worker_pool::{LARGEST_POPULATION, queue_moments};
use crate::queueing::stations::max_of_independent::moments_of_max;
use crate::queueing::stations::wait::{QueueMoments, Wait, limit_joint_variance};
use crate::queueing::stations::{Station, SteadyState};
use crate::scenario::{Scenario, Workload};
use crate::units::{Rate, Time, Users};

/// A scenario prepared for any load.
pub(crate) struct System<'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) step_works: Vec<StepWork>,
    /// The groups of steps that start together before the answer, in their order.
    pub(crate) groups: Vec<Group>,
    pub(crate) chain: Chain,
    /// The throughput with all workers busy.
    pub(crate) saturation_throughput: Rate,
    /// The chain by the number of orders inside, up to the size of the pool or the limit of the convolution.
    table: ThroughputTable,
    /// The continuation of the table if the pool is larger.
    large_pool: Option<LargePool>,
}

/// The steps that start together before the answer.
pub(crate) struct Group {
    /// Indices of steps in the scenario.
    pub(crate) members: Vec<usize>,
    /// The member that represents the group in the chain, the one that saturates first: its index in the
    /// scenario and in the chain. `None` if no member takes time.
    pub(crate) representative: Option<(usize, usize)>,
    /// The index among the chain's fork-joins, if there are several members.
    pub(crate) join: Option<usize>,
    /// Time that passes in the group without a queue and without a server.
    pub(crate) delay: Time,
}

/// The state of a system under a load.
pub(crate) enum LoadState {
    /// There are no users or no orders.
    Idle,
    Steady(SystemState),
    /// More orders arrive than can be answered.
    Overloaded {
        arrival_rate: Rate,
        /// The state with all workers busy.
        saturated: SystemState,
    },
}

/// The steady state of a system.
pub(crate) struct SystemState {
    /// Orders answered per second.
    pub(crate) throughput: Rate,
    /// The mean number of orders that hold a worker.
    pub(crate) busy: f64,
    /// The mean number of orders that wait for a worker.
    pub(crate) queue: f64,
    /// The probability that all workers are busy.
    all_busy: f64,
    inside: Occupancy,
}

/// The orders inside the chain, as far as they are known.
enum Occupancy {
    /// The probability of each population of the convolution's chain.
    Distribution(Vec<f64>),
    /// Orders that take, on average, as long as those of an independent stream of this `rate`; with the
    /// `variance` of their number, and the mean number of orders `outside` that may come in.
    RenewalApproximation { rate: Rate, variance: f64, outside: f64 },
}

impl SystemState {
    pub(crate) fn empty() -> Self {
        Self {
            throughput: Rate::ZERO,
            busy: 0.0,
            queue: 0.0,
            all_busy: 0.0,
            inside: Occupancy::RenewalApproximation { rate: Rate::ZERO, variance: 0.0, outside: 0.0 },
        }
    }

    /// Returns the mean wait for a worker.
    pub(crate) fn pool_wait(&self) -> Time {
        Time::from_seconds(self.queue / self.throughput.value())
    }

    /// Returns the rate of the independent stream that stands for the arrivals at the chain's stations.
    pub(crate) fn stream(&self) -> Rate {
        match self.inside {
            Occupancy::Distribution(_) => self.throughput,
            Occupancy::RenewalApproximation { rate, .. } => rate,
        }
    }

    /// Returns the mean time for which an order holds a worker.
    pub(crate) fn holding_time(&self) -> Time {
        Time::from_seconds(self.busy / self.throughput.value())
    }
}

impl<'a> System<'a> {
    /// Prepares a scenario.
    pub(crate) fn new(scenario: &'a Scenario) -> Result<Self, ScenarioError> {
        ScenarioError::check(scenario)?;
        let step_works: Vec<StepWork> =
            scenario.steps.iter().map(|step| StepWork::new(step, &scenario.broker)).collect();
        let (groups, chain) = chain(scenario, &step_works);
        if chain.unloaded().is_zero() {
            return Err(ScenarioError::NothingBeforeTheAnswer);
        }
        let workers = scenario.workers.count();
        let reach = workers.min(LARGEST_POPULATION);
        let table = ThroughputTable::new(&chain, reach as usize);
        let large_pool =
            (workers > LARGEST_POPULATION).then(|| LargePool::new(&chain, scenario.workers, &table));
        let system = Self {
            scenario,
            step_works,
            groups,
            chain,
            saturation_throughput: Rate::ZERO,
            table,
            large_pool,
        };
        let saturation_throughput = Rate::per_second(system.throughput(workers as f64));
        Ok(Self { saturation_throughput, ..system })
    }

    /// Returns the large pool if that many orders can fill the chain beyond the limit of the convolution.
    fn large_pool(&self, orders: u64) -> Option<&LargePool> {
        self.large_pool.as_ref().filter(|_| orders > LARGEST_POPULATION)
    }

    pub(crate) fn engine(&self) -> SolutionMethod {
        match self.scenario.workload {
            Workload::Closed { users, .. } if self.large_pool(users.count()).is_none() => {
                SolutionMethod::WorkerPoolClosed
            }
            Workload::Open { .. } if self.large_pool.is_none() => SolutionMethod::WorkerPoolOpen,
            _ => SolutionMethod::FixedPopulationMean,
        }
    }

    pub(crate) fn solve(&self, workload: Workload) -> LoadState {
        match workload {
            Workload::Closed { users, .. } if users.count() == 0 => LoadState::Idle,
            Workload::Closed { users, think_time } => LoadState::Steady(self.closed(users, think_time)),
            Workload::Open { arrival_rate } if arrival_rate.is_zero() => LoadState::Idle,
            Workload::Open { arrival_rate } => self.open(arrival_rate).map_or_else(
                || LoadState::Overloaded { arrival_rate, saturated: self.saturated() },
                LoadState::Steady,
            ),
        }
    }

    fn closed(&self, users: Users, think_time: Time) -> SystemState {
        if let Some(large_pool) = self.large_pool(users.count()) {
            let means = large_pool.closed(users.as_f64(), think_time.seconds());
            let holding_time = Time::from_seconds(means.busy / means.throughput);
            let thinking = users.as_f64() - means.busy - means.queue;
            let outside = thinking * (1.0 - means.all_busy);
            Self::large_state(&means, 1.0, self.chain.stream_with_response_time(holding_time), outside)
        } else {
            let (population, birth_death_rates) = self.population(users, think_time);
            self.state(population, &birth_death_rates, 1.0)
        }
    }

    fn population(&self, users: Users, think_time: Time) -> (PopulationDistribution, BirthDeathRates) {
        let (users, workers) = (users.as_f64(), self.scenario.workers.as_f64());
        let birth_death_rates = self.table.birth_death_rates(users.min(workers));
        (PopulationDistribution::closed(users, think_time.seconds(), &birth_death_rates), birth_death_rates)
    }

    /// Solves an open workload; `None` at the saturation throughput or beyond it. The chain's service times
    /// add up to something less variable than an exponential, so the wait for a worker is corrected by Allen
    /// and Cunneen's factor.
    fn open(&self, arrival_rate: Rate) -> Option<SystemState> {
        // Closer than that, the difference has no significant digits left.
        if arrival_rate.value() >= self.saturation_throughput.value() * (1.0 - 1e-12) {
            return None;
        }
        let correction = f64::midpoint(1.0, self.chain.variability);
        if let Some(large_pool) = &self.large_pool {
            let means = large_pool.open(arrival_rate.value());
            let holding_time = Time::from_seconds(means.busy / means.throughput);
            let rate = self.chain.stream_with_response_time(holding_time);
            Some(Self::large_state(&means, correction, rate, f64::INFINITY))
        } else {
            let birth_death_rates = self.table.birth_death_rates(self.scenario.workers.as_f64());
            Some(self.state(
                PopulationDistribution::open(arrival_rate.value(), &birth_death_rates),
                &birth_death_rates,
                correction,
            ))
        }
    }

    /// Returns the state with all workers busy and always another order behind them.
    fn saturated(&self) -> SystemState {
        let workers = self.scenario.workers.count();
        let inside = if self.large_pool.is_some() {
            let holding_time = Time::from_seconds(workers as f64 / self.saturation_throughput.value());
            Occupancy::RenewalApproximation {
                rate: self.chain.stream_with_response_time(holding_time),
                variance: 0.0,
                outside: 0.0,
            }
        } else {
            let birth_death_rates = self.table.birth_death_rates(workers as f64);
            let mut shares = vec![0.0; birth_death_rates.inside.len() - 1];
            shares.push(1.0);
            Occupancy::Distribution(self.table.to_convolution_states(shares, &birth_death_rates))
        };
        SystemState {
            throughput: self.saturation_throughput,
            busy: workers as f64,
            queue: 0.0,
            all_busy: 1.0,
            inside,
        }
    }

    fn state(
        &self,
        population: PopulationDistribution,
        birth_death_rates: &BirthDeathRates,
        correction: f64,
    ) -> SystemState {
        SystemState {
            throughput: Rate::per_second(population.throughput),
            busy: population.busy,
            queue: population.queue * correction,
            all_busy: population.all_busy,
            inside: Occupancy::Distribution(
                self.table.to_convolution_states(population.probabilities, birth_death_rates),
            ),
        }
    }

    fn large_state(means: &PoolState, correction: f64, rate: Rate, outside: f64) -> SystemState {
        SystemState {
            throughput: Rate::per_second(means.throughput),
            busy: means.busy,
            queue: means.queue * correction,
            all_busy: means.all_busy,
            inside: Occupancy::RenewalApproximation { rate, variance: means.variance, outside },
        }
    }

    /// Returns the wait at each station of the chain.
    pub(crate) fn waits(&self, state: &SystemState) -> Vec<Wait> {
        let throughput = state.throughput.value();
        if throughput <= 0.0 {
            return vec![Wait::default(); self.chain.stations.len()];
        }
        let stations = &self.chain.stations;
        let (mut waits, variance): (Vec<Wait>, f64) = match &state.inside {
            Occupancy::Distribution(shares) => {
                let queue_moments = queue_moments(&self.chain, shares, throughput);
                let wait = |(index, moments): (usize, &QueueMoments)| {
                    let extra_wait = self.table.mean(&self.table.extra_wait[index], shares, throughput);
                    stations[index].wait_in_closed_network(moments, throughput, extra_wait)
                };
                (queue_moments.iter().enumerate().map(wait).collect(), self.table.variance(shares))
            }
            Occupancy::RenewalApproximation { rate, variance, outside } => {
                let steady = self.chain.steady_state(*rate).unwrap_or_default();
                let wait = |(station, steady): (&Station, &SteadyState)| {
                    let waiting = throughput * steady.waiting_time.seconds();
                    let elsewhere = state.busy - waiting - throughput * station.service_time.seconds();
                    station.wait_in_large_pool(steady, waiting, elsewhere.max(0.0) + outside)
                };
                (stations.iter().zip(&steady).map(wait).collect(), *variance)
            }
        };
        waits.resize(stations.len(), Wait::default());
        limit_joint_variance(&mut waits, stations, state.busy, variance, throughput);
        waits
    }

    /// Returns the mean synchronization delay of each fork-join, given the waits at the stations.
    pub(crate) fn synchronization_delays(&self, state: &SystemState, waits: &[Wait]) -> Vec<Time> {
        match &state.inside {
            Occupancy::Distribution(shares) => {
                let throughput = state.throughput.value();
                let mean = |synchronization_delays: &Vec<f64>| {
                    Time::from_seconds(self.table.mean(synchronization_delays, shares, throughput))
                };
                self.table.synchronization_delay.iter().map(mean).collect()
            }
            Occupancy::RenewalApproximation { rate, .. } => {
                let synchronization_delays = |join: &ForkJoin| {
                    Time::from_seconds(join.synchronization_delay(*rate, waits[join.station].mean()))
                };
                self.chain.fork_joins.iter().map(synchronization_delays).collect()
            }
        }
    }

    /// Returns the throughput with that many workers busy, per second.
    fn throughput(&self, busy: f64) -> f64 {
        match &self.large_pool {
            Some(large_pool) => large_pool.throughput(busy),
            None => self.table.throughput(busy),
        }
    }

    /// Describes the departures while all workers are busy.
    ///
    /// The variability of a service counts by its elasticity, the relative decrease of the throughput for a
    /// relative increase of its time. In a closed network that is the share of one more order inside that is
    /// at the station. It is known for all parts without a queue, and the remainder is that of the
    /// bottleneck.
    ///
    /// Source: Z. Liu and P. Nain, “Sensitivity results in open, closed and mixed product form queueing
    /// networks”, 1991.
    fn departures(&self) -> Departures {
        let one_more =
            self.saturation_throughput.value() - self.throughput(self.scenario.workers.as_f64() - 1.0);
        let unloaded = self.chain.unloaded().seconds();
        let bottleneck = self.chain.bottleneck().map(|station| &self.chain.stations[station]);
        let (service, squared) = bottleneck
            .map_or((0.0, 0.0), |station| (station.service_time.seconds(), station.variability.squared()));
        let elsewhere = one_more * (unloaded - service);
        let variance = self.chain.variability * unloaded * unloaded - service * service * squared;
        let squared = (1.0 - elsewhere).powi(2) * squared + one_more * one_more * variance;
        let squared = squared.max(0.0);
        let served = self.saturation_throughput.value() * (service + elsewhere * unloaded);
        Departures { squared, relaxation: served * (1.0 + squared) / 6.0 }
    }

    /// Returns the distribution of the wait for a worker. An order of a closed workload finds the system in
    /// the steady state with one user fewer.
    pub(crate) fn pool_wait(&self, workload: Workload, state: &SystemState) -> PoolWait {
        let wait = state.pool_wait().seconds();
        let workers = self.scenario.workers.count();
        match workload {
            Workload::Open { .. } if state.all_busy > 0.0 => {
                PoolWait::Exponential { share: state.all_busy, mean: wait / state.all_busy }
            }
            Workload::Closed { users, think_time } if users.count() > workers => {
                let others = Users::new(users.count() - 1);
                let share = match self.large_pool(users.count()) {
                    Some(large_pool) => large_pool.closed(others.as_f64(), think_time.seconds()).all_busy,
                    None => self.population(others, think_time).0.all_busy,
                };
                let thinking = think_time.seconds() * self.saturation_throughput.value();
                let longest = (users.count() - 1 - workers) as f64;
                let scale =
                    self.departures().unit_size(self.saturation_throughput.value() * wait / share, thinking);
                // The distribution needs a whole number of units.
                let units = (longest / scale).round();
                let thinking = if units > 0.0 { thinking * units / longest } else { thinking / scale };
                let unit = PoolWait::Queue { share, rate: 1.0, thinking, longest: units };
                // The rate is set so that the mean is the known one.
                let rate = unit.moments().0 / wait;
                if rate.is_finite() && share > 1e-12 {
                    PoolWait::Queue { share, rate, thinking, longest: units }
                } else {
                    PoolWait::Never
                }
            }
            _ => PoolWait::Never,
        }
    }
}

/// Builds the groups of a scenario, and the chain that they make.
fn chain(scenario: &Scenario, step_works: &[StepWork]) -> (Vec<Group>, Chain) {
    let mut groups = Vec::new();
    let mut stations = Vec::new();
    let mut fork_joins = Vec::new();
    let mut delay = if scenario.publishes() { scenario.broker.publish_latency } else { Time::ZERO };
    let (mut mean, mut variance) = (delay.seconds(), 0.0);
    for members in scenario.synchronous_groups() {
        let laws: Vec<_> = members.iter().map(|&step| step_works[step].law().into()).collect();
        let (group_mean, group_variance) = moments_of_max(&laws);
        mean += group_mean;
        variance += group_variance;
        let busy = members.iter().copied().filter(|&step| !step_works[step].demand.is_zero());
        let first_to_saturate = |a: &usize, b: &usize| {
            let demand = |step: &usize| step_works[*step].demand_per_server().seconds();
            demand(a).total_cmp(&demand(b))
        };
        let representative = busy.max_by(first_to_saturate).map(|step| {
            stations.push(station(&step_works[step]));
            (step, stations.len() - 1)
        });
        let join = match representative {
            Some((step, index)) if members.len() > 1 => {
                let member =
                    |step: usize| Member { station: station(&step_works[step]), law: step_works[step].law() };
                let others = members.iter().copied().filter(|&other| other != step);
                fork_joins
                    .push(ForkJoin::new(index, std::iter::once(step).chain(others).map(member).collect()));
                Some(fork_joins.len() - 1)
            }
            _ => None,
        };
        let own = if join.is_some() {
            Time::ZERO
        } else {
            members.iter().map(|&step| step_works[step].delay).fold(Time::ZERO, Time::max)
        };
        delay += own;
        groups.push(Group { members, representative, join, delay: own });
    }
    let variability = if mean > 0.0 { variance / (mean * mean) } else { 0.0 };
    (groups, Chain { stations, fork_joins, delay, variability })
}

/// Returns the queue of a synchronous step. Each attempt queues again, so it has the variability of one
/// visit.
pub(crate) fn station(work: &StepWork) -> Station {
    Station { service_time: work.demand, servers: work.servers, variability: work.visit_variability }
}
