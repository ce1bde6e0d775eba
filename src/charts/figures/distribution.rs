//! The distribution of response times: its density, and the percentiles as vertical rules.

use crate::charts::figure::{Figure, Ink, Mark, Stroke};
use crate::charts::geometry::{Point, Size};
use crate::charts::plot::{Axis, Plot};
use crate::charts::scale::{Scale, fine_time_tick, long_time_tick, time_tick};
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Distribution, DistributionPoint};
use crate::units::Time;
use crate::units::format::AxisUnit;

/// The data of a distribution chart.
#[derive(Debug, Clone, Copy)]
pub struct Spread<'a> {
    pub size: Size,
    /// Text size in CSS pixels; at least 12.
    pub text_size: f64,
    /// The distribution.
    pub distribution: &'a Distribution,
    /// Another one to compare with, and its name.
    pub ghost: Option<(&'a Distribution, &'a str)>,
    /// The percentiles by rising time and what is written at each, such as "p95 2.1 s": the first is drawn
    /// thickest.
    pub percentiles: &'a [(Time, String)],
    /// The client's timeout and its label; shown if any response time reaches it.
    pub timeout: (Time, &'a str),
}

/// Widths of the percentiles' rules in CSS pixels; the last one is that of all further rules.
const WEIGHTS: [f64; 3] = [2.5, 1.75, 1.0];

/// Distance between rows of labels, in lines of text.
const ROW: f64 = 1.4;

/// A rule through the hill.
struct Flag<'a> {
    seconds: f64,
    text: &'a str,
    stroke: Stroke,
    asks: Option<ExplainedValue>,
}

/// Draws how response times are spread. The height is density: what counts is the area, so it has no values.
pub fn distribution(shown: &Spread<'_>) -> Figure {
    let points = shown.distribution.points.as_slice();
    // A hill so narrow that its ends read alike is none.
    let is_hill = |points: &[DistributionPoint]| {
        points.first().zip(points.last()).is_some_and(|(first, last)| first.time < last.time * 0.99)
    };
    let points = if is_hill(points) { points } else { &[] };
    // Where every answer takes as long there is no hill, and the rules that mark that stand in the middle.
    let rules = shown.percentiles.last().map_or(0.5, |(time, _)| time.seconds());
    let most = points.last().map_or(2.0 * rules, |point| point.time.seconds());
    let soonest = points.first().map_or(0.0, |point| point.time.seconds());
    // A narrow hill far out fills the axis; else the axis starts where waiting does.
    let scale = Scale::linear(if soonest > 0.3 * most { soonest } else { 0.0 }, most);
    let flags = flags(shown, scale);

    let across = across(scale, soonest, most, shown);
    let ghost_points = shown.ghost.map_or(&[][..], |(ghost, _)| &ghost.points);
    let steepest = points.iter().chain(ghost_points).map(|point| point.density).fold(0.0, f64::max);
    // The rows of the labels stand above the summit.
    let rows = (flags.len() as f64 + 0.9) * ROW * shown.text_size / shown.size.height;
    let up = Axis {
        scale: Scale::linear(0.0, steepest / (1.0 - rows).max(0.3)),
        ticks: Vec::new(),
        text: time_tick,
    };
    let mut plot = Plot::new(shown.size, shown.text_size, &across, &up);
    let frame = plot.frame;

    let place = |point: &DistributionPoint| frame.at(point.time.seconds(), point.density);
    let ghost: Vec<Point> = ghost_points.iter().map(place).collect();
    plot.line(&ghost, Stroke::solid(Ink::Ink3, 1.5).faded(0.7));
    let hill: Vec<Point> = points.iter().map(place).collect();
    if let (Some(first), Some(last)) = (hill.first(), hill.last()) {
        let foot = |x| Point::new(x, frame.area.bottom);
        let outline = [foot(first.x)].into_iter().chain(hill.iter().copied()).chain([foot(last.x)]);
        plot.mark(Mark::Area { outline: outline.collect(), ink: Ink::Sync, opacity: 0.14 });
    }
    plot.line(&hill, Stroke::solid(Ink::Sync, 2.0));

    let tops: Vec<Point> = (0_u8..)
        .zip(&flags)
        .map(|(row, flag)| {
            let down = (f64::from(row) + 0.5) * ROW * plot.text_size;
            Point::new(frame.x(flag.seconds), frame.area.top + down)
        })
        .collect();
    for (flag, top) in flags.iter().zip(&tops) {
        let start = Point::new(top.x, top.y - plot.text_size / 2.0);
        plot.rule(start, Point::new(top.x, frame.area.bottom), flag.stroke);
    }
    for (flag, top) in flags.iter().zip(&tops) {
        plot.annotate_asked((flag.text, flag.asks), *top, &BESIDE_A_RULE, flag.stroke.ink, false);
    }
    if let Some((_, name)) = shown.ghost {
        let summit = ghost
            .iter()
            .copied()
            .filter(|at| frame.area.contains(*at))
            .reduce(|a, b| if b.y < a.y { b } else { a });
        if let Some(summit) = summit {
            plot.annotate(name, summit, &AROUND_THE_SUMMIT, Ink::Ink3, false);
        }
    }
    plot.into_figure()
}

