use super::*;
use crate::lessons::PresetId;
use crate::queueing::{Evaluation, Outcome, evaluate, response_curve};
use crate::scenario::{Placement, Scenario, Workload};
use crate::units::{Rate, Servers, Time, Users, Variability};

fn with_users(preset: PresetId, users: u64) -> Scenario {
    let mut scenario = preset.scenario();
    scenario.workload =
        Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
    scenario
}

fn with_rate(preset: PresetId, per_second: f64) -> Scenario {
    let mut scenario = preset.scenario();
    scenario.workload = Workload::Open { arrival_rate: Rate::per_second(per_second) };
    scenario
}

fn check(scenario: &Scenario, write: impl Fn(&Scenario, &Evaluation) -> String, expected: &str) {
    let evaluation = evaluate(scenario).unwrap();
    assert_eq!(write(scenario, &evaluation), expected);
}

#[test]
fn the_headline_says_how_long_or_why_not() {
    let check = |scenario: Scenario, expected| {
        check(&scenario, |scenario, evaluation| headline(scenario, evaluation).to_string(), expected);
    };
    check(with_users(PresetId::AllSync, 10), "The user waits 1,050 ms at 10 users.");
    check(with_users(PresetId::AllSync, 1), "The user waits 1,050 ms at 1 user.");
    check(with_users(PresetId::AllSync, 100), "The user waits 4.27 s at 100 users.");
    check(
        with_users(PresetId::AllSync, 500),
        "At 500 users the mean answer takes 25.4 s; clients give up after 10 s.",
    );
    check(with_users(PresetId::Hybrid, 10), "The user waits 500 ms at 10 users.");
    check(with_users(PresetId::Hybrid, 100), "The user waits 2.12 s at 100 users.");
    check(with_users(PresetId::Hybrid, 0), "Nobody is ordering.");
    check(with_rate(PresetId::Hybrid, 12.0), "The user waits 500 ms at 12 orders/s.");
    check(
        PresetId::FlashSale.scenario(),
        "The line never stops growing: 24 orders/s come, 18.96 can be answered.",
    );
}

#[test]
fn the_lead_splits_the_wait_into_work_and_line() {
    let check = |scenario: Scenario, expected| {
        check(&scenario, |scenario, evaluation| lead(scenario, evaluation).to_string(), expected);
    };
    check(with_users(PresetId::AllSync, 10), "All of it is work: nobody stands in line.");
    check(with_users(PresetId::AllSync, 100), "1,050 ms is work. 3.22 s is standing in line.");
    check(
        with_users(PresetId::Hybrid, 10),
        "All of it is work: nobody stands in line. Another 550 ms of work now happens after the answer.",
    );
    check(
        with_users(PresetId::Hybrid, 100),
        "500 ms is work. 1,624 ms is standing in line. Another 550 ms of work now happens after the answer.",
    );
    let mut parallel = with_users(PresetId::EverythingParallel, 10);
    check(parallel.clone(), "All of it is work: nobody stands in line.");
    // Email has both the longest service time and the longest wait, so the answer follows its bar.
    check(with_users(PresetId::EverythingParallel, 50), "400 ms is work. 271 ms is standing in line.");
    parallel.steps[2].variability = Variability::EXPONENTIAL;
    check(
        parallel,
        "All of it is work: nobody stands in line. Of steps side by side the slowest counts, and on average \
         it takes longer than any one of them.",
    );
    check(PresetId::FlashSale.scenario(), "Each second leaves 5.0 more orders without an answer.");
    check(with_users(PresetId::AllSync, 0), "A first order would be answered after 1,050 ms.");
    check(
        with_users(PresetId::EverythingAsync, 10),
        "All of it is work: nobody stands in line. No step is done by then: all 1,050 ms of work comes after \
         the answer.",
    );
}

#[test]
fn the_parts_say_what_they_are() {
    let scenario = with_users(PresetId::Hybrid, 100);
    let spans = lead(&scenario, &evaluate(&scenario).unwrap()).spans;
    let emphasized: Vec<_> = spans
        .iter()
        .filter(|span| span.emphasis != Emphasis::Plain)
        .map(|span| (span.text.as_ref(), span.emphasis))
        .collect();
    assert_eq!(
        emphasized,
        [("500 ms", Emphasis::Sync), ("1,624 ms", Emphasis::Wait), ("550 ms", Emphasis::Async)]
    );
}

