//! How far each effect lags behind the answer as time goes by.

use super::figure::{Figure, Ink, Stroke};
use super::geometry::{Point, Size};
use super::plot::{Axis, Plot, values_of};
use super::scale::{Scale, time_tick};
use crate::units::Time;

/// The lag of one effect over time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lag<'a> {
    /// What the effect is called.
    pub name: &'a str,
    /// At a time since the start, by rising time: how old the event is that is being handled.
    pub points: &'a [(Time, Time)],
}

/// How effects are told apart without colour; further ones begin again.
const DASHES: [Option<(f64, f64)>; 4] = [None, Some((9.0, 4.0)), Some((3.0, 3.0)), Some((14.0, 3.0))];

/// Where a name may stand beside its line, the best first: pixels across, lines of text down.
const BESIDE_A_LINE: [(f64, f64); 6] =
    [(-4.0, -0.9), (0.0, -0.9), (4.0, -0.9), (-4.0, 1.0), (0.0, 1.0), (4.0, 1.0)];

/// How far along its line a name may stand, the best first.
const ALONG_A_LINE: [f64; 7] = [1.0, 0.9, 0.75, 0.6, 0.45, 0.3, 0.15];

/// Draws the lag of each effect, each with its own dashes and its name beside it.
pub fn staleness(size: Size, text_size: f64, effects: &[Lag<'_>]) -> Figure {
    let all = || effects.iter().flat_map(|effect| effect.points);
    let latest = all().map(|(time, _)| time.seconds()).fold(0.0, f64::max);
    let oldest = all().map(|(_, lag)| lag.seconds()).fold(0.0, f64::max);
    let across = Axis::across(Scale::linear(0.0, latest), size, text_size, time_tick);
    let scale = Scale::linear(0.0, 1.2 * oldest);
    let up = Axis { scale, ticks: values_of(scale), text: time_tick };
    let mut plot = Plot::new(size, text_size, &across, &up);
    let frame = plot.frame;
    let lines: Vec<Vec<Point>> = effects
        .iter()
        .map(|effect| {
            effect.points.iter().map(|(time, lag)| frame.at(time.seconds(), lag.seconds())).collect()
        })
        .collect();
    for (line, dash) in lines.iter().zip(DASHES.iter().cycle()) {
        plot.line(line, Stroke { dash: *dash, ..Stroke::solid(Ink::Async, 2.0) });
    }
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

#[cfg(test)]
mod tests {
    use super::super::figure::Mark;
    use super::super::svg;
    use super::*;

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
    fn no_effects_are_an_empty_plot() {
        let figure = staleness(Size::new(300.0, 150.0), 12.0, &[]);
        assert_eq!(figure.annotations().count(), 0);
        assert!(!svg::marks(&figure, &svg::light()).contains("NaN"));
    }
}
