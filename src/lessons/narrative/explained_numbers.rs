//! Tests that every number of every sentence has an explanation, and that the explanation contains the
//! number.

use super::*;
use crate::charts::{Axes, Ceiling, load_grid};
use crate::lessons::{Prediction, PresetId};
use crate::queueing::explain::{Derivation, explain, explain_catching_up, explain_moment};
use crate::queueing::transients::disturbance::{Disturbance, Transient, transient};
use crate::queueing::{CurvePoint, evaluate, response_curve};
use crate::scenario::{Scenario, Workload};
use crate::units::{Probability, Rate, Time, Users, format};

/// Returns every preset at many loads of both kinds, also with partitions and with retries.
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
    let with_workloads = |flow: &Scenario| {
        let flow = flow.clone();
        users.into_iter().chain(rates).map(move |workload| Scenario { workload, ..flow.clone() })
    };
    flows.iter().flat_map(with_workloads).collect()
}

/// Returns the response curve as Explore shows it.
fn curve(scenario: &Scenario) -> Vec<CurvePoint> {
    let bounds = evaluate(scenario).unwrap().bounds;
    let load = scenario.workload.load();
    let ceiling = Ceiling::of(scenario, &bounds);
    response_curve(scenario, &load_grid(Axes::loads(ceiling, bounds.knee, load), ceiling)).unwrap()
}

fn derivation(
    scenario: &Scenario,
    origin: ValueOrigin,
    transient: Option<&Transient>,
    changed: Option<&Scenario>,
) -> Option<Derivation> {
    let evaluation = evaluate(scenario).unwrap();
    let effect = |index: usize| &transient.expect("only a transient has effects").effects[index];
    match origin {
        ValueOrigin::Current(value) => explain(scenario, &evaluation, value),
        ValueOrigin::AtLoad(load, value) => {
            let scenario_at_load =
                Scenario { workload: scenario.workload.with_load(load), ..scenario.clone() };
            explain(&scenario_at_load, &evaluate(&scenario_at_load).unwrap(), value)
        }
        ValueOrigin::WorstStaleness(index) => {
            explain_moment(scenario, &evaluation, effect(index), &effect(index).worst().unwrap())
        }
        ValueOrigin::CatchUpTime(index) => explain_catching_up(scenario, &evaluation, effect(index)),
        ValueOrigin::AfterChange(value) => {
            let changed = changed.expect("only a prediction changes something");
            explain(changed, &evaluate(changed).unwrap(), value)
        }
    }
}

/// Extracts the numbers of a text; times are in seconds.
fn numbers(text: &str) -> Vec<f64> {
    let is_inside = |letter: char| letter.is_ascii_digit() || letter == '.' || letter == ',';
    let mut numbers = Vec::new();
    let mut remaining = text;
    while let Some(start) = remaining.find(|letter: char| letter.is_ascii_digit()) {
        remaining = &remaining[start..];
        let end = remaining.find(|letter| !is_inside(letter)).unwrap_or(remaining.len());
        let digits = remaining[..end].trim_end_matches(['.', ',']).replace(',', "");
        remaining = &remaining[end..];
        let unit = remaining.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let scales = [("ms", 1e-3), ("min", 60.0), ("h", 3_600.0), ("k", 1e3), ("M", 1e6), ("G", 1e9)];
        let scale =
            scales.into_iter().find(|(name, _)| unit.starts_with(name)).map_or(1.0, |(_, scale)| scale);
        numbers.push(digits.parse::<f64>().unwrap() * scale);
    }
    numbers
}

/// Checks that every span either has no numbers but those of the settings, or has an explanation with its
/// number.
#[track_caller]
fn check(
    scenario: &Scenario,
    sentence: &Sentence,
    transient: Option<&Transient>,
    changed: Option<&Scenario>,
    settings: &[String],
) {
    for span in &sentence.spans {
        let place = format!("“{}” of “{sentence}”, {:?}", span.text, scenario.workload);
        let Some(origin) = span.origin else {
            let computed = settings
                .iter()
                .fold(span.text.to_string(), |text, setting| text.replace(setting.as_str(), ""));
            assert!(!computed.contains(|letter: char| letter.is_ascii_digit()), "{place}: {computed}");
            continue;
        };
        let Some(Derivation { formula, .. }) = derivation(scenario, origin, transient, changed) else {
            panic!("{place} cannot be asked: {origin:?}");
        };
        assert!(formula.contains('='), "{place}: {formula}");
        assert!(!formula.contains("NaN") && !formula.contains("inf"), "{place}: {formula}");
        let explained = numbers(&formula);
        if matches!(origin, ValueOrigin::AtLoad(_, crate::queueing::explain::ExplainedValue::TimeoutExceeded))
        {
            let [.., response_time, timeout] = explained[..] else { panic!("{place}: {formula}") };
            assert!(response_time >= timeout, "{place}: {formula}");
            continue;
        }
        for shown in numbers(&span.text) {
            // Both are rounded; a displayed rate has only two digits.
            let is_explained =
                explained.iter().any(|explained| (explained - shown).abs() <= 0.03 * shown.abs());
            assert!(is_explained, "{place}: {shown} is not in {formula}");
        }
    }
}

