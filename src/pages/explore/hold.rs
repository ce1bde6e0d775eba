//! How a pointer holds a native slider: one drag is one entry to undo, and Escape calls it off.

use std::time::Duration;

use leptos::ev::PointerEvent;
use leptos::prelude::*;

use crate::dispatch::{Dispatch, use_dispatch};
use crate::pages::explore::lens::Lens;
use crate::session::Action;

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
    /// What the pointer does, and how often it has taken hold so far.
    grasp: StoredValue<(Grasp, u32)>,
    dispatch: Dispatch,
    lens: Lens,
}

impl Hold {
    /// Nothing holds the slider yet.
    pub(crate) fn new(lens: Lens) -> Self {
        Self { grasp: StoredValue::new((Grasp::Free, 0)), dispatch: use_dispatch(), lens }
    }

    /// The pointer goes down.
    pub(crate) fn begin(self, event: &PointerEvent) {
        if event.button() == 0 {
            self.grasp.update_value(|(grasp, times)| (*grasp, *times) = (Grasp::Held, times.wrapping_add(1)));
            self.dispatch.apply(Action::BeginDrag);
        }
    }

    /// The pointer lets go. After this event the browser may put the slider once more where the pointer is: Firefox at once,
    /// Chromium at a finger's last place with the next frame. That belongs to the drag, so it ends after it.
    pub(crate) fn end(self) {
        let times = self.grasp.try_get_value().map(|(_, times)| times);
        request_animation_frame(move || {
            set_timeout(
                move || {
                    // The slider may have gone, or be held anew.
                    if self.grasp.try_get_value().is_none_or(|(_, now)| Some(now) == times) {
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
        if self.grasp() == Some(Grasp::Held) {
            self.stop(Grasp::CalledOff, Action::CancelDrag);
        }
    }

    /// Whether what the slider says counts. What the browser still says of a drag that was undone in the meantime does not.
    pub(crate) fn counts(self) -> bool {
        match self.grasp() {
            Some(Grasp::CalledOff) => false,
            Some(Grasp::Held) => self.lens.is_dragging(),
            Some(Grasp::Free) | None => true,
        }
    }

    /// What the pointer does; nothing is known of a slider that has gone.
    fn grasp(self) -> Option<Grasp> {
        self.grasp.try_get_value().map(|(grasp, _)| grasp)
    }

    fn stop(self, grasp: Grasp, action: Action) {
        // The slider of a step that was removed has gone; what was dragged ends all the same.
        let _ = self.grasp.try_update_value(|(now, _)| *now = grasp);
        self.dispatch.apply(action);
    }
}
