//! What holds of every response-time chart, and pictures of the usual ones.

use proptest::prelude::*;

use super::*;
use crate::charts::figure::Label;
use crate::charts::{Scale, load_grid, svg};
use crate::units::Rate;

/// A curve of the right shape: the larger of the asymptotes, rounded off where they meet.
fn closed(demand: f64, unloaded: f64, think: f64, loads: &[f64]) -> Vec<CurvePoint> {
    loads
        .iter()
        .map(|&load| {
            let rising = load * demand - think;
            let sharpness = 4.0;
            let rounded = (unloaded.powf(sharpness) + rising.max(0.0).powf(sharpness)).powf(1.0 / sharpness);
            let seconds = rounded.max(unloaded);
            point(load, seconds)
        })
        .collect()
}

fn open(wall: f64, unloaded: f64, loads: &[f64]) -> Vec<CurvePoint> {
    loads.iter().map(|&load| point(load, unloaded * (1.0 + 0.15 * load / (wall - load)))).collect()
}

fn point(load: f64, seconds: f64) -> CurvePoint {
    CurvePoint { load, response_time: Time::from_seconds(seconds), throughput: Rate::ZERO }
}

/// A chart of users with the all-synchronous curve as its ghost, and the picture written under that name.
struct Case {
    size: Size,
    demand: f64,
    unloaded: f64,
    think: f64,
    users: f64,
    timeout: f64,
}

const HYBRID: Case = Case {
    size: Size { width: 464.0, height: 262.0 },
    demand: 0.031,
    unloaded: 0.5,
    think: 1.0,
    users: 100.0,
    timeout: 10.0,
};

impl Case {
    fn chart(&self) -> ResponseChart {
        let ceiling = Ceiling::Users {
            largest_demand: Time::from_seconds(self.demand),
            think_time: Time::from_seconds(self.think),
        };
        let knee = (self.unloaded + self.think) / self.demand;
        let load = Axes::loads(ceiling, Some(knee), self.users);
        let loads = load_grid(load, ceiling);
        let curve = closed(self.demand, self.unloaded, self.think, &loads);
        let ghost = closed(self.demand * 1.7, self.unloaded * 2.1, self.think, &loads);
        let timeout = Time::from_seconds(self.timeout);
        let here = closed(self.demand, self.unloaded, self.think, &[self.users])[0].response_time;
        ResponseChart::new(&Response {
            size: self.size,
            text_size: 12.0,
            axes: Axes::fitting(load, ceiling, &[&curve, &ghost], timeout),
            curve: &curve,
            ghost: Some((&ghost, "all synchronous")),
            unloaded: Time::from_seconds(self.unloaded),
            ceiling,
            wall_text: "",
            knee: Some((knee, &format!("knee {knee:.0} users"))),
            timeout: (timeout, &format!("client gives up after {} s", self.timeout)),
            load: self.users,
            response_time: Some(here),
            you_text: &format!("you: {:.2} s", here.seconds()),
        })
    }
}

fn open_chart(size: Size, wall: f64, rate: f64) -> ResponseChart {
    let ceiling = Ceiling::Orders { wall: Rate::per_second(wall) };
    let load = Axes::loads(ceiling, None, rate);
    let curve = open(wall, 1.05, &load_grid(load, ceiling));
    let timeout = Time::from_whole_seconds(10);
    let here = (rate < wall).then(|| open(wall, 1.05, &[rate])[0].response_time);
    ResponseChart::new(&Response {
        size,
        text_size: 12.0,
        axes: Axes::fitting(load, ceiling, &[&curve], timeout),
        curve: &curve,
        ghost: None,
        unloaded: Time::from_seconds(1.05),
        ceiling,
        wall_text: "at most 19.0 orders/s",
        knee: None,
        timeout: (timeout, "client gives up after 10 s"),
        load: rate,
        response_time: here,
        you_text: &here
            .map_or("you: no steady state".to_owned(), |time| format!("you: {:.2} s", time.seconds())),
    })
}

fn annotation<'a>(chart: &'a ResponseChart, start: &str) -> &'a Label {
    chart.figure.annotations().find(|label| label.text.starts_with(start)).unwrap()
}

/// What holds of every chart.
fn check(chart: &ResponseChart) {
    let figure = &chart.figure;
    let bounds = figure.size.bounds();
    for label in &figure.labels {
        assert!(bounds.encloses(label.bounds), "{label:?} leaves the figure");
    }
    for (index, label) in figure.labels.iter().enumerate() {
        for other in &figure.labels[index + 1..] {
            assert!(!label.bounds.overlaps(other.bounds), "{label:?} covers {other:?}");
        }
    }
    for mark in &figure.marks {
        let points = match mark {
            Mark::Line { points, .. } => points.clone(),
            Mark::Rule { from, to, .. } => vec![*from, *to],
            Mark::Area { outline, .. } => outline.clone(),
            Mark::Dot { at, .. } => vec![*at],
        };
        assert!(points.iter().all(|point| bounds.contains(*point)), "{mark:?} leaves the figure");
    }
}

