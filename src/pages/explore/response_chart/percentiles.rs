//! Percentiles along the curve, computed one load at a time while nothing is dragged.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos_use_timeout_fn::{UseTimeoutFnReturn, use_timeout_fn};

use super::curve::{Curve, TABLE_ROWS};
use crate::charts::milestones;
use crate::queueing::{PercentilePoint, percentile_curve};

/// The number of loads at which percentiles are computed, besides those of the table.
const MAX_POINTS: usize = 36;
/// The time without a change after which the computation starts, in milliseconds.
const DELAY_MS: f64 = 150.0;

/// The percentiles of a curve; `None` during a drag, and until all of them are computed.
pub(super) type PercentileCurve = Memo<Option<Arc<Vec<PercentilePoint>>>>;

/// Computes the percentiles of a curve, a moment after its last change.
pub(super) fn use_percentiles(curve: Memo<Arc<Curve>>, is_dragging: Memo<bool>) -> PercentileCurve {
    let results = RwSignal::new(None::<Results>);
    let has_results = move || {
        let curve = curve.read_untracked();
        results.read_untracked().as_ref().is_some_and(|results| Arc::ptr_eq(&results.curve, &curve))
    };
    let compute = move |()| {
        if !is_dragging.get_untracked() && !has_results() {
            Computation { curve, is_dragging, results }.run(curve.get_untracked());
        }
    };
    let UseTimeoutFnReturn { start, .. } = use_timeout_fn(compute, DELAY_MS);
    Effect::new(move || {
        curve.track();
        is_dragging.track();
        start(());
    });
    Memo::new(move |_| {
        let (curve, is_dragging) = (curve.read(), is_dragging.get());
        let results = results.read();
        let current = results.as_ref().filter(|results| Arc::ptr_eq(&results.curve, &curve));
        current.filter(|_| !is_dragging).map(|results| Arc::clone(&results.points))
    })
}

/// The latest percentiles, with the curve that they belong to.
struct Results {
    curve: Arc<Curve>,
    points: Arc<Vec<PercentilePoint>>,
}

/// Loads spread along the curve, together with those of the table.
fn choose_loads(curve: &Curve) -> Vec<f64> {
    let step = curve.points.len().div_ceil(MAX_POINTS).max(1);
    let in_table = milestones(curve.axes.load, &curve.points, TABLE_ROWS);
    let is_chosen = |index: &usize| index.is_multiple_of(step) || in_table.contains(index);
    (0..curve.points.len()).filter(is_chosen).map(|index| curve.points[index].load).collect()
}

/// A computation that returns to the event loop after each load, so that the page stays responsive.
#[derive(Clone, Copy)]
struct Computation {
    curve: Memo<Arc<Curve>>,
    is_dragging: Memo<bool>,
    results: RwSignal<Option<Results>>,
}

impl Computation {
    fn run(self, curve: Arc<Curve>) {
        let loads = choose_loads(&curve);
        self.compute_next(curve, loads, Vec::new());
    }

    fn compute_next(self, curve: Arc<Curve>, loads: Vec<f64>, mut points: Vec<PercentilePoint>) {
        if !self.is_needed(&curve) {
            return;
        }
        let load = loads.get(points.len()).copied();
        if let Some(point) = load.and_then(|load| percentile_curve(&curve.flow, &[load]).ok()?.pop()) {
            points.push(point);
            set_timeout(move || self.compute_next(curve, loads, points), Duration::ZERO);
        } else {
            // All loads are done, or from this one on there are no percentiles.
            self.results.set(Some(Results { curve, points: Arc::new(points) }));
        }
    }

    /// `true` if the curve is still shown and nothing is dragged; `false` after the page was left.
    fn is_needed(self, curve: &Arc<Curve>) -> bool {
        let is_shown = self.curve.try_get_untracked().is_some_and(|shown| Arc::ptr_eq(&shown, curve));
        is_shown && self.is_dragging.try_get_untracked() == Some(false)
    }
}
