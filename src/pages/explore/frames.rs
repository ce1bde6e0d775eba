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
    /// When something was last begun to be worked out,
    begun: Cell<f64>,
    /// and whether it still is.
    is_working: Cell<bool>,
}

impl Frames {
    /// Whether a part that changes with a drag may be shown now, for an effect: if not, that runs again when it may.
    pub(super) fn is_up(self: &Rc<Self>, part: Part) -> bool {
        self.come[part as usize].track();
        let is_up = self.turns.borrow_mut().is_up(part);
        if is_up && !self.is_working.replace(true) {
            self.begun.set(Date::now());
            let frames = Rc::clone(self);
            // The other parts are told before the first of the two calls, and what shows them before the second.
            spawn_local(async move { spawn_local(async move { frames.end_work() }) });
        }
        self.await_frame();
        is_up
    }

    /// All that is shown is worked out.
    fn end_work(&self) {
        self.is_working.set(false);
        let mut turns = self.turns.borrow_mut();
        if turns.end() {
            // Laid out within this task, what is shown need not be in that of the frame, which has the next input.
            let _ = document().body().map(|body| body.client_width());
        }
        turns.worked(Date::now() - self.begun.get());
    }

    /// When the frame that follows is out, the next turn comes.
    fn await_frame(self: &Rc<Self>) {
        if !self.is_awaited.replace(true) {
            let frames = Rc::clone(self);
            request_animation_frame(move || {
                let start = Date::now();
                set_timeout(move || frames.go_on(start), Duration::ZERO);
            });
        }
    }

    /// A frame that began at that time is out.
    fn go_on(self: &Rc<Self>, start: f64) {
        self.is_awaited.set(false);
        // Where the next frame came before this was told, its work has begun when this one was out.
        let end = if self.begun.get() > start { self.begun.get() } else { Date::now() };
        let next = self.turns.borrow_mut().framed(end - start);
        if let Some(part) = next {
            self.come[part as usize].notify();
            // Others may wait, and this one may have nothing to show.
            self.await_frame();
        }
    }
}
