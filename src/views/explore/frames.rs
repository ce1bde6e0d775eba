//! The turns of the parts of the page, between the browser's frames.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use js_sys::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::turns::{Part, Turns};

/// Lets the parts of the page follow a drag, and takes the time of frames.
#[derive(Default)]
pub(super) struct Frames {
    turns: RefCell<Turns>,
    /// Tells a part that its turn has come.
    come: [ArcTrigger; 4],
    /// Whether a frame is awaited.
    is_awaited: Cell<bool>,
    /// Since when something is being worked out.
    working_since: Cell<Option<f64>>,
}

impl Frames {
    /// Whether a part that changes with a drag may be shown now, for an effect: if not, that runs again when it may.
    pub(super) fn is_up(self: &Rc<Self>, part: Part) -> bool {
        self.come[part as usize].track();
        let is_up = self.turns.borrow_mut().is_up(part);
        if is_up && self.working_since.get().is_none() {
            self.working_since.set(Some(Date::now()));
            let frames = Rc::clone(self);
            when_worked_out(Box::new(move || frames.end_work()));
        }
        self.await_frame();
        is_up
    }

    /// All that is shown is worked out.
    fn end_work(&self) {
        let took = self.working_since.take().map_or(0.0, |start| Date::now() - start);
        let mut turns = self.turns.borrow_mut();
        turns.end();
        turns.worked(took);
    }

    /// When the frame that follows is out, the next turn comes.
    fn await_frame(self: &Rc<Self>) {
        if !self.is_awaited.replace(true) {
            let frames = Rc::clone(self);
            request_animation_frame(move || {
                let start = Date::now();
                set_timeout(move || frames.go_on(Date::now() - start), Duration::ZERO);
            });
        }
    }

    /// A frame that took so long is out.
    fn go_on(self: &Rc<Self>, took: f64) {
        self.is_awaited.set(false);
        let next = self.turns.borrow_mut().framed(took);
        if let Some(part) = next {
            self.come[part as usize].notify();
            // Others may wait, and this one may have nothing to show.
            self.await_frame();
            // Laid out within this task, what is shown need not be in that of the frame, which has the next input.
            when_worked_out(Box::new(|| {
                let _ = document().body().map(|body| body.client_width());
            }));
        }
    }
}

/// Does something, still within this task, when all that is shown is worked out: the parts are told before the first of two calls,
/// and what shows them before the second.
fn when_worked_out(act: Box<dyn FnOnce()>) {
    spawn_local(async move { spawn_local(async move { act() }) });
}
