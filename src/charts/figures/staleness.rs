//! The staleness of each effect over time.

use crate::charts::figure::{Anchor, Figure, Ink, Stroke};
use crate::charts::geometry::{Point, Rect, Size};
use crate::charts::labels;
use crate::charts::plot::{Axis, Plot, values_of};
use crate::charts::scale::{Scale, time_tick};
use crate::units::Time;

/// The lag of one effect over time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lag<'a> {
    /// The name of the effect.
    pub name: &'a str,
    /// At a time since the start, by rising time: how old the event is that is being handled.
    pub points: &'a [(Time, Time)],
}

/// Dash patterns that distinguish effects without colour; further effects repeat them.
const DASHES: [Option<(f64, f64)>; 4] = [None, Some((9.0, 4.0)), Some((3.0, 3.0)), Some((14.0, 3.0))];

/// Offsets of a name from its line, the best first: x in pixels, y in lines of text.
const BESIDE_A_LINE: [(f64, f64); 6] =
    [(-4.0, -0.9), (0.0, -0.9), (4.0, -0.9), (-4.0, 1.0), (0.0, 1.0), (4.0, 1.0)];

/// Positions of a name along its line, the best first.
const ALONG_A_LINE: [f64; 7] = [1.0, 0.9, 0.75, 0.6, 0.45, 0.3, 0.15];

/// Up to this number, names stand beside their lines. More of them would cover one another's lines: they
/// stand in a column on the right.
const MOST_ON_LINES: usize = 3;

/// From the end of a line to its name in the column, in pixels,
const TO_COLUMN: f64 = 16.0;
/// the least from one name in it to the next, in lines of text,
const ROW: f64 = 1.25;
/// how far a name in it may stand from the end of its line, in lines of text,
const FARTHEST: f64 = 3.0;
/// and how much of the picture the names may take.
const MOST_OF_WIDTH: f64 = 0.45;

