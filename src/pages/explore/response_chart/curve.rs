//! The data of the response chart: the curve, the curve to compare with, and axes that do not move during a
//! drag.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::{Axes, Ceiling, Scale, load_grid};
use crate::components::memo_by_pointer;
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::{Bounds, CurvePoint, response_curve};
use crate::scenario::{Scenario, Workload};
use crate::strings::{compare, explore};
use crate::units::{Rate, Time, Users};

/// The number of rows of the curve's table, and of loads that are simulated.
pub(super) const TABLE_ROWS: usize = 12;

/// The response-time curve of a scenario at any load.
pub(super) struct Curve {
    /// The scenario with a fixed load, so that scenarios that differ only in their load are equal.
    pub(super) flow: Scenario,
    timeout: Time,
    /// The bounds of the scenario; `None` if the model rejects it.
    pub(super) bounds: Option<Bounds>,
    pub(super) ceiling: Ceiling,
    pub(super) points: Vec<CurvePoint>,
    /// The scenario to compare with: the pinned one, or else the same with every step synchronous.
    pub(super) baseline: Scenario,
    /// The curve of the baseline; empty if that is the same scenario.
    pub(super) baseline_points: Vec<CurvePoint>,
    pub(super) baseline_name: &'static str,
    pub(super) axes: Axes,
}

/// The curve of a scenario. It does not depend on the load that is set, so a drag of the load does not
/// compute it again.
pub(super) fn curve_memo(
    evaluated: Memo<Arc<EvaluatedScenario>>,
    pinned: Memo<Option<Arc<EvaluatedScenario>>>,
    is_dragging: Memo<bool>,
) -> Memo<Arc<Curve>> {
    memo_by_pointer(move |previous| {
        Curve::update(
            previous,
            &evaluated.read(),
            pinned.read().as_deref().map(|pinned| &pinned.scenario),
            is_dragging.get(),
        )
    })
}

impl Curve {
    /// The previous curve if nothing that it depends on has changed, or else a new one.
    fn update(
        previous: Option<&Arc<Self>>,
        EvaluatedScenario { scenario, evaluation }: &EvaluatedScenario,
        pinned: Option<&Scenario>,
        is_dragging: bool,
    ) -> Arc<Self> {
        let flow = with_fixed_load(scenario);
        let bounds = evaluation.as_ref().ok().map(|evaluation| evaluation.bounds);
        let (baseline, baseline_name) = choose_baseline(pinned, &flow);
        let no_orders = Ceiling::Orders { wall: Rate::ZERO };
        let ceiling = bounds.map_or(no_orders, |bounds| Ceiling::of(&flow, &bounds));
        let timeout = scenario.client.timeout;
        let frozen = previous.filter(|_| is_dragging);
        let loads =
            frozen.map_or_else(|| fit_loads(scenario, bounds, ceiling), |previous| previous.axes.load);
        let unchanged = previous.filter(|previous| {
            previous.flow == flow
                && previous.baseline == baseline
                && previous.axes.load == loads
                && previous.timeout == timeout
        });
        if let Some(unchanged) = unchanged {
            return Arc::clone(unchanged);
        }
        let grid = bounds.map(|_| load_grid(loads, ceiling)).unwrap_or_default();
        let points = response_curve(&flow, &grid).unwrap_or_default();
        let baseline_points =
            if baseline == flow { Vec::new() } else { response_curve(&baseline, &grid).unwrap_or_default() };
        let axes = frozen.map_or_else(
            || Axes::fitting(loads, ceiling, &[&points, &baseline_points], timeout),
            |previous| previous.axes,
        );
        Arc::new(Self {
            flow,
            timeout,
            bounds,
            ceiling,
            points,
            baseline,
            baseline_points,
            baseline_name,
            axes,
        })
    }
}

/// The pinned scenario, if its workload is of the same kind; otherwise the flow with every step synchronous.
fn choose_baseline(pinned: Option<&Scenario>, flow: &Scenario) -> (Scenario, &'static str) {
    match pinned.map(with_fixed_load).filter(|pinned| pinned.workload.same_kind(flow.workload)) {
        Some(pinned) => (pinned, compare::PINNED),
        None => (flow.all_synchronous(), explore::ALL_SYNCHRONOUS),
    }
}

/// The range of loads worth showing.
fn fit_loads(scenario: &Scenario, bounds: Option<Bounds>, ceiling: Ceiling) -> Scale {
    let load = scenario.workload.load();
    bounds.map_or_else(|| Scale::log(1.0, 1_000.0), |bounds| Axes::loads(ceiling, bounds.knee, load))
}

fn with_fixed_load(scenario: &Scenario) -> Scenario {
    let workload = match scenario.workload {
        Workload::Closed { think_time, .. } => Workload::Closed { users: Users::new(1), think_time },
        Workload::Open { .. } => Workload::Open { arrival_rate: Rate::ZERO },
    };
    Scenario { workload, ..scenario.clone() }
}