#[test]
fn the_bottleneck_is_named_with_a_remedy_and_the_next_one() {
    let check = |scenario: Scenario, expected| {
        check(&scenario, |scenario, evaluation| bottleneck(scenario, evaluation).to_string(), expected);
    };
    check(
        with_users(PresetId::AllSync, 100),
        "The 20 API workers are all taken at 18.96 orders/s, each held for 1,050 ms or more. Move a step \
         behind the answer where that is allowed, or add workers. The next limit is email’s 12 connections, \
         at 30.0 orders/s.",
    );
    check(
        with_users(PresetId::Hybrid, 100),
        "Email’s 12 connections are full at 30.0 orders/s; beyond, its backlog grows. Add connections, or \
         shorten the step. The next limit is the 20 API workers, at 32.01 orders/s.",
    );
    check(
        with_users(PresetId::SlowEmail, 100),
        "Email’s 12 connections let no more than 3.999 orders/s be answered. Add connections, or shorten the \
         step. The next limit is the 20 API workers, at 5.479 orders/s.",
    );
    let mut partitioned = with_users(PresetId::Hybrid, 100);
    partitioned.broker.partitions = Some(8);
    check(
        partitioned,
        "Email’s busiest consumer is full at 20.0 orders/s; beyond, its backlog grows. Spread the keys over \
         more partitions, or shorten the step. The next limit is analytics’ busiest consumer, at 26.67 \
         orders/s.",
    );
    let mut single = with_users(PresetId::AllSync, 10);
    single.workers = Servers::ONE;
    single.steps.truncate(1);
    check(
        single,
        "The 1 API worker is taken at 3.333 orders/s, each held for 300 ms or more. Move a step behind the \
         answer where that is allowed, or add workers. The next limit is payment’s 10 connections, at 33.33 \
         orders/s.",
    );
}

#[test]
fn the_titles_say_what_to_take_away() {
    let title =
        |scenario: &Scenario, evaluation: &Evaluation| response_title(scenario, evaluation).to_owned();
    for (scenario, expected) in [
        (with_users(PresetId::AllSync, 0), "Nobody is there yet"),
        (with_users(PresetId::AllSync, 10), "Users hardly notice each other yet"),
        (with_users(PresetId::AllSync, 38), "The line begins to form"),
        (with_users(PresetId::AllSync, 100), "Twice the users, more than twice the wait"),
        (with_users(PresetId::AllSync, 500), "The mean is beyond the client timeout"),
        (with_rate(PresetId::AllSync, 10.0), "Users hardly notice each other yet"),
        (with_rate(PresetId::AllSync, 17.0), "The line begins to form"),
        (with_rate(PresetId::AllSync, 18.5), "A few more orders, a much longer wait"),
        (with_rate(PresetId::AllSync, 24.0), "Beyond the wall the line only grows"),
    ] {
        check(&scenario, title, expected);
    }
    for (scenario, expected) in [
        (with_users(PresetId::AllSync, 0), "Nothing to do yet"),
        (with_users(PresetId::AllSync, 10), "Room to spare; API workers at 26 %"),
        (with_users(PresetId::AllSync, 100), "API workers are the wall"),
        (with_users(PresetId::Hybrid, 100), "Email falls behind; API workers are the wall"),
        (with_rate(PresetId::Hybrid, 32.5), "Email falls behind; API workers are the wall"),
        (with_users(PresetId::SlowEmail, 100), "Email is the wall"),
        (with_rate(PresetId::Hybrid, 28.0), "Email is nearly full"),
        (with_rate(PresetId::Hybrid, 10.0), "Room to spare; email at 33 %"),
        (with_users(PresetId::EverythingAsync, 100), "4 steps fall behind; the answer does not"),
    ] {
        check(&scenario, |scenario, evaluation| saturation_title(scenario, evaluation).to_string(), expected);
    }
}

/// The title claims what twice the users do; the model must agree.
#[test]
fn twice_the_users_is_what_the_title_says() {
    for users in [60, 100, 150, 180] {
        let scenario = with_users(PresetId::AllSync, users);
        let mean = |scenario: &Scenario| match evaluate(scenario).unwrap().outcome {
            Outcome::Steady(steady) => steady.response_time,
            other => panic!("{other:?}"),
        };
        let ratio = mean(&with_users(PresetId::AllSync, 2 * users)) / mean(&scenario);
        let title = response_title(&scenario, &evaluate(&scenario).unwrap());
        assert_eq!(title, "Twice the users, more than twice the wait", "{users}");
        assert!(ratio > 2.0, "{users}: {ratio}");
    }
}