/// Draws the lag of each effect, each with its own dashes and its name beside it.
pub fn staleness(size: Size, text_size: f64, effects: &[Lag<'_>]) -> Figure {
    if effects.len() > MOST_ON_LINES
        && let Some(figure) = named_in_column(size, text_size, effects)
    {
        return figure;
    }
    let mut plot = empty(size, text_size, effects);
    let lines = draw(&mut plot, effects);
    for (effect, line) in effects.iter().zip(&lines) {
        let spots: Vec<_> = ALONG_A_LINE
            .iter()
            .filter_map(|share| line.get((share * line.len().saturating_sub(1) as f64) as usize))
            .flat_map(|at| BESIDE_A_LINE.map(|offset| plot.beside(*at, offset)))
            .collect();
        plot.annotate_at(effect.name, &spots, Ink::Async, true);
    }
    plot.into_figure()
}

/// The same with the names in a column, where that takes not too much room and shows which name is whose.
fn named_in_column(size: Size, text_size: f64, effects: &[Lag<'_>]) -> Option<Figure> {
    let names = effects.iter().map(|effect| labels::width(effect.name, true));
    let room = TO_COLUMN + text_size * names.fold(0.0, f64::max);
    if room > MOST_OF_WIDTH * size.width {
        return None;
    }
    let mut plot = empty(Size { width: size.width - room, ..size }, text_size, effects);
    plot.widen(room);
    let lines = draw(&mut plot, effects);
    let ends: Vec<f64> = lines.iter().filter_map(|line| line.last().map(|end| end.y)).collect();
    let Rect { top, bottom, right, .. } = plot.frame.area;
    let half = ROW * text_size / 2.0;
    let rows = column(&ends, 2.0 * half, top + half, bottom - half, FARTHEST * text_size)?;
    for ((effect, end), row) in effects.iter().zip(&ends).zip(rows) {
        let (from, to) = (Point::new(right + 3.0, *end), Point::new(right + TO_COLUMN, row));
        plot.rule(from, Point::new(to.x - 3.0, to.y), Stroke::solid(Ink::Ink3, 1.0));
        plot.annotate_at(effect.name, &[(to, Anchor::Start)], Ink::Async, true);
    }
    Some(plot.into_figure())
}

/// The axes.
fn empty(size: Size, text_size: f64, effects: &[Lag<'_>]) -> Plot {
    let all = || effects.iter().flat_map(|effect| effect.points);
    let latest = all().map(|(time, _)| time.seconds()).fold(0.0, f64::max);
    let oldest = all().map(|(_, lag)| lag.seconds()).fold(0.0, f64::max);
    let across = Axis::across(Scale::linear(0.0, latest), size, text_size, time_tick);
    let scale = Scale::linear(0.0, 1.2 * oldest);
    let up = Axis { scale, ticks: values_of(scale), text: time_tick };
    Plot::new(size, text_size, &across, &up)
}

/// Draws the lines, and says where they go.
fn draw(plot: &mut Plot, effects: &[Lag<'_>]) -> Vec<Vec<Point>> {
    let frame = plot.frame;
    let place = |(time, lag): &(Time, Time)| frame.at(time.seconds(), lag.seconds());
    let lines: Vec<Vec<Point>> =
        effects.iter().map(|effect| effect.points.iter().map(place).collect()).collect();
    for (line, dash) in lines.iter().zip(DASHES.iter().cycle()) {
        plot.line(line, Stroke { dash: *dash, ..Stroke::solid(Ink::Async, 2.0) });
    }
    lines
}

/// Heights for names that belong at some heights, a row apart from one another and within bounds; `None`
/// where one of them would come too far from where it belongs.
fn column(wanted: &[f64], row: f64, first: f64, last: f64, farthest: f64) -> Option<Vec<f64>> {
    let mut order: Vec<usize> = Vec::new();
    for (index, height) in wanted.iter().enumerate() {
        let place = order.partition_point(|above| wanted[*above] <= *height);
        order.insert(place, index);
    }
    let mut heights = wanted.to_vec();
    // Down as far as the one above asks for, then up as far as the lower bound and the one below do.
    let mut least = first;
    for &index in &order {
        heights[index] = heights[index].max(least);
        least = heights[index] + row;
    }
    let mut most = last;
    for &index in order.iter().rev() {
        heights[index] = heights[index].min(most);
        most = heights[index] - row;
    }
    let is_near = heights.iter().zip(wanted).all(|(height, wanted)| (height - wanted).abs() <= farthest);
    (most + row >= first && is_near).then_some(heights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::figure::Mark;
    use crate::charts::svg;

    /// A backlog that builds up at one slope and drains at another.
    fn outage(until: f64, lag: f64) -> Vec<(Time, Time)> {
        (0..=120)
            .map(|step| {
                let time = f64::from(step) * 3.0;
                let waited =
                    if time < until { time * lag / until } else { lag - (time - until) * lag / 240.0 };
                (Time::from_seconds(time), Time::from_seconds(waited))
            })
            .collect()
    }

    #[test]
    fn each_effect_has_its_own_line_and_its_name() {
        let (email, analytics) = (outage(60.0, 60.0), outage(120.0, 25.0));
        let effects = [Lag { name: "Email", points: &email }, Lag { name: "Analytics", points: &analytics }];
        for (name, size) in
            [("staleness", Size::new(464.0, 220.0)), ("staleness-phone", Size::new(330.0, 160.0))]
        {
            let figure = staleness(size, 12.0, &effects);
            svg::write(name, &figure);
            let names: Vec<&str> = figure.annotations().map(|label| label.text.as_str()).collect();
            assert_eq!(names, ["Email", "Analytics"]);
            assert!(figure.labels.iter().all(|label| size.bounds().encloses(label.bounds)));
            let dashes: Vec<_> = figure
                .marks
                .iter()
                .filter_map(|mark| match mark {
                    Mark::Line { stroke, .. } if stroke.ink == Ink::Async => Some(stroke.dash),
                    _ => None,
                })
                .collect();
            assert_eq!(dashes, DASHES[..2]);
        }
    }

    #[test]
    fn many_names_stand_in_a_column_and_cover_nothing() {
        let steady =
            |millis: f64| [0.0, 180.0].map(|second| (Time::from_seconds(second), Time::from_millis(millis)));
        let names = [
            "Email",
            "Analytics",
            "Fulfilment",
            "CRM",
            "Search",
            "Recommendations",
            "Audit log",
            "Warehouse",
        ];
        let lags = [400.0, 150.0, 600.0, 250.0, 120.0, 350.0, 51.0, 500.0].map(steady);
        let effects: Vec<Lag<'_>> =
            names.iter().zip(&lags).map(|(name, points)| Lag { name, points }).collect();
        for (name, size) in
            [("staleness-many", Size::new(610.0, 180.0)), ("staleness-many-phone", Size::new(330.0, 160.0))]
        {
            let figure = staleness(size, 12.0, &effects);
            svg::write(name, &figure);
            let labels: Vec<_> = figure.annotations().collect();
            assert_eq!(labels.len(), names.len());
            assert!(labels.iter().all(|label| label.bounds.left > figure.plot.right), "{labels:?}");
            assert!(labels.iter().all(|label| size.bounds().encloses(label.bounds)), "{labels:?}");
            for (index, label) in labels.iter().enumerate() {
                assert!(
                    labels[..index].iter().all(|other| !other.bounds.overlaps(label.bounds)),
                    "{labels:?}"
                );
            }
        }
    }

    #[test]
    fn names_in_a_column_keep_their_order_and_stay_near_their_lines() {
        assert_eq!(column(&[50.0, 10.0, 30.0], 10.0, 0.0, 100.0, 5.0), Some(vec![50.0, 10.0, 30.0]));
        assert_eq!(column(&[99.0, 98.0, 20.0], 10.0, 0.0, 100.0, 20.0), Some(vec![100.0, 90.0, 20.0]));
        // All at the bottom: which name is whose could not be seen.
        assert_eq!(column(&[100.0; 4], 10.0, 0.0, 100.0, 20.0), None);
        assert_eq!(column(&[50.0; 12], 10.0, 0.0, 100.0, 200.0), None, "no room");
    }

    #[test]
    fn no_effects_are_an_empty_plot() {
        let figure = staleness(Size::new(300.0, 150.0), 12.0, &[]);
        assert_eq!(figure.annotations().count(), 0);
        assert!(!svg::marks(&figure, &svg::light()).contains("NaN"));
    }
}
