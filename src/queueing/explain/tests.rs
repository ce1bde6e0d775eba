use super::*;
use crate::queueing::evaluate;
use crate::scenario::{Attempts, Placement, Scenario, Workload};
use crate::units::{Probability, Servers, Users};

fn shop(users: u64, published: usize) -> Scenario {
    let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
    let mut scenario = Scenario { workload, ..Scenario::online_shop() };
    for step in scenario.steps.iter_mut().rev().take(published) {
        step.placement = Placement::Async;
    }
    scenario
}

fn open(rate: f64) -> Scenario {
    Scenario { workload: Workload::Open { arrival_rate: Rate::per_second(rate) }, ..shop(10, 2) }
}

fn explained(scenario: &Scenario, value: ExplainedValue) -> Option<Derivation> {
    explain(scenario, &evaluate(scenario).unwrap(), value)
}

/// Returns every value that an evaluation can have.
fn all(evaluation: &Evaluation) -> Vec<ExplainedValue> {
    let mut figures = vec![
        ExplainedValue::Unloaded,
        ExplainedValue::ResponseTime,
        ExplainedValue::QueueingTime,
        ExplainedValue::TimeoutExceeded,
        ExplainedValue::Percentiles,
        ExplainedValue::TailRatio,
        ExplainedValue::PoolWait,
        ExplainedValue::Throughput,
        ExplainedValue::Goodput,
        ExplainedValue::Growth,
        ExplainedValue::Knee,
        ExplainedValue::SaturationThroughput,
        ExplainedValue::Completion,
        ExplainedValue::Work,
        ExplainedValue::Success,
    ];
    for index in 0..evaluation.resources.len() {
        figures.extend([
            ExplainedValue::Limit(index),
            ExplainedValue::Demand(index),
            ExplainedValue::Utilization(index),
            ExplainedValue::InService(index),
            ExplainedValue::Waiting(index),
            ExplainedValue::WaitingTime(index),
        ]);
    }
    for index in 0..evaluation.effects.len() {
        figures.extend([
            ExplainedValue::Staleness(index),
            ExplainedValue::Lag(index),
            ExplainedValue::Deliveries(index),
        ]);
    }
    figures.extend((0..evaluation.retries.len()).map(ExplainedValue::Amplification));
    figures
}

#[test]
fn no_formula_has_a_number_without_end_and_each_states_its_result() {
    let mut failing = shop(100, 2);
    failing.steps[0].attempts =
        Attempts { failure: Probability::new(0.1), retries: 2, ..failing.steps[0].attempts };
    let wide = Scenario { workers: Servers::new(5_000), ..shop(100_000, 2) };
    // The step before the full pool has four times as many connections as orders arrive at once: nothing
    // waits there.
    let sale = Scenario { workload: open(24.0).workload, ..shop(10, 0) };
    for scenario in [shop(1, 0), shop(10, 2), shop(500, 3), open(12.0), open(50.0), failing, wide, sale] {
        let evaluation = evaluate(&scenario).unwrap();
        for value in all(&evaluation) {
            let Some(derivation) = explain(&scenario, &evaluation, value) else { continue };
            let formula = &derivation.formula;
            assert!(!formula.contains("NaN") && !formula.contains("inf"), "{value:?}: {formula}");
            assert!(formula.contains('=') || formula.contains('≤'), "{value:?}: {formula}");
            assert!(!formula.contains("0.0000000000"), "{value:?}: {formula}");
            if let Accuracy::Approximation { error } = derivation.accuracy {
                assert!((0.001..=0.25).contains(&error), "{value:?}: {error}");
            }
        }
    }
}

#[test]
fn the_formulas_have_the_values_that_are_set() {
    for (scenario, value, law, formula) in [
        (
            shop(100, 0),
            ExplainedValue::ResponseTime,
            Law::ResponseTime,
            "R = N / X − Z = 100 / 18.96/s − 1,000 ms = 4.27 s",
        ),
        (shop(10, 2), ExplainedValue::Unloaded, Law::SumOfSteps, "R₀ = 300 ms + 200 ms = 500 ms"),
        (shop(10, 2), ExplainedValue::Work, Law::SumOfSteps, "Σ D = 500 ms + 0 ms + 550 ms = 1,050 ms"),
        (shop(100, 2), ExplainedValue::Limit(3), Law::Utilization, "c / D = 12 / 400 ms = 30.0/s"),
        (
            shop(100, 2),
            ExplainedValue::Staleness(0),
            Law::FlowBalance,
            "λ − c / D = 32.01/s − 30.0/s = 2.009/s",
        ),
        (open(12.0), ExplainedValue::Throughput, Law::FlowBalance, "X = λ = 12.0/s"),
    ] {
        let derivation = explained(&scenario, value).unwrap();
        assert_eq!((derivation.law, derivation.formula.as_str()), (law, formula));
    }
}

#[test]
fn a_figure_that_is_not_there_has_no_origin() {
    assert_eq!(explained(&shop(10, 0), ExplainedValue::Growth), None);
    assert_eq!(explained(&shop(10, 0), ExplainedValue::Staleness(0)), None);
    assert_eq!(explained(&shop(0, 0), ExplainedValue::ResponseTime), None);
    assert_eq!(explained(&shop(10, 0), ExplainedValue::Utilization(99)), None);
}

#[test]
fn what_has_no_end_says_by_how_much_its_line_grows() {
    for value in [
        ExplainedValue::ResponseTime,
        ExplainedValue::Percentiles,
        ExplainedValue::PoolWait,
        ExplainedValue::Waiting(0),
    ] {
        let derivation = explained(&open(50.0), value).unwrap();
        assert_eq!(derivation.formula, "no end, for the line grows: λ − X = 50.0/s − 32.01/s = 17.99/s > 0");
    }
    for value in [ExplainedValue::Completion, ExplainedValue::Waiting(3), ExplainedValue::WaitingTime(3)] {
        let derivation = explained(&shop(100, 2), value).unwrap();
        let expected = "no end, for the line grows: λ − c / D = 32.01/s − 30.0/s = 2.009/s > 0";
        assert_eq!(derivation.formula, expected, "{value:?}");
    }
}

#[test]
fn nobody_else_is_exact_and_a_full_pool_is_approximate() {
    assert_eq!(explained(&shop(1, 0), ExplainedValue::ResponseTime).unwrap().accuracy, Accuracy::Exact);
    let accuracy = explained(&shop(500, 0), ExplainedValue::ResponseTime).unwrap().accuracy;
    assert!(matches!(accuracy, Accuracy::Approximation { error } if error <= 0.03), "{accuracy:?}");
}
