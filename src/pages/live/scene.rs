//! What is shown of a run, as the simulation last told it.

use std::sync::Arc;

use crate::charts::Figure;
use crate::live::{DataPoint, Frame, Panel, Table};
use crate::platform::Whereabouts;

/// Where a run stands when it is opened: late enough to show something, and that the mean comes near the theory.
const OPENING: u64 = 40_000_000_000;

/// What the run is to do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Course {
    /// Stand still.
    Paused,
    /// Go on with the time before the screen.
    Playing,
    /// Go to a moment as fast as can be, in nanoseconds.
    Seeking(u64),
}

/// A chart as it comes from the simulation, cheap to hand on.
#[derive(Clone, Default)]
pub(crate) struct Painting {
    pub(crate) title: String,
    pub(crate) sub: String,
    pub(crate) summary: String,
    pub(crate) figure: Arc<Figure>,
    pub(crate) table: Arc<Table>,
    pub(crate) stops: Vec<DataPoint>,
    pub(crate) numbers: Vec<Vec<String>>,
    pub(crate) values: Vec<f64>,
    /// What files of it are called.
    pub(crate) file: String,
}

/// Which chart of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chart {
    /// The strip chart at this index.
    Strip(usize),
    /// The course of the order that is followed.
    Order,
}

impl Painting {
    pub(super) fn of(panel: Panel) -> Arc<Self> {
        let Panel {
            title,
            subtitle: sub,
            summary,
            figure,
            table,
            data_points: stops,
            export_rows: numbers,
            values,
            file_stem: file,
        } = panel;
        let (figure, table) = (Arc::new(figure), Arc::new(table));
        Arc::new(Self { title, sub, summary, figure, table, stops, numbers, values, file })
    }
}

/// Everything that is shown: one value, for each kind of signal costs the page two kilobytes.
#[derive(Clone)]
pub(crate) struct Scene {
    pub(crate) whereabouts: Whereabouts,
    pub(crate) course: Course,
    pub(crate) speed: f64,
    pub(crate) nanos: u64,
    pub(crate) clock: String,
    /// Told to eye and ear: a step, the end, why it was paused.
    pub(crate) said: String,
    /// Why there is no run; empty where there is one.
    pub(crate) refusal: String,
    pub(crate) headline: String,
    pub(crate) lead: String,
    pub(crate) marks: Arc<Figure>,
    pub(crate) backdrop: Arc<Figure>,
    pub(crate) counters: Arc<Figure>,
    pub(crate) strips: Vec<Arc<Painting>>,
    pub(crate) places: Arc<Table>,
    /// The course of the order that is followed, and which that is.
    pub(crate) order: Arc<Painting>,
    /// See `order`.
    pub(crate) followed: u32,
}

impl Scene {
    /// Before anything has come.
    pub(super) fn empty() -> Self {
        Self {
            whereabouts: Whereabouts::Coming,
            course: Course::Paused,
            speed: 1.0,
            nanos: OPENING,
            clock: String::new(),
            said: String::new(),
            refusal: String::new(),
            headline: String::new(),
            lead: String::new(),
            marks: Arc::default(),
            backdrop: Arc::default(),
            counters: Arc::default(),
            strips: Vec::new(),
            places: Arc::default(),
            order: Arc::default(),
            followed: 0,
        }
    }

    /// Takes in what a frame brings.
    pub(super) fn take(&mut self, frame: &mut Frame) {
        self.refusal.clear();
        self.nanos = frame.nanos;
        self.clock = std::mem::take(&mut frame.clock);
        if let Some(marks) = frame.marks.take() {
            self.marks = Arc::new(marks);
        }
        if let Some(backdrop) = frame.backdrop.take() {
            self.backdrop = Arc::new(backdrop);
        }
        if let Some(labels) = frame.counters.take() {
            self.counters = Arc::new(Figure { labels, ..Figure::default() });
        }
        if let Some(summary) = frame.summary.take() {
            self.headline = summary.headline;
            self.lead = summary.lead;
            self.places = Arc::new(summary.stations);
            self.strips.resize_with(summary.strip_count, Arc::default);
        }
        for (index, panel) in frame.strips.drain(..) {
            if let Some(strip) = self.strips.get_mut(index) {
                *strip = Painting::of(panel);
            }
        }
        if let Some(course) = frame.order_trace.take() {
            self.followed = frame.followed_order;
            self.order = Painting::of(*course);
        }
        let ends = self.course != Course::Paused;
        if let Some(said) = frame.announcement.take().or(frame.end_reason.take().filter(|_| ends)) {
            self.said = said;
        }
    }

    /// There is no run, for this reason.
    pub(super) fn refuse(&mut self, reason: String) {
        let Self { whereabouts, speed, nanos, .. } = *self;
        *self = Self { whereabouts, speed, nanos, refusal: reason, ..Self::empty() };
    }
}
