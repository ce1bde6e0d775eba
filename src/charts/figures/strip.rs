//! A strip chart: how something went over the time of a run, up to now.

use crate::charts::figure::{Figure, Ink, Stroke};
use crate::charts::geometry::{Point, Size};
use crate::charts::plot::{Axis, Plot};
use crate::charts::scale::{Scale, time_tick};

/// A strip chart.
#[derive(Debug, Clone)]
pub struct Strip<'a> {
    pub size: Size,
    /// Text size in CSS pixels.
    pub text_size: f64,
    /// The latest moment on it, in seconds.
    pub until: f64,
    pub lines: &'a [StripLine<'a>],
    /// A value to compare with, and what it is called.
    pub compared: Option<(f64, &'a str)>,
    /// The size of one unit of the axis, and the function that writes a number of them.
    pub unit: (f64, fn(f64) -> String),
}

/// A line of a strip chart.
#[derive(Debug, Clone, Copy)]
pub struct StripLine<'a> {
    /// Seconds and values, by rising time.
    pub points: &'a [(f64, f64)],
    /// Its name; empty if there is only one line.
    pub name: &'a str,
    pub kind: LineKind,
}

/// The kind of a line of a strip chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// The quantity of the chart.
    Measured,
    /// A line for comparison.
    Beside,
    /// The result of the fluid model.
    Fluid,
}

impl LineKind {
    fn stroke(self) -> Stroke {
        match self {
            Self::Measured => Stroke::solid(Ink::Sync, 2.0),
            Self::Beside => Stroke::solid(Ink::Ink3, 1.0),
            Self::Fluid => Stroke::solid(Ink::Ink2, 1.5).dashed(2.0, 3.0),
        }
    }
}

/// Offsets of a name from the end of its line, the best first: x in pixels, y in lines of text.
const BESIDE: [(f64, f64); 6] =
    [(-4.0, -0.9), (-4.0, 1.0), (-40.0, -0.9), (-40.0, 1.0), (6.0, 0.0), (6.0, -1.2)];

/// The same for one that is named on its way.
const BESIDE_MIDDLE: [(f64, f64); 2] = [(0.0, -0.9), (0.0, 1.0)];

impl Strip<'_> {
    /// Draws it; also where some of its values lie. Time goes on to the right by round lengths, so that the
    /// picture does not creep.
    pub fn figure(&self, read: &[(f64, f64)]) -> (Figure, Vec<Point>) {
        let values = self.lines.iter().flat_map(|line| line.points).map(|(_, value)| *value);
        let most = values.fold(0.0, f64::max).max(self.compared.map_or(0.0, |(value, _)| value));
        let across =
            Axis::across(Scale::linear(0.0, round_length(self.until)), self.size, self.text_size, time_tick);
        let (unit, text) = self.unit;
        let scale = Scale::linear(0.0, if most > 0.0 { 1.15 * most / unit } else { 1.0 });
        let up = Axis { scale, ticks: scale.ticks(4), text };
        let mut plot = Plot::new(self.size, self.text_size, &across, &up);
        let frame = plot.frame;
        let at = |time: f64, value: f64| frame.at(time, value / unit);
        if let Some((value, _)) = self.compared {
            plot.rule_across(frame.y(value / unit), Stroke::solid(Ink::Ink2, 1.0).dashed(8.0, 4.0));
        }
        for line in self.lines {
            let points: Vec<Point> = line.points.iter().map(|&(time, value)| at(time, value)).collect();
            plot.line(&points, line.kind.stroke());
        }
        for line in self.lines.iter().rev().filter(|line| !line.name.is_empty()) {
            // The end of a line belongs to what was measured; the fluid is named where it has run for a
            // while.
            let (place, spots): (usize, &[(f64, f64)]) = match line.kind {
                LineKind::Fluid => (line.points.len() / 3, &BESIDE_MIDDLE),
                LineKind::Measured | LineKind::Beside => (line.points.len().saturating_sub(1), &BESIDE),
            };
            if let Some(&(time, value)) = line.points.get(place) {
                let strong = line.kind == LineKind::Measured;
                plot.annotate(line.name, at(time, value), spots, line.kind.stroke().ink, strong);
            }
        }
        if let Some((value, name)) = self.compared {
            let at = Point::new(frame.area.right, frame.y(value / unit));
            plot.annotate(name, at, &[(-4.0, -0.8), (-4.0, 0.9)], Ink::Ink2, false);
        }
        (plot.into_figure(), read.iter().map(|&(time, value)| at(time, value)).collect())
    }
}

/// The next round length of a run, in seconds.
fn round_length(seconds: f64) -> f64 {
    const LENGTHS: [f64; 9] = [1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0];
    LENGTHS.into_iter().find(|length| seconds <= *length).unwrap_or(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::figure::Mark;
    use crate::charts::svg;
    use crate::charts::time_tick;

    fn strip(points: &[(f64, f64)], until: f64) -> Figure {
        let lines = [StripLine { points, name: "mean", kind: LineKind::Measured }];
        let size = Size::new(330.0, 150.0);
        Strip {
            size,
            text_size: 12.0,
            until,
            lines: &lines,
            compared: Some((4.27, "theory")),
            unit: (1.0, time_tick),
        }
        .figure(&[])
        .0
    }

    #[test]
    fn the_line_ends_where_the_run_does() {
        let points: Vec<(f64, f64)> =
            (0..=45).map(|second| (f64::from(second), 0.1 * f64::from(second))).collect();
        let figure = strip(&points, 45.0);
        svg::write("strip", &figure);
        let line = figure.marks.iter().find_map(|mark| match mark {
            Mark::Line { points, stroke } if stroke.ink == Ink::Sync => Some(points),
            _ => None,
        });
        let end = line.unwrap().last().unwrap().x;
        let share = (end - figure.plot.left) / figure.plot.width();
        assert!((share - 0.75).abs() < 0.01, "45 s of a minute end at {share}");
        let names: Vec<&str> = figure.annotations().map(|label| label.text.as_str()).collect();
        assert_eq!(names, ["mean", "theory"]);
    }

    #[test]
    fn a_run_that_has_only_begun_is_an_empty_chart() {
        let figure = strip(&[], 0.0);
        assert!(!svg::marks(&figure, &svg::light()).contains("NaN"));
    }

    #[test]
    fn lengths_are_round() {
        for (seconds, length) in [(0.0, 1.0), (1.5, 2.0), (12.0, 30.0), (600.0, 600.0)] {
            assert!((round_length(seconds) - length).abs() < 1e-9, "{seconds}");
        }
    }
}
