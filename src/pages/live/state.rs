//! The state of a run as the simulation last reported it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::Figure;
use crate::components::memo_by_pointer;
use crate::live::{Frame, Panel, Table};
use crate::platform::SimulationHost;

/// The moment at which a run opens, in nanoseconds: late enough that the mean comes near the theory.
const OPENING: u64 = 40_000_000_000;

/// The progress of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Playback {
    Paused,
    /// Model time follows the clock.
    Playing,
    /// On the way to a moment (in nanoseconds) at full speed.
    Seeking(u64),
}

/// A signal for each thing that changes by itself: a frame that only moves dots must not update texts and
/// charts.
#[derive(Clone, Copy)]
pub(crate) struct LiveState {
    pub(crate) host: RwSignal<SimulationHost>,
    pub(crate) playback: RwSignal<Playback>,
    /// Model seconds per second.
    pub(crate) speed: RwSignal<f64>,
    /// Model time in nanoseconds.
    pub(crate) nanos: RwSignal<u64>,
    pub(crate) clock: RwSignal<String>,
    /// A message about a step, the end, or a pause; screen readers announce it.
    pub(crate) message: RwSignal<String>,
    /// Why the simulation refuses the scenario; empty if it does not.
    pub(crate) refusal: RwSignal<String>,
    pub(crate) headline: RwSignal<String>,
    pub(crate) lead: RwSignal<String>,
    pub(crate) marks: RwSignal<Arc<Figure>>,
    pub(crate) backdrop: RwSignal<Arc<Figure>>,
    pub(crate) counters: RwSignal<Arc<Figure>>,
    pub(crate) strips: RwSignal<Vec<Arc<Panel>>>,
    pub(crate) stations: RwSignal<Arc<Table>>,
    /// The waterfall of the followed order.
    pub(crate) order_trace: RwSignal<Arc<Panel>>,
    pub(crate) followed_order: RwSignal<u32>,
}

impl LiveState {
    pub(crate) fn new() -> Self {
        Self {
            host: RwSignal::new(SimulationHost::Starting),
            playback: RwSignal::new(Playback::Paused),
            speed: RwSignal::new(1.0),
            nanos: RwSignal::new(OPENING),
            clock: RwSignal::default(),
            message: RwSignal::default(),
            refusal: RwSignal::default(),
            headline: RwSignal::default(),
            lead: RwSignal::default(),
            marks: RwSignal::default(),
            backdrop: RwSignal::default(),
            counters: RwSignal::default(),
            strips: RwSignal::default(),
            stations: RwSignal::default(),
            order_trace: RwSignal::default(),
            followed_order: RwSignal::new(0),
        }
    }

    /// Applies a frame of the simulation. Only what the frame contains has changed.
    pub(crate) fn apply(self, frame: Frame) {
        set_if_changed(self.refusal, String::new());
        self.nanos.set(frame.nanos);
        set_if_changed(self.clock, frame.clock);
        if let Some(marks) = frame.marks {
            self.marks.set(Arc::new(marks));
        }
        if let Some(backdrop) = frame.backdrop {
            self.backdrop.set(Arc::new(backdrop));
        }
        if let Some(labels) = frame.counters {
            self.counters.set(Arc::new(Figure { labels, ..Figure::default() }));
        }
        if let Some(summary) = frame.summary {
            set_if_changed(self.headline, summary.headline);
            set_if_changed(self.lead, summary.lead);
            self.stations.set(Arc::new(summary.stations));
            if self.strips.read_untracked().len() != summary.strip_count {
                self.strips.update(|strips| strips.resize_with(summary.strip_count, Arc::default));
            }
        }
        for (index, panel) in frame.strips {
            self.strips.update(|strips| {
                if let Some(strip) = strips.get_mut(index) {
                    *strip = Arc::new(panel);
                }
            });
        }
        if let Some(order_trace) = frame.order_trace {
            self.followed_order.set(frame.followed_order);
            self.order_trace.set(Arc::new(*order_trace));
        }
        let is_running = self.playback.get_untracked() != Playback::Paused;
        if let Some(message) = frame.announcement.or(frame.end_reason.filter(|_| is_running)) {
            set_if_changed(self.message, message);
        }
    }

    /// The strip chart at an index; empty if the run has fewer.
    pub(crate) fn strip(self, index: usize) -> Memo<Arc<Panel>> {
        memo_by_pointer(move |_| self.strips.read().get(index).cloned().unwrap_or_default())
    }

    /// Removes the run from the page and shows why the simulation refuses the scenario. Host, speed and time
    /// stay.
    pub(crate) fn refuse(self, reason: String) {
        self.playback.set(Playback::Paused);
        for text in [self.clock, self.message, self.headline, self.lead] {
            text.set(String::new());
        }
        for figure in [self.marks, self.backdrop, self.counters] {
            figure.set(Arc::default());
        }
        self.strips.set(Vec::new());
        self.stations.set(Arc::default());
        self.order_trace.set(Arc::default());
        self.followed_order.set(0);
        self.refusal.set(reason);
    }
}

/// Sets a signal only if its value differs, so that nothing is rendered for an equal one.
fn set_if_changed<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if *signal.read_untracked() != value {
        signal.set(value);
    }
}
