//! What the response-time chart needs of the model: the curve, its ghost, and axes that keep still during a drag.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::{Axes, Ceiling, Scale, load_grid};
use crate::model::{Bounds, CurvePoint, response_curve};
use crate::scenario::{Scenario, Workload};
use crate::units::{Rate, Time, Users};
use crate::views::explore::lens::{Lens, Picture};
use crate::views::explore::load::load_of;

/// The curve of a scenario at any load, ready to draw.
#[derive(PartialEq)]
pub(crate) struct Curve {
    flow: Scenario,
    timeout: Time,
    /// The limits of the scenario; none where the model rejects it.
    pub(crate) bounds: Option<Bounds>,
    /// What the curve bends towards.
    pub(crate) ceiling: Ceiling,
    /// The points.
    pub(crate) points: Vec<CurvePoint>,
    /// The same flow with every step waited for; empty where that is no other flow.
    pub(crate) ghost: Vec<CurvePoint>,
    /// The axes.
    pub(crate) axes: Axes,
}

impl Curve {
    /// The curve of what the lens shows. It does not depend on the load that is set, so a drag of the load does not
    /// compute it again.
    pub(crate) fn of(lens: Lens) -> Memo<Arc<Self>> {
        Memo::new(move |before: Option<&Arc<Self>>| {
            let now = lens.now();
            let flow = at_any_load(&now.scenario);
            let bounds = now.evaluation.as_ref().ok().map(|evaluation| evaluation.bounds);
            let ceiling =
                bounds.map_or(Ceiling::Orders { wall: Rate::ZERO }, |bounds| Ceiling::of(&flow, &bounds));
            let held = before.filter(|_| now.dragging);
            let loads = held.map_or_else(|| fitting_loads(&now, bounds, ceiling), |held| held.axes.load);
            let same = before.filter(|before| {
                before.flow == flow
                    && before.axes.load == loads
                    && before.timeout == now.scenario.client.timeout
            });
            match same {
                Some(same) => Arc::clone(same),
                None => Arc::new(Self::new(&now, flow, bounds, ceiling, loads, held.map(|held| held.axes))),
            }
        })
    }

    fn new(
        now: &Picture,
        flow: Scenario,
        bounds: Option<Bounds>,
        ceiling: Ceiling,
        loads: Scale,
        held: Option<Axes>,
    ) -> Self {
        let grid = bounds.map(|_| load_grid(loads, ceiling)).unwrap_or_default();
        let points = response_curve(&flow, &grid).unwrap_or_default();
        let baseline = flow.all_synchronous();
        let ghost =
            if baseline == flow { Vec::new() } else { response_curve(&baseline, &grid).unwrap_or_default() };
        let timeout = now.scenario.client.timeout;
        let axes = held.unwrap_or_else(|| Axes::fitting(loads, ceiling, &[&points, &ghost], timeout));
        Self { flow, timeout, bounds, ceiling, points, ghost, axes }
    }
}

/// The loads worth showing.
fn fitting_loads(now: &Picture, bounds: Option<Bounds>, ceiling: Ceiling) -> Scale {
    let load = load_of(now.scenario.workload);
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
