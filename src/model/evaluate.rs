//! From a scenario to its evaluation: which stations there are, which engine applies, and what each figure means.

use super::chain::Chain;
use super::evaluation::{
    Bounds, CurvePoint, Effect, EffectState, Engine, Evaluation, Outcome, Residence, Resource, ResourceKind,
    ResourceState, Steady,
};
use super::fixed_population_mean::LargePool;
use super::population::Population;
use super::rejection::Rejection;
use super::service_law::{ServiceLaw, mean_of_slowest};
use super::station::Station;
use super::worker_pool::{LARGEST_POPULATION, throughput_by_population, waiting_by_station};
use crate::scenario::{Scenario, Step, Workload};
use crate::units::{OfferedLoad, Rate, Time, Users, Utilization};

/// Everything that the model says of a scenario.
///
/// ```
/// use waiting_line::{model::{Outcome, evaluate}, scenario::Scenario};
/// let Outcome::Steady(steady) = evaluate(&Scenario::online_shop())?.outcome else { unreachable!() };
/// assert_eq!(steady.response_time.millis().round(), 1050.0);
/// # Ok::<(), waiting_line::model::Rejection>(())
/// ```
///
/// # Errors
/// When something in the scenario has no meaning.
pub fn evaluate(scenario: &Scenario) -> Result<Evaluation, Rejection> {
    let most = match scenario.workload {
        Workload::Closed { users, .. } => users.count(),
        Workload::Open { .. } => 0,
    };
    Ok(System::new(scenario, most)?.evaluation())
}

/// Mean response time and throughput at each of the loads: users of a closed workload, orders per second of an open one.
/// Loads without a steady state are left out. All share one convolution.
///
/// # Errors
/// When something in the scenario has no meaning.
pub fn response_curve(scenario: &Scenario, loads: &[f64]) -> Result<Vec<CurvePoint>, Rejection> {
    let most = loads.iter().copied().fold(0.0, f64::max).round() as u64;
    let system = System::new(scenario, most)?;
    Ok(loads
        .iter()
        .filter_map(|&load| {
            let workload = match scenario.workload {
                Workload::Closed { think_time, .. } => {
                    Workload::Closed { users: Users::new(load.round() as u64), think_time }
                }
                Workload::Open { .. } => Workload::Open { arrival_rate: Rate::per_second(load) },
            };
            match system.under(workload) {
                Load::Steady(state) => Some(CurvePoint {
                    load,
                    response_time: state.steady().response_time,
                    throughput: Rate::per_second(state.throughput),
                }),
                Load::None | Load::TooMuch { .. } => None,
            }
        })
        .collect())
}

/// A scenario as stations around a pool, ready for any load.
struct System<'a> {
    scenario: &'a Scenario,
    groups: Vec<Group>,
    chain: Chain,
    /// The chain's throughput with 0, 1, … orders inside, as far as the pool and the convolution go.
    throughput: Vec<f64>,
    /// The throughput with all workers busy.
    wall: Rate,
}

/// The steps that start together before the answer.
struct Group {
    /// Which of them stands for the group in the chain, by its index in the scenario: the one that saturates first. None
    /// where nothing takes time.
    backbone: Option<usize>,
    /// What the group takes beyond its backbone: the wait for the slowest, and the broker's latency.
    beyond: Time,
}

/// What a load does to a system.
enum Load {
    /// Nobody comes.
    None,
    /// What comes in goes out.
    Steady(State),
    /// More comes than that; the state is that of the system with all workers busy.
    TooMuch { arrival_rate: Rate, full: State },
}

/// A system at work.
struct State {
    throughput: f64,
    /// Orders that hold a worker.
    busy: f64,
    /// Orders that wait for one.
    queue: f64,
    /// How often how many orders are inside the chain; none where only the mean is known.
    inside: Option<Vec<f64>>,
}

impl State {
    fn steady(&self) -> Steady {
        let residence = self.pool_residence();
        Steady {
            throughput: Rate::per_second(self.throughput),
            response_time: residence.total(),
            pool_wait: residence.waiting,
        }
    }

    fn pool_residence(&self) -> Residence {
        Residence {
            waiting: Time::from_seconds(self.queue / self.throughput),
            service: Time::from_seconds(self.busy / self.throughput),
        }
    }
}