/// Lists the settings that sentences repeat: load, timeout, numbers of servers, and ends of the axes.
fn displayed_settings(scenario: &Scenario, curve: &[CurvePoint]) -> Vec<String> {
    let mut settings = vec![
        super::headline::format_load(scenario.workload),
        format::configured_time(scenario.client.timeout),
    ];
    for resource in &evaluate(scenario).unwrap().resources {
        settings.extend(
            [
                "API \
              worker",
                "connection",
            ]
            .map(|noun| crate::lessons::grammar::count_noun(resource.servers, noun)),
        );
    }
    for point in curve.first().into_iter().chain(curve.last()) {
        let rate = format::configured_rate(Rate::per_second(point.load));
        settings.extend([
            format!("at {} ", format::compact(point.load)),
            format!("at {}.", format::compact(point.load)),
        ]);
        settings.extend([format!("at {rate} "), format!("at {rate}.")]);
    }
    let workload = scenario.workload;
    if let Workload::Open { arrival_rate } = workload {
        settings.push(format::configured_rate(arrival_rate));
    }
    settings.extend(
        [", 95 % within", ", 99 % within", "from 30 s to 90 s", "4 steps fall", "3 steps fall"]
            .map(str::to_owned),
    );
    // Longest first: 133 is also a prefix of 133.2.
    settings.sort_by_key(|setting| std::cmp::Reverse(setting.len()));
    settings
}

#[test]
fn every_number_of_the_sentences_is_explained() {
    for scenario in scenarios() {
        let evaluation = evaluate(&scenario).unwrap();
        let curve = curve(&scenario);
        let settings = displayed_settings(&scenario, &curve);
        for sentence in [
            headline(&scenario, &evaluation),
            lead(&scenario, &evaluation),
            bottleneck(&scenario, &evaluation),
            response_summary(&scenario, &evaluation, &curve),
            saturation_title(&scenario, &evaluation),
            distribution_title(&scenario, &evaluation),
            distribution_summary(&scenario, &evaluation),
        ] {
            check(&scenario, &sentence, None, None, &settings);
        }
        for disturbance in [Disturbance::Nothing, Disturbance::ConsumersStop, Disturbance::Spike(3.0)] {
            let transient = transient(&scenario, &evaluation, disturbance);
            let transient = transient.as_ref();
            for write in [staleness_title, staleness_summary] {
                check(&scenario, &write(&scenario, transient, disturbance), transient, None, &settings);
            }
        }
        for prediction in (0..3).filter_map(|round| Prediction::for_round(&scenario, round)) {
            check(&scenario, &prediction.outcome, None, Some(&prediction.scenario), &settings);
        }
    }
}

#[test]
fn what_is_told_nowhere_else_is_a_stop_of_the_tab_key() {
    let hybrid = PresetId::Hybrid.scenario();
    let evaluation = evaluate(&hybrid).unwrap();
    let stops = |sentence: Sentence| {
        let spans = sentence.spans.into_iter();
        let stops = spans.filter(|span| span.origin.is_some_and(ValueOrigin::is_tab_stop));
        stops.map(|span| span.text.into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(stops(bottleneck(&hybrid, &evaluation)), ["30.0 orders/s"]);
    let stop = Disturbance::ConsumersStop;
    let transient = transient(&hybrid, &evaluation, stop);
    assert_eq!(stops(staleness_title(&hybrid, transient.as_ref(), stop)), ["60.1 s", "16.7 s"]);
    assert_eq!(stops(headline(&hybrid, &evaluation)), [""; 0]);
}
