//! The state of a run as the simulation last reported it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::Figure;
use crate::live::{Frame, Panel, Stop, Table};
use crate::platform::Whereabouts;

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

/// A chart with its texts, as the simulation sends it.
#[derive(Clone, Default)]
pub(crate) struct ChartData {
    pub(crate) title: String,
    pub(crate) subtitle: String,
    pub(crate) summary: String,
    pub(crate) figure: Arc<Figure>,
    pub(crate) table: Arc<Table>,
    pub(crate) points: Vec<Stop>,
    /// Table rows for the CSV export.
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) values: Vec<f64>,
    pub(crate) file_name: String,
}

impl ChartData {
    fn new(panel: Panel) -> Arc<Self> {
        let Panel { title, sub, summary, figure, table, stops, numbers, values, file } = panel;
        Arc::new(Self {
            title,
            subtitle: sub,
            summary,
            figure: Arc::new(figure),
            table: Arc::new(table),
            points: stops,
            rows: numbers,
            values,
            file_name: file,
        })
    }
}

/// One signal for each thing that changes by itself: a frame that only moves dots must not update texts and charts.
#[derive(Clone, Copy)]
pub(crate) struct LiveState {
    pub(crate) host: RwSignal<Whereabouts>,
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
    pub(crate) strips: RwSignal<Vec<Arc<ChartData>>>,
    pub(crate) stations: RwSignal<Arc<Table>>,
    /// The waterfall of the followed order.
    pub(crate) waterfall: RwSignal<Arc<ChartData>>,
    /// The number of the followed order.
    pub(crate) followed: RwSignal<u32>,
}

impl LiveState {
    pub(crate) fn new() -> Self {
        Self {
            host: RwSignal::new(Whereabouts::Coming),
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
            waterfall: RwSignal::default(),
            followed: RwSignal::new(0),
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
        if let Some(reading) = frame.reading {
            set_if_changed(self.headline, reading.headline);
            set_if_changed(self.lead, reading.lead);
            self.stations.set(Arc::new(reading.places));
            if self.strips.read_untracked().len() != reading.strips {
                self.strips.update(|strips| strips.resize_with(reading.strips, Arc::default));
            }
        }
        for (index, panel) in frame.strips {
            self.strips.update(|strips| {
                if let Some(strip) = strips.get_mut(index) {
                    *strip = ChartData::new(panel);
                }
            });
        }
        if let Some(course) = frame.course {
            self.followed.set(frame.followed);
            self.waterfall.set(ChartData::new(*course));
        }
        let is_running = self.playback.get_untracked() != Playback::Paused;
        if let Some(message) = frame.said.or(frame.over.filter(|_| is_running)) {
            set_if_changed(self.message, message);
        }
    }

    /// The strip chart at an index; empty if the run has fewer.
    pub(crate) fn strip(self, index: usize) -> Memo<Arc<ChartData>> {
        memo_by_pointer(move || self.strips.read().get(index).cloned().unwrap_or_default())
    }

    /// Removes the run from the page and shows why the simulation refuses the scenario. Host, speed and time stay.
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
        self.waterfall.set(Arc::default());
        self.followed.set(0);
        self.refusal.set(reason);
    }
}

/// A memo that compares by pointer: a large value is equal only to itself.
fn memo_by_pointer<T: Send + Sync + 'static>(
    compute: impl Fn() -> Arc<T> + Send + Sync + 'static,
) -> Memo<Arc<T>> {
    Memo::new_with_compare(move |_| compute(), |before, now| before.map(Arc::as_ptr) != now.map(Arc::as_ptr))
}

/// Sets a signal only if its value differs, so that nothing is rendered for an equal one.
fn set_if_changed<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if *signal.read_untracked() != value {
        signal.set(value);
    }
}
