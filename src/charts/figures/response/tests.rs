//! Properties of every response-time chart, and SVG pictures of the usual ones.

use proptest::prelude::*;

use super::*;
use crate::charts::figure::{Anchor, Label, Role};
use crate::charts::{Scale, load_grid, svg};
use crate::queueing::{Outcome, evaluate, percentile_curve, response_curve};
use crate::scenario::{Placement, Scenario, Workload};
use crate::units::{Rate, Servers, Users};

const PANEL: Size = Size { width: 464.0, height: 262.0 };
const PHONE: Size = Size { width: 330.0, height: 220.0 };

fn shop(placements: [Placement; 4], workload: Workload) -> Scenario {
    let mut scenario = Scenario { workload, ..Scenario::online_shop() };
    for (step, placement) in scenario.steps.iter_mut().zip(placements) {
        step.placement = placement;
    }
    scenario
}

fn all_synchronous(workload: Workload) -> Scenario {
    shop([Placement::Sync; 4], workload)
}

fn hybrid(users: u64) -> Scenario {
    use Placement::{Async, Sync};
    shop([Sync, Sync, Async, Async], closed(users))
}

fn closed(users: u64) -> Workload {
    Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) }
}

fn open(orders: f64) -> Workload {
    Workload::Open { arrival_rate: Rate::per_second(orders) }
}

/// The chart of a scenario as the views make it, with the all-synchronous one as its ghost.
fn chart(scenario: &Scenario, size: Size) -> ResponseChart {
    chart_with_text(scenario, size, 12.0)
}

fn chart_with_text(scenario: &Scenario, size: Size, text_size: f64) -> ResponseChart {
    let evaluation = evaluate(scenario).unwrap();
    let bounds = &evaluation.bounds;
    let ceiling = Ceiling::of(scenario, bounds);
    let load = scenario.workload.load();
    let loads = Axes::loads(ceiling, bounds.knee, load);
    let grid = load_grid(loads, ceiling);
    let curve = response_curve(scenario, &grid).unwrap();
    assert!(curve.len() >= 200, "{} points", curve.len());
    let baseline = all_synchronous(scenario.workload);
    let ghost = response_curve(&baseline, &grid).unwrap();
    let response_time = match evaluation.outcome {
        Outcome::Steady(steady) => Some(steady.response_time),
        Outcome::Idle | Outcome::Overloaded { .. } => None,
    };
    let timeout = scenario.client.timeout;
    ResponseChart::new(&Response {
        size,
        text_size,
        axes: Axes::fitting(loads, ceiling, &[&curve, &ghost], timeout),
        curve: &curve,
        percentiles: &[],
        simulated: &[],
        ghost: (baseline.steps != scenario.steps).then_some((&ghost, "all synchronous")),
        unloaded: bounds.unloaded,
        ceiling,
        wall_text: &format!("at most {:.1} orders/s", bounds.saturation_throughput.value()),
        knee: bounds.knee.map(|knee| (knee, "knee 48 users")),
        timeout: (timeout, &format!("client gives up after {} s", timeout.seconds())),
        load,
        response_time,
        you_text: &response_time
            .map_or("you: the queue grows".to_owned(), |time| format!("you: {:.3} s", time.seconds())),
    })
}

fn annotation<'a>(chart: &'a ResponseChart, start: &str) -> &'a Label {
    chart.figure.annotations().find(|label| label.text.starts_with(start)).unwrap()
}

/// Checks the properties of every chart.
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
fn a_baseline_that_the_curve_covers_has_no_name() {
    let size = Size::new(464.0, 260.0);
    let named = |scenario: &Scenario| {
        chart(scenario, size).figure.annotations().any(|label| label.text == "all synchronous")
    };
    assert!(named(&hybrid(10)));
    let waits = Placement::PublishAndWait;
    assert!(!named(&shop([Placement::Sync, Placement::Sync, waits, waits], closed(10))));
}

