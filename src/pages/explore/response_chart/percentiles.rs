//! Percentiles over the load, computed while nobody is waiting for anything else.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::app::rest::use_rest;
use crate::charts::milestones;
use crate::dom::{Flag, effect};
use crate::pages::explore::curve::Curve;
use crate::pages::explore::lens::Lens;
use crate::pages::explore::response::ROWS;
use crate::queueing::{PercentilePoint, percentile_curve};
use crate::scenario::Scenario;

/// The most loads at which percentiles are computed, beside those of the table.
const MOST: usize = 36;
/// How long nothing must have changed before they are.
const REST: Duration = Duration::from_millis(150);

/// The percentiles along the curve: none while something changes, and a while later all of them. And whether they are
/// still to come.
pub(super) fn percentiles_over(
    lens: Lens,
    curve: Memo<Arc<Curve>>,
) -> (ReadSignal<Arc<Vec<PercentilePoint>>>, Flag) {
    let shown = RwSignal::new(Arc::new(Vec::new()));
    let pending = RwSignal::new(true);
    let round = StoredValue::new(0_u32);
    let rest = use_rest();
    let is_dragging = Memo::new(move |_| lens.now().dragging);
    effect(move || {
        let (curve, is_dragging, is_here) = (curve.get(), is_dragging.get(), rest.get());
        let this = round.with_value(|round| round.wrapping_add(1));
        round.set_value(this);
        if !shown.with_untracked(|points| points.is_empty()) {
            shown.set(Arc::default());
        }
        pending.set(true);
        if !is_dragging && is_here {
            let loads = loads_of(&curve);
            let sweep =
                Sweep { flow: curve.flow.clone(), loads, found: Vec::new(), round, this, shown, pending };
            set_timeout(move || sweep.go_on(), REST);
        }
    });
    (shown.read_only(), pending.into())
}

/// A few loads along the curve, with those that the table has.
fn loads_of(curve: &Curve) -> Vec<f64> {
    let step = curve.points.len().div_ceil(MOST).max(1);
    let in_table = milestones(curve.axes.load, &curve.points, ROWS);
    let is_wanted = |index: &usize| index.is_multiple_of(step) || in_table.contains(index);
    let chosen = (0..curve.points.len()).filter(is_wanted);
    chosen.map(|index| curve.points[index].load).collect()
}

/// Percentiles while they are computed, a load at a time, so that the page answers in between.
struct Sweep {
    flow: Scenario,
    loads: Vec<f64>,
    found: Vec<PercentilePoint>,
    round: StoredValue<u32>,
    this: u32,
    shown: RwSignal<Arc<Vec<PercentilePoint>>>,
    pending: RwSignal<bool>,
}

impl Sweep {
    fn go_on(mut self) {
        // The view may be gone, or something else be set.
        if self.round.try_get_value() != Some(self.this) {
            return;
        }
        let Some(load) = self.loads.get(self.found.len()).copied() else {
            self.shown.try_set(Arc::new(self.found));
            self.pending.try_set(false);
            return;
        };
        let Some(point) = percentile_curve(&self.flow, &[load]).ok().and_then(|mut point| point.pop()) else {
            self.loads.truncate(self.found.len());
            return self.go_on();
        };
        self.found.push(point);
        set_timeout(move || self.go_on(), Duration::ZERO);
    }
}
