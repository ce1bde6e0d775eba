//! A plot while it is laid out: two axes with their values, and the marks and labels between them.

use super::clip;
use super::figure::{Anchor, Figure, Ink, Label, Mark, Role, Stroke};
use super::geometry::{Point, Rect, Size};
use super::labels::{self, Placer, Spot};
use super::scale::{Scale, ScaleKind};
use crate::queueing::explain::ExplainedValue;

/// Two scales laid over the part of a figure where the data are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub(super) area: Rect,
    pub(super) across: Scale,
    pub(super) up: Scale,
}

impl Frame {
    /// Returns the x coordinate of a value.
    pub(super) fn x(&self, value: f64) -> f64 {
        self.across.place(value, self.area.left, self.area.right)
    }

    /// Returns the y coordinate of a value.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.up.place(value, self.area.bottom, self.area.top)
    }

    /// Returns the point of a pair of values.
    pub(super) fn at(&self, across: f64, up: f64) -> Point {
        Point::new(self.x(across), self.y(up))
    }

    /// Returns the value at an x coordinate.
    pub(super) fn value_at(&self, x: f64) -> f64 {
        self.across.value_at(x, self.area.left, self.area.right)
    }
}

/// An axis: its scale, and the values written beside it.
pub(super) struct Axis {
    pub(super) scale: Scale,
    pub(super) ticks: Vec<f64>,
    pub(super) text: fn(f64) -> String,
}

impl Axis {
    /// An axis across a figure, with as many round values as there is room for.
    pub(super) fn across(scale: Scale, size: Size, text_size: f64, text: fn(f64) -> String) -> Self {
        let room = (size.width / (text_size * 4.5)) as usize;
        Self { scale, ticks: scale.ticks(room.clamp(3, 9)), text }
    }

    /// `true` if two values that stand side by side read alike.
    pub(super) fn repeats_itself(&self) -> bool {
        self.ticks.windows(2).any(|pair| (self.text)(pair[0]) == (self.text)(pair[1]))
    }

    fn text_width(&self, tick: Option<&f64>) -> f64 {
        tick.map_or(0.0, |tick| labels::width(&(self.text)(*tick), false))
    }
}

/// A plot while it is laid out.
pub(super) struct Plot {
    pub(super) frame: Frame,
    pub(super) text_size: f64,
    size: Size,
    marks: Vec<Mark>,
    placer: Placer,
}

impl Plot {
    /// The smallest text that is written.
    const LEAST_TEXT: f64 = 12.0;

    /// An empty plot with its axes: a hairline for each value up, a small stroke for each across.
    pub(super) fn new(size: Size, text_size: f64, across: &Axis, up: &Axis) -> Self {
        let text_size = text_size.max(Self::LEAST_TEXT);
        let widest = up.ticks.iter().map(|tick| up.text_width(Some(tick))).fold(0.0, f64::max);
        let last = across.text_width(across.ticks.last()) / 2.0;
        // In a figure too small for its labels the area is empty rather than inverted: marks are clamped to
        // it.
        let left = (widest * text_size + 10.0).min(size.width / 3.0).ceil();
        let right = (size.width - (last * text_size).max(10.0)).floor().max(left);
        let top = 8.0;
        let bottom = (size.height - text_size * 2.0).floor().max(top);
        let area = Rect { left, top, right, bottom };
        let frame = Frame { area, across: across.scale, up: up.scale };
        let placer = Placer::new(size.bounds(), area, text_size);
        let mut plot = Self { frame, text_size, size, marks: Vec::new(), placer };
        plot.values_up(up);
        plot.values_across(across);
        plot
    }

    fn values_up(&mut self, axis: &Axis) {
        let area = self.frame.area;
        for &tick in &axis.ticks {
            let y = self.frame.y(tick);
            let spot = (Point::new(area.left - 8.0, y), Anchor::End);
            // A hairline without its value would only puzzle.
            if self.placer.tick((axis.text)(tick), spot, Role::UpTick) && y < area.bottom {
                self.rule(Point::new(area.left, y), Point::new(area.right, y), Stroke::solid(Ink::Line, 1.0));
            }
        }
    }