#[test]
fn long_times_are_read_in_minutes_hours_and_days() {
    let beside = |scenario: &Scenario| {
        let chart = chart(scenario, PANEL);
        check(&chart);
        let ticks = chart.figure.labels.iter().filter(|label| label.role == Role::UpTick);
        let mut ticks: Vec<_> = ticks.collect();
        ticks.sort_by(|a, b| b.bounds.top.total_cmp(&a.bounds.top));
        ticks.into_iter().map(|label| label.text.clone()).collect::<Vec<_>>()
    };
    let shop = |users| all_synchronous(closed(users));
    assert_eq!(beside(&shop(10)), ["1.05 s", "3 s", "10 s", "30 s"]);
    assert_eq!(beside(&shop(100_000)), ["1.05 s", "1 min", "1 h"]);
    assert_eq!(beside(&shop(100_000_000)), ["1.05 s", "1 min", "1 h", "1 day", "30 days"]);
    // What the curve starts from stands alone where a round time would cover it.
    let mut slow = shop(100_000_000);
    slow.steps.iter_mut().for_each(|step| step.service_time = Time::from_whole_seconds(10));
    assert_eq!(beside(&slow), ["40 s", "1 h", "1 day", "30 days", "1,000 days"]);
}

#[test]
fn pictures_to_look_at() {
    let mut roomy = hybrid(100);
    roomy.workers = Servers::new(2_000);
    for step in &mut roomy.steps {
        step.servers = Servers::new(1_000);
    }
    let mut slow_email = all_synchronous(closed(50));
    slow_email.steps[2].service_time = Time::from_whole_seconds(3);
    let mut asynchronous = shop([Placement::Async; 4], closed(100));
    asynchronous.broker.publish_latency = Time::from_millis(5.0);
    for (name, scenario, size) in [
        ("hybrid-100", hybrid(100), PANEL),
        ("hybrid-10", hybrid(10), PANEL),
        ("hybrid-500", hybrid(500), PANEL),
        ("hybrid-1", hybrid(1), PANEL),
        ("hybrid-100m", hybrid(100_000_000), PANEL),
        ("hybrid-phone", hybrid(100), PHONE),
        ("hybrid-phone-450", hybrid(450), PHONE),
        ("hybrid-wide", hybrid(100), Size::new(1_100.0, 420.0)),
        ("default-10", all_synchronous(closed(10)), PANEL),
        ("slow-email", slow_email, PANEL),
        ("roomy", roomy, PANEL),
        ("asynchronous", asynchronous, PANEL),
        ("open-12", all_synchronous(open(12.0)), PANEL),
        ("open-phone-18", all_synchronous(open(18.9)), PHONE),
        ("open-25", all_synchronous(open(25.0)), PANEL),
        ("open-5000", all_synchronous(open(5_000.0)), PANEL),
    ] {
        let chart = chart(&scenario, size);
        svg::write(&format!("response-{name}"), &chart.figure);
        check(&chart);
    }
}

#[test]
fn all_that_is_to_be_said_is_written_and_drawn() {
    let chart = chart(&hybrid(100), PANEL);
    let said: Vec<&str> = chart.figure.annotations().map(|label| label.text.as_str()).collect();
    assert_eq!(said, ["knee 48 users", "you: 2.124 s", "client gives up after 10 s", "all synchronous"]);
    let drawn = svg::marks(&chart.figure, &svg::light());
    assert_eq!(drawn.matches("<circle").count(), 4, "the knee and the dot, each with its rim");
    assert_eq!(drawn.matches("stroke=\"#1268B5\"").count(), 1, "the curve in one stroke");
    assert!(drawn.matches("<polyline").count() < 200, "cheap to draw");
}

#[test]
fn every_number_that_is_computed_can_be_asked_where_it_is_written() {
    use ExplainedValue::{Growth, Knee, ResponseTime, SaturationThroughput};
    for (scenario, expected) in [
        (hybrid(100), vec![("knee", Knee), ("you", ResponseTime)]),
        (all_synchronous(open(12.0)), vec![("you", ResponseTime), ("at most", SaturationThroughput)]),
        (all_synchronous(open(25.0)), vec![("you", Growth), ("at most", SaturationThroughput)]),
    ] {
        let chart = chart(&scenario, PANEL);
        for (start, figure) in &expected {
            let label = annotation(&chart, start);
            let middle =
                Point::new(label.bounds.left + 1.0, f64::midpoint(label.bounds.top, label.bounds.bottom));
            assert_eq!(chart.figure.asked_at(middle), Some(*figure), "{start}");
        }
        // What is set, and the names of lines, are no results.
        let asked = chart.figure.labels.iter().filter(|label| label.asks.is_some());
        assert_eq!(asked.count(), expected.len());
        assert_eq!(chart.figure.asked_at(Point::new(-50.0, -50.0)), None);
    }
}

