//! The chart that carries the story: response time against load, and where it stops being flat.

use super::axes::{Axes, Ceiling, Frame, nearest_by};
use super::clip;
use super::figure::{Anchor, Figure, Ink, Mark, Role, Stroke};
use super::geometry::{Point, Rect, Size};
use super::labels::{self, Placer, Spot};
use super::scale::time_tick;
use crate::model::CurvePoint;
use crate::units::{Time, format::compact};

/// What a response-time chart shows. All words of annotations come from outside.
#[derive(Debug, Clone, Copy)]
pub struct Response<'a> {
    /// How large it is.
    pub size: Size,
    /// How large text is, in CSS pixels; at least 12.
    pub text_size: f64,
    /// What the axes show.
    pub axes: Axes,
    /// The curve of the scenario, by rising load.
    pub curve: &'a [CurvePoint],
    /// Another curve to compare with, and its name.
    pub ghost: Option<(&'a [CurvePoint], &'a str)>,
    /// The answer's time when nobody else is there: the flat asymptote.
    pub unloaded: Time,
    /// What no load can beat: the other asymptote.
    pub ceiling: Ceiling,
    /// What is written at the wall of an open workload, such as "19.0 orders/s at most".
    pub wall_text: &'a str,
    /// Where the asymptotes meet, and what is written there, such as "knee 48 users".
    pub knee: Option<(f64, &'a str)>,
    /// When the client gives up, and what is written there.
    pub timeout: (Time, &'a str),
    /// The load that is set.
    pub load: f64,
    /// The response time at that load, where there is one.
    pub response_time: Option<Time>,
    /// What is written there, such as "you: 2.12 s".
    pub you_text: &'a str,
}

/// A response-time chart laid out: what to draw, and how places and loads belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseChart {
    /// What to draw.
    pub figure: Figure,
    /// Where "you are here" is, at the top of its rule where there is no response time.
    pub you: Point,
    frame: Frame,
    places: Vec<Point>,
}

impl ResponseChart {
    /// Lays the chart out.
    pub fn new(shown: &Response<'_>) -> Self {
        let text_size = shown.text_size.max(12.0);
        let frame = Frame { plot: plot_area(shown, text_size), axes: shown.axes };
        let mut drawing = Drawing {
            frame,
            text_size,
            marks: Vec::new(),
            placer: Placer::new(shown.size.bounds(), frame.plot, text_size),
        };
        drawing.ticks(shown);
        drawing.limits(shown);
        let curve = drawing.curves(shown);
        let you = drawing.points(shown);
        drawing.write(shown, you);
        let places = curve.into_iter().map(|at| Point::new(at.x, at.y.max(frame.plot.top))).collect();
        let Drawing { marks, placer, .. } = drawing;
        let figure = Figure { size: shown.size, plot: frame.plot, marks, labels: placer.into_labels() };
        Self { figure, you, frame, places }
    }

    /// The roundest load at a place across the figure, for dragging; whoever counts users rounds it.
    pub fn load_at(&self, across: f64) -> f64 {
        self.frame.load_at(across)
    }

    /// How far across the figure a load lies.
    pub fn across(&self, load: f64) -> f64 {
        self.frame.across(load)
    }

    /// The point of the curve nearest to a place across the figure, as an index into the curve.
    pub fn nearest(&self, across: f64) -> Option<usize> {
        nearest_by(&self.places, |place| (place.x - across).abs())
    }

    /// Where a point of the curve lies; one that runs off the top lies on the upper edge.
    pub fn place_of(&self, index: usize) -> Option<Point> {
        self.places.get(index).copied()
    }
}

/// The most values below the plot.
const MOST_ACROSS: usize = 9;

/// The values beside the plot, no more than still let the curve speak: round ones, and on a logarithmic axis the time
/// that the curve starts from, which none of the shorter ones could say.
fn latency_ticks(shown: &Response<'_>) -> Vec<f64> {
    if !shown.axes.latency_is_log() {
        return shown.axes.latency.ticks(6);
    }
    let start = shown.unloaded.seconds();
    let apart = |tick: &f64| *tick > 1.25 * start;
    let mut ticks = shown.axes.latency.ticks(5);
    if shown.axes.latency.shows(start) && start > 0.0 {
        ticks.retain(apart);
        ticks.insert(0, start);
    }
    ticks
}

/// Where the data go: beside the widest latency tick, above the load ticks.
fn plot_area(shown: &Response<'_>, text_size: f64) -> Rect {
    let widest = latency_ticks(shown)
        .into_iter()
        .map(|tick| labels::width(&time_tick(tick), false) * text_size)
        .fold(0.0, f64::max);
    let last =
        shown.axes.load.ticks(MOST_ACROSS).last().map_or(0.0, |tick| labels::width(&compact(*tick), false));
    let Size { width, height } = shown.size;
    Rect {
        left: (widest + 10.0).min(width / 3.0).ceil(),
        top: 8.0,
        right: (width - (last * text_size / 2.0).max(10.0)).floor(),
        bottom: (height - text_size * 2.0).floor(),
    }
}

