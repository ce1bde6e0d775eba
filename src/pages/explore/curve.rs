//! What the response-time chart needs of the model: the curve, its ghost, and axes that keep still during a drag.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::{Axes, Ceiling, Scale, load_grid};
use crate::dom::shared;
use crate::pages::explore::lens::{Lens, Picture};
use crate::queueing::{Bounds, CurvePoint, response_curve};
use crate::scenario::{Scenario, Workload};
use crate::strings::{compare, explore};
use crate::units::{Rate, Time, Users};

/// The curve of a scenario at any load, ready to draw.
pub(crate) struct Curve {
    /// The scenario without its load.
    pub(crate) flow: Scenario,
    timeout: Time,
    /// The limits of the scenario; none where the model rejects it.
    pub(crate) bounds: Option<Bounds>,
    /// What the curve bends towards.
    pub(crate) ceiling: Ceiling,
    /// The points.
    pub(crate) points: Vec<CurvePoint>,
    /// The flow to compare with: what is pinned, or else the same with every step waited for.
    pub(crate) baseline: Scenario,
    /// Its points; empty where that is no other flow.
    pub(crate) ghost: Vec<CurvePoint>,
    /// What it is called.
    pub(crate) ghost_name: &'static str,
    /// The axes.
    pub(crate) axes: Axes,
}

impl Curve {
    /// The curve of what the lens shows. It does not depend on the load that is set, so a drag of the load does not
    /// compute it again.
    pub(crate) fn of(lens: Lens) -> Memo<Arc<Self>> {
        shared(move |before: Option<&Arc<Self>>| {
            let now = lens.now();
            let flow = at_any_load(&now.scenario);
            let bounds = now.evaluation.as_ref().ok().map(|evaluation| evaluation.bounds);
            let (baseline, ghost_name) = baseline(&now, &flow);
            let ceiling =
                bounds.map_or(Ceiling::Orders { wall: Rate::ZERO }, |bounds| Ceiling::of(&flow, &bounds));
            let held = before.filter(|_| now.dragging);
            let loads = held.map_or_else(|| fitting_loads(&now, bounds, ceiling), |held| held.axes.load);
            let same = before.filter(|before| {
                before.flow == flow
                    && before.baseline == baseline
                    && before.axes.load == loads
                    && before.timeout == now.scenario.client.timeout
            });
            if let Some(same) = same {
                return Arc::clone(same);
            }
            let grid = bounds.map(|_| load_grid(loads, ceiling)).unwrap_or_default();
            let points = response_curve(&flow, &grid).unwrap_or_default();
            let is_other = baseline != flow;
            let ghost =
                if is_other { response_curve(&baseline, &grid).unwrap_or_default() } else { Vec::new() };
            let timeout = now.scenario.client.timeout;
            let axes = held
                .map_or_else(|| Axes::fitting(loads, ceiling, &[&points, &ghost], timeout), |held| held.axes);
            Arc::new(Self { flow, timeout, bounds, ceiling, points, baseline, ghost, ghost_name, axes })
        })
    }
}

/// What the curve is compared with, and its name: what is pinned, if its load is of the same kind; else the flow with
/// every step waited for.
fn baseline(now: &Picture, flow: &Scenario) -> (Scenario, &'static str) {
    let pinned = now.pinned.as_ref().map(|pinned| at_any_load(&pinned.scenario));
    match pinned.filter(|pinned| pinned.workload.same_kind(flow.workload)) {
        Some(pinned) => (pinned, compare::PINNED),
        None => (flow.all_synchronous(), explore::ALL_SYNCHRONOUS),
    }
}

/// The loads worth showing.
fn fitting_loads(now: &Picture, bounds: Option<Bounds>, ceiling: Ceiling) -> Scale {
    let load = now.scenario.workload.load();
    bounds.map_or_else(|| Scale::log(1.0, 1_000.0), |bounds| Axes::loads(ceiling, bounds.knee, load))
}

/// The scenario without its load.
fn at_any_load(scenario: &Scenario) -> Scenario {
    let workload = match scenario.workload {
        Workload::Closed { think_time, .. } => Workload::Closed { users: Users::new(1), think_time },
        Workload::Open { .. } => Workload::Open { arrival_rate: Rate::ZERO },
    };
    Scenario { workload, ..scenario.clone() }
}