impl<'a> System<'a> {
    /// The system of a scenario; no load will have more users than `most_users`.
    fn new(scenario: &'a Scenario, most_users: u64) -> Result<Self, Rejection> {
        Rejection::check(scenario)?;
        let groups: Vec<Group> =
            scenario.synchronous_groups().iter().map(|members| Group::new(scenario, members)).collect();
        let stations =
            groups.iter().filter_map(|group| group.backbone).map(|step| station(&scenario.steps[step]));
        let publish = if scenario.publishes() { scenario.broker.publish_latency } else { Time::ZERO };
        let beyond = groups.iter().map(|group| group.beyond).sum::<Time>();
        let chain = Chain::new(stations.collect(), publish + beyond);
        if chain.unloaded().is_zero() {
            return Err(Rejection::NothingBeforeTheAnswer);
        }
        let workers = scenario.workers.count();
        let (throughput, wall) = if workers <= LARGEST_POPULATION {
            let throughput = throughput_by_population(&chain, workers as usize);
            let wall = Rate::per_second(throughput[workers as usize]);
            (throughput, wall)
        } else {
            let most = most_users.min(LARGEST_POPULATION) as usize;
            (throughput_by_population(&chain, most), LargePool::new(&chain, scenario.workers).wall)
        };
        Ok(Self { scenario, groups, chain, throughput, wall })
    }

    /// Whether that many orders inside the chain are more than the convolution reaches.
    fn beyond_convolution(&self, orders: u64) -> bool {
        orders.min(self.scenario.workers.count()) > LARGEST_POPULATION
    }

    fn engine(&self) -> Engine {
        match self.scenario.workload {
            Workload::Closed { users, .. } if self.beyond_convolution(users.count()) => {
                Engine::FixedPopulationMean
            }
            Workload::Closed { .. } => Engine::WorkerPoolClosed,
            Workload::Open { .. } if self.beyond_convolution(u64::MAX) => Engine::FixedPopulationMean,
            Workload::Open { .. } => Engine::WorkerPoolOpen,
        }
    }

    fn under(&self, workload: Workload) -> Load {
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
        if self.beyond_convolution(users.count()) {
            let means = self.large_pool().closed(users.as_f64(), think_time);
            State { throughput: means.throughput.value(), busy: means.busy, queue: means.queue, inside: None }
        } else {
            let workers = self.scenario.workers.count();
            let population =
                Population::closed(users.count(), think_time.seconds(), workers, &self.throughput);
            State {
                throughput: population.throughput,
                busy: population.busy,
                queue: population.queue,
                inside: Some(population.inside),
            }
        }
    }

    /// The open system; `None` at the wall or beyond it. The chain's service times add up to something less variable than
    /// an exponential, so the wait for a worker is corrected by Allen and Cunneen's factor.
    fn open(&self, arrival_rate: Rate) -> Option<State> {
        // So close to the wall that the difference has no digits left, there is no telling the two apart.
        if arrival_rate.value() >= self.wall.value() * (1.0 - 1e-12) {
            return None;
        }
        let correction = f64::midpoint(1.0, self.chain.variability);
        if self.beyond_convolution(u64::MAX) {
            let means = self.large_pool().under(arrival_rate)?;
            Some(State {
                throughput: arrival_rate.value(),
                busy: means.busy,
                queue: means.queue * correction,
                inside: None,
            })
        } else {
            let population = Population::open(arrival_rate.value(), &self.throughput);
            Some(State {
                throughput: population.throughput,
                busy: population.busy,
                queue: population.queue * correction,
                inside: Some(population.inside),
            })
        }
    }

    /// All workers busy, and always another order behind them.
    fn full(&self) -> State {
        let workers = self.scenario.workers.count();
        let inside = (!self.beyond_convolution(u64::MAX))
            .then(|| (0..=workers).map(|n| f64::from(u8::from(n == workers))).collect());
        State { throughput: self.wall.value(), busy: workers as f64, queue: 0.0, inside }
    }