/// A chart while it is laid out.
struct Drawing {
    frame: Frame,
    text_size: f64,
    marks: Vec<Mark>,
    placer: Placer,
}

impl Drawing {
    /// The grid with its values.
    fn ticks(&mut self, shown: &Response<'_>) {
        let plot = self.frame.plot;
        for tick in latency_ticks(shown) {
            let y = self.frame.down(tick);
            let spot = (Point::new(plot.left - 8.0, y), Anchor::End);
            if self.placer.tick(time_tick(tick), spot, Role::UpTick) {
                let ink = if y >= plot.bottom { Ink::Edge } else { Ink::Line };
                self.rule(Point::new(plot.left, y), Point::new(plot.right, y), Stroke::solid(ink, 1.0));
            }
        }
        let room = (plot.width() / (self.text_size * 4.0)) as usize;
        for tick in shown.axes.load.ticks(room.clamp(3, MOST_ACROSS)) {
            let x = self.frame.across(tick);
            let spot = (Point::new(x, plot.bottom + self.text_size * 1.25), Anchor::Middle);
            if self.placer.tick(compact(tick), spot, Role::AcrossTick) {
                let (from, to) = (Point::new(x, plot.bottom), Point::new(x, plot.bottom + 4.0));
                self.rule(from, to, Stroke::solid(Ink::Edge, 1.0));
            }
        }
        if shown.axes.latency_is_log() {
            let (from, to) = (Point::new(plot.left, plot.bottom), Point::new(plot.right, plot.bottom));
            self.rule(from, to, Stroke::solid(Ink::Edge, 1.0));
        }
    }

    /// The asymptotes and the client's timeout.
    fn limits(&mut self, shown: &Response<'_>) {
        let plot = self.frame.plot;
        let dotted = Stroke::solid(Ink::Ink2, 1.0).dashed(2.0, 4.0);
        let (least, most) = (shown.axes.load.least(), shown.axes.load.most());
        let bend = match shown.ceiling {
            Ceiling::Users { .. } => shown.knee.map_or(most, |(load, _)| load.clamp(least, most)),
            Ceiling::Orders { wall } => wall.value().min(most),
        };
        let flat = vec![self.frame.place(least, shown.unloaded), self.frame.place(bend, shown.unloaded)];
        self.line(&flat, dotted);
        match shown.ceiling {
            Ceiling::Users { largest_demand, think_time } => {
                let bound = |load: f64| self.frame.place(load, largest_demand * load - think_time);
                // Straight by nature, but bent by a logarithmic axis: followed at a few dozen loads.
                let steps = (0..=48).map(|step| {
                    let (from, to) = (self.frame.across(bend), plot.right);
                    shown.axes.load.value_at(
                        from + (to - from) * f64::from(step) / 48.0,
                        plot.left,
                        plot.right,
                    )
                });
                let rising: Vec<Point> = steps.filter(|load| *load >= bend).map(bound).collect();
                self.line(&rising, dotted);
            }
            Ceiling::Orders { wall } if shown.axes.load.shows(wall.value()) => {
                let x = self.frame.across(wall.value());
                let stroke = Stroke::solid(Ink::Ink2, 1.5).dashed(2.0, 3.0);
                self.rule(Point::new(x, plot.top), Point::new(x, plot.bottom), stroke);
            }
            Ceiling::Orders { .. } => {}
        }
        if let Some(y) = self.timeout_height(shown) {
            let stroke = Stroke::solid(Ink::Ink2, 1.0).dashed(8.0, 5.0);
            self.rule(Point::new(plot.left, y), Point::new(plot.right, y), stroke);
        }
    }

    /// How far down the client's timeout lies, where it is shown.
    fn timeout_height(&self, shown: &Response<'_>) -> Option<f64> {
        let seconds = shown.timeout.0.seconds();
        shown.axes.latency.shows(seconds).then(|| self.frame.down(seconds))
    }

    /// The ghost and the curve; returns where the points of the curve lie.
    fn curves(&mut self, shown: &Response<'_>) -> Vec<Point> {
        let places = |points: &[CurvePoint]| -> Vec<Point> {
            points.iter().map(|point| self.frame.place(point.load, point.response_time)).collect()
        };
        let curve = places(shown.curve);
        if let Some((ghost, _)) = shown.ghost {
            let ghost = places(ghost);
            self.line(&ghost, Stroke::solid(Ink::Ink3, 1.5).faded(0.7));
        }
        // The casing keeps the asymptotes, which the curve follows closely, from fraying it.
        let casing = Stroke::solid(Ink::Surface, 5.5);
        let inside = clip::polyline_in(self.frame.plot, &curve);
        self.marks.extend(inside.into_iter().map(|points| Mark::Line { points, stroke: casing }));
        self.line(&curve, Stroke::solid(Ink::Sync, 2.5));
        curve
    }