#[test]
fn the_label_of_the_dot_changes_sides_at_the_right_edge() {
    let anchor = |users| annotation(&chart(&hybrid(users), PANEL), "you").anchor;
    assert_eq!(anchor(100), Anchor::Start);
    assert_eq!(anchor(500), Anchor::End);
}

#[test]
fn labels_stay_clear_for_every_number_of_users() {
    for users in (1..1_000).step_by(13) {
        for size in [PANEL, PHONE] {
            check(&chart(&hybrid(users), size));
        }
    }
}

#[test]
fn larger_text_takes_more_room_and_small_text_is_not_drawn() {
    let left = |text_size| chart_with_text(&hybrid(100), Size::new(900.0, 500.0), text_size).figure.plot.left;
    assert!(left(18.0) > left(12.0) + 10.0);
    assert!((left(5.0) - left(12.0)).abs() < 1e-9);
}

#[test]
fn the_dot_lies_on_the_curve() {
    for users in [1, 10, 100, 500] {
        let chart = chart(&hybrid(users), PANEL);
        let on_curve = chart.place_of(chart.nearest(chart.you.x).unwrap()).unwrap();
        assert!(chart.you.distance(on_curve) < 0.01, "{users} users: {:?} beside {on_curve:?}", chart.you);
    }
}

#[test]
fn a_place_is_read_as_the_nearest_point_and_dragged_to_the_roundest_load() {
    let chart = chart(&hybrid(100), PANEL);
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
    let chart = chart(&all_synchronous(open(25.0)), PANEL);
    assert!(!chart.figure.marks.iter().any(|mark| matches!(mark, Mark::Dot { .. })));
    assert!((chart.you.x - chart.across(25.0)).abs() < 1e-9);
    annotation(&chart, "at most 19.0");
    annotation(&chart, "you: the queue grows");
}

