//! Every number of every sentence can be asked, and the answer has that number in it.

use super::*;
use crate::charts::{Axes, Ceiling, load_grid};
use crate::lessons::{Prediction, PresetId};
use crate::queueing::explain::{Derivation, explain, explain_catching_up, explain_moment};
use crate::queueing::transients::disturbance::{Disturbance, Transient, transient};
use crate::queueing::{CurvePoint, evaluate, response_curve};
use crate::scenario::{Scenario, Workload};
use crate::units::{Probability, Rate, Time, Users, format};

/// Every ready scenario at many loads of both kinds; also with partitions, and with failures that are tried again.
fn scenarios() -> Vec<Scenario> {
    let users = [0, 1, 10, 38, 100, 230, 500, 100_000, 100_000_000].map(|users| {
        let think_time = Time::from_whole_seconds(1);
        Workload::Closed { users: Users::new(users), think_time }
    });
    let rates =
        [0.5, 12.0, 18.5, 24.0, 5_000.0].map(|rate| Workload::Open { arrival_rate: Rate::per_second(rate) });
    let mut flows: Vec<Scenario> = PresetId::ALL.map(PresetId::scenario).to_vec();
    let mut partitioned = PresetId::Hybrid.scenario();
    partitioned.broker.partitions = Some(8);
    let mut failing = PresetId::Hybrid.scenario();
    for step in &mut failing.steps {
        step.attempts.failure = Probability::new(0.2);
        step.attempts.retries = 2;
    }
    flows.extend([partitioned, failing]);
    let at = |flow: &Scenario| {
        let flow = flow.clone();
        users.into_iter().chain(rates).map(move |workload| Scenario { workload, ..flow.clone() })
    };
    flows.iter().flat_map(at).collect()
}

/// The points of the curve that is shown with a scenario.
fn curve(scenario: &Scenario) -> Vec<CurvePoint> {
    let bounds = evaluate(scenario).unwrap().bounds;
    let load = scenario.workload.load();
    let ceiling = Ceiling::of(scenario, &bounds);
    response_curve(scenario, &load_grid(Axes::loads(ceiling, bounds.knee, load), ceiling)).unwrap()
}

/// Where a number comes from.
fn derivation(
    scenario: &Scenario,
    origin: Origin,
    course: Option<&Transient>,
    changed: Option<&Scenario>,
) -> Option<Derivation> {
    let evaluation = evaluate(scenario).unwrap();
    let effect = |index: usize| &course.expect("only a course has moments").effects[index];
    match origin {
        Origin::Here(figure) => explain(scenario, &evaluation, figure),
        Origin::At(load, figure) => {
            let there = Scenario { workload: scenario.workload.with_load(load), ..scenario.clone() };
            explain(&there, &evaluate(&there).unwrap(), figure)
        }
        Origin::Worst(index) => {
            explain_moment(scenario, &evaluation, effect(index), &effect(index).worst().unwrap())
        }
        Origin::CatchingUp(index) => explain_catching_up(scenario, &evaluation, effect(index)),
        Origin::Changed(figure) => {
            let changed = changed.expect("only a prediction changes something");
            explain(changed, &evaluate(changed).unwrap(), figure)
        }
    }
}

/// The numbers of a text, times in seconds.
fn numbers(text: &str) -> Vec<f64> {
    let is_inside = |letter: char| letter.is_ascii_digit() || letter == '.' || letter == ',';
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(from) = rest.find(|letter: char| letter.is_ascii_digit()) {
        rest = &rest[from..];
        let to = rest.find(|letter| !is_inside(letter)).unwrap_or(rest.len());
        let digits = rest[..to].trim_end_matches(['.', ',']).replace(',', "");
        rest = &rest[to..];
        let unit = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let scales = [("ms", 1e-3), ("min", 60.0), ("h", 3_600.0), ("k", 1e3), ("M", 1e6), ("G", 1e9)];
        let scale =
            scales.into_iter().find(|(name, _)| unit.starts_with(name)).map_or(1.0, |(_, scale)| scale);
        found.push(digits.parse::<f64>().unwrap() * scale);
    }
    found
}

