//! A scenario as stations around a pool of workers, and what a load does to it.

use crate::queueing::evaluation::Engine;
use crate::queueing::evaluation::scenario_error::ScenarioError;
use crate::queueing::evaluation::step_work::StepWork;
use crate::queueing::network::birth_death::{Ladder, Population};
use crate::queueing::network::chain::Chain;
use crate::queueing::network::fork_join::{Join, Member};
use crate::queueing::network::large_pool::{LargePool, Means};
use crate::queueing::network::pool_wait::{Departures, PoolWait};
use crate::queueing::network::throughput_table::Inner;
use crate::queueing::network::worker_pool::{LARGEST_POPULATION, lines};
use crate::queueing::stations::max_of_independent::slowest_of;
use crate::queueing::stations::wait::{QueueMoments, Wait, share_the_limit};
use crate::queueing::stations::{Station, Steadied};
use crate::scenario::{Scenario, Workload};
use crate::units::{Rate, Time, Users};

/// A scenario ready for any load.
pub(crate) struct System<'a> {
    pub(crate) scenario: &'a Scenario,
    /// What each step makes of one order.
    pub(crate) works: Vec<StepWork>,
    /// The steps that start together before the answer, in their order.
    pub(crate) groups: Vec<Group>,
    pub(crate) chain: Chain,
    /// The throughput with all workers busy.
    pub(crate) wall: Rate,
    /// The chain by the number of orders inside, as far as the pool and the convolution go.
    inner: Inner,
    /// What goes on from there, where the pool is larger.
    large: Option<LargePool>,
}

/// The steps that start together before the answer.
pub(crate) struct Group {
    /// Their places in the scenario.
    pub(crate) members: Vec<usize>,
    /// The member that stands for all in the chain, the one that saturates first: its place in the scenario and in the
    /// chain. None where nothing takes time.
    pub(crate) backbone: Option<(usize, usize)>,
    /// Its place among the chain's groups, where it has several members.
    pub(crate) join: Option<usize>,
    /// What passes in it without a queue and without a server.
    pub(crate) delay: Time,
}

/// What a load does to a system.
pub(crate) enum Load {
    /// Nobody comes.
    None,
    /// What comes in goes out.
    Steady(State),
    /// More comes than that; the state is that of the system with all workers busy.
    TooMuch {
        /// Orders offered.
        arrival_rate: Rate,
        /// With all workers busy.
        full: State,
    },
}

/// A system at work.
pub(crate) struct State {
    /// Orders answered per second.
    pub(crate) throughput: Rate,
    /// Orders that hold a worker.
    pub(crate) busy: f64,
    /// Orders that wait for one.
    pub(crate) queue: f64,
    /// How often all workers are busy.
    all_busy: f64,
    inside: Inside,
}

/// What is known of the orders inside the chain.
enum Inside {
    /// How often how many are in the convolution's chain.
    Shares(Vec<f64>),
    /// That they take as long as those of an independent stream of this rate, on average; how much their number varies, and how
    /// many more may come in.
    Stream { rate: Rate, variance: f64, outside: f64 },
}

impl State {
    /// Nobody there.
    pub(crate) fn still() -> Self {
        Self {
            throughput: Rate::ZERO,
            busy: 0.0,
            queue: 0.0,
            all_busy: 0.0,
            inside: Inside::Stream { rate: Rate::ZERO, variance: 0.0, outside: 0.0 },
        }
    }

    /// The wait for a worker.
    pub(crate) fn pool_wait(&self) -> Time {
        Time::from_seconds(self.queue / self.throughput.value())
    }

    /// The independent stream under which the chain's stations are taken to be.
    pub(crate) fn stream(&self) -> Rate {
        match self.inside {
            Inside::Shares(_) => self.throughput,
            Inside::Stream { rate, .. } => rate,
        }
    }

    /// How long a worker is held.
    pub(crate) fn held(&self) -> Time {
        Time::from_seconds(self.busy / self.throughput.value())
    }
}