#[test]
fn what_runs_off_the_axes_ends_at_the_plot() {
    let curve = [(1.0, 0.5), (10.0, 0.5), (100.0, 2.1), (1_000.0, 30.0)].map(|(load, seconds)| CurvePoint {
        load,
        response_time: Time::from_seconds(seconds),
        throughput: Rate::ZERO,
    });
    let chart = ResponseChart::new(&Response {
        size: PANEL,
        text_size: 12.0,
        axes: Axes { load: Scale::log(1.0, 1_000.0), latency: Scale::linear(0.0, 1.0) },
        curve: &curve,
        percentiles: &[],
        simulated: &[],
        ghost: None,
        unloaded: Time::from_seconds(0.5),
        ceiling: Ceiling::Users { largest_demand: Time::from_seconds(0.031), think_time: Time::ZERO },
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

fn any_scenario() -> impl Strategy<Value = Scenario> {
    let placement = prop::sample::select(vec![
        Placement::Sync,
        Placement::Parallel,
        Placement::Async,
        Placement::PublishAndWait,
    ]);
    let step = (placement, 0.0..10_000.0, 1_u64..60);
    let workload = prop_oneof![
        (0.0..8.0_f64, 0.001..60.0).prop_map(|(decades, think)| Workload::Closed {
            users: Users::new(10_f64.powf(decades).round() as u64),
            think_time: Time::from_seconds(think),
        }),
        (-3.0..6.0_f64).prop_map(|decades| open(10_f64.powf(decades))),
    ];
    let timeout = (0.001..100.0).prop_map(Time::from_seconds);
    (workload, 1_u64..80, prop::array::uniform4(step), timeout).prop_map(
        |(workload, workers, steps, timeout)| {
            let mut scenario = all_synchronous(workload);
            scenario.workers = Servers::new(workers);
            scenario.client.timeout = timeout;
            scenario.broker.publish_latency = Time::from_millis(1.0);
            for (step, (placement, millis, servers)) in scenario.steps.iter_mut().zip(steps) {
                step.placement = placement;
                step.service_time = Time::from_millis(millis);
                step.servers = Servers::new(servers);
            }
            scenario
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_scenario_breaks_a_chart(
        scenario in any_scenario(), width in 200.0..2_000.0, height in 120.0..900.0,
    ) {
        let figure = chart(&scenario, Size::new(width, height)).figure;
        let bounds = figure.size.bounds();
        prop_assert!(figure.labels.iter().all(|label| bounds.encloses(label.bounds)));
        let drawn = svg::marks(&figure, &svg::dark());
        prop_assert!(!drawn.contains("NaN") && !drawn.contains("inf"));
    }
}

#[test]
fn percentiles_lie_in_the_plot_above_the_mean_and_have_their_names() {
    let scenario = hybrid(60);
    let evaluation = evaluate(&scenario).unwrap();
    let bounds = evaluation.bounds;
    let ceiling = Ceiling::of(&scenario, &bounds);
    let loads = Axes::loads(ceiling, bounds.knee, 60.0);
    let grid = load_grid(loads, ceiling);
    let curve = response_curve(&scenario, &grid).unwrap();
    let some: Vec<f64> = grid.iter().copied().step_by(12).collect();
    let percentiles = percentile_curve(&scenario, &some).unwrap();
    let timeout = scenario.client.timeout;
    let response = Response {
        size: PANEL,
        text_size: 12.0,
        axes: Axes::fitting(loads, ceiling, &[&curve], timeout),
        curve: &curve,
        percentiles: &[],
        simulated: &[],
        ghost: None,
        unloaded: bounds.unloaded,
        ceiling,
        wall_text: "",
        knee: None,
        timeout: (timeout, "timeout"),
        load: 60.0,
        response_time: None,
        you_text: "you",
    };
    let without = ResponseChart::new(&response).figure;
    let with = ResponseChart::new(&Response { percentiles: &percentiles, ..response }).figure;
    svg::write("response-percentiles", &with);
    assert!(with.marks.len() >= without.marks.len() + 3, "a band and two lines");
    for name in ["p95", "p99"] {
        assert!(with.annotations().any(|label| label.text == name), "{name} is missing");
    }
    let band = with.marks.iter().find_map(|mark| match mark {
        Mark::Area { outline, .. } => Some(outline),
        _ => None,
    });
    assert!(band.unwrap().iter().all(|at| with.plot.contains(*at)));
    let (p95, p99) = (|it: &Percentiles| it.p95, |it: &Percentiles| it.p99);
    for point in &percentiles {
        assert!(
            point.response_time < p95(&point.percentiles)
                && p95(&point.percentiles) < p99(&point.percentiles)
        );
    }
}

#[test]
fn simulated_runs_are_dots_with_whiskers_where_the_chart_shows_them() {
    let run = |load, seconds| Simulated {
        load,
        mean: (Time::from_seconds(seconds), Time::from_seconds(0.1)),
        p95: (Time::from_seconds(2.0 * seconds), Time::from_seconds(0.1)),
    };
    let response = Response {
        size: PANEL,
        text_size: 12.0,
        axes: Axes { load: Scale::log(1.0, 1_000.0), latency: Scale::linear(0.0, 2.0) },
        curve: &[],
        percentiles: &[],
        simulated: &[],
        ghost: None,
        unloaded: Time::from_seconds(0.5),
        ceiling: Ceiling::Users { largest_demand: Time::from_seconds(0.031), think_time: Time::ZERO },
        wall_text: "",
        knee: None,
        timeout: (Time::from_whole_seconds(10), "gives up"),
        load: 100.0,
        response_time: None,
        you_text: "you",
    };
    let marks =
        |simulated: &[Simulated]| ResponseChart::new(&Response { simulated, ..response }).figure.marks.len();
    let without = marks(&[]);
    assert_eq!(
        marks(&[run(10.0, 0.5), run(30.0, 1.9)]),
        without + 6,
        "the p95 of the second is out of sight"
    );
    assert_eq!(marks(&[run(10.0, 5.0)]), without, "out of sight, not drawn");
}
