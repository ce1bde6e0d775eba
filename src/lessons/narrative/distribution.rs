//! Title and summary of the chart of the response time distribution.

use super::{Sentence, ValueOrigin};
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Evaluation, Outcome};
use crate::scenario::Scenario;
use crate::units::format;

pub fn distribution_title(scenario: &Scenario, evaluation: &Evaluation) -> Sentence {
    let sentence = Sentence::default();
    match &evaluation.outcome {
        Outcome::Idle => sentence.plain("Nobody waits, so nothing is spread"),
        Outcome::Overloaded { .. } => sentence.plain("The longer it lasts, the longer all wait"),
        Outcome::Steady(steady) if steady.in_time.value() < 0.005 => {
            sentence.plain("Hardly an answer comes in time")
        }
        Outcome::Steady(steady) if steady.in_time.value() < 0.995 => sentence
            .number(format::percent(steady.in_time.value()), ValueOrigin::Current(ExplainedValue::Goodput))
            .plain(" of the answers come in time"),
        Outcome::Steady(steady) => {
            let (p50, p95, timeout) =
                (steady.percentiles.p50, steady.percentiles.p95, scenario.client.timeout);
            if p95 > p50 * 2.0 {
                sentence
                    .plain("One in twenty waits ")
                    .number(
                        format::significant(p95 / p50, 2),
                        ValueOrigin::Current(ExplainedValue::TailRatio),
                    )
                    .plain(" times the median")
            } else if p95 > timeout * 0.8 {
                sentence.plain("The slowest answers barely come in time")
            } else {
                sentence
                    .plain("Nineteen of twenty are answered within ")
                    .number(format::time(p95), ValueOrigin::Current(ExplainedValue::Percentiles))
            }
        }
    }
}

/// Summarizes the percentiles and the share of answers within the client timeout.
pub fn distribution_summary(scenario: &Scenario, evaluation: &Evaluation) -> Sentence {
    let sentence = Sentence::default();
    let Outcome::Steady(steady) = &evaluation.outcome else {
        let sentence = sentence.plain("Without a steady state there are no percentiles: ");
        let text = "the wait depends on how long it lasts".to_owned();
        return match evaluation.outcome {
            Outcome::Overloaded { .. } => {
                sentence.number(text, ValueOrigin::Current(ExplainedValue::Percentiles))
            }
            _ => sentence.plain(text),
        }
        .plain(".");
    };
    let percentiles = steady.percentiles;
    let [p50, p95, p99] = [percentiles.p50, percentiles.p95, percentiles.p99].map(format::time);
    let origin = ValueOrigin::Current(ExplainedValue::Percentiles);
    sentence
        .plain("Half of the answers come within ")
        .number(p50, origin)
        .plain(", 95 % within ")
        .number(p95, origin)
        .plain(", 99 % within ")
        .number(p99, origin)
        .plain("; the mean is ")
        .number(format::time(steady.response_time), ValueOrigin::Current(ExplainedValue::ResponseTime))
        .plain(". ")
        .number(format::percent(steady.in_time.value()), ValueOrigin::Current(ExplainedValue::Goodput))
        .plain(format!(
            " come before the client gives up after {}.",
            format::configured_time(scenario.client.timeout)
        ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::PresetId;
    use crate::queueing::evaluate;
    use crate::scenario::Workload;
    use crate::units::{Time, Users};

    fn evaluate_with_users(users: u64) -> (Scenario, Evaluation) {
        let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        let scenario = Scenario { workload, ..Scenario::online_shop() };
        let evaluation = evaluate(&scenario).unwrap();
        (scenario, evaluation)
    }

    #[test]
    fn the_title_says_what_the_mean_hides() {
        let title = |users| {
            let (scenario, evaluation) = evaluate_with_users(users);
            distribution_title(&scenario, &evaluation).to_string()
        };
        assert_eq!(title(10), "One in twenty waits 2.2 times the median");
        assert_eq!(title(500), "Hardly an answer comes in time");
        assert_eq!(title(0), "Nobody waits, so nothing is spread");
    }

    #[test]
    fn the_summary_has_the_percentiles_of_the_evaluation() {
        let (scenario, evaluation) = evaluate_with_users(10);
        let Outcome::Steady(steady) = &evaluation.outcome else { panic!("ten users are answered") };
        let summary = distribution_summary(&scenario, &evaluation).to_string();
        let percentiles = steady.percentiles;
        for time in [percentiles.p50, percentiles.p95, percentiles.p99, steady.response_time] {
            assert!(summary.contains(&format::time(time)), "{summary}");
        }
        let sale = PresetId::FlashSale.scenario();
        assert!(
            distribution_summary(&sale, &evaluate(&sale).unwrap())
                .to_string()
                .starts_with("Without a steady state")
        );
    }
}