#[test]
fn the_summary_names_the_first_user_whose_answer_comes_too_late_however_coarse_the_curve() {
    let scenario = with_users(PresetId::AllSync, 209);
    let curve = response_curve(&scenario, &[1.0, 10.0, 100.0, 1_000.0, 208.0, 209.0]).unwrap();
    assert!(
        curve[4].response_time <= scenario.client.timeout && curve[5].response_time > scenario.client.timeout
    );
    let summary = response_summary(&scenario, &evaluate(&scenario).unwrap(), &curve[..4]).to_string();
    assert!(summary.contains("From about 209 on"), "{summary}");
}

#[test]
fn no_answer_takes_longer_than_the_maximum_that_the_summary_names() {
    let scenario = with_rate(PresetId::AllSync, 18.96);
    let curve = response_curve(&scenario, &[1.0, 18.0, 18.95]).unwrap();
    let summary = response_summary(&scenario, &evaluate(&scenario).unwrap(), &curve).to_string();
    assert!(summary.contains("to a maximum of 254 s at 18.96"), "{summary}");
}

#[test]
fn the_summaries_name_units_range_knee_and_timeout() {
    let loads: Vec<f64> = (0..=300).map(|step| 10_f64.powf(f64::from(step) / 100.0)).collect();
    let response = |scenario: &Scenario, evaluation: &Evaluation| {
        response_summary(scenario, evaluation, &response_curve(scenario, &loads).unwrap()).to_string()
    };
    check(
        &with_users(PresetId::AllSync, 100),
        response,
        "Mean response time against users: from a minimum of 1,050 ms at 1 to a maximum of 51.7 s at 1,000. \
         The knee is at 39 users. From about 209 on the mean is above the client timeout of 10 s. At 100 \
         users it is 4.27 s.",
    );
    check(
        &with_rate(PresetId::AllSync, 24.0),
        response,
        "Mean response time against orders per second: from a minimum of 1,050 ms at 1 to a maximum of 2.76 \
         s at 18.62. No knee: the wall is at 18.96 orders per second.",
    );
    check(
        &with_users(PresetId::Hybrid, 100),
        saturation_summary,
        "Share of its servers that each resource keeps busy, in per cent: from a minimum of 80 % (inventory) \
         to a maximum of more than 100 % (email). The backlog of email grows by 2.0 orders/s.",
    );
}

#[test]
fn a_backlog_grows_or_is_on_the_way() {
    let scenario = with_users(PresetId::Hybrid, 100);
    let effects = evaluate(&scenario).unwrap().effects;
    assert_eq!(describe_backlog(&effects[0]), "grows by 2.0 orders/s");
    assert_eq!(describe_backlog(&effects[1]), "6.9 on the way, 215 ms each on average");
}

#[test]
fn no_scenario_makes_a_sentence_speak_nonsense() {
    for preset in PresetId::ALL {
        for scenario in [
            with_users(preset, 0),
            with_users(preset, 1),
            with_users(preset, 100_000_000),
            with_rate(preset, 0.0),
            with_rate(preset, 1e6),
        ] {
            for placement in
                [Placement::Sync, Placement::Parallel, Placement::Async, Placement::PublishAndWait]
            {
                let mut scenario = scenario.clone();
                scenario.steps[0].placement = placement;
                let Ok(evaluation) = evaluate(&scenario) else { continue };
                let curve = response_curve(&scenario, &[1.0, 10.0]).unwrap();
                let texts = [
                    headline(&scenario, &evaluation).to_string(),
                    lead(&scenario, &evaluation).to_string(),
                    bottleneck(&scenario, &evaluation).to_string(),
                    response_summary(&scenario, &evaluation, &curve).to_string(),
                    saturation_title(&scenario, &evaluation).to_string(),
                    saturation_summary(&scenario, &evaluation),
                ];
                for text in texts {
                    assert!(!text.is_empty());
                    for nonsense in ["NaN", "inf", "-0", "  ", "undefined"] {
                        assert!(!text.contains(nonsense), "{text}");
                    }
                }
            }
        }
    }
}
