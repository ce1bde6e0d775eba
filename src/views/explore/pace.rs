//! How fast frames come in a drag, so that on a slow machine the charts can follow a frame behind.

use std::time::Duration;

use js_sys::Date;
use leptos::prelude::*;

/// A frame that takes longer than this, in milliseconds, makes the machine a slow one: with the charts in it, input would wait.
const SLOW: f64 = 30.0;
/// A frame without the charts that takes less makes it a fast one again.
const FAST: f64 = 16.0;

/// Takes the time of frames.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    is_slow: StoredValue<bool>,
    is_measuring: StoredValue<bool>,
}

impl Pace {
    /// Nothing is known yet; a slow machine would notice the first frame of a drag.
    pub(super) fn new() -> Self {
        Self { is_slow: StoredValue::new(true), is_measuring: StoredValue::new(false) }
    }

    /// Whether the machine is a slow one.
    pub(super) fn is_slow(self) -> bool {
        self.is_slow.try_get_value().unwrap_or(false)
    }

    /// Does something when the frame that follows is out, and notes how long that took. While it waits, further calls do
    /// nothing.
    pub(super) fn after_frame(self, act: impl FnOnce() + 'static) {
        if self.is_measuring.try_get_value().unwrap_or(true) {
            return;
        }
        self.is_measuring.set_value(true);
        let start = Date::now();
        let done = move || {
            // The view may be gone.
            self.is_measuring.try_set_value(false);
            let took = Date::now() - start;
            if took > SLOW {
                self.is_slow.try_set_value(true);
            } else if took < FAST {
                self.is_slow.try_set_value(false);
            }
            act();
        };
        request_animation_frame(move || set_timeout(done, Duration::ZERO));
    }
}