impl<'a> System<'a> {
    /// The system of a scenario.
    pub(crate) fn new(scenario: &'a Scenario) -> Result<Self, ScenarioError> {
        ScenarioError::check(scenario)?;
        let works: Vec<StepWork> =
            scenario.steps.iter().map(|step| StepWork::new(step, &scenario.broker)).collect();
        let (groups, chain) = chain(scenario, &works);
        if chain.unloaded().is_zero() {
            return Err(ScenarioError::NothingBeforeTheAnswer);
        }
        let workers = scenario.workers.count();
        let reach = workers.min(LARGEST_POPULATION);
        let inner = Inner::new(&chain, reach as usize);
        let large = (workers > LARGEST_POPULATION).then(|| LargePool::new(&chain, scenario.workers, &inner));
        let system = Self { scenario, works, groups, chain, wall: Rate::ZERO, inner, large };
        let wall = Rate::per_second(system.throughput(workers as f64));
        Ok(Self { wall, ..system })
    }

    /// The pool, where so many orders in the system can fill the chain further than the convolution reaches.
    fn large(&self, orders: u64) -> Option<&LargePool> {
        self.large.as_ref().filter(|_| orders > LARGEST_POPULATION)
    }

    pub(crate) fn engine(&self) -> Engine {
        match self.scenario.workload {
            Workload::Closed { users, .. } if self.large(users.count()).is_none() => Engine::WorkerPoolClosed,
            Workload::Open { .. } if self.large.is_none() => Engine::WorkerPoolOpen,
            _ => Engine::FixedPopulationMean,
        }
    }

    pub(crate) fn under(&self, workload: Workload) -> Load {
        match workload {
            Workload::Closed { users, .. } if users.count() == 0 => Load::None,
            Workload::Closed { users, think_time } => Load::Steady(self.closed(users, think_time)),
            Workload::Open { arrival_rate } if arrival_rate.is_zero() => Load::None,
            Workload::Open { arrival_rate } => self
                .open(arrival_rate)
                .map_or_else(|| Load::TooMuch { arrival_rate, full: self.full() }, Load::Steady),
        }
    }

    fn closed(&self, users: Users, think_time: Time) -> State {
        if let Some(large) = self.large(users.count()) {
            let means = large.closed(users.as_f64(), think_time.seconds());
            let held = Time::from_seconds(means.busy / means.throughput);
            let thinking = users.as_f64() - means.busy - means.queue;
            let outside = thinking * (1.0 - means.all_busy);
            Self::large_state(&means, 1.0, self.chain.stream_that_takes(held), outside)
        } else {
            let (population, ladder) = self.population(users, think_time);
            self.state(population, &ladder, 1.0)
        }
    }

    fn population(&self, users: Users, think_time: Time) -> (Population, Ladder) {
        let (users, workers) = (users.as_f64(), self.scenario.workers.as_f64());
        let ladder = self.inner.ladder(users.min(workers));
        (Population::closed(users, think_time.seconds(), &ladder), ladder)
    }

    /// The open system; `None` at the wall or beyond it. The chain's service times add up to something less variable than
    /// an exponential, so the wait for a worker is corrected by Allen and Cunneen's factor.
    fn open(&self, arrival_rate: Rate) -> Option<State> {
        // So close to the wall that the difference has no digits left, there is no telling the two apart.
        if arrival_rate.value() >= self.wall.value() * (1.0 - 1e-12) {
            return None;
        }
        let correction = f64::midpoint(1.0, self.chain.variability);
        if let Some(large) = &self.large {
            let means = large.open(arrival_rate.value());
            let held = Time::from_seconds(means.busy / means.throughput);
            let rate = self.chain.stream_that_takes(held);
            Some(Self::large_state(&means, correction, rate, f64::INFINITY))
        } else {
            let ladder = self.inner.ladder(self.scenario.workers.as_f64());
            Some(self.state(Population::open(arrival_rate.value(), &ladder), &ladder, correction))
        }
    }

