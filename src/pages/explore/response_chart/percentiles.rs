//! Percentiles along the curve, computed one load at a time while nothing is dragged.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::curve::{Curve, TABLE_ROWS};
use crate::charts::milestones;
use crate::queueing::{PercentilePoint, percentile_curve};
use crate::scenario::Scenario;

/// The number of loads at which percentiles are computed, besides those of the table.
const MAX_POINTS: usize = 36;
/// The computation starts after this time without a change.
const DELAY: Duration = Duration::from_millis(150);

/// Percentile points, and whether they are still being computed.
#[derive(Clone, Copy)]
pub(super) struct Percentiles {
    /// Empty until all points are computed.
    pub(super) points: ReadSignal<Arc<Vec<PercentilePoint>>>,
    pub(super) is_pending: ReadSignal<bool>,
}

impl Percentiles {
    /// Percentiles of a curve. They are cleared on a change, and computed again a moment after the last one.
    pub(super) fn new(curve: Memo<Arc<Curve>>, is_dragging: Memo<bool>) -> Self {
        let (points, set_points) = signal(Arc::<Vec<PercentilePoint>>::default());
        let (is_pending, set_pending) = signal(true);
        let generation = StoredValue::new(0_u32);
        Effect::new(move || {
            let (curve, is_dragging) = (curve.get(), is_dragging.get());
            let current = generation.get_value().wrapping_add(1);
            generation.set_value(current);
            if !points.read_untracked().is_empty() {
                set_points.set(Arc::default());
            }
            set_pending.set(true);
            if !is_dragging {
                let computation = Computation {
                    flow: curve.flow.clone(),
                    loads: choose_loads(&curve),
                    results: Vec::new(),
                    generation,
                    current,
                    set_points,
                    set_pending,
                };
                set_timeout(move || computation.run(), DELAY);
            }
        });
        Self { points, is_pending }
    }
}

/// Loads spread along the curve, together with those of the table.
fn choose_loads(curve: &Curve) -> Vec<f64> {
    let step = curve.points.len().div_ceil(MAX_POINTS).max(1);
    let in_table = milestones(curve.axes.load, &curve.points, TABLE_ROWS);
    let is_chosen = |index: &usize| index.is_multiple_of(step) || in_table.contains(index);
    (0..curve.points.len()).filter(is_chosen).map(|index| curve.points[index].load).collect()
}

/// A computation that returns to the event loop after each load, so that the page stays responsive.
struct Computation {
    flow: Scenario,
    loads: Vec<f64>,
    results: Vec<PercentilePoint>,
    /// The number of the latest computation.
    generation: StoredValue<u32>,
    /// The number of this one.
    current: u32,
    set_points: WriteSignal<Arc<Vec<PercentilePoint>>>,
    set_pending: WriteSignal<bool>,
}

impl Computation {
    fn run(mut self) {
        // Stops if the page was left, or if a newer computation has begun.
        if self.generation.try_get_value() != Some(self.current) {
            return;
        }
        let next = self.loads.get(self.results.len()).copied();
        let computed = next.and_then(|load| percentile_curve(&self.flow, &[load]).ok()?.pop());
        match computed {
            Some(point) => {
                self.results.push(point);
                set_timeout(move || self.run(), Duration::ZERO);
            }
            // All loads are done, or from here on there are no percentiles.
            None => {
                self.set_points.set(Arc::new(self.results));
                self.set_pending.set(false);
            }
        }
    }
}
