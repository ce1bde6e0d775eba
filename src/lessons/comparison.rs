//! Comparison of the results of two scenarios, row by row.

use super::narrative;
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Completion, Evaluation, Outcome, SteadyOutcome};
use crate::scenario::Scenario;
use crate::units::{Rate, Time, format};

/// A row of the comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    pub name: &'static str,
    pub first: String,
    pub second: String,
    /// Change from the first to the second, such as "−52 %" or "×3.4". Empty if it is no number.
    pub change: String,
    pub tendency: Tendency,
    /// `None` if the row holds no number.
    pub explained_value: Option<ExplainedValue>,
}

/// Direction of a change, judged from the point of view of the user who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tendency {
    Better,
    Worse,
    /// The displayed values are equal.
    Same,
    /// There is a difference, but neither value is better.
    Neither,
}

#[derive(Clone, Copy)]
enum Preference {
    Lower,
    Higher,
    None,
}

enum Value {
    Number(f64, String),
    /// Grows without limit; the text is shown instead of a number.
    Unbounded(&'static str),
    Absent,
}

/// Compares the results of two scenarios.
///
/// ```
/// use waiting_line::lessons::{PresetId, Tendency, compare};
/// use waiting_line::queueing::evaluate;
/// let [first, second] = [PresetId::AllSync, PresetId::Hybrid].map(PresetId::scenario);
/// let [a, b] = [evaluate(&first)?, evaluate(&second)?];
/// let differences = compare((&first, &a), (&second, &b));
/// assert_eq!(differences[0].first, "1,050 ms");
/// assert_eq!((differences[0].change.as_str(), differences[0].tendency), ("−52 %", Tendency::Better));
/// # Ok::<(), waiting_line::queueing::ScenarioError>(())
/// ```
pub fn compare(first: (&Scenario, &Evaluation), second: (&Scenario, &Evaluation)) -> Vec<Difference> {
    let row = |name, preference, explained_value, read: fn(&Evaluation) -> Value| {
        difference(name, preference, explained_value, read(first.1), read(second.1))
    };
    vec![
        row("answered, mean", Preference::Lower, ExplainedValue::ResponseTime, |evaluation| {
            response_statistic(evaluation, |steady| steady.response_time)
        }),
        row("answered, p50", Preference::Lower, ExplainedValue::Percentiles, |evaluation| {
            response_statistic(evaluation, |steady| steady.percentiles.p50)
        }),
        row("answered, p95", Preference::Lower, ExplainedValue::Percentiles, |evaluation| {
            response_statistic(evaluation, |steady| steady.percentiles.p95)
        }),
        row("answered, p99", Preference::Lower, ExplainedValue::Percentiles, |evaluation| {
            response_statistic(evaluation, |steady| steady.percentiles.p99)
        }),
        row("answered in time", Preference::Higher, ExplainedValue::Goodput, in_time),
        row("completed", Preference::Lower, ExplainedValue::Completion, completed),
        row("throughput", Preference::Higher, ExplainedValue::Throughput, |evaluation| {
            rate(evaluation.outcome.throughput())
        }),
        row("goodput", Preference::Higher, ExplainedValue::Goodput, |evaluation| {
            rate(evaluation.outcome.goodput())
        }),
        row("wall", Preference::Higher, ExplainedValue::SaturationThroughput, |evaluation| {
            rate(evaluation.bounds.saturation_throughput)
        }),
        row("knee", Preference::Higher, ExplainedValue::Knee, knee),
        row("work before the answer", Preference::Lower, ExplainedValue::Work, |evaluation| {
            time(evaluation.work.before + evaluation.work.publishing)
        }),
        row(
            "work after the \
             answer",
            Preference::None,
            ExplainedValue::Work,
            |evaluation| time(evaluation.work.after),
        ),
        row(
            "work in \
             all",
            Preference::Lower,
            ExplainedValue::Work,
            |evaluation| time(evaluation.work.total()),
        ),
        text_difference(
            "first limit",
            narrative::first_limit(first.0, first.1),
            narrative::first_limit(second.0, second.1),
        ),
    ]
}

fn time(time: Time) -> Value {
    Value::Number(time.seconds(), format::time(time))
}

fn rate(rate: Rate) -> Value {
    Value::Number(rate.value(), format!("{}/s", format::rate(rate)))
}

fn response_statistic(evaluation: &Evaluation, read: fn(&SteadyOutcome) -> Time) -> Value {
    match &evaluation.outcome {
        Outcome::Steady(steady) => time(read(steady)),
        Outcome::Overloaded { .. } => Value::Unbounded("no end"),
        Outcome::Idle => Value::Absent,
    }
}

fn in_time(evaluation: &Evaluation) -> Value {
    match &evaluation.outcome {
        Outcome::Steady(steady) => {
            Value::Number(steady.in_time.value(), format::percent(steady.in_time.value()))
        }
        Outcome::Overloaded { .. } => Value::Number(0.0, format::percent(0.0)),
        Outcome::Idle => Value::Absent,
    }
}

fn completed(evaluation: &Evaluation) -> Value {
    match evaluation.completion {
        Completion::WithAnswer => response_statistic(evaluation, |steady| steady.response_time),
        Completion::After(after) => time(after),
        Completion::Unbounded => Value::Unbounded("ever later"),
    }
}

fn knee(evaluation: &Evaluation) -> Value {
    evaluation.bounds.knee.map_or(Value::Absent, |users| {
        Value::Number(users, format!("{} users", format::mean_count(users.round())))
    })
}

fn difference(
    name: &'static str,
    preference: Preference,
    explained_value: ExplainedValue,
    first: Value,
    second: Value,
) -> Difference {
    let (change, is_rising) = match (&first, &second) {
        (Value::Number(a, text_a), Value::Number(b, text_b)) if text_a != text_b => {
            (change(*a, *b), Some(b > a))
        }
        (Value::Number(..), Value::Unbounded(_)) => (String::new(), Some(true)),
        (Value::Unbounded(_), Value::Number(..)) => (String::new(), Some(false)),
        (Value::Number(..), Value::Absent) | (Value::Absent, Value::Number(..)) => (String::new(), None),
        _ => ("same".to_owned(), None),
    };
    let tendency = match (is_rising, preference) {
        (Some(is_rising), Preference::Lower) => tendency_of(!is_rising),
        (Some(is_rising), Preference::Higher) => tendency_of(is_rising),
        (Some(_), Preference::None) => Tendency::Neither,
        (None, _) if change.is_empty() => Tendency::Neither,
        (None, _) => Tendency::Same,
    };
    let [first, second] = [first, second].map(|value| match value {
        Value::Number(_, text) => text,
        Value::Unbounded(word) => word.to_owned(),
        Value::Absent => "–".to_owned(),
    });
    Difference { name, first, second, change, tendency, explained_value: Some(explained_value) }
}

fn tendency_of(is_better: bool) -> Tendency {
    if is_better { Tendency::Better } else { Tendency::Worse }
}

/// Formats a relative change: in per cent below a doubling, as a factor from there on.
fn change(from: f64, to: f64) -> String {
    let ratio = to / from;
    if from <= 0.0 {
        String::new()
    } else if ratio >= 2.0 {
        format!("×{}", format::significant(ratio, 2))
    } else {
        let percentage = format::percent((ratio - 1.0).abs());
        format!("{}{percentage}", if ratio < 1.0 { '−' } else { '+' })
    }
}

fn text_difference(name: &'static str, first: String, second: String) -> Difference {
    let is_same = first == second;
    let change = if is_same { "same".to_owned() } else { String::new() };
    Difference {
        name,
        change,
        tendency: if is_same { Tendency::Same } else { Tendency::Neither },
        first,
        second,
        explained_value: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::PresetId;
    use crate::queueing::evaluate;
    use crate::scenario::Workload;
    use crate::units::Users;

    fn compare_scenarios(first: &Scenario, second: &Scenario) -> Vec<Difference> {
        let (a, b) = (evaluate(first).unwrap(), evaluate(second).unwrap());
        compare((first, &a), (second, &b))
    }

    fn with_users(preset: PresetId, users: u64) -> Scenario {
        let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        Scenario { workload, ..preset.scenario() }
    }

    fn find<'a>(differences: &'a [Difference], name: &str) -> &'a Difference {
        differences.iter().find(|difference| difference.name == name).unwrap()
    }