/// The axis of response times. Where they last for long its values are round in minutes, hours or days.
fn across(scale: Scale, soonest: f64, most: f64, shown: &Spread<'_>) -> Axis {
    let unit = AxisUnit::for_longest(Time::from_seconds(most)).length().seconds();
    let mut axis = Axis::across(scale, shown.size, shown.text_size, time_tick);
    if unit >= 60.0 {
        let first = if scale.shows(0.0) { 0.0 } else { soonest };
        let round =
            Axis::across(Scale::linear(first / unit, most / unit), shown.size, shown.text_size, time_tick);
        axis.ticks = round.ticks.into_iter().map(|tick| tick * unit).collect();
        axis.text = long_time_tick;
    }
    if axis.repeats_itself() {
        axis.text = fine_time_tick;
    }
    axis
}

/// Offsets of the label of a rule, the best first: x in pixels, y in lines of text.
const BESIDE_A_RULE: [(f64, f64); 2] = [(-6.0, 0.0), (6.0, 0.0)];

/// Offsets of the name of the density to compare with, the best first: x in pixels, y in lines of text.
const AROUND_THE_SUMMIT: [(f64, f64); 6] =
    [(8.0, 0.0), (8.0, 1.2), (-8.0, 0.0), (8.0, 2.4), (16.0, 3.6), (-8.0, 2.4)];

