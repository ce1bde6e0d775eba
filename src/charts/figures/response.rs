//! The chart that carries the story: response time against load, and where it stops being flat.

use crate::charts::axes::{Axes, Ceiling, nearest_by, roundest};
use crate::charts::figure::{Figure, Ink, Mark, Stroke};
use crate::charts::geometry::{Point, Size};
use crate::charts::labels::Spot;
use crate::charts::plot::{Axis, Frame, Plot, values_of};
use crate::charts::scale::{ROUND_TIMES, round_time_tick};
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{CurvePoint, PercentilePoint, Percentiles};
use crate::units::{Time, format::compact};

/// The data of a response-time chart. The texts of annotations come from the caller.
#[derive(Debug, Clone, Copy)]
pub struct Response<'a> {
    pub size: Size,
    /// Text size in CSS pixels; at least 12.
    pub text_size: f64,
    pub axes: Axes,
    /// The curve of the scenario, by rising load.
    pub curve: &'a [CurvePoint],
    /// Percentiles by rising load; may be empty.
    pub percentiles: &'a [PercentilePoint],
    /// Another curve to compare with, and its name.
    pub ghost: Option<(&'a [CurvePoint], &'a str)>,
    /// The answer's time when nobody else is there: the flat asymptote.
    pub unloaded: Time,
    /// Results of simulated runs, in any order; may be empty.
    pub simulated: &'a [Simulated],
    /// The other asymptote, which no load can beat.
    pub ceiling: Ceiling,
    /// The label at the saturation throughput of an open workload, such as "19.0 orders/s at most".
    pub wall_text: &'a str,
    /// The load at which the asymptotes meet, and its label, such as "knee 48 users".
    pub knee: Option<(f64, &'a str)>,
    /// The client's timeout and its label.
    pub timeout: (Time, &'a str),
    /// The load that is set.
    pub load: f64,
    /// The response time at that load, where there is one.
    pub response_time: Option<Time>,
    /// The label at the load that is set, such as "you: 2.12 s"; may be empty.
    pub you_text: &'a str,
}

/// The response time of a simulated run, each value with half of its 95 % confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Simulated {
    /// Users, or orders per second.
    pub load: f64,
    /// The mean, and its margin.
    pub mean: (Time, Time),
    /// The 95th percentile and its margin.
    pub p95: (Time, Time),
}

/// A response-time chart laid out: what to draw, and how places and loads belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseChart {
    pub figure: Figure,
    /// The position of "you are here"; at the top of its rule if there is no response time.
    pub you: Point,
    frame: Frame,
    places: Vec<Point>,
}

impl ResponseChart {
    /// Lays the chart out.
    pub fn new(shown: &Response<'_>) -> Self {
        let across = Axis::across(shown.axes.load, shown.size, shown.text_size, compact);
        let up = Axis { scale: shown.axes.latency, ticks: latency_ticks(shown), text: round_time_tick };
        let mut drawing = Drawing { plot: Plot::new(shown.size, shown.text_size, &across, &up), shown };
        let frame = drawing.plot.frame;
        drawing.limits();
        drawing.spread();
        drawing.curves();
        drawing.runs();
        let you = drawing.points();
        drawing.write(you);
        let top = frame.area.top;
        let places =
            drawing.places(shown.curve).into_iter().map(|at| Point::new(at.x, at.y.max(top))).collect();
        Self { figure: drawing.plot.into_figure(), you, frame, places }
    }

    /// The roundest load at a place across the figure, for dragging; whoever counts users rounds it.
    pub fn load_at(&self, across: f64) -> f64 {
        roundest(
            self.frame.value_at(across),
            self.frame.value_at(across - 0.5),
            self.frame.value_at(across + 0.5),
        )
    }

    /// Returns the x coordinate of a load.
    pub fn across(&self, load: f64) -> f64 {
        self.frame.x(load)
    }

    /// The point of the curve nearest to a place across the figure, as an index into the curve.
    pub fn nearest(&self, across: f64) -> Option<usize> {
        nearest_by(&self.places, |place| (place.x - across).abs())
    }