    fn large_pool(&self) -> LargePool<'_> {
        LargePool { chain: &self.chain, workers: self.scenario.workers, wall: self.wall }
    }

    fn evaluation(&self) -> Evaluation {
        let (outcome, resources) = match self.under(self.scenario.workload) {
            Load::None => {
                let idle = State { throughput: 0.0, busy: 0.0, queue: 0.0, inside: None };
                let pool = steady_state(
                    self.scenario.workers.as_f64(),
                    0.0,
                    0.0,
                    Residence { waiting: Time::ZERO, service: self.chain.unloaded() },
                );
                (Outcome::Idle, self.resources(&idle, pool))
            }
            Load::Steady(state) => {
                let workers = self.scenario.workers.as_f64();
                let pool = steady_state(workers, state.busy, state.queue, state.pool_residence());
                (Outcome::Steady(state.steady()), self.resources(&state, pool))
            }
            Load::TooMuch { arrival_rate, full } => {
                let growth = arrival_rate - self.wall;
                let pool = ResourceState::Growing { growth, capacity: self.wall };
                (
                    Outcome::Overloaded { arrival_rate, capacity: self.wall, growth },
                    self.resources(&full, pool),
                )
            }
        };
        let groups = self.group_times(&resources);
        let effects = effects(&resources, outcome.throughput());
        Evaluation { engine: self.engine(), outcome, bounds: self.bounds(), resources, groups, effects }
    }

    /// The pool in the given state, and every step in the state that follows.
    fn resources(&self, state: &State, pool: ResourceState) -> Vec<Resource> {
        let throughput = Rate::per_second(state.throughput);
        let mut waiting = vec![0.0; self.scenario.steps.len()];
        let backbones = self.groups.iter().filter_map(|group| group.backbone);
        for (step, here) in backbones.zip(self.waiting_in_chain(state)) {
            waiting[step] = here;
        }
        let offered = match pool {
            ResourceState::Steady { in_service, .. } => in_service,
            ResourceState::Growing { growth, capacity } => {
                (growth + capacity).value() * self.chain.unloaded().seconds()
            }
        };
        let pool = Resource {
            kind: ResourceKind::ApiPool,
            servers: self.scenario.workers.count(),
            demand: self.chain.unloaded(),
            offered: OfferedLoad::from_erlangs(offered),
            state: pool,
        };
        let steps = self.scenario.steps.iter().enumerate().map(|(index, step)| {
            let station = station(step);
            let waits_for = step.placement.is_waited_for();
            let is_backbone = self.groups.iter().any(|group| group.backbone == Some(index));
            let state = if is_backbone {
                let busy = throughput.value() * station.service_time.seconds();
                let line = Time::from_seconds(waiting[index] / throughput.value());
                let residence = Residence { waiting: line, service: station.service_time };
                steady_state(station.servers.as_f64(), busy, waiting[index], residence)
            } else {
                open_state(&station, throughput)
            };
            Resource {
                kind: if waits_for { ResourceKind::Step(index) } else { ResourceKind::Consumers(index) },
                servers: station.servers.count(),
                demand: station.service_time,
                offered: throughput * station.service_time,
                state,
            }
        });
        std::iter::once(pool).chain(steps).collect()
    }

    /// How many orders wait at each station of the chain.
    fn waiting_in_chain(&self, state: &State) -> Vec<f64> {
        if state.throughput <= 0.0 {
            return vec![0.0; self.chain.stations.len()];
        }
        if let Some(shares) = &state.inside {
            return waiting_by_station(&self.chain, shares, state.throughput);
        }
        let throughput = Rate::per_second(state.throughput);
        let waiting = |station: &Station| {
            station.under(throughput).map_or(0.0, |steady| state.throughput * steady.waiting_time.seconds())
        };
        self.chain.stations.iter().map(waiting).collect()
    }

    /// What each synchronous group takes from its start to its end.
    fn group_times(&self, resources: &[Resource]) -> Vec<Time> {
        let residence = |step: usize| match resources[step + 1].state {
            ResourceState::Steady { residence, .. } => residence.total(),
            ResourceState::Growing { .. } => Time::ZERO,
        };
        self.groups.iter().map(|group| group.beyond + group.backbone.map_or(Time::ZERO, residence)).collect()
    }

    fn bounds(&self) -> Bounds {
        let unloaded = self.chain.unloaded();
        let mut largest = (0, unloaded / self.scenario.workers.as_f64());
        for (index, step) in
            self.scenario.steps.iter().enumerate().filter(|(_, step)| step.placement.is_waited_for())
        {
            let station = station(step);
            let demand = station.service_time / station.servers.as_f64();
            if demand > largest.1 {
                largest = (index + 1, demand);
            }
        }
        let knee = match self.scenario.workload {
            Workload::Closed { think_time, .. } => Some((unloaded + think_time) / largest.1),
            Workload::Open { .. } => None,
        };
        Bounds { unloaded, largest_demand: largest.1, bottleneck: largest.0, wall: self.wall, knee }
    }
}