    #[test]
    fn nothing_differs_from_itself() {
        for preset in PresetId::ALL {
            let scenario = preset.scenario();
            for difference in compare_scenarios(&scenario, &scenario) {
                assert_eq!(difference.first, difference.second, "{preset:?}");
                assert_eq!((difference.change.as_str(), difference.tendency), ("same", Tendency::Same));
            }
        }
    }

    #[test]
    fn publishing_moves_work_and_removes_none() {
        let differences =
            compare_scenarios(&with_users(PresetId::AllSync, 100), &with_users(PresetId::Hybrid, 100));
        let mean = find(&differences, "answered, mean");
        assert_eq!((mean.first.as_str(), mean.second.as_str()), ("4.27 s", "2.12 s"));
        assert_eq!((mean.change.as_str(), mean.tendency), ("−50 %", Tendency::Better));
        assert_eq!(find(&differences, "work in all").tendency, Tendency::Same);
        let after = find(&differences, "work after the answer");
        assert_eq!((after.second.as_str(), after.tendency), ("550 ms", Tendency::Neither));
        let completed = find(&differences, "completed");
        assert_eq!((completed.second.as_str(), completed.tendency), ("ever later", Tendency::Worse));
        let limit = find(&differences, "first limit");
        assert_eq!(
            (limit.first.as_str(), limit.second.as_str()),
            ("20 API workers", "email’s 12 connections")
        );
    }

    #[test]
    fn from_a_doubling_on_a_factor_says_it() {
        let differences =
            compare_scenarios(&with_users(PresetId::AllSync, 10), &with_users(PresetId::AllSync, 100));
        assert_eq!(find(&differences, "answered, mean").change, "×4.1");
        assert_eq!(find(&differences, "answered, mean").tendency, Tendency::Worse);
    }

    #[test]
    fn what_has_no_end_is_worse_than_what_has() {
        let differences =
            compare_scenarios(&PresetId::FlashSale.scenario(), &with_users(PresetId::AllSync, 100));
        let mean = find(&differences, "answered, mean");
        assert_eq!(
            (mean.first.as_str(), mean.change.as_str(), mean.tendency),
            ("no end", "", Tendency::Better)
        );
    }

    #[test]
    fn every_number_of_the_table_can_say_where_it_comes_from() {
        for preset in PresetId::ALL {
            let scenario = preset.scenario();
            let evaluation = evaluate(&scenario).unwrap();
            for Difference { name, first, explained_value, .. } in compare_scenarios(&scenario, &scenario) {
                if first.contains(|letter: char| letter.is_ascii_digit()) && name != "first limit" {
                    let explained_value = explained_value.unwrap();
                    let derivation =
                        crate::queueing::explain::explain(&scenario, &evaluation, explained_value);
                    assert!(derivation.is_some(), "{preset:?}: {name}");
                }
            }
        }
    }
}
