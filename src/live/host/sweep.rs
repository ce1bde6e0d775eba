//! Measures response times by simulation at many loads, to compare them with the theory's curve.

use crate::live::protocol::{SweepPoint, SweepProgress};
use crate::scenario::{Scenario, Workload};
use crate::simulation::{EndCondition, Experiment, Limits, Simulation};
use crate::units::{Rate, Users};

#[derive(Debug)]
pub(super) struct Sweep {
    scenario: Scenario,
    loads: Vec<f64>,
    /// The index of the load that is measured now.
    current: usize,
    run: Option<Simulation>,
}

impl Sweep {
    /// The number of orders in each run: enough for confidence intervals of some percent.
    const ORDERS: u64 = 6_000;
    /// The number of events between two readings of the clock.
    const EVENTS_PER_BATCH: u64 = 5_000;
    /// The most events of one run.
    const MAX_EVENTS: u64 = 400_000;
    /// The largest population that is simulated in full: small enough for several orders of each user.
    const MAX_FULL_SIZE: u64 = 500;
    const MAX_LOADS: usize = 40;

    pub(super) fn new(scenario: Scenario, mut loads: Vec<f64>) -> Self {
        loads.truncate(Self::MAX_LOADS);
        Self { scenario, loads, current: 0, run: None }
    }

    /// Goes on for a budget of milliseconds.
    pub(super) fn advance(&mut self, budget: f64, clock: &dyn Fn() -> f64) -> SweepProgress {
        let until = clock() + budget;
        let mut points = Vec::new();
        while let Some(&load) = self.loads.get(self.current) {
            if self.run.is_none() {
                self.run = start(&self.scenario, load);
            }
            let Some(run) = &mut self.run else {
                self.current += 1;
                continue;
            };
            if run.run(Self::EVENTS_PER_BATCH).is_some() {
                points.extend(point(load, run));
                self.run = None;
                self.current += 1;
            }
            if clock() >= until {
                break;
            }
        }
        let current = self.run.as_ref().map_or(0.0, |run| run.events() as f64 / Self::MAX_EVENTS as f64);
        let done = (self.current as f64 + current) / self.loads.len().max(1) as f64;
        SweepProgress { done, points }
    }
}

/// Returns the run at a load; `None` if it is too large to be simulated.
fn start(scenario: &Scenario, load: f64) -> Option<Simulation> {
    let workload = match scenario.workload {
        Workload::Closed { think_time, .. } => {
            Workload::Closed { users: Users::new(load.round() as u64), think_time }
        }
        Workload::Open { .. } => Workload::Open { arrival_rate: Rate::per_second(load) },
    };
    let scenario = Scenario { workload, ..scenario.clone() };
    let limits = Limits { events: Sweep::MAX_EVENTS, ..Limits::default() };
    let plain = Experiment::new(&scenario).with_end(EndCondition::Orders(Sweep::ORDERS));
    let experiment = Experiment { limits, max_full_size_users: Sweep::MAX_FULL_SIZE, ..plain };
    Simulation::new(&experiment).ok()
}

/// Returns the measured point, unless the run has not become steady.
fn point(load: f64, run: &mut Simulation) -> Option<SweepPoint> {
    let report = run.report();
    let mean = report.response_time.filter(|_| report.is_steady)?;
    let p95 = report.percentiles?.p95;
    Some(SweepPoint { load, mean: mean.value, margin: mean.margin, p95: p95.value, p95_margin: p95.margin })
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
        let progress = sweep.advance(1e9, &|| 0.0);
        assert!((progress.done - 1.0).abs() < 1e-12);
        let curve = response_curve(&shop, &loads).unwrap();
        assert_eq!(progress.points.len(), loads.len());
        for (point, theory) in progress.points.iter().zip(curve) {
            let off = (point.mean.seconds() - theory.response_time.seconds()).abs();
            assert!(off <= 2.0 * point.margin.seconds(), "{point:?} beside {theory:?}");
            assert!(point.p95 > point.mean);
        }
    }

    #[test]
    fn it_goes_on_where_it_was_and_can_be_left_at_any_time() {
        let loads = vec![1.0, 10.0];
        let mut at_once = Sweep::new(Scenario::online_shop(), loads.clone());
        let mut interrupted = Sweep::new(Scenario::online_shop(), loads);
        let mut points = Vec::new();
        let mut before = 0.0;
        loop {
            let progress = interrupted.advance(0.0, &|| 0.0);
            assert!(progress.done >= before, "{} after {before}", progress.done);
            before = progress.done;
            points.extend(progress.points);
            if progress.done >= 1.0 {
                break;
            }
        }
        assert_eq!(points, at_once.advance(1e9, &|| 0.0).points);
    }

    #[test]
    fn loads_that_never_settle_have_no_dot() {
        let workload = Workload::Open { arrival_rate: Rate::per_second(1.0) };
        let open = Scenario { workload, ..Scenario::online_shop() };
        let progress = Sweep::new(open, vec![5.0, 60.0, 1e9]).advance(1e9, &|| 0.0);
        let loads: Vec<f64> = progress.points.iter().map(|point| point.load).collect();
        assert_eq!(loads, [5.0]);
    }
}