/// A part is no number, or what is set, or can be asked; then the answer has the number in it.
#[track_caller]
fn check(
    scenario: &Scenario,
    sentence: &Sentence,
    course: Option<&Transient>,
    changed: Option<&Scenario>,
    set: &[String],
) {
    for part in &sentence.parts {
        let place = format!("“{}” of “{sentence}”, {:?}", part.text, scenario.workload);
        let Some(origin) = part.origin else {
            let computed = set.iter().fold(part.text.to_string(), |text, set| text.replace(set.as_str(), ""));
            assert!(!computed.contains(|letter: char| letter.is_ascii_digit()), "{place}: {computed}");
            continue;
        };
        let Some(Derivation { formula, .. }) = derivation(scenario, origin, course, changed) else {
            panic!("{place} cannot be asked: {origin:?}");
        };
        assert!(formula.contains('='), "{place}: {formula}");
        assert!(!formula.contains("NaN") && !formula.contains("inf"), "{place}: {formula}");
        let said = numbers(&formula);
        if matches!(origin, Origin::At(_, crate::queueing::explain::ExplainedValue::TimeoutExceeded)) {
            let [.., response_time, timeout] = said[..] else { panic!("{place}: {formula}") };
            assert!(response_time >= timeout, "{place}: {formula}");
            continue;
        }
        for shown in numbers(&part.text) {
            // Both are rounded, the shown one to two digits where it is a rate.
            let is_said = said.iter().any(|said| (said - shown).abs() <= 0.03 * shown.abs());
            assert!(is_said, "{place}: {shown} is not in {formula}");
        }
    }
}

/// What sentences repeat of what is set: the load, the timeout, how many servers there are, and where the axes end.
fn what_is_set(scenario: &Scenario, curve: &[CurvePoint]) -> Vec<String> {
    let mut set =
        vec![super::headline::load(scenario.workload), format::configured_time(scenario.client.timeout)];
    for resource in &evaluate(scenario).unwrap().resources {
        set.extend(
            ["API worker", "connection"].map(|noun| crate::lessons::words::counted(resource.servers, noun)),
        );
    }
    for point in curve.first().into_iter().chain(curve.last()) {
        let rate = format::configured_rate(Rate::per_second(point.load));
        set.extend([
            format!("at {} ", format::compact(point.load)),
            format!("at {}.", format::compact(point.load)),
        ]);
        set.extend([format!("at {rate} "), format!("at {rate}.")]);
    }
    let workload = scenario.workload;
    if let Workload::Open { arrival_rate } = workload {
        set.push(format::configured_rate(arrival_rate));
    }
    set.extend(
        [", 95 % within", ", 99 % within", "from 30 s to 90 s", "4 steps fall", "3 steps fall"]
            .map(str::to_owned),
    );
    // The longest first: 133 is also the beginning of 133.2.
    set.sort_by_key(|set| std::cmp::Reverse(set.len()));
    set
}

#[test]
fn every_number_of_the_sentences_is_explained() {
    for scenario in scenarios() {
        let evaluation = evaluate(&scenario).unwrap();
        let curve = curve(&scenario);
        let set = what_is_set(&scenario, &curve);
        for sentence in [
            headline(&scenario, &evaluation),
            lead(&scenario, &evaluation),
            bottleneck(&scenario, &evaluation),
            response_summary(&scenario, &evaluation, &curve),
            saturation_title(&scenario, &evaluation),
            spread_title(&scenario, &evaluation),
            spread_summary(&scenario, &evaluation),
        ] {
            check(&scenario, &sentence, None, None, &set);
        }
        for disturbance in [Disturbance::Nothing, Disturbance::ConsumersStop, Disturbance::Spike(3.0)] {
            let course = transient(&scenario, &evaluation, disturbance);
            let course = course.as_ref();
            for tell in [staleness_title, staleness_summary] {
                check(&scenario, &tell(&scenario, course, disturbance), course, None, &set);
            }
        }
        for prediction in (0..3).filter_map(|turn| Prediction::of(&scenario, turn)) {
            check(&scenario, &prediction.outcome, None, Some(&prediction.scenario), &set);
        }
    }
}

#[test]
fn what_is_told_nowhere_else_is_a_stop_of_the_tab_key() {
    let hybrid = PresetId::Hybrid.scenario();
    let evaluation = evaluate(&hybrid).unwrap();
    let stops = |sentence: Sentence| {
        let parts = sentence.parts.into_iter();
        let stops = parts.filter(|part| part.origin.is_some_and(Origin::is_told_only_here));
        stops.map(|part| part.text.into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(stops(bottleneck(&hybrid, &evaluation)), ["30.0 orders/s"]);
    let stop = Disturbance::ConsumersStop;
    let course = transient(&hybrid, &evaluation, stop);
    assert_eq!(stops(staleness_title(&hybrid, course.as_ref(), stop)), ["60.1 s", "16.7 s"]);
    assert_eq!(stops(headline(&hybrid, &evaluation)), [""; 0]);
}
