//! What stands at the chart of how response times are spread.

use crate::model::{Evaluation, Outcome};
use crate::scenario::Scenario;
use crate::units::format;

/// What the spread of the response times shows at this load.
pub fn spread_title(scenario: &Scenario, evaluation: &Evaluation) -> String {
    match &evaluation.outcome {
        Outcome::Idle => "Nobody waits, so nothing is spread".to_owned(),
        Outcome::Overloaded { .. } => "The longer it lasts, the longer all wait".to_owned(),
        Outcome::Steady(steady) if steady.in_time.value() < 0.005 => {
            "Hardly an answer comes in time".to_owned()
        }
        Outcome::Steady(steady) if steady.in_time.value() < 0.995 => {
            format!("{} of the answers come in time", format::percent(steady.in_time.value()))
        }
        Outcome::Steady(steady) => {
            let (p50, p95, timeout) =
                (steady.percentiles.p50, steady.percentiles.p95, scenario.client.timeout);
            if p95 > p50 * 2.0 {
                format!("One in twenty waits {} times the median", format::significant(p95 / p50, 2))
            } else if p95 > timeout * 0.8 {
                "The slowest answers barely come in time".to_owned()
            } else {
                format!("Nineteen of twenty are answered within {}", format::time(p95))
            }
        }
    }
}

/// The spread in a sentence: percentiles, and how many come in time.
pub fn spread_summary(scenario: &Scenario, evaluation: &Evaluation) -> String {
    let Outcome::Steady(steady) = &evaluation.outcome else {
        return "Without a steady state there are no percentiles: the wait depends on how long it lasts."
            .to_owned();
    };
    let percentiles = steady.percentiles;
    format!(
        "Half of the answers come within {}, 95 % within {}, 99 % within {}; the mean is {}. {} come before the client gives \
         up after {}.",
        format::time(percentiles.p50),
        format::time(percentiles.p95),
        format::time(percentiles.p99),
        format::time(steady.response_time),
        format::percent(steady.in_time.value()),
        format::set_time(scenario.client.timeout)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::PresetId;
    use crate::model::evaluate;
    use crate::scenario::Workload;
    use crate::units::{Time, Users};

    fn at(users: u64) -> (Scenario, Evaluation) {
        let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        let scenario = Scenario { workload, ..Scenario::online_shop() };
        let evaluation = evaluate(&scenario).unwrap();
        (scenario, evaluation)
    }

    #[test]
    fn the_title_says_what_the_mean_hides() {
        let title = |users| {
            let (scenario, evaluation) = at(users);
            spread_title(&scenario, &evaluation)
        };
        assert_eq!(title(10), "One in twenty waits 2.2 times the median");
        assert_eq!(title(500), "Hardly an answer comes in time");
        assert_eq!(title(0), "Nobody waits, so nothing is spread");
    }

    #[test]
    fn the_summary_has_the_percentiles_of_the_evaluation() {
        let (scenario, evaluation) = at(10);
        let Outcome::Steady(steady) = &evaluation.outcome else { panic!("ten users are answered") };
        let summary = spread_summary(&scenario, &evaluation);
        let percentiles = steady.percentiles;
        for time in [percentiles.p50, percentiles.p95, percentiles.p99, steady.response_time] {
            assert!(summary.contains(&format::time(time)), "{summary}");
        }
        let sale = PresetId::FlashSale.scenario();
        assert!(spread_summary(&sale, &evaluate(&sale).unwrap()).starts_with("Without a steady state"));
    }
}
