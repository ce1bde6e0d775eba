//! How fast frames come in a drag, so that on a slow machine the charts can follow later than the flow, and less often.

use std::time::Duration;

use js_sys::Date;
use leptos::prelude::*;

/// A frame that takes longer than this, in milliseconds, makes the machine a slow one: with the charts in it, input would wait.
const SLOW: f64 = 30.0;
/// A frame without the charts that takes less speaks for a fast one,
const FAST: f64 = 16.0;
/// and so many of them in a row make it one: there are light frames on any machine.
const ENOUGH: u32 = 8;

/// Takes the time of frames.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    /// How many frames in a row were fast, up to enough.
    fast: StoredValue<u32>,
    is_waiting: StoredValue<bool>,
    every: Every,
}

/// How often something follows on a slow machine.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Every {
    /// After each frame.
    Frame,
    /// After every other frame: what follows it in turn then has the frames between for itself.
    OtherFrame,
}

impl Pace {
    /// Nothing is known yet; a slow machine would notice the first frame of a drag.
    pub(super) fn new(every: Every) -> Self {
        Self { fast: StoredValue::new(0), is_waiting: StoredValue::new(false), every }
    }

    /// Whether the machine is a slow one.
    pub(super) fn is_slow(self) -> bool {
        self.fast.try_get_value().is_some_and(|fast| fast < ENOUGH)
    }

    /// Notes how long a frame took, in milliseconds.
    fn note(self, took: f64) {
        let was_slow = self.is_slow();
        self.fast.try_update_value(|fast| {
            *fast = match took {
                ..FAST => ENOUGH.min(*fast + 1),
                _ if was_slow || took > SLOW => 0,
                _ => *fast,
            }
        });
    }

    /// Does something when the frame that follows is out, or the one after it, and notes how long the first took. While it
    /// waits, further calls do nothing.
    pub(super) fn follow(self, act: impl FnOnce() + 'static) {
        if self.is_waiting.try_get_value().unwrap_or(true) {
            return;
        }
        self.is_waiting.set_value(true);
        let start = Date::now();
        let done = move || {
            // The view may be gone.
            self.is_waiting.try_set_value(false);
            act();
        };
        after_frame(move || {
            self.note(Date::now() - start);
            if self.is_slow() && self.every == Every::OtherFrame { after_frame(done) } else { done() }
        });
    }
}

/// Does something when the frame that follows is out.
fn after_frame(act: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(act, Duration::ZERO));
}