    /// All workers busy, and always another order behind them.
    fn full(&self) -> State {
        let workers = self.scenario.workers.count();
        let inside = if self.large.is_some() {
            let held = Time::from_seconds(workers as f64 / self.wall.value());
            Inside::Stream { rate: self.chain.stream_that_takes(held), variance: 0.0, outside: 0.0 }
        } else {
            let ladder = self.inner.ladder(workers as f64);
            let mut shares = vec![0.0; ladder.inside.len() - 1];
            shares.push(1.0);
            Inside::Shares(self.inner.in_convolution(shares, &ladder))
        };
        State { throughput: self.wall, busy: workers as f64, queue: 0.0, all_busy: 1.0, inside }
    }

    fn state(&self, population: Population, ladder: &Ladder, correction: f64) -> State {
        State {
            throughput: Rate::per_second(population.throughput),
            busy: population.busy,
            queue: population.queue * correction,
            all_busy: population.all_busy,
            inside: Inside::Shares(self.inner.in_convolution(population.shares, ladder)),
        }
    }

    fn large_state(means: &Means, correction: f64, rate: Rate, outside: f64) -> State {
        State {
            throughput: Rate::per_second(means.throughput),
            busy: means.busy,
            queue: means.queue * correction,
            all_busy: means.all_busy,
            inside: Inside::Stream { rate, variance: means.variance, outside },
        }
    }

    /// The wait at each station of the chain.
    pub(crate) fn waits(&self, state: &State) -> Vec<Wait> {
        let throughput = state.throughput.value();
        if throughput <= 0.0 {
            return vec![Wait::default(); self.chain.stations.len()];
        }
        let stations = &self.chain.stations;
        let (mut waits, variance): (Vec<Wait>, f64) = match &state.inside {
            Inside::Shares(shares) => {
                let lines = lines(&self.chain, shares, throughput);
                let wait = |(place, line): (usize, &QueueMoments)| {
                    let longer = self.inner.mean(&self.inner.longer[place], shares, throughput);
                    stations[place].wait_in_line(line, throughput, longer)
                };
                (lines.iter().enumerate().map(wait).collect(), self.inner.variance(shares))
            }
            Inside::Stream { rate, variance, outside } => {
                let steady = self.chain.under(*rate).unwrap_or_default();
                let wait = |(station, steady): (&Station, &Steadied)| {
                    let waiting = throughput * steady.waiting_time.seconds();
                    let elsewhere = state.busy - waiting - throughput * station.service_time.seconds();
                    station.wait_among(steady, waiting, elsewhere.max(0.0) + outside)
                };
                (stations.iter().zip(&steady).map(wait).collect(), *variance)
            }
        };
        waits.resize(stations.len(), Wait::default());
        share_the_limit(&mut waits, stations, state.busy, variance, throughput);
        waits
    }

    /// What each group of parallel steps takes beyond its backbone, on average, given the waits at the stations.
    pub(crate) fn beyond(&self, state: &State, waits: &[Wait]) -> Vec<Time> {
        match &state.inside {
            Inside::Shares(shares) => {
                let throughput = state.throughput.value();
                let mean =
                    |beyond: &Vec<f64>| Time::from_seconds(self.inner.mean(beyond, shares, throughput));
                self.inner.beyond.iter().map(mean).collect()
            }
            Inside::Stream { rate, .. } => {
                let beyond = |join: &Join| Time::from_seconds(join.beyond(*rate, waits[join.station].mean()));
                self.chain.joins.iter().map(beyond).collect()
            }
        }
    }

    /// The throughput with so many workers busy, per second.
    fn throughput(&self, busy: f64) -> f64 {
        match &self.large {
            Some(large) => large.throughput(busy),
            None => self.inner.throughput(busy),
        }
    }