    /// Returns the position of a point of the curve; one above the chart lies on the upper edge.
    pub fn place_of(&self, index: usize) -> Option<Point> {
        self.places.get(index).copied()
    }
}

/// The values beside the plot, no more than still let the curve speak: round ones, and on a logarithmic axis
/// the time that the curve starts from, which none of the shorter ones could say. Beyond an hour thousands of
/// seconds say little.
fn latency_ticks(shown: &Response<'_>) -> Vec<f64> {
    let (scale, start) = (shown.axes.latency, shown.unloaded.seconds());
    if !shown.axes.latency_is_log() {
        return values_of(scale);
    }
    let is_long = scale.most() > 3_600.0;
    let mut ticks = if is_long { ROUND_TIMES.to_vec() } else { values_of(scale) };
    ticks.retain(|tick| scale.shows(*tick));
    if scale.shows(start) {
        // A line of text takes a twelfth of the axis.
        let apart = ((scale.most() / scale.least()).ln() / 12.0).exp().max(1.25);
        ticks.retain(|tick| *tick > apart * start);
        ticks.insert(0, start);
    }
    ticks
}

/// A chart while it is laid out.
struct Drawing<'a> {
    plot: Plot,
    shown: &'a Response<'a>,
}

impl<'a> Drawing<'a> {
    /// The positions of the points of a curve.
    fn places(&self, curve: &[CurvePoint]) -> Vec<Point> {
        curve.iter().map(|point| self.place(point.load, point.response_time)).collect()
    }

    fn place(&self, load: f64, time: Time) -> Point {
        self.plot.frame.at(load, time.seconds())
    }

    /// The asymptotes and the client's timeout.
    fn limits(&mut self) {
        let (shown, frame) = (self.shown, self.plot.frame);
        let dotted = Stroke::solid(Ink::Ink2, 1.0).dashed(2.0, 4.0);
        let (least, most) = (shown.axes.load.least(), shown.axes.load.most());
        let bend = match shown.ceiling {
            Ceiling::Users { .. } => shown.knee.map_or(most, |(load, _)| load.clamp(least, most)),
            Ceiling::Orders { wall } => wall.value().min(most),
        };
        let flat = [self.place(least, shown.unloaded), self.place(bend, shown.unloaded)];
        self.plot.line(&flat, dotted);
        if let Ceiling::Users { largest_demand, think_time } = shown.ceiling {
            // Straight by nature, but bent by a logarithmic axis: followed at a few dozen loads.
            let (from, to) = (frame.x(bend), frame.area.right);
            let steps = (0..=48).map(|step| frame.value_at(from + (to - from) * f64::from(step) / 48.0));
            let rising: Vec<Point> = steps
                .filter(|load| *load >= bend)
                .map(|load| self.place(load, largest_demand * load - think_time))
                .collect();
            self.plot.line(&rising, dotted);
        }
        if let Some(x) = self.wall() {
            self.plot.rule_down(x, Stroke::solid(Ink::Ink2, 1.5).dashed(2.0, 3.0));
        }
        if let Some(y) = self.timeout() {
            self.plot.rule_across(y, Stroke::solid(Ink::Ink2, 1.0).dashed(8.0, 5.0));
        }
    }

    /// The x coordinate of the saturation throughput of an open workload, if it is shown.
    fn wall(&self) -> Option<f64> {
        match self.shown.ceiling {
            Ceiling::Orders { wall } if self.shown.axes.load.shows(wall.value()) => {
                Some(self.plot.frame.x(wall.value()))
            }
            _ => None,
        }
    }

    /// The y coordinate of the client's timeout, if it is shown.
    fn timeout(&self) -> Option<f64> {
        let seconds = self.shown.timeout.0.seconds();
        self.shown.axes.latency.shows(seconds).then(|| self.plot.frame.y(seconds))
    }

    /// The position of the knee, if it is shown.
    fn knee(&self) -> Option<(Point, &'a str)> {
        let (load, text) = self.shown.knee?;
        let at = self.place(load, self.shown.unloaded);
        self.plot.frame.area.contains(at).then_some((at, text))
    }