    /// The knee and "you are here"; returns where the latter is.
    fn points(&mut self, shown: &Response<'_>) -> Point {
        let plot = self.frame.plot;
        if let Some(at) = self.knee(shown) {
            self.marks.push(Mark::Dot {
                at,
                radius: 4.0,
                fill: Ink::Surface,
                rim: Ink::Ink2,
                rim_width: 1.5,
            });
        }
        let x = self.frame.across(shown.load).clamp(plot.left, plot.right);
        let (top, bottom) = (Point::new(x, plot.top), Point::new(x, plot.bottom));
        self.rule(top, bottom, Stroke::solid(Ink::Ink, 1.5));
        let Some(time) = shown.response_time else { return top };
        let at = Point::new(x, self.frame.down(time.seconds()).clamp(plot.top, plot.bottom));
        self.marks.push(Mark::Dot { at, radius: 7.0, fill: Ink::Sync, rim: Ink::Surface, rim_width: 2.0 });
        at
    }

    /// Where the knee lies, where it is shown.
    fn knee(&self, shown: &Response<'_>) -> Option<Point> {
        let at = self.frame.place(shown.knee?.0, shown.unloaded);
        self.frame.plot.contains(at).then_some(at)
    }

    /// Writes the annotations, those with the least choice of spots first.
    fn write(&mut self, shown: &Response<'_>, you: Point) {
        let (plot, line) = (self.frame.plot, self.text_size);
        let beside = |at: Point, dx: f64, dy: f64| -> Spot {
            let anchor = match dx {
                dx if dx > 0.0 => Anchor::Start,
                dx if dx < 0.0 => Anchor::End,
                _ => Anchor::Middle,
            };
            (Point::new(at.x + dx, at.y + dy), anchor)
        };
        let near = |at: Point| -> Vec<Spot> {
            let offsets = [
                (12.0, 1.2),
                (-12.0, -1.2),
                (12.0, -1.2),
                (-12.0, 1.2),
                (12.0, 2.4),
                (-12.0, -2.4),
                (12.0, -2.4),
                (12.0, 4.0),
                (-12.0, 4.0),
            ];
            offsets.iter().map(|&(dx, dy)| beside(at, dx, dy * line)).collect()
        };
        if let (Some(at), Some((_, text))) = (self.knee(shown), shown.knee) {
            let offsets = [
                (0.0, 1.2),
                (8.0, 0.8),
                (8.0, 1.2),
                (-8.0, 1.2),
                (-8.0, -1.2),
                (-8.0, -2.4),
                (12.0, 0.0),
                (24.0, 1.0),
            ];
            let spots = offsets.map(|(dx, dy)| beside(at, dx, dy * line));
            self.placer.annotate(text, &spots, Ink::Ink2, false);
        }
        self.placer.annotate(shown.you_text, &near(you), Ink::Sync, true);
        if let Some(y) = self.timeout_height(shown) {
            let (left, right) = (Point::new(plot.left, y), Point::new(plot.right, y));
            let here = Point::new(you.x, y);
            let ends = [(left, 6.0), (right, -4.0), (here, 8.0), (here, -8.0)];
            let spots = [-0.85, 0.9].map(|dy| ends.map(|(at, dx)| (at, dx, dy * line)));
            let spots: Vec<Spot> =
                spots.as_flattened().iter().map(|&(at, dx, dy)| beside(at, dx, dy)).collect();
            self.placer.annotate(shown.timeout.1, &spots, Ink::Ink2, false);
        }
        if let Ceiling::Orders { wall } = shown.ceiling
            && shown.axes.load.shows(wall.value())
        {
            let top = Point::new(self.frame.across(wall.value()), plot.top + line);
            let rows = [0.0, 1.6, 3.2, 4.8, 6.4].map(|row| Point::new(top.x, top.y + row * line));
            let spots = rows.map(|at| [-6.0, 6.0, -16.0].map(|dx| beside(at, dx, 0.0)));
            self.placer.annotate(shown.wall_text, spots.as_flattened(), Ink::Ink2, false);
        }
        if let Some((ghost, name)) = shown.ghost {
            let visible: Vec<Point> = ghost
                .iter()
                .map(|point| self.frame.place(point.load, point.response_time))
                .filter(|at| plot.contains(*at))
                .collect();
            let along = [0.62, 0.7, 0.5, 0.8, 0.38, 0.9, 0.25, 0.1];
            let spots: Vec<Spot> = along
                .iter()
                .filter_map(|share| visible.get((share * visible.len() as f64) as usize))
                .flat_map(|at| {
                    [beside(*at, -10.0, -0.4 * line), beside(*at, 0.0, -line), beside(*at, 10.0, line)]
                })
                .collect();
            self.placer.annotate(name, &spots, Ink::Ink3, false);
        }
    }

    /// Draws what lies in the plot of a line, which labels then avoid.
    fn line(&mut self, points: &[Point], stroke: Stroke) {
        for points in clip::polyline_in(self.frame.plot, points) {
            self.placer.avoid(points.clone());
            self.marks.push(Mark::Line { points, stroke });
        }
    }

    /// Draws a straight line; labels avoid it unless it is of the grid.
    fn rule(&mut self, from: Point, to: Point, stroke: Stroke) {
        if stroke.ink != Ink::Line {
            self.placer.avoid(vec![from, to]);
        }
        self.marks.push(Mark::Rule { from, to, stroke });
    }
}

#[cfg(test)]
mod tests;
