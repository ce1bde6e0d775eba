//! How a pointer holds a native slider: one drag is one entry to undo, and Escape calls it off.

use std::time::Duration;

use leptos::ev::PointerEvent;
use leptos::prelude::*;

use crate::session::Action;
use crate::views::dispatch::{Dispatch, use_dispatch};
use crate::views::explore::lens::Lens;

/// What the pointer does with the slider.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grasp {
    /// Nothing.
    Free,
    /// It drags.
    Held,
    /// It still holds what Escape has put back; the browser goes on moving the slider until it lets go.
    CalledOff,
}

/// A slider's hold, to be asked and told by its listeners.
#[derive(Clone, Copy)]
pub(crate) struct Hold {
    grasp: StoredValue<Grasp>,
    /// How often it was taken hold of.
    times: StoredValue<u32>,
    dispatch: Dispatch,
    lens: Lens,
}

impl Hold {
    /// Nothing holds the slider yet.
    pub(crate) fn new(lens: Lens) -> Self {
        Self {
            grasp: StoredValue::new(Grasp::Free),
            times: StoredValue::new(0),
            dispatch: use_dispatch(),
            lens,
        }
    }

    /// The pointer goes down.
    pub(crate) fn begin(self, event: &PointerEvent) {
        if event.button() == 0 {
            self.grasp.set_value(Grasp::Held);
            self.times.update_value(|times| *times = times.wrapping_add(1));
            self.dispatch.apply(Action::BeginDrag);
        }
    }

    /// The pointer lets go. After this event the browser may put the slider once more where the pointer is: Firefox at once,
    /// Chromium at a finger's last place with the next frame. That belongs to the drag, so it ends after it.
    pub(crate) fn end(self) {
        let times = self.times.try_get_value();
        request_animation_frame(move || {
            set_timeout(
                move || {
                    // The slider may have gone, or be held anew.
                    if self.times.try_get_value().is_none_or(|now| Some(now) == times) {
                        self.stop(Grasp::Free, Action::EndDrag);
                    }
                },
                Duration::ZERO,
            );
        });
    }

    /// The browser takes the pointer for something else, such as scrolling.
    pub(crate) fn cancel(self) {
        self.stop(Grasp::Free, Action::CancelDrag);
    }

    /// Escape was pressed.
    pub(crate) fn call_off(self) {
        if self.grasp.try_get_value() == Some(Grasp::Held) {
            self.stop(Grasp::CalledOff, Action::CancelDrag);
        }
    }

    /// Whether what the slider says counts. What the browser still says of a drag that was undone in the meantime does not.
    pub(crate) fn counts(self) -> bool {
        match self.grasp.try_get_value() {
            Some(Grasp::CalledOff) => false,
            Some(Grasp::Held) => self.lens.is_dragging(),
            Some(Grasp::Free) | None => true,
        }
    }

    fn stop(self, grasp: Grasp, action: Action) {
        // The slider of a step that was removed has gone; what was dragged ends all the same.
        let _ = self.grasp.try_set_value(grasp);
        self.dispatch.apply(action);
    }
}
