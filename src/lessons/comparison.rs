//! Two scenarios beside each other, figure by figure.

use super::narrative;
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Completion, Evaluation, Outcome, SteadyOutcome};
use crate::scenario::Scenario;
use crate::units::{Rate, Time, format};

/// One figure of two scenarios.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What is compared.
    pub name: &'static str,
    /// In the first scenario.
    pub first: String,
    /// In the second.
    pub second: String,
    /// From the first to the second: "−52 %", "×3.4"; empty where that cannot be said as a number.
    pub change: String,
    /// Whether that is good.
    pub tendency: Tendency,
    /// Which figure of the model it is; none where it is no number.
    pub figure: Option<ExplainedValue>,
}

/// Whether the second is better for those who wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tendency {
    /// It is.
    Better,
    /// It is worse.
    Worse,
    /// There is no difference that can be read.
    Same,
    /// There is one, and it is neither.
    Neither,
}

/// Which way is better.
#[derive(Clone, Copy)]
enum Wish {
    Less,
    More,
    None,
}

/// A value, or why there is none.
enum Value {
    Number(f64, String),
    /// It grows without end.
    Endless(&'static str),
    /// There is nothing of that kind.
    Absent,
}

/// Compares what the model says of two scenarios.
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
    let row = |name, wish, figure, read: fn(&Evaluation) -> Value| {
        difference(name, wish, figure, read(first.1), read(second.1))
    };
    vec![
        row("answered, mean", Wish::Less, ExplainedValue::ResponseTime, |it| {
            answer(it, |steady| steady.response_time)
        }),
        row("answered, p50", Wish::Less, ExplainedValue::Percentiles, |it| {
            answer(it, |steady| steady.percentiles.p50)
        }),
        row("answered, p95", Wish::Less, ExplainedValue::Percentiles, |it| {
            answer(it, |steady| steady.percentiles.p95)
        }),
        row("answered, p99", Wish::Less, ExplainedValue::Percentiles, |it| {
            answer(it, |steady| steady.percentiles.p99)
        }),
        row("answered in time", Wish::More, ExplainedValue::Goodput, in_time),
        row("completed", Wish::Less, ExplainedValue::Completion, completed),
        row("throughput", Wish::More, ExplainedValue::Throughput, |it| rate(it.outcome.throughput())),
        row("goodput", Wish::More, ExplainedValue::Goodput, |it| rate(it.outcome.goodput())),
        row("wall", Wish::More, ExplainedValue::SaturationThroughput, |it| {
            rate(it.bounds.saturation_throughput)
        }),
        row("knee", Wish::More, ExplainedValue::Knee, knee),
        row("work before the answer", Wish::Less, ExplainedValue::Work, |it| {
            time(it.work.before + it.work.publishing)
        }),
        row("work after the answer", Wish::None, ExplainedValue::Work, |it| time(it.work.after)),
        row("work in all", Wish::Less, ExplainedValue::Work, |it| time(it.work.total())),
        named(
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

fn answer(evaluation: &Evaluation, read: fn(&SteadyOutcome) -> Time) -> Value {
    match &evaluation.outcome {
        Outcome::Steady(steady) => time(read(steady)),
        Outcome::Overloaded { .. } => Value::Endless("no end"),
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
        Completion::WithAnswer => answer(evaluation, |steady| steady.response_time),
        Completion::After(after) => time(after),
        Completion::Unbounded => Value::Endless("ever later"),
    }
}

fn knee(evaluation: &Evaluation) -> Value {
    evaluation.bounds.knee.map_or(Value::Absent, |users| {
        Value::Number(users, format!("{} users", format::mean_count(users.round())))
    })
}

fn difference(
    name: &'static str,
    wish: Wish,
    figure: ExplainedValue,
    first: Value,
    second: Value,
) -> Difference {
    let (change, rising) = match (&first, &second) {
        (Value::Number(a, shown_a), Value::Number(b, shown_b)) if shown_a != shown_b => {
            (change(*a, *b), Some(b > a))
        }
        (Value::Number(..), Value::Endless(_)) => (String::new(), Some(true)),
        (Value::Endless(_), Value::Number(..)) => (String::new(), Some(false)),
        (Value::Number(..), Value::Absent) | (Value::Absent, Value::Number(..)) => (String::new(), None),
        _ => ("same".to_owned(), None),
    };
    let tendency = match (rising, wish) {
        (Some(rising), Wish::Less) => better(!rising),
        (Some(rising), Wish::More) => better(rising),
        (Some(_), Wish::None) => Tendency::Neither,
        (None, _) if change.is_empty() => Tendency::Neither,
        (None, _) => Tendency::Same,
    };
    let [first, second] = [first, second].map(|value| match value {
        Value::Number(_, shown) => shown,
        Value::Endless(word) => word.to_owned(),
        Value::Absent => "–".to_owned(),
    });
    Difference { name, first, second, change, tendency, figure: Some(figure) }
}

fn better(is_better: bool) -> Tendency {
    if is_better { Tendency::Better } else { Tendency::Worse }
}

/// From one number to another, as a share below a doubling and a factor from there on.
fn change(from: f64, to: f64) -> String {
    let ratio = to / from;
    if from <= 0.0 {
        String::new()
    } else if ratio >= 2.0 {
        format!("×{}", format::significant(ratio, 2))
    } else {
        let share = format::percent((ratio - 1.0).abs());
        format!("{}{share}", if ratio < 1.0 { '−' } else { '+' })
    }
}

fn named(name: &'static str, first: String, second: String) -> Difference {
    let same = first == second;
    let change = if same { "same".to_owned() } else { String::new() };
    Difference {
        name,
        change,
        tendency: if same { Tendency::Same } else { Tendency::Neither },
        first,
        second,
        figure: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::PresetId;
    use crate::queueing::evaluate;
    use crate::scenario::Workload;
    use crate::units::Users;

    fn between(first: &Scenario, second: &Scenario) -> Vec<Difference> {
        let (a, b) = (evaluate(first).unwrap(), evaluate(second).unwrap());
        compare((first, &a), (second, &b))
    }

    fn at(preset: PresetId, users: u64) -> Scenario {
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
            for difference in between(&scenario, &scenario) {
                assert_eq!(difference.first, difference.second, "{preset:?}");
                assert_eq!((difference.change.as_str(), difference.tendency), ("same", Tendency::Same));
            }
        }
    }

    #[test]
    fn publishing_moves_work_and_removes_none() {
        let differences = between(&at(PresetId::AllSync, 100), &at(PresetId::Hybrid, 100));
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
        let differences = between(&at(PresetId::AllSync, 10), &at(PresetId::AllSync, 100));
        assert_eq!(find(&differences, "answered, mean").change, "×4.1");
        assert_eq!(find(&differences, "answered, mean").tendency, Tendency::Worse);
    }

    #[test]
    fn what_has_no_end_is_worse_than_what_has() {
        let differences = between(&PresetId::FlashSale.scenario(), &at(PresetId::AllSync, 100));
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
            for Difference { name, first, figure, .. } in between(&scenario, &scenario) {
                if first.contains(|letter: char| letter.is_ascii_digit()) && name != "first limit" {
                    let figure = figure.unwrap();
                    let origin = crate::queueing::explain::explain(&scenario, &evaluation, figure);
                    assert!(origin.is_some(), "{preset:?}: {name}");
                }
            }
        }
    }
}