    /// The positions of a percentile by load.
    fn percentile(&self, read: fn(&Percentiles) -> Time) -> Vec<Point> {
        self.shown.percentiles.iter().map(|point| self.place(point.load, read(&point.percentiles))).collect()
    }

    /// The percentiles: a band from the median to the slowest, and a rule for each of the slow ones.
    fn spread(&mut self) {
        let area = self.plot.frame.area;
        let (fast, slow) = (self.percentile(|it| it.p50), self.percentile(|it| it.p99));
        let held =
            |at: &Point| Point::new(at.x.clamp(area.left, area.right), at.y.clamp(area.top, area.bottom));
        let outline: Vec<Point> = fast.iter().map(held).chain(slow.iter().rev().map(held)).collect();
        if outline.len() > 3 {
            self.plot.mark(Mark::Area { outline, ink: Ink::Sync, opacity: 0.1 });
        }
        for (line, _, width) in self.slow_ones() {
            self.plot.line(&line, Stroke::solid(Ink::Sync, width).faded(0.75));
        }
    }

    /// The percentiles that have a line of their own, with their names and weights.
    fn slow_ones(&self) -> [(Vec<Point>, &'static str, f64); 2] {
        [(self.percentile(|it| it.p95), "p95", 1.5), (self.percentile(|it| it.p99), "p99", 1.0)]
    }

    /// The ghost and the curve.
    fn curves(&mut self) {
        if let Some((ghost, _)) = self.shown.ghost {
            let ghost = self.places(ghost);
            self.plot.line(&ghost, Stroke::solid(Ink::Ink3, 1.5).faded(0.7));
        }
        let curve = self.places(self.shown.curve);
        self.plot.cased_line(&curve, Stroke::solid(Ink::Sync, 2.5));
    }

    /// Simulated runs: a dot for the mean and one for the slow orders, each with a whisker over its margin.
    fn runs(&mut self) {
        let frame = self.plot.frame;
        for run in self.shown.simulated {
            for ((time, margin), rim) in [(run.p95, Ink::Sync), (run.mean, Ink::Ink)] {
                let at = self.place(run.load, time);
                if !frame.area.contains(at) {
                    continue;
                }
                let end = |time: Time| {
                    Point::new(at.x, self.place(run.load, time).y.clamp(frame.area.top, frame.area.bottom))
                };
                let (from, to) = (end(time - margin), end(time + margin));
                self.plot.rule(from, to, Stroke::solid(rim, 1.5));
                self.plot.mark(Mark::Dot { at, radius: 3.5, fill: Ink::Surface, rim, rim_width: 1.5 });
            }
        }
    }

    /// The knee and "you are here"; returns where the latter is.
    fn points(&mut self) -> Point {
        let frame = self.plot.frame;
        if let Some((at, _)) = self.knee() {
            let (fill, rim) = (Ink::Surface, Ink::Ink2);
            self.plot.mark(Mark::Dot { at, radius: 4.0, fill, rim, rim_width: 1.5 });
        }
        let x = frame.x(self.shown.load).clamp(frame.area.left, frame.area.right);
        self.plot.rule_down(x, Stroke::solid(Ink::Ink, 1.5));
        let Some(time) = self.shown.response_time else { return Point::new(x, frame.area.top) };
        let at = Point::new(x, frame.y(time.seconds()).clamp(frame.area.top, frame.area.bottom));
        self.plot.mark(Mark::Dot { at, radius: 7.0, fill: Ink::Sync, rim: Ink::Surface, rim_width: 2.0 });
        at
    }

    /// Writes the annotations, those with the least choice of spots first.
    fn write(&mut self, you: Point) {
        let area = self.plot.frame.area;
        if let Some((at, text)) = self.knee() {
            let asked = (text, Some(ExplainedValue::Knee));
            self.plot.annotate_asked(asked, at, &AROUND_THE_KNEE, Ink::Ink2, false);
        }
        if !self.shown.you_text.is_empty() {
            let here = self.shown.response_time.map(|_| ExplainedValue::ResponseTime);
            let asked = (self.shown.you_text, here.or(Some(ExplainedValue::Growth)));
            self.plot.annotate_asked(asked, you, &AROUND_YOU, Ink::Sync, true);
        }
        if let Some(y) = self.timeout() {
            let ends = [(area.left, 6.0), (area.right, -4.0), (you.x, 8.0), (you.x, -8.0)];
            let spots =
                [-0.85, 0.9].map(|dy| ends.map(|(x, dx)| self.plot.beside(Point::new(x, y), (dx, dy))));
            self.plot.annotate_at(self.shown.timeout.1, spots.as_flattened(), Ink::Ink2, false);
        }
        if let Some(x) = self.wall() {
            let rows = [1.0, 2.6, 4.2, 5.8, 7.4].map(|row| [-6.0, 6.0, -16.0].map(|dx| (dx, row)));
            let top = Point::new(x, area.top);
            let asked = (self.shown.wall_text, Some(ExplainedValue::SaturationThroughput));
            self.plot.annotate_asked(asked, top, rows.as_flattened(), Ink::Ink2, false);
        }
        for (line, name, _) in self.slow_ones() {
            let visible: Vec<Point> = line.into_iter().filter(|at| area.contains(*at)).collect();
            let spots: Vec<Spot> = ALONG_A_PERCENTILE
                .iter()
                .filter_map(|share| visible.get((share * visible.len() as f64) as usize))
                .flat_map(|at| [(0.0, -0.7), (-6.0, -0.5), (0.0, -1.0)].map(|by| self.plot.beside(*at, by)))
                .collect();
            self.plot.annotate_at(name, &spots, Ink::Sync, false);
        }
        if let Some((ghost, name)) = self.shown.ghost {
            // Where the curve covers it, its name would be taken for that of another line.
            let curve = self.places(self.shown.curve);
            let is_covered = |at: &Point| {
                let near = nearest_by(&curve, |point| (point.x - at.x).abs());
                near.is_some_and(|near| (curve[near].y - at.y).abs() < 4.0)
            };
            let visible: Vec<Point> =
                self.places(ghost).into_iter().filter(|at| area.contains(*at)).collect();
            let spots: Vec<Spot> = ALONG_THE_GHOST
                .iter()
                .filter_map(|share| visible.get((share * visible.len() as f64) as usize))
                .filter(|at| !is_covered(at))
                .flat_map(|at| [(-10.0, -0.4), (0.0, -1.0), (10.0, 1.0)].map(|by| self.plot.beside(*at, by)))
                .collect();
            self.plot.annotate_at(name, &spots, Ink::Ink3, false);
        }
    }
}

/// Offsets of the label of the dot, the best first: x in pixels, y in lines of text.
const AROUND_YOU: [(f64, f64); 10] = [
    (12.0, 1.2),
    (-12.0, -1.2),
    (12.0, -1.2),
    (-12.0, 1.2),
    (12.0, 2.4),
    (-12.0, -2.4),
    (12.0, -2.4),
    (12.0, 4.0),
    (-12.0, 4.0),
    (-12.0, 6.0),
];

/// Offsets of the label of the knee, the best first: below it, because the curve is never there.
const AROUND_THE_KNEE: [(f64, f64); 8] =
    [(0.0, 1.2), (8.0, 0.8), (8.0, 1.2), (-8.0, 1.2), (-8.0, -1.2), (-8.0, -2.4), (12.0, 0.0), (24.0, 1.0)];

/// Positions of a name along its percentile, the best first: well above the mean.
const ALONG_A_PERCENTILE: [f64; 7] = [0.1, 0.2, 0.3, 0.4, 0.02, 0.55, 0.7];

/// Positions of the name along the curve to compare with, the best first.
const ALONG_THE_GHOST: [f64; 8] = [0.62, 0.7, 0.5, 0.8, 0.38, 0.9, 0.25, 0.1];

#[cfg(test)]
mod tests;