impl Group {
    fn new(scenario: &Scenario, members: &[usize]) -> Self {
        let per_server = |index: &usize| {
            let step = &scenario.steps[*index];
            step.service_time / step.servers.as_f64()
        };
        let backbone = members
            .iter()
            .copied()
            .filter(|&index| !scenario.steps[index].service_time.is_zero())
            .max_by(|a, b| per_server(a).seconds().total_cmp(&per_server(b).seconds()));
        let laws: Vec<ServiceLaw> = members
            .iter()
            .map(|&index| {
                let step = &scenario.steps[index];
                let delay = scenario.caller_time(step) - step.service_time;
                ServiceLaw::new(delay, step.service_time, step.variability)
            })
            .collect();
        let alone = match laws.as_slice() {
            [law] => law.mean(),
            several => mean_of_slowest(several),
        };
        let own = backbone.map_or(Time::ZERO, |index| scenario.steps[index].service_time);
        Self { backbone, beyond: Time::from_seconds(alone) - own }
    }
}

/// What becomes of the events, from the state of their consumers.
fn effects(resources: &[Resource], arrival_rate: Rate) -> Vec<Effect> {
    let effect = |resource: &Resource| {
        let ResourceKind::Consumers(step) = resource.kind else { return None };
        let state = match resource.state {
            ResourceState::Steady { in_service, waiting, residence, .. } => {
                EffectState::Keeping { staleness: residence.total(), lag: in_service + waiting }
            }
            ResourceState::Growing { growth, capacity } => EffectState::FallingBehind { growth, capacity },
        };
        Some(Effect { step, arrival_rate, state })
    };
    resources.iter().filter_map(effect).collect()
}

/// The station that a step is.
fn station(step: &Step) -> Station {
    Station { service_time: step.service_time, servers: step.servers, variability: step.variability }
}

fn steady_state(servers: f64, busy: f64, waiting: f64, residence: Residence) -> ResourceState {
    ResourceState::Steady {
        utilization: Utilization::from_share(busy / servers),
        in_service: busy,
        waiting,
        residence,
    }
}