    fn values_across(&mut self, axis: &Axis) {
        let area = self.frame.area;
        let (left, right) = (Point::new(area.left, area.bottom), Point::new(area.right, area.bottom));
        self.rule(left, right, Stroke::solid(Ink::Edge, 1.0));
        for &tick in &axis.ticks {
            let x = self.frame.x(tick);
            let spot = (Point::new(x, area.bottom + self.text_size * 1.25), Anchor::Middle);
            if self.placer.tick((axis.text)(tick), spot, Role::AcrossTick) {
                let (from, to) = (Point::new(x, area.bottom), Point::new(x, area.bottom + 4.0));
                self.rule(from, to, Stroke::solid(Ink::Edge, 1.0));
            }
        }
    }

    /// Draws what lies in the plot of a line, which labels then avoid.
    pub(super) fn line(&mut self, points: &[Point], stroke: Stroke) {
        for points in clip::polyline_in(self.frame.area, points) {
            self.placer.avoid(points.clone());
            self.marks.push(Mark::Line { points, stroke });
        }
    }

    /// Draws a line over a casing in the panel's colour, so that what runs close beneath does not fray it.
    pub(super) fn cased_line(&mut self, points: &[Point], stroke: Stroke) {
        let casing = Stroke::solid(Ink::Surface, stroke.width + 3.0);
        let inside = clip::polyline_in(self.frame.area, points);
        self.marks.extend(inside.into_iter().map(|points| Mark::Line { points, stroke: casing }));
        self.line(points, stroke);
    }

    /// Draws a straight line; labels avoid it unless it is of the grid.
    pub(super) fn rule(&mut self, from: Point, to: Point, stroke: Stroke) {
        if stroke.ink != Ink::Line {
            self.placer.avoid(vec![from, to]);
        }
        self.marks.push(Mark::Rule { from, to, stroke });
    }

    /// Draws a straight line from the top to the bottom.
    pub(super) fn rule_down(&mut self, x: f64, stroke: Stroke) {
        let Rect { top, bottom, .. } = self.frame.area;
        self.rule(Point::new(x, top), Point::new(x, bottom), stroke);
    }

    /// Draws a straight line from the left to the right.
    pub(super) fn rule_across(&mut self, y: f64, stroke: Stroke) {
        let Rect { left, right, .. } = self.frame.area;
        self.rule(Point::new(left, y), Point::new(right, y), stroke);
    }

    /// Draws anything else, which labels do not mind.
    pub(super) fn mark(&mut self, mark: Mark) {
        self.marks.push(mark);
    }

    /// Writes an annotation at the first of some offsets from a place that is free: pixels across, lines of
    /// text down.
    pub(super) fn annotate(
        &mut self,
        text: &str,
        at: Point,
        offsets: &[(f64, f64)],
        ink: Ink,
        strong: bool,
    ) -> Option<&mut Label> {
        let spots: Vec<Spot> = offsets.iter().map(|&offset| self.beside(at, offset)).collect();
        self.annotate_at(text, &spots, ink, strong)
    }

    /// Writes a number as an annotation that answers for a figure.
    pub(super) fn annotate_asked(
        &mut self,
        (text, asks): (&str, Option<ExplainedValue>),
        at: Point,
        offsets: &[(f64, f64)],
        ink: Ink,
        strong: bool,
    ) {
        if let Some(label) = self.annotate(text, at, offsets, ink, strong) {
            label.asks = asks;
        }
    }

    /// Writes an annotation at the first of some spots that is free.
    pub(super) fn annotate_at(
        &mut self,
        text: &str,
        spots: &[Spot],
        ink: Ink,
        strong: bool,
    ) -> Option<&mut Label> {
        self.placer.annotate(text, spots, ink, strong)
    }

    /// The spot beside a place, so many pixels across and lines of text down; the text faces away from the
    /// place.
    pub(super) fn beside(&self, at: Point, (dx, lines): (f64, f64)) -> Spot {
        let anchor = match dx {
            dx if dx > 0.0 => Anchor::Start,
            dx if dx < 0.0 => Anchor::End,
            _ => Anchor::Middle,
        };
        (Point::new(at.x + dx, at.y + lines * self.text_size), anchor)
    }

    /// Gives it more room on the right, for annotations.
    pub(super) fn widen(&mut self, by: f64) {
        self.size.width += by;
        self.placer.widen(by);
    }

    pub(super) fn into_figure(self) -> Figure {
        Figure {
            size: self.size,
            plot: self.frame.area,
            marks: self.marks,
            labels: self.placer.into_labels(),
        }
    }
}

/// The values beside an axis of times: no more than still let a curve speak; zero, where there is one, is the
/// axis itself.
pub(super) fn values_of(scale: Scale) -> Vec<f64> {
    scale.ticks(if scale.kind() == ScaleKind::Log { 5 } else { 6 })
}
