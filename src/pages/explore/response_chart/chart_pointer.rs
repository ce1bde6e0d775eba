//! What a pointer does on the response-time chart: it reads the curve, drags the load, and asks a number that is written there.

use std::cell::Cell;
use std::sync::Arc;

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::charts::{Point, ResponseChart};
use crate::dispatch::{Dispatch, use_dispatch};
use crate::dom::NodeRef;
use crate::pages::explore::lens::Lens;
use crate::pages::explore::load::set_load;
use crate::pages::explore::why::Asking;
use crate::queueing::explain::ExplainedValue;
use crate::session::Action;

/// How near to "you are here" a pointer takes hold of it, in pixels.
const REACH: f64 = 14.0;
/// How far a press may stray and still be one, in pixels.
const SLACK: f64 = 4.0;

/// The pointer over the chart.
pub(crate) struct Pointing {
    lens: Lens,
    chart: Memo<Arc<ResponseChart>>,
    /// The layer that takes the pointer.
    layer: NodeRef<HtmlElement>,
    /// The point of the curve that is read.
    reading: RwSignal<Option<usize>>,
    /// What is under the pointer: "you", the "label" of a number, or nothing in particular.
    near: RwSignal<String>,
    dispatch: Dispatch,
    asking: Option<Asking>,
    dragging: Cell<bool>,
    /// The number on which the pointer went down, and where, until it has moved: a click asks, a drag passes it over.
    pressed: Cell<Option<(ExplainedValue, Point)>>,
}

impl Pointing {
    /// Nothing is touched yet.
    pub(crate) fn new(
        lens: Lens,
        chart: Memo<Arc<ResponseChart>>,
        layer: NodeRef<HtmlElement>,
        reading: RwSignal<Option<usize>>,
        near: RwSignal<String>,
    ) -> Self {
        let (dispatch, asking) = (use_dispatch(), use_context());
        let (dragging, pressed) = (Cell::new(false), Cell::new(None));
        Self { lens, chart, layer, reading, near, dispatch, asking, dragging, pressed }
    }

    /// Sets the load.
    pub(crate) fn set(&self, load: f64) {
        self.dispatch.apply(set_load(self.lens.scenario().workload, load));
    }

    /// The pointer goes down: on a number it may ask or drag, elsewhere it drags.
    pub(crate) fn down(&self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        if let Some(layer) = self.layer.get_untracked() {
            // Without capture the drag ends at the chart's edge, and nothing else is lost.
            let _ = layer.set_pointer_capture(event.pointer_id());
        }
        let (at, chart) = (self.place(event), self.chart.get_untracked());
        self.pressed.set(chart.figure.asked_at(at).map(|figure| (figure, at)));
        if self.pressed.get().is_none() {
            self.begin();
            if !is_near(&chart, at) {
                self.set(chart.load_at(at.x));
            }
        }
    }

    /// The pointer moves: it drags, or reads.
    pub(crate) fn go(&self, event: &PointerEvent) {
        let (at, chart) = (self.place(event), self.chart.get_untracked());
        if let Some((_, from)) = self.pressed.get().filter(|_| event.buttons() != 0) {
            if from.distance(at) < SLACK {
                return;
            }
            self.pressed.set(None);
            self.begin();
        }
        if self.dragging.get() {
            self.reading.set(None);
            self.set(chart.load_at(at.x));
        } else {
            let near = if is_near(&chart, at) { "you" } else { "" };
            self.near.set(chart.figure.asked_at(at).map_or(near, |_| "label").to_owned());
            self.reading.set(chart.nearest(at.x));
        }
    }

    /// The pointer lets go.
    pub(crate) fn release(&self) {
        self.stop(Action::EndDrag);
    }

    /// What is under way is called off, by Escape or by the browser.
    pub(crate) fn cancel(&self) {
        self.pressed.set(None);
        self.stop(Action::CancelDrag);
    }

    fn stop(&self, action: Action) {
        if self.dragging.replace(false) {
            self.dispatch.apply(action);
        }
    }

    /// A press is over, and was no drag: where a number was pressed, it answers. Not as the pointer goes up: a finger would then press
    /// what has just appeared beneath it.
    pub(crate) fn click(&self) {
        if let (Some(asking), Some((figure, _))) = (self.asking, self.pressed.take()) {
            asking.tell(asking.of_now(figure));
        }
    }

    fn begin(&self) {
        self.dispatch.apply(Action::BeginDrag);
        self.dragging.set(true);
    }

    /// Where in the chart the pointer is.
    fn place(&self, event: &PointerEvent) -> Point {
        let corner = self.layer.get_untracked().map(|layer| layer.get_bounding_client_rect());
        let (left, top) = corner.map_or((0.0, 0.0), |corner| (corner.left(), corner.top()));
        Point::new(f64::from(event.client_x()) - left, f64::from(event.client_y()) - top)
    }
}

/// Whether a place is within reach of "you are here".
fn is_near(chart: &ResponseChart, at: Point) -> bool {
    (chart.you.x - at.x).abs() <= REACH
}
