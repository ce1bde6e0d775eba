//! The messages between the page and the simulation, as Postcard encodes them.

use serde::{Deserialize, Serialize};

use super::ExperimentRules;
use crate::charts::{Figure, Label, Point, Size};
use crate::scenario::Scenario;
use crate::units::Time;

/// The simulated time of a run that is watched.
pub(super) const RUN_LENGTH: Time = Time::from_whole_seconds(600);

/// A request of the page; there is one [`Response`] to each. A `budget` limits how long the response may
/// take, in milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Starts a run of a scenario.
    Open { scenario: Box<Scenario> },
    /// Lays everything out in this way from now on.
    SetViewport(Viewport),
    /// Lets the run go on for one frame of the screen.
    Advance {
        /// The real time since the last frame, in milliseconds.
        millis: f64,
        /// The simulated seconds in each real second.
        speed: f64,
        budget: f64,
    },
    /// Goes to a moment, forwards or back; to be repeated until the response is complete.
    Seek {
        /// Simulated nanoseconds since the start.
        nanos: u64,
        budget: f64,
    },
    /// Handles one event.
    Step,
    /// Undoes one event.
    StepBack,
    /// Shows the trace of this order from now on, or always of the latest one for 0.
    FollowOrder { order: u32 },
    /// Shows the trace of the order whose mark is nearest to a point of the flow, if one is near.
    FollowOrderAt(Point),
    /// Starts to measure response times by simulation, at each of these loads.
    StartSweep {
        scenario: Box<Scenario>,
        /// Numbers of users, or arrival rates per second.
        loads: Vec<f64>,
    },
    /// Goes on measuring; to be repeated until the response is complete.
    ContinueSweep { budget: f64 },
    /// Asks for the digest of the trace of a run's first events. The page never sends it: a browser test
    /// compares the simulation as WebAssembly with the native one by it, in the program that is published.
    TraceDigest {
        scenario: Box<Scenario>,
        rules: Box<ExperimentRules>,
        /// The number of events.
        events: u64,
    },
}

/// The sizes and settings of the layout; all lengths are in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Viewport {
    /// The width of the flow; its height follows from the number of lanes.
    pub flow_width: f64,
    /// The size of each strip chart.
    pub strip_size: Size,
    /// The width of an order's trace; its height follows from the number of bars.
    pub trace_width: f64,
    pub text_size: f64,
    /// Draws levels instead of moving marks.
    pub reduced_motion: bool,
}

impl Default for Viewport {
    fn default() -> Self {
        Self {
            flow_width: 960.0,
            strip_size: Size::new(320.0, 150.0),
            trace_width: 960.0,
            text_size: 12.0,
            reduced_motion: false,
        }
    }
}

/// The simulation's response to a [`Request`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Response {
    Frame(Box<Frame>),
    /// There is no run, for this reason.
    Refused(String),
    Sweep(SweepProgress),
    TraceDigest(u64),
}

/// The present state of a run. A part that is `None` or missing has not changed since the last frame.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Frame {
    /// Simulated nanoseconds since the start.
    pub nanos: u64,
    /// Events since the start.
    pub events: u64,
    /// The moment in words.
    pub clock: String,
    /// `false` if the request must be repeated to reach its moment.
    pub is_complete: bool,
    /// The reason why the run cannot go on, if it has ended.
    pub end_reason: Option<String>,
    /// `true` while marks move to their targets.
    pub is_moving: bool,
    /// A single step in words.
    pub announcement: Option<String>,
    /// The moving marks.
    pub marks: Option<Figure>,
    /// The lanes behind the marks.
    pub backdrop: Option<Figure>,
    /// The numbers above the lanes.
    pub counters: Option<Vec<Label>>,
    pub summary: Option<Box<RunSummary>>,
    /// The strip charts that have changed, each with its index.
    pub strips: Vec<(usize, Panel)>,
    /// The order that `order_trace` shows.
    pub followed_order: u32,
    pub order_trace: Option<Box<Panel>>,
}

impl Frame {
    /// Returns `true` if nothing but the marks and the clock has changed.
    pub fn is_motion_only(&self) -> bool {
        let has_text = self.end_reason.is_some() || self.announcement.is_some() || self.counters.is_some();
        let has_panel = self.summary.is_some() || self.order_trace.is_some() || self.backdrop.is_some();
        !has_text && !has_panel && self.strips.is_empty()
    }
}

/// The results of a run so far.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RunSummary {
    /// The response time by theory and by simulation.
    pub headline: String,
    /// The conclusion from it.
    pub lead: String,
    /// The number of strip charts: response time, queue, lag if there is any, errors.
    pub strip_count: usize,
    /// The numbers of the API workers and of each step.
    pub stations: Table,
}

/// A chart with its texts, its table and its data.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Panel {
    /// The main conclusion from the chart.
    pub title: String,
    /// The quantity and its unit.
    pub subtitle: String,
    /// A description for those who do not see the chart.
    pub summary: String,
    pub figure: Figure,
    pub table: Table,
    /// The points for a cursor, from left to right.
    pub data_points: Vec<DataPoint>,
    /// All numbers for export as a file; the first row has the names of the columns.
    pub export_rows: Vec<Vec<String>>,
    /// The values for sonification.
    pub values: Vec<f64>,
    /// The name of exported files, without an extension.
    pub file_stem: String,
}

/// A point of a chart that a cursor can read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DataPoint {
    pub at: Point,
    pub text: String,
}

impl DataPoint {
    /// The most points of one chart.
    pub const MAX_PER_CHART: usize = 60;
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Table {
    pub caption: String,
    pub headers: Vec<String>,
    /// The rows; the first cell is the row's header.
    pub rows: Vec<Vec<String>>,
}

/// The progress of a sweep, and the points measured since the last response.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SweepProgress {
    /// From 0 to 1, which means complete.
    pub done: f64,
    pub points: Vec<SweepPoint>,
}

/// The response time that a run at one load has measured.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SweepPoint {
    /// A number of users, or an arrival rate per second.
    pub load: f64,
    pub mean: Time,
    /// Half of the 95 % confidence interval of the mean.
    pub margin: Time,
    /// The 95th percentile.
    pub p95: Time,
    /// Half of the 95 % confidence interval of the percentile.
    pub p95_margin: Time,
}
