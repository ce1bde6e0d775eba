//! Inputs without a steady state or without meaning.

use waiting_line::queueing::laws::retries::{amplification, final_error};
use waiting_line::queueing::{Evaluation, Outcome, ResourceState, ScenarioError, ScenarioField, evaluate};
use waiting_line::scenario::{Placement, Scenario};
use waiting_line::units::{Probability, Servers, Time};

use super::case::{Case, all_cases};
use super::networks::{closed_workload, open_workload, scenario, steady};

/// A server of 100 ms under a stream.
fn stream(rate: f64) -> Evaluation {
    evaluate(&scenario(&[0.1], &[1.0], 1, open_workload(rate))).unwrap()
}

fn shop(change: impl Fn(&mut Scenario)) -> Result<Evaluation, ScenarioError> {
    let mut scenario = Scenario::online_shop();
    change(&mut scenario);
    evaluate(&scenario)
}

#[test]
fn every_row_has_the_answer_required() {
    let mut case = all_cases().into_iter().find(|case| case.kind == "bad_input").unwrap();
    overload(&mut case);
    nobody_and_nothing(&mut case);
    quantities(&mut case);
    failures(&mut case);
    case.finish();
}

/// Expects that the row contains these words, so that the rows and their tests cannot drift apart.
fn row(case: &mut Case, index: &str, words: &str) {
    let text = case.expected_text(index);
    assert!(text.contains(words), "row {index} is about something else: {text}");
}

fn overload(case: &mut Case) {
    row(case, "0", "growth 2 jobs/s");
    let Outcome::Overloaded { growth, .. } = stream(12.0).outcome else { panic!() };
    assert!((growth.value() - 2.0).abs() < 1e-9);
    assert_eq!(stream(12.0).distribution, None);
    row(case, "1", "unstable as well");
    assert!(matches!(stream(10.0).outcome, Outcome::Overloaded { .. }));
}

fn nobody_and_nothing(case: &mut Case) {
    row(case, "2", "X=0; R not defined");
    let idle = evaluate(&scenario(&[0.1], &[1.0], 1, closed_workload(0.0, Time::ZERO))).unwrap();
    assert_eq!((idle.outcome, idle.outcome.throughput().value()), (Outcome::Idle, 0.0));
    row(case, "3", "rejected");
    let nothing = evaluate(&scenario(&[0.0], &[1.0], 1, closed_workload(5.0, Time::ZERO)));
    assert_eq!(nothing, Err(ScenarioError::NothingBeforeTheAnswer));
    row(case, "6", "allowed");
    let with = shop(|scenario| scenario.steps[3].service_time = Time::ZERO).unwrap();
    let without = shop(|scenario| scenario.steps.truncate(3)).unwrap();
    assert_eq!(steady(&with).response_time, steady(&without).response_time);
    assert_eq!(with.bounds, without.bounds);
    row(case, "10", "R = publish time only");
    let published = shop(|scenario| {
        scenario.steps.iter_mut().for_each(|step| step.placement = Placement::Async);
        scenario.broker.publish_latency = Time::from_millis(5.0);
    });
    assert!((steady(&published.unwrap()).response_time.millis() - 5.0).abs() < 1e-9);
}

/// Values that cannot even be expressed, because the types of the quantities refuse them.
fn quantities(case: &mut Case) {
    row(case, "4", "rejected");
    row(case, "9", "rejected");
    assert_eq!(Servers::new(0), Servers::ONE, "there is no such thing as no server");
    row(case, "5", "rejected");
    for seconds in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(Time::try_from_seconds(seconds).is_err());
    }
    row(case, "7", "rejected");
    let rejection = shop(|scenario| scenario.client.timeout = Time::ZERO).unwrap_err();
    assert_eq!(rejection.field(), ScenarioField::ClientTimeout);
}

fn failures(case: &mut Case) {
    row(case, "8", "amplification 4, error 1");
    let certain = Probability::ONE;
    assert_eq!((amplification(certain, 3), final_error(certain, 3)), (4.0, Probability::ONE));
    let evaluation = shop(|scenario| {
        scenario.steps[0].attempts.failure = certain;
        scenario.steps[0].attempts.retries = 3;
    })
    .unwrap();
    assert_eq!(evaluation.success, Probability::ZERO);
    assert!(evaluation.outcome.goodput().is_zero());
    row(case, "11", "one partition carries all");
    let evaluation = shop(|scenario| {
        scenario.steps[2].placement = Placement::Async;
        scenario.broker.partitions = Some(12);
        scenario.broker.hot_key_share = Probability::ONE;
    })
    .unwrap();
    let ResourceState::Growing { capacity, .. } = evaluation.resources[3].state else { panic!() };
    assert!((capacity.value() - 2.5).abs() < 1e-9, "one consumer of 400 ms");
}