#[test]
fn pictures_to_look_at() {
    let narrow = Size::new(330.0, 220.0);
    for (name, chart) in [
        ("hybrid-100", HYBRID.chart()),
        ("hybrid-10", Case { users: 10.0, ..HYBRID }.chart()),
        ("hybrid-500", Case { users: 500.0, ..HYBRID }.chart()),
        ("hybrid-1", Case { users: 1.0, ..HYBRID }.chart()),
        ("hybrid-100m", Case { users: 1e8, ..HYBRID }.chart()),
        ("hybrid-narrow", Case { size: narrow, ..HYBRID }.chart()),
        ("hybrid-narrow-450", Case { size: narrow, users: 450.0, ..HYBRID }.chart()),
        ("hybrid-wide", Case { size: Size::new(1_100.0, 420.0), ..HYBRID }.chart()),
        ("ample", Case { demand: 0.000_31, ..HYBRID }.chart()),
        ("open-12", open_chart(HYBRID.size, 19.0, 12.0)),
        ("open-18", open_chart(narrow, 19.0, 18.9)),
        ("open-25", open_chart(HYBRID.size, 19.0, 25.0)),
        ("open-5000", open_chart(HYBRID.size, 19.0, 5_000.0)),
    ] {
        svg::write(&format!("response-{name}"), &chart.figure);
        check(&chart);
    }
}

#[test]
fn all_that_is_to_be_said_is_written_and_drawn() {
    let chart = HYBRID.chart();
    let said: Vec<&str> = chart.figure.annotations().map(|label| label.text.as_str()).collect();
    assert_eq!(said, ["you: 2.10 s", "client gives up after 10 s", "knee 48 users", "all synchronous"]);
    let thick = chart
        .figure
        .marks
        .iter()
        .filter(|mark| matches!(mark, Mark::Line { stroke, .. } if stroke.ink == Ink::Sync));
    assert_eq!(thick.count(), 1, "the curve in one stroke");
    let drawn = svg::marks(&chart.figure, &svg::light());
    assert_eq!(drawn.matches("<circle").count(), 4, "the knee and the dot, each with its rim");
    assert_eq!(drawn.matches("stroke=\"#1268B5\"").count(), 1);
    assert!(drawn.matches("<polyline").count() < 200, "cheap to draw");
}

#[test]
fn the_label_of_the_dot_changes_sides_at_the_right_edge() {
    let anchor = |users| annotation(&Case { users, ..HYBRID }.chart(), "you").anchor;
    assert_eq!(anchor(100.0), Anchor::Start);
    assert_eq!(anchor(500.0), Anchor::End);
}

#[test]
fn a_place_is_read_as_the_nearest_point_and_dragged_to_the_roundest_load() {
    let chart = HYBRID.chart();
    for users in [1.0, 10.0, 100.0, 500.0, 1_000.0] {
        let across = chart.across(users);
        assert!((chart.load_at(across) - users).abs() < 1e-9, "{users}");
        let place = chart.place_of(chart.nearest(across + 0.2).unwrap()).unwrap();
        assert!((place.x - across).abs() < 1.0);
    }
    assert_eq!(chart.nearest(-1_000.0), Some(0));
    assert!(chart.place_of(usize::MAX).is_none());
}

#[test]
fn beyond_the_wall_there_is_a_rule_but_no_dot() {
    let chart = open_chart(HYBRID.size, 19.0, 25.0);
    assert!(!chart.figure.marks.iter().any(|mark| matches!(mark, Mark::Dot { .. })));
    assert!((chart.you.x - chart.across(25.0)).abs() < 1e-9);
    annotation(&chart, "at most 19.0");
}

#[test]
fn what_runs_off_the_axes_ends_at_the_plot() {
    let mut case = HYBRID.chart().frame.axes;
    case.latency = Scale::linear(0.0, 1.0);
    let curve = closed(0.031, 0.5, 1.0, &[1.0, 10.0, 100.0, 1_000.0]);
    let chart = ResponseChart::new(&Response {
        size: HYBRID.size,
        text_size: 12.0,
        axes: case,
        curve: &curve,
        ghost: None,
        unloaded: Time::from_seconds(0.5),
        ceiling: Ceiling::Users {
            largest_demand: Time::from_seconds(0.031),
            think_time: Time::from_seconds(1.0),
        },
        wall_text: "",
        knee: Some((48.0, "knee")),
        timeout: (Time::from_whole_seconds(10), "gives up"),
        load: 100.0,
        response_time: Some(Time::from_seconds(2.1)),
        you_text: "you",
    });
    check(&chart);
    assert!((chart.you.y - chart.figure.plot.top).abs() < 1e-9);
    assert!(!chart.figure.annotations().any(|label| label.text == "gives up"), "out of sight, not drawn");
}

proptest! {
    #[test]
    fn no_scenario_breaks_a_chart(
        width in 200.0..2_000.0, height in 120.0..900.0,
        demand in -6.0..1.0_f64, unloaded in 0.0..60.0, think in 0.0..100.0,
        users in 0.0..8.0_f64, timeout in 0.001..100.0,
    ) {
        let case = Case {
            size: Size::new(width, height), demand: 10_f64.powf(demand), unloaded, think,
            users: 10_f64.powf(users).round(), timeout,
        };
        let figure = case.chart().figure;
        let bounds = figure.size.bounds();
        prop_assert!(figure.labels.iter().all(|label| bounds.encloses(label.bounds)));
        let drawn = svg::marks(&figure, &svg::dark());
        prop_assert!(!drawn.contains("NaN") && !drawn.contains("inf"));
        prop_assert!(!figure.labels.iter().any(|label| label.text.contains("inf")));
    }
}