/// A station under a stream of its own.
fn open_state(station: &Station, arrival_rate: Rate) -> ResourceState {
    match (station.under(arrival_rate), station.capacity()) {
        (None, Some(capacity)) => ResourceState::Growing { growth: arrival_rate - capacity, capacity },
        (None, None) => steady_state(station.servers.as_f64(), 0.0, 0.0, Residence::default()),
        (Some(steady), _) => {
            let residence = Residence { waiting: steady.waiting_time, service: station.service_time };
            let waiting = arrival_rate.value() * steady.waiting_time.seconds();
            steady_state(station.servers.as_f64(), steady.busy, waiting, residence)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Placement;
    use crate::units::Servers;

    fn shop(users: u64, placements: [Placement; 4]) -> Scenario {
        let mut scenario = Scenario::online_shop();
        scenario.workload =
            Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        for (step, placement) in scenario.steps.iter_mut().zip(placements) {
            step.placement = placement;
        }
        scenario
    }

    const ALL_SYNC: [Placement; 4] = [Placement::Sync; 4];
    const HYBRID: [Placement; 4] = [Placement::Sync, Placement::Sync, Placement::Async, Placement::Async];

    fn steady(evaluation: &Evaluation) -> Steady {
        let Outcome::Steady(steady) = evaluation.outcome else { panic!("{:?}", evaluation.outcome) };
        steady
    }

    fn check_times(scenario: &Scenario, expected: f64) {
        let evaluation = evaluate(scenario).unwrap();
        let steady = steady(&evaluation);
        let response = steady.response_time.seconds();
        assert!((response - expected).abs() < 0.000_5, "{response} is not {expected}");
        let publish = if scenario.publishes() { scenario.broker.publish_latency } else { Time::ZERO };
        let parts = steady.pool_wait + evaluation.groups.iter().copied().sum::<Time>() + publish;
        assert!((parts.seconds() - response).abs() < 1e-9 * response, "{parts:?} make {response}");
    }

    #[test]
    fn the_shop_is_fine_at_10_users_crawls_at_100_and_fails_at_500() {
        for (users, all_sync, hybrid) in [(10, 1.050, 0.500), (100, 4.274, 2.124), (500, 25.368, 14.621)] {
            check_times(&shop(users, ALL_SYNC), all_sync);
            check_times(&shop(users, HYBRID), hybrid);
        }
    }

    #[test]
    fn the_walls() {
        let check = |scenario: &Scenario, wall: f64, bound: f64| {
            let bounds = evaluate(scenario).unwrap().bounds;
            assert!((bounds.wall.value() - wall).abs() < 0.000_5, "{:?} is not {wall}", bounds.wall);
            assert!((1.0 / bounds.largest_demand.seconds() - bound).abs() < 0.01, "{bounds:?}");
        };
        check(&shop(500, ALL_SYNC), 18.963, 19.05);
        check(&shop(500, HYBRID), 32.009, 33.33);
        let mut slow_email = shop(500, ALL_SYNC);
        slow_email.steps[2].service_time = Time::from_whole_seconds(3);
        check(&slow_email, 3.999, 4.0);
    }

    #[test]
    fn a_slow_email_holds_up_the_answer_unless_it_is_published() {
        let mut slow = shop(1, ALL_SYNC);
        slow.steps[2].service_time = Time::from_whole_seconds(3);
        check_times(&slow, 3.650);
        slow.steps[2].placement = Placement::Async;
        slow.steps[3].placement = Placement::Async;
        check_times(&slow, 0.500);
        slow.broker.publish_latency = Time::from_millis(5.0);
        check_times(&slow, 0.505);
    }

    #[test]
    fn email_s_consumers_fall_behind_a_hybrid_shop_at_its_wall() {
        let evaluation = evaluate(&shop(500, HYBRID)).unwrap();
        let EffectState::FallingBehind { growth, capacity } = evaluation.effects[0].state else { panic!() };
        assert!((growth.value() - 2.009).abs() < 0.001 && (capacity.value() - 30.0).abs() < 1e-9);
        assert!(matches!(evaluation.effects[1].state, EffectState::Keeping { .. }));
        assert_eq!(evaluation.resources[3].kind, ResourceKind::Consumers(2));
    }

    #[test]
    fn two_hundred_orders_are_spread_over_the_steps_by_little_s_law() {
        let mut scenario = shop(200, ALL_SYNC);
        scenario.workload = Workload::Closed { users: Users::new(200), think_time: Time::ZERO };
        scenario.workers = Servers::new(200);
        scenario.steps.iter_mut().for_each(|step| step.servers = Servers::new(200));
        let evaluation = evaluate(&scenario).unwrap();
        for (resource, expected) in evaluation.resources.iter().zip([200.0, 57.1, 38.1, 76.2, 28.6]) {
            let ResourceState::Steady { in_service, waiting, .. } = resource.state else { panic!() };
            assert!((in_service - expected).abs() < 0.05 && waiting.abs() < 1e-9);
        }
    }

    #[test]
    fn an_open_stream_at_the_wall_has_no_steady_state() {
        let mut scenario = shop(0, ALL_SYNC);
        scenario.workload = Workload::Open { arrival_rate: Rate::per_second(20.0) };
        let evaluation = evaluate(&scenario).unwrap();
        let Outcome::Overloaded { growth, .. } = evaluation.outcome else {
            panic!("{:?}", evaluation.outcome)
        };
        assert!((growth.value() - (20.0 - 18.963)).abs() < 0.001);
        assert!(matches!(evaluation.resources[0].state, ResourceState::Growing { .. }));
        assert!(matches!(evaluation.resources[1].state, ResourceState::Steady { .. }));
        assert_eq!(response_curve(&scenario, &[0.0, 10.0, 19.0, 25.0]).unwrap().len(), 1);
    }

    #[test]
    fn nobody_is_idle_and_one_alone_never_waits() {
        assert_eq!(evaluate(&shop(0, ALL_SYNC)).unwrap().outcome, Outcome::Idle);
        for workers in [1, 20, 5_000] {
            let mut alone = shop(1, ALL_SYNC);
            alone.workers = Servers::new(workers);
            check_times(&alone, 1.050);
        }
    }

    #[test]
    fn the_curve_says_what_the_evaluation_says() {
        let scenario = shop(100, ALL_SYNC);
        let curve = response_curve(&scenario, &[0.0, 1.0, 10.0, 100.0, 1e8]).unwrap();
        assert_eq!(curve.len(), 4);
        assert_eq!(curve[2].response_time, steady(&evaluate(&scenario).unwrap()).response_time);
        assert!((curve[3].response_time.seconds() / (1e8 / 18.963) - 1.0).abs() < 1e-4);
    }

    #[test]
    fn large_pools_go_on_where_convolution_ends() {
        let response = |workers: u64, users: u64| {
            let mut scenario = shop(users, ALL_SYNC);
            scenario.workers = Servers::new(workers);
            scenario.steps.iter_mut().for_each(|step| step.servers = Servers::new(10_000));
            steady(&evaluate(&scenario).unwrap()).response_time.seconds()
        };
        for users in [2_000, 4_000, 100_000, 100_000_000] {
            let (exact, mean) = (response(2_000, users), response(2_001, users));
            assert!((mean / exact - 1.0).abs() < 0.04, "{users}: {exact} and {mean}");
        }
    }
}
