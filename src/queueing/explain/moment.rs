//! Explanations of values beyond a single evaluation: a point of a transient, a simulated run, a change.

use super::{Accuracy, Derivation, ExplainedValue, Explainer, explain, rate, time};
use crate::queueing::evaluation::{EffectState, Evaluation};
use crate::queueing::explain::Law;
use crate::queueing::transients::disturbance::{END, EffectTransient, TransientPoint};
use crate::scenario::Scenario;
use crate::units::Time;
use crate::units::format;

/// Explains the staleness at a point of a transient; `None` for an effect that the evaluation does not have.
///
/// In equilibrium it is that of the steady state; otherwise an event published then waits until all earlier
/// ones are handled.
///
/// ```
/// use waiting_line::queueing::transients::disturbance::{Disturbance, transient};
/// use waiting_line::queueing::evaluate;
/// use waiting_line::queueing::explain::{Accuracy, explain_moment};
/// use waiting_line::lessons::PresetId;
/// let hybrid = PresetId::Hybrid.scenario();
/// let evaluation = evaluate(&hybrid)?;
/// let transient = transient(&hybrid, &evaluation, Disturbance::ConsumersStop).unwrap();
/// let email = &transient.effects[0];
/// let stopped = email.points.iter().find(|point| point.time.seconds() > 44.0).unwrap();
/// let derive = explain_moment(&hybrid, &evaluation, email, stopped).unwrap();
/// assert_eq!(derive.accuracy, Accuracy::Approximation { error: 0.01 });
/// assert_eq!(derive.formula, "A(45.0 s) = D(93.4 s) = 303: 93.4 s − 45.0 s = 48.4 s");
/// # Ok::<(), waiting_line::queueing::ScenarioError>(())
/// ```
pub fn explain_moment(
    scenario: &Scenario,
    evaluation: &Evaluation,
    transient: &EffectTransient,
    point: &TransientPoint,
) -> Option<Derivation> {
    let explainer = Explainer { scenario, evaluation };
    let effect = evaluation.effects.iter().find(|effect| effect.step == transient.step)?;
    let (law, formula, accuracy) = match effect.state {
        EffectState::Stable { staleness, .. } if reads_like(staleness, point.staleness) => {
            explainer.staleness(effect)?
        }
        _ => {
            let servers = evaluation.resources.get(transient.step + 1).map_or(0.0, |it| it.servers as f64);
            let error = if point.lag - servers > MIN_BACKLOG { BACKLOG_ERROR } else { SMALL_BACKLOG_ERROR };
            (Law::Fluid, drain_formula(point), Accuracy::Approximation { error })
        }
    };
    Some(Derivation { law, formula, accuracy })
}

/// Explains the time that an effect needs to catch up after a disturbance: the backlog over the capacity left
/// by the arrivals. If it never catches up, explains the growth of the lag or the longest staleness.
///
/// ```
/// use waiting_line::queueing::transients::disturbance::{Disturbance, transient};
/// use waiting_line::queueing::evaluate;
/// use waiting_line::queueing::explain::explain_catching_up;
/// use waiting_line::lessons::PresetId;
/// let hybrid = PresetId::Hybrid.scenario();
/// let evaluation = evaluate(&hybrid)?;
/// let transient = transient(&hybrid, &evaluation, Disturbance::ConsumersStop).unwrap();
/// let derive = explain_catching_up(&hybrid, &evaluation, &transient.effects[0]).unwrap();
/// assert_eq!(derive.formula, "(L − c) / (c / D − λ) = (403 − 12) / (30.0/s − 6.667/s) = 16.7 s");
/// # Ok::<(), waiting_line::queueing::ScenarioError>(())
/// ```
pub fn explain_catching_up(
    scenario: &Scenario,
    evaluation: &Evaluation,
    transient: &EffectTransient,
) -> Option<Derivation> {
    let effect = evaluation.effects.iter().position(|effect| effect.step == transient.step)?;
    let Some(drained_at) = transient.drained_at else {
        return match evaluation.effects[effect].state {
            EffectState::FallingBehind { .. } => {
                explain(scenario, evaluation, ExplainedValue::Staleness(effect))
            }
            EffectState::Stable { .. } => {
                explain_moment(scenario, evaluation, transient, &transient.worst()?)
            }
        };
    };
    let needs = drained_at - END;
    let backlog = transient.points.iter().find(|point| point.time == END)?.lag;
    let resource = evaluation.resources.get(transient.step + 1)?;
    let limit = evaluation.limits.iter().find(|limit| limit.resource == transient.step + 1)?;
    let (servers, arrival_rate) = (resource.servers as f64, evaluation.effects[effect].arrival_rate);
    let spare = limit.capacity.value() - arrival_rate.value();
    let simply = Time::from_seconds((backlog - servers) / spare);
    let formula = if reads_like(simply, needs) {
        format!(
            "(L − c) / (c / D − λ) = ({} − {}) / ({} − {}) = {}",
            format::mean_count(backlog),
            format::count(resource.servers),
            rate(limit.capacity),
            rate(arrival_rate),
            time(needs)
        )
    } else {
        // Arrivals change meanwhile, or the consumers have separate queues.
        format!(
            "A(t) − D(t) ≤ c from t = {} on: {} − {} = {}",
            time(drained_at),
            time(drained_at),
            time(END),
            time(needs)
        )
    };
    let error = if backlog - servers > MIN_BACKLOG { BACKLOG_ERROR } else { SMALL_BACKLOG_ERROR };
    Some(Derivation { law: Law::Fluid, formula, accuracy: Accuracy::Approximation { error } })
}

