//! What the response-time chart needs of the model: the curve, its ghost, and axes that keep still during a drag.

use leptos::prelude::*;

use crate::charts::{Axes, Ceiling, Scale, load_grid};
use crate::model::{Bounds, CurvePoint, response_curve};
use crate::scenario::{Scenario, Workload};
use crate::units::{Rate, Users};
use crate::views::explore::lens::{Lens, still_while};

/// The curve of the scenario, ready to draw.
#[derive(Clone, Copy)]
pub(crate) struct Curve {
    /// The limits of the scenario; none where the model rejects it.
    pub(crate) bounds: Memo<Option<Bounds>>,
    /// What the curve bends towards.
    pub(crate) ceiling: Memo<Option<Ceiling>>,
    /// The points.
    pub(crate) points: Memo<Vec<CurvePoint>>,
    /// The same flow with every step waited for; empty where that is no other flow.
    pub(crate) ghost: Memo<Vec<CurvePoint>>,
    /// The axes.
    pub(crate) axes: Memo<Axes>,
    /// The load that is set.
    pub(crate) load: Memo<f64>,
}

impl Curve {
    /// The curve of what the lens shows.
    pub(crate) fn of(lens: Lens) -> Self {
        let bounds = Memo::new(move |_| lens.evaluation.with(|it| it.as_ref().ok().map(|it| it.bounds)));
        let load = Memo::new(move |_| lens.scenario.with(|scenario| load_of(scenario.workload)));
        // The curve does not depend on the load that is set, so a drag of the load does not compute it again.
        let flow = Memo::new(move |_| lens.scenario.with(at_any_load));
        let ceiling = Memo::new(move |_| {
            bounds.get().map(|bounds| flow.with(|scenario| Ceiling::of(scenario, &bounds)))
        });
        let loads = still_while(lens.dragging, move || match (ceiling.get(), bounds.get()) {
            (Some(ceiling), Some(bounds)) => Axes::loads(ceiling, bounds.knee, load.get()),
            _ => Scale::log(1.0, 1_000.0),
        });
        let along = move |scenario: &Scenario| {
            let grid = ceiling.get().map(|ceiling| load_grid(loads.get(), ceiling)).unwrap_or_default();
            response_curve(scenario, &grid).unwrap_or_default()
        };
        let points = Memo::new(move |_| flow.with(along));
        let baseline = Memo::new(move |_| flow.with(Scenario::all_synchronous));
        let ghost = Memo::new(move |_| {
            let is_same = baseline.with(|baseline| flow.with(|flow| flow == baseline));
            if is_same { Vec::new() } else { baseline.with(along) }
        });
        let timeout = Memo::new(move |_| lens.scenario.with(|scenario| scenario.client.timeout));
        let axes = still_while(lens.dragging, move || {
            points.with(|points| {
                ghost.with(|ghost| {
                    let ceiling = ceiling.get().unwrap_or(Ceiling::Orders { wall: Rate::ZERO });
                    Axes::fitting(loads.get(), ceiling, &[points, ghost], timeout.get())
                })
            })
        });
        Self { bounds, ceiling, points, ghost, axes, load }
    }
}

/// The load that a workload sets.
fn load_of(workload: Workload) -> f64 {
    match workload {
        Workload::Closed { users, .. } => users.as_f64(),
        Workload::Open { arrival_rate } => arrival_rate.value(),
    }
}

/// The scenario without its load.
fn at_any_load(scenario: &Scenario) -> Scenario {
    let workload = match scenario.workload {
        Workload::Closed { think_time, .. } => Workload::Closed { users: Users::new(1), think_time },
        Workload::Open { .. } => Workload::Open { arrival_rate: Rate::ZERO },
    };
    Scenario { workload, ..scenario.clone() }
}
