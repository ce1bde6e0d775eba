//! The pointer on the response chart: it reads the curve, drags the load, and explains numbers that are
//! written there.

use std::sync::Arc;

use leptos::ev::PointerEvent;
use leptos::html;
use leptos::prelude::*;

use crate::charts::{Point, ResponseChart};
use crate::dispatch::{Dispatch, use_dispatch};
use crate::pages::explore::explain::{Explainer, use_explainer};
use crate::pages::explore::load_action::set_load;
use crate::queueing::explain::ExplainedValue;
use crate::scenario::Workload;
use crate::session::Action;

/// The distance within which a pointer takes hold of "you are here", in pixels.
const REACH: f64 = 14.0;
/// A pointer that moves less than this between press and release makes a click, in pixels.
const CLICK_SLACK: f64 = 4.0;

/// The pointer; the chart's listeners call its methods.
#[derive(Clone, Copy)]
pub(super) struct ChartPointer {
    workload: Memo<Workload>,
    chart: Memo<Arc<ResponseChart>>,
    /// The layer that takes the pointer.
    layer: NodeRef<html::Div>,
    /// The index of the point that is read.
    selected: RwSignal<Option<usize>>,
    /// The thing under the pointer, for the style sheet: "you", a "label", or nothing.
    near: RwSignal<&'static str>,
    dispatch: Dispatch,
    explainer: Explainer,
    is_dragging: StoredValue<bool>,
    /// The number on which the pointer went down, and where, until the pointer has moved too far for a click.
    pressed: StoredValue<Option<(ExplainedValue, Point)>>,
}

impl ChartPointer {
    pub(super) fn new(
        workload: Memo<Workload>,
        chart: Memo<Arc<ResponseChart>>,
        layer: NodeRef<html::Div>,
        selected: RwSignal<Option<usize>>,
        near: RwSignal<&'static str>,
    ) -> Self {
        Self {
            workload,
            chart,
            layer,
            selected,
            near,
            dispatch: use_dispatch(),
            explainer: use_explainer(),
            is_dragging: StoredValue::new(false),
            pressed: StoredValue::new(None),
        }
    }

    pub(super) fn set_load(self, load: f64) {
        self.dispatch.send(set_load(self.workload.get_untracked(), load));
    }

    /// A press on a number is a click or a drag; elsewhere it is a drag.
    pub(super) fn on_pointer_down(self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        if let Some(layer) = self.layer.get_untracked() {
            // Without pointer capture the drag ends at the chart's edge, and nothing else is lost.
            let _ = layer.set_pointer_capture(event.pointer_id());
        }
        let (point, chart) = (self.position(event), self.chart.get_untracked());
        let pressed = chart.figure.asked_at(point).map(|value| (value, point));
        self.pressed.set_value(pressed);
        if pressed.is_none() {
            self.begin_drag();
            if !is_near_you(&chart, point) {
                self.set_load(chart.load_at(point.x));
            }
        }
    }

    pub(super) fn on_pointer_move(self, event: &PointerEvent) {
        let (point, chart) = (self.position(event), self.chart.get_untracked());
        if let Some((_, start)) = self.pressed.get_value().filter(|_| event.buttons() != 0) {
            if start.distance(point) < CLICK_SLACK {
                return;
            }
            self.pressed.set_value(None);
            self.begin_drag();
        }
        if self.is_dragging.get_value() {
            self.selected.set(None);
            self.set_load(chart.load_at(point.x));
        } else {
            let you = if is_near_you(&chart, point) { "you" } else { "" };
            self.near.set(chart.figure.asked_at(point).map_or(you, |_| "label"));
            self.selected.set(chart.nearest(point.x));
        }
    }

    pub(super) fn on_pointer_up(self) {
        self.end_drag(Action::EndDrag);
    }

    /// Cancels the drag, after Escape or because the browser uses the pointer for something else.
    pub(super) fn cancel(self) {
        self.pressed.set_value(None);
        self.end_drag(Action::CancelDrag);
    }

    /// Explains the pressed number. This waits for `click`, because after `pointerup` a finger would press
    /// whatever has just appeared under it.
    pub(super) fn on_click(self) {
        if let Some((value, _)) = self.pressed.try_update_value(Option::take).flatten() {
            self.explainer.open(self.explainer.explain_current(value));
        }
    }

    fn begin_drag(self) {
        self.dispatch.send(Action::BeginDrag);
        self.is_dragging.set_value(true);
    }

    fn end_drag(self, action: Action) {
        let was_dragging =
            self.is_dragging.try_update_value(|is_dragging| std::mem::replace(is_dragging, false));
        if was_dragging == Some(true) {
            self.dispatch.send(action);
        }
    }

    /// The position of the pointer in the chart.
    fn position(self, event: &PointerEvent) -> Point {
        let bounds = self.layer.get_untracked().map(|layer| layer.get_bounding_client_rect());
        let (left, top) = bounds.map_or((0.0, 0.0), |bounds| (bounds.left(), bounds.top()));
        Point::new(f64::from(event.client_x()) - left, f64::from(event.client_y()) - top)
    }
}

/// `true` if a point is within reach of "you are here".
fn is_near_you(chart: &ResponseChart, point: Point) -> bool {
    (chart.you.x - point.x).abs() <= REACH
}