/// The number of waiting events from which on a fluid is accurate (see
/// [`crate::queueing::transients::fluid`]).
const MIN_BACKLOG: f64 = 20.0;
/// The error in a backlog: the content is within a quarter of a percent of the Markov chain's
/// (`tests/it/reference`).
const BACKLOG_ERROR: f64 = 0.01;
/// The error with fewer events, before and after a backlog, where randomness decides.
const SMALL_BACKLOG_ERROR: f64 = 0.25;

/// Shorter times are left out of a formula, in seconds.
const MIN_SHOWN: f64 = 5e-5;

/// Returns whether two times are formatted alike.
fn reads_like(a: Time, b: Time) -> bool {
    time(a) == time(b)
}

/// Formats the time when all earlier arrivals are handled, plus the random wait.
fn drain_formula(point: &TransientPoint) -> String {
    let done = point.time + point.drain_time;
    let (longer, shorter) = (point.staleness - point.drain_time, point.drain_time - point.staleness);
    let random_wait = match longer.max(shorter) {
        tiny if tiny.seconds() < MIN_SHOWN => String::new(),
        random_wait => format!(" {} {}", if shorter > longer { '−' } else { '+' }, time(random_wait)),
    };
    let (now, done, arrived) = (time(point.time), time(done), format::mean_count(point.arrived));
    format!("A({now}) = D({done}) = {arrived}: {done} − {now}{random_wait} = {}", time(point.staleness))
}

/// Explains a time measured in a simulated run, with its margin.
///
/// ```
/// use waiting_line::{queueing::explain::{Accuracy, explain_run}, units::Time};
/// let mean = explain_run((Time::from_seconds(4.251), Time::from_seconds(0.063)));
/// assert_eq!(mean.formula, "x̄ ± t · s / √n = 4.25 ± 0.06 s");
/// assert_eq!(mean.accuracy, Accuracy::Measured);
/// ```
pub fn explain_run((value, margin): (Time, Time)) -> Derivation {
    let formula = format!("x̄ ± t · s / √n = {}", format::time_with_margin(value, margin));
    Derivation { law: Law::BatchMeans, formula, accuracy: Accuracy::Measured }
}

/// Explains the change from one value to another: their ratio, with the lower of the two accuracies.
///
/// ```
/// use waiting_line::queueing::{evaluate, explain::{ExplainedValue, explain, explain_change}};
/// use waiting_line::scenario::Scenario;
/// let shop = Scenario::online_shop();
/// let mean = explain(&shop, &evaluate(&shop)?, ExplainedValue::Knee).unwrap().accuracy;
/// let change = explain_change(("2.12 s", mean), ("1,050 ms", mean), "−50 %");
/// assert_eq!(change.formula, "B / A − 1 = 1,050 ms / 2.12 s − 1 = −50 %");
/// # Ok::<(), waiting_line::queueing::ScenarioError>(())
/// ```
pub fn explain_change(
    (first, a): (&str, Accuracy),
    (second, b): (&str, Accuracy),
    change: &str,
) -> Derivation {
    let weight = |accuracy: Accuracy| match accuracy {
        Accuracy::Exact => 0.0,
        Accuracy::Approximation { error } => error,
        Accuracy::Measured => 1.0,
        Accuracy::Assumption => 2.0,
    };
    let accuracy = if weight(a) > weight(b) { a } else { b };
    let from_one = if change.starts_with('×') { "" } else { " − 1" };
    let formula = format!("B / A{from_one} = {second} / {first}{from_one} = {change}");
    Derivation { law: Law::Ratio, formula, accuracy }
}
