//! Dragging a native slider: one drag is one undo entry, and Escape cancels it.

use std::time::Duration;

use leptos::ev::PointerEvent;
use leptos::prelude::*;

use crate::dispatch::{Dispatch, use_dispatch};
use crate::session::Action;

#[derive(Clone, Copy, PartialEq, Eq)]
enum DragState {
    Idle,
    Dragging,
    /// Escape has restored the value, but the pointer is still down and the browser still moves the slider.
    Cancelled,
}

/// The drag of one slider; the slider's listeners call its methods.
#[derive(Clone, Copy)]
pub(crate) struct SliderDrag {
    state: StoredValue<DragState>,
    /// The number of drags so far.
    count: StoredValue<u32>,
    dispatch: Dispatch,
    /// `true` if the session takes part in a drag. An undo ends it.
    is_dragging: Memo<bool>,
}

impl SliderDrag {
    pub(crate) fn new(is_dragging: Memo<bool>) -> Self {
        Self {
            state: StoredValue::new(DragState::Idle),
            count: StoredValue::new(0),
            dispatch: use_dispatch(),
            is_dragging,
        }
    }

    pub(crate) fn begin(self, event: &PointerEvent) {
        if event.button() == 0 {
            self.state.set_value(DragState::Dragging);
            self.count.update_value(|count| *count = count.wrapping_add(1));
            self.dispatch.send(Action::BeginDrag);
        }
    }

    /// Ends the drag. Firefox (at once) and Chromium (next frame, touch) may emit one more `input` after
    /// `pointerup`; it belongs to the drag, so the drag ends only after it.
    pub(crate) fn end(self) {
        let count = self.count.try_get_value();
        request_animation_frame(move || {
            set_timeout(
                move || {
                    // In the meantime the slider may have been removed, or another drag may have begun.
                    let current = self.count.try_get_value();
                    if current.is_none() || current == count {
                        self.stop(DragState::Idle, Action::EndDrag);
                    }
                },
                Duration::ZERO,
            );
        });
    }

    /// Restores the value, because the browser uses the pointer for something else, such as scrolling.
    pub(crate) fn abort(self) {
        self.stop(DragState::Idle, Action::CancelDrag);
    }

    /// Restores the value after Escape.
    pub(crate) fn cancel(self) {
        if self.state() == Some(DragState::Dragging) {
            self.stop(DragState::Cancelled, Action::CancelDrag);
        }
    }

    /// `true` if to accept slider input. Input from a cancelled or undone drag is ignored.
    pub(crate) fn accepts_input(self) -> bool {
        match self.state() {
            Some(DragState::Cancelled) => false,
            Some(DragState::Dragging) => self.is_dragging.get_untracked(),
            Some(DragState::Idle) | None => true,
        }
    }

    /// The state; `None` if the slider was removed.
    fn state(self) -> Option<DragState> {
        self.state.try_get_value()
    }

    fn stop(self, state: DragState, action: Action) {
        // If the slider was removed with its step, the drag must still end.
        let _ = self.state.try_update_value(|current| *current = state);
        self.dispatch.send(action);
    }
}