/// The rules, the latest first: each stands higher than those before it in time, so that its label reads over
/// them.
fn flags<'a>(shown: &Spread<'a>, scale: Scale) -> Vec<Flag<'a>> {
    let (timeout, text) = shown.timeout;
    let stroke = Stroke::solid(Ink::Ink2, 1.0).dashed(8.0, 5.0);
    let timeout = Flag { seconds: timeout.seconds(), text, stroke, asks: None };
    let percentiles = shown.percentiles.iter().enumerate().map(|(index, (time, text))| Flag {
        seconds: time.seconds(),
        text,
        stroke: Stroke::solid(Ink::Ink, WEIGHTS[index.min(WEIGHTS.len() - 1)]),
        asks: Some(ExplainedValue::Percentiles),
    });
    let mut flags: Vec<Flag<'_>> =
        percentiles.chain([timeout]).filter(|flag| scale.shows(flag.seconds)).collect();
    flags.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    flags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::figure::Role;
    use crate::charts::svg;
    use crate::queueing::{Outcome, Percentiles, evaluate};
    use crate::scenario::{Scenario, Workload};
    use crate::units::{Users, format};

    fn spread_of(users: u64) -> (Distribution, Percentiles) {
        let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        let evaluation = evaluate(&Scenario { workload, ..Scenario::online_shop() }).unwrap();
        let Outcome::Steady(steady) = evaluation.outcome else { panic!("{users} users wait for answers") };
        (evaluation.distribution.unwrap(), steady.percentiles)
    }

    fn chart(users: u64, size: Size) -> Figure {
        let (spread, percentiles) = spread_of(users);
        let named = |name, time: Time| (time, format!("{name} {}", format::time(time)));
        distribution(&Spread {
            size,
            text_size: 12.0,
            distribution: &spread,
            ghost: None,
            percentiles: &[
                named("p50", percentiles.p50),
                named("p95", percentiles.p95),
                named("p99", percentiles.p99),
            ],
            timeout: (Time::from_whole_seconds(10), "client gives up"),
        })
    }

    #[test]
    fn later_percentiles_have_thinner_rules_and_no_label_covers_another() {
        for (users, size) in
            [(10, Size::new(464.0, 220.0)), (200, Size::new(464.0, 220.0)), (100, Size::new(330.0, 180.0))]
        {
            let figure = chart(users, size);
            svg::write(&format!("distribution-{users}"), &figure);
            let rules: Vec<(f64, f64)> = figure
                .marks
                .iter()
                .filter_map(|mark| match mark {
                    Mark::Rule { from, stroke, .. } if stroke.ink == Ink::Ink => Some((from.x, stroke.width)),
                    _ => None,
                })
                .collect();
            assert_eq!(rules.len(), 3);
            assert!(rules.windows(2).all(|pair| pair[0].0 > pair[1].0 && pair[0].1 < pair[1].1), "{rules:?}");
            assert!(rules.iter().all(|(x, _)| (figure.plot.left..=figure.plot.right).contains(x)));
            let asked = figure.labels.iter().filter(|label| label.asks.is_some());
            assert_eq!(asked.count(), 3, "the percentiles, and not the timeout that is set");
            let labels: Vec<_> = figure.annotations().map(|label| label.bounds).collect();
            for (index, bounds) in labels.iter().enumerate() {
                assert!(size.bounds().encloses(*bounds));
                assert!(labels[index + 1..].iter().all(|other| !other.overlaps(*bounds)));
            }
        }
    }

    #[test]
    fn the_timeout_is_shown_where_answers_take_so_long() {
        let says = |users| {
            chart(users, Size::new(464.0, 220.0)).annotations().any(|label| label.text == "client gives up")
        };
        assert!(!says(10));
        assert!(says(200));
    }

    #[test]
    fn no_two_values_of_the_axis_read_alike() {
        for users in [10, 100, 10_000, 1_000_000, 10_000_000, 100_000_000] {
            let figure = chart(users, Size::new(464.0, 220.0));
            svg::write(&format!("distribution-{users}"), &figure);
            let across = figure.labels.iter().filter(|label| label.role == Role::AcrossTick);
            let texts: Vec<&str> = across.map(|label| label.text.as_str()).collect();
            assert!(texts.len() >= 2, "{users} users: {texts:?}");
            assert!(texts.windows(2).all(|pair| pair[0] != pair[1]), "{users} users: {texts:?}");
        }
    }

    #[test]
    fn long_times_stand_at_round_minutes_hours_or_days() {
        let values = |users| {
            let figure = chart(users, Size::new(464.0, 220.0));
            let ticks = figure.labels.iter().filter(|label| label.role == Role::AcrossTick);
            ticks.map(|label| label.text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(values(100_000_000)[1..3], ["20 days", "40 days"]);
        assert!(values(30_000).iter().all(|text| text.ends_with(" min")), "{:?}", values(30_000));
        assert!(values(3_000).iter().all(|text| text.ends_with(" s")), "{:?}", values(3_000));
    }

    #[test]
    fn where_every_answer_takes_as_long_its_rules_stand_in_the_middle() {
        let at = Time::from_millis(10.0);
        let figure = distribution(&Spread {
            size: Size::new(464.0, 220.0),
            text_size: 12.0,
            distribution: &Distribution::default(),
            ghost: None,
            percentiles: &["p50 10 ms", "p95 10 ms", "p99 10 ms"].map(|text| (at, text.to_owned())),
            timeout: (Time::from_whole_seconds(10), "client gives up"),
        });
        svg::write("distribution-constant", &figure);
        let middle = f64::midpoint(figure.plot.left, figure.plot.right);
        let rules = figure.marks.iter().filter_map(|mark| match mark {
            Mark::Rule { from, stroke, .. } if stroke.ink == Ink::Ink => Some(from.x),
            _ => None,
        });
        assert_eq!(rules.filter(|x| (x - middle).abs() < 1.0).count(), 3);
    }

    #[test]
    fn another_hill_is_a_ghost_with_its_name() {
        let ((now, _), (before, _)) = (spread_of(60), spread_of(10));
        let shown = Spread {
            size: Size::new(464.0, 220.0),
            text_size: 12.0,
            distribution: &now,
            ghost: Some((&before, "A")),
            percentiles: &[],
            timeout: (Time::from_whole_seconds(10), "client gives up"),
        };
        let figure = distribution(&shown);
        svg::write("distribution-ghost", &figure);
        assert!(figure.annotations().any(|label| label.text == "A"));
        let ghost = figure.marks.iter().find_map(|mark| match mark {
            Mark::Line { points, stroke } if stroke.ink == Ink::Ink3 => Some(points),
            _ => None,
        });
        assert!(ghost.unwrap().iter().all(|at| figure.plot.contains(*at)));
    }

    #[test]
    fn the_hill_stands_on_the_axis() {
        let figure = chart(10, Size::new(464.0, 220.0));
        let outline = figure.marks.iter().find_map(|mark| match mark {
            Mark::Area { outline, .. } => Some(outline),
            _ => None,
        });
        let outline = outline.unwrap();
        for foot in [outline.first(), outline.last()] {
            assert!((foot.unwrap().y - figure.plot.bottom).abs() < 1e-9);
        }
    }
}
