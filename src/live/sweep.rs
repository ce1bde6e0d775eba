//! Response times by simulation at many loads: the dots beside the theory's curve.

use serde::{Deserialize, Serialize};

use crate::scenario::{Scenario, Workload};
use crate::simulation::{Experiment, Limits, Simulation, Until};
use crate::units::{Rate, Time, Users};

/// How far the measuring is, and what it has found since it was last asked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Swept {
    /// How much is done, from 0 to 1.
    pub done: f64,
    /// What was found.
    pub points: Vec<SweptPoint>,
}

/// What a run at one load says.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SweptPoint {
    /// Users, or orders per second.
    pub load: f64,
    /// The mean response time.
    pub mean: Time,
    /// The truth lies at most this far away in 95 of 100 runs.
    pub margin: Time,
    /// The response time that 95 of 100 orders do not exceed.
    pub p95: Time,
    /// As for the mean.
    pub p95_margin: Time,
}

/// Runs at several loads, one after the other.
#[derive(Debug)]
pub(super) struct Sweep {
    scenario: Scenario,
    loads: Vec<f64>,
    /// How many of them are done.
    next: usize,
    run: Option<Simulation>,
}

impl Sweep {
    /// Orders that end in each run: enough for margins of some percent.
    const ORDERS: u64 = 6_000;
    /// Events between two looks at the clock.
    const HANDFUL: u64 = 5_000;
    /// Events that one run has at most.
    const MOST_EVENTS: u64 = 400_000;
    /// Up to so many users everybody is played: so few that each is answered several times.
    const ALL_PLAYED: u64 = 500;
    /// The most loads.
    const MOST_LOADS: usize = 40;

    pub(super) fn new(scenario: Scenario, mut loads: Vec<f64>) -> Self {
        loads.truncate(Self::MOST_LOADS);
        Self { scenario, loads, next: 0, run: None }
    }

    /// Goes on for a while.
    pub(super) fn go_on(&mut self, budget: f64, clock: &dyn Fn() -> f64) -> Swept {
        let until = clock() + budget;
        let mut points = Vec::new();
        while let Some(&load) = self.loads.get(self.next) {
            if self.run.is_none() {
                self.run = begin(&self.scenario, load);
            }
            let Some(run) = &mut self.run else {
                self.next += 1;
                continue;
            };
            if run.run(Self::HANDFUL).is_some() {
                points.extend(point(load, run));
                self.run = None;
                self.next += 1;
            }
            if clock() >= until {
                break;
            }
        }
        let within = self.run.as_ref().map_or(0.0, |run| run.events() as f64 / Self::MOST_EVENTS as f64);
        let done = (self.next as f64 + within) / self.loads.len().max(1) as f64;
        Swept { done, points }
    }
}

/// The run at a load; nothing where it cannot be simulated.
fn begin(scenario: &Scenario, load: f64) -> Option<Simulation> {
    let workload = match scenario.workload {
        Workload::Closed { think_time, .. } => {
            Workload::Closed { users: Users::new(load.round() as u64), think_time }
        }
        Workload::Open { .. } => Workload::Open { arrival_rate: Rate::per_second(load) },
    };
    let scenario = Scenario { workload, ..scenario.clone() };
    let limits = Limits { events: Sweep::MOST_EVENTS, ..Limits::default() };
    let plain = Experiment::new(&scenario).until(Until::Orders(Sweep::ORDERS));
    let experiment = Experiment { limits, all_played: Sweep::ALL_PLAYED, ..plain };
    Simulation::new(&experiment).ok()
}

/// What a run says, unless it never became steady.
fn point(load: f64, run: &mut Simulation) -> Option<SweptPoint> {
    let report = run.report();
    let mean = report.response_time.filter(|_| report.settled)?;
    let p95 = report.percentiles?.p95;
    Some(SweptPoint { load, mean: mean.value, margin: mean.margin, p95: p95.value, p95_margin: p95.margin })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::response_curve;

    #[test]
    fn the_dots_lie_on_the_curve() {
        let shop = Scenario::online_shop();
        let loads = [1.0, 10.0, 30.0, 100.0, 1_000.0, 10_000.0, 1e6, 1e8];
        let mut sweep = Sweep::new(shop.clone(), loads.to_vec());
        let swept = sweep.go_on(1e9, &|| 0.0);
        assert!((swept.done - 1.0).abs() < 1e-12);
        let curve = response_curve(&shop, &loads).unwrap();
        assert_eq!(swept.points.len(), loads.len());
        for (dot, theory) in swept.points.iter().zip(curve) {
            let off = (dot.mean.seconds() - theory.response_time.seconds()).abs();
            assert!(off <= 2.0 * dot.margin.seconds(), "{dot:?} beside {theory:?}");
            assert!(dot.p95 > dot.mean);
        }
    }

    #[test]
    fn it_goes_on_where_it_was_and_can_be_left_at_any_time() {
        let loads = vec![1.0, 10.0];
        let mut at_once = Sweep::new(Scenario::online_shop(), loads.clone());
        let mut halting = Sweep::new(Scenario::online_shop(), loads);
        let mut found = Vec::new();
        let mut before = 0.0;
        loop {
            let swept = halting.go_on(0.0, &|| 0.0);
            assert!(swept.done >= before, "{} after {before}", swept.done);
            before = swept.done;
            found.extend(swept.points);
            if swept.done >= 1.0 {
                break;
            }
        }
        assert_eq!(found, at_once.go_on(1e9, &|| 0.0).points);
    }

    #[test]
    fn loads_that_never_settle_have_no_dot() {
        let workload = Workload::Open { arrival_rate: Rate::per_second(1.0) };
        let open = Scenario { workload, ..Scenario::online_shop() };
        let swept = Sweep::new(open, vec![5.0, 60.0, 1e9]).go_on(1e9, &|| 0.0);
        let loads: Vec<f64> = swept.points.iter().map(|point| point.load).collect();
        assert_eq!(loads, [5.0]);
    }
}