    /// How orders leave while all workers are busy.
    ///
    /// What a service takes longer counts by its elasticity, the share by which the throughput falls for it. In a closed network that
    /// is the share of one more order inside that is at the station, so it is known of all that makes nobody wait, and what is left
    /// is the fullest station's. Source: Z. Liu and P. Nain, “Sensitivity results in open, closed and mixed product form queueing
    /// networks”, 1991.
    fn departures(&self) -> Departures {
        let one_more = self.wall.value() - self.throughput(self.scenario.workers.as_f64() - 1.0);
        let unloaded = self.chain.unloaded().seconds();
        let fullest = self.chain.bottleneck().map(|station| &self.chain.stations[station]);
        let (service, squared) = fullest
            .map_or((0.0, 0.0), |station| (station.service_time.seconds(), station.variability.squared()));
        let elsewhere = one_more * (unloaded - service);
        let variance = self.chain.variability * unloaded * unloaded - service * service * squared;
        let squared = (1.0 - elsewhere).powi(2) * squared + one_more * one_more * variance;
        let squared = squared.max(0.0);
        let served = self.wall.value() * (service + elsewhere * unloaded);
        Departures { squared, settled: served * (1.0 + squared) / 6.0 }
    }

    /// The law of the wait for a worker. An order of a closed workload finds the system as it is with one user fewer.
    pub(crate) fn pool_wait(&self, workload: Workload, state: &State) -> PoolWait {
        let wait = state.pool_wait().seconds();
        let workers = self.scenario.workers.count();
        match workload {
            Workload::Open { .. } if state.all_busy > 0.0 => {
                PoolWait::Exponential { share: state.all_busy, mean: wait / state.all_busy }
            }
            Workload::Closed { users, think_time } if users.count() > workers => {
                let others = Users::new(users.count() - 1);
                let share = match self.large(users.count()) {
                    Some(large) => large.closed(others.as_f64(), think_time.seconds()).all_busy,
                    None => self.population(others, think_time).0.all_busy,
                };
                let thinking = think_time.seconds() * self.wall.value();
                let longest = (users.count() - 1 - workers) as f64;
                let scale = self.departures().scale(self.wall.value() * wait / share, thinking);
                // The law wants a whole number of units.
                let units = (longest / scale).round();
                let thinking = if units > 0.0 { thinking * units / longest } else { thinking / scale };
                let unit = PoolWait::Queue { share, rate: 1.0, thinking, longest: units };
                // The rate is set so that the mean is the one already known.
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

/// The groups of a scenario, and the chain that they make.
fn chain(scenario: &Scenario, works: &[StepWork]) -> (Vec<Group>, Chain) {
    let mut groups = Vec::new();
    let mut stations = Vec::new();
    let mut joins = Vec::new();
    let mut delay = if scenario.publishes() { scenario.broker.publish_latency } else { Time::ZERO };
    let (mut mean, mut variance) = (delay.seconds(), 0.0);
    for members in scenario.synchronous_groups() {
        let laws: Vec<_> = members.iter().map(|&step| works[step].law().into()).collect();
        let (group_mean, group_variance) = slowest_of(&laws);
        mean += group_mean;
        variance += group_variance;
        let busy = members.iter().copied().filter(|&step| !works[step].demand.is_zero());
        let first_to_saturate = |a: &usize, b: &usize| {
            let demand = |step: &usize| works[*step].demand_per_server().seconds();
            demand(a).total_cmp(&demand(b))
        };
        let backbone = busy.max_by(first_to_saturate).map(|step| {
            stations.push(station(&works[step]));
            (step, stations.len() - 1)
        });
        let join = match backbone {
            Some((step, place)) if members.len() > 1 => {
                let member = |step: usize| Member { station: station(&works[step]), law: works[step].law() };
                let others = members.iter().copied().filter(|&other| other != step);
                joins.push(Join::new(place, std::iter::once(step).chain(others).map(member).collect()));
                Some(joins.len() - 1)
            }
            _ => None,
        };
        let own = if join.is_some() {
            Time::ZERO
        } else {
            members.iter().map(|&step| works[step].delay).fold(Time::ZERO, Time::max)
        };
        delay += own;
        groups.push(Group { members, backbone, join, delay: own });
    }
    let variability = if mean > 0.0 { variance / (mean * mean) } else { 0.0 };
    (groups, Chain { stations, joins, delay, variability })
}

/// The queue of a step's caller. Each attempt stands in line anew, so it is the variability of one that counts.
pub(crate) fn station(work: &StepWork) -> Station {
    Station { service_time: work.demand, servers: work.servers, variability: work.visit_variability }
}
