//! Text of the Live page and of the simulation that it shows.

use crate::scenario::Scenario;
use crate::simulation::{ExperimentError, ScaledSystem, TraceEvent};
use crate::units::{Rate, Time, format};

pub const PUBLISH_EVENT: &str = "Publish order_placed";
pub const RUN_COMPLETE: &str = "Ten minutes are over. Go back, or try new luck.";
pub const IN_FLIGHT_LIMIT_REACHED: &str = "Stopped: more is in flight than the simulation holds. The system \
    is overloaded, and the lines would only grow.";
pub const NO_EVENTS_LEFT: &str = "Nothing more happens: nobody sends an order.";
pub const UNREADABLE_SCENARIO: &str = "the scenario did not reach the simulation: reload the page";
pub const UNKNOWN_REQUEST: &str = "the page and its simulation are of different versions: reload the page";

pub fn event_limit_reached(events: u64) -> String {
    format!(
        "Stopped after {} events, the most that one run has. Fewer orders per second last longer.",
        format::count(events)
    )
}

pub fn too_large(error: &ExperimentError) -> String {
    error.to_string()
}

pub fn clock(now: Time, length: Time) -> String {
    format!("{} of {}", moment(now), moment(length))
}

/// Formats a moment of the run: to a tenth of a second below a minute, in whole seconds above.
///
/// ```
/// use waiting_line::{strings::live::moment, units::Time};
/// let moments = [0.0, 12.34, 60.0, 83.5].map(Time::from_seconds).map(moment);
/// assert_eq!(moments, ["0 s", "12.3 s", "1 min", "1 min 23 s"]);
/// ```
pub fn moment(time: Time) -> String {
    let seconds = time.seconds();
    if seconds < 59.95 {
        let tenths = (seconds * 10.0) as u64;
        return if tenths.is_multiple_of(10) {
            format!("{} s", tenths / 10)
        } else {
            format!("{}.{} s", tenths / 10, tenths % 10)
        };
    }
    let whole = (seconds + 0.05) as u64;
    let (minutes, rest) = (whole / 60, whole % 60);
    if rest == 0 { format!("{minutes} min") } else { format!("{minutes} min {rest} s") }
}

/// Numbers above a lane: busy servers, queue length, dead letters. Zeros are left out.
pub fn lane_counter(busy: Option<(u32, u32)>, waiting: u32, dead: u64) -> String {
    let mut counts = Vec::new();
    if let Some((busy, servers)) = busy {
        counts.push(format!("{} of {} busy", format::count(busy.into()), format::count(servers.into())));
    }
    if waiting > 0 || counts.is_empty() {
        counts.push(format!("{} in line", format::count(waiting.into())));
    }
    if dead > 0 {
        counts.push(format!("{} dead letters", format::count(dead)));
    }
    counts.join(" · ")
}

pub fn headline(theory: Option<Time>, simulated: Option<(Time, Time)>) -> String {
    match (theory, simulated) {
        (Some(theory), Some((value, margin))) => {
            format!("Theory {}, simulated {}", format::time(theory), format::time_with_margin(value, margin))
        }
        (Some(theory), None) => format!("Theory {}, simulated: too few answers yet", format::time(theory)),
        (None, Some((value, margin))) => {
            format!(
                "Theory: no end to the waiting. Simulated so far {}",
                format::time_with_margin(value, margin)
            )
        }
        (None, None) => "Theory: no end to the waiting. Simulated: too few answers yet".to_owned(),
    }
}

pub fn lead(answered: u64, warm_up: Time, settled: bool) -> String {
    let answered = format::count(answered);
    if settled && warm_up > Time::ZERO {
        format!(
            "{answered} orders answered. The mean leaves the first {} out; in 95 of 100 runs the truth lies \
             within ±.",
            moment(warm_up)
        )
    } else if settled {
        format!("{answered} orders answered. In 95 of 100 runs the truth lies within ±.")
    } else {
        format!("{answered} orders answered. Nothing is steady yet, so the mean says little so far.")
    }
}

pub fn lead_few_answers(answered: u64) -> String {
    format!("{} orders answered so far.", format::count(answered))
}

/// Says which share of the orders is simulated, which service times are adjusted for that, and how many users
/// stand in line permanently without being simulated. Empty if there is nothing to say of that.
pub fn scaling_note(slice: &ScaledSystem, scenario: &Scenario, held_time: Time) -> String {
    let sample = if slice.divisor > 1 {
        let (one_in, workers) = (format::count(slice.divisor), format::count(slice.workers.simulated.into()));
        let adjustments = adjusted_steps(slice, scenario);
        format!(
            " One order in {one_in} is played, with {workers} workers and every step divided \
             alike.{adjustments}"
        )
    } else {
        String::new()
    };
    sample + &permanent_queue_note(slice, scenario, held_time)
}

fn permanent_queue_note(slice: &ScaledSystem, scenario: &Scenario, held_time: Time) -> String {
    let held = u64::from(slice.permanent_queue.count()) * slice.divisor;
    let at_step = u64::from(slice.permanent_queue.at_step) * slice.divisor;
    if held == 0 {
        return String::new();
    }
    let place = match scenario.steps.get(slice.permanent_queue.step) {
        Some(step) if at_step == held => format!("before {}", step.name),
        Some(step) if at_step > 0 => {
            format!("for a worker, {} of them with one before {}", format::count(at_step), step.name)
        }
        _ => "for a worker".to_owned(),
    };
    let (held, time) = (format::count(held), format::time(held_time));
    format!(
        " {held} users always stand in line {place}: they are counted, not played, and every order stands \
         {time} among them."
    )
}

/// Names the steps whose service time is adjusted by a thousandth or more, so that their simulated servers
/// have the capacity of all of them.
fn adjusted_steps(slice: &ScaledSystem, scenario: &Scenario) -> String {
    let steps = scenario.steps.iter().zip(&slice.steps);
    let adjustments: Vec<String> = steps
        .filter(|(_, part)| (part.service_time_factor - 1.0).abs() >= 1e-3)
        .map(|(step, part)| {
            let (by, how) = if part.service_time_factor > 1.0 {
                (part.service_time_factor - 1.0, "longer")
            } else {
                (1.0 - part.service_time_factor, "shorter")
            };
            let (played, whole) = (format::count(part.simulated.into()), format::count(part.full));
            format!("{} has {played} for {whole}, each {} {how} at work", step.name, format::percent(by))
        })
        .collect();
    if adjustments.is_empty() {
        String::new()
    } else {
        format!(" To keep its capacity, {}.", adjustments.join("; "))
    }
}

pub fn orders_per_mark(count: u64) -> String {
    format!("Each mark is {} orders.", format::count(count))
}

pub const RESPONSE: &str = "Response time";
pub const MEAN: &str = "mean";
pub const P95: &str = "p95";
pub const THEORY: &str = "theory";
pub const FLUID: &str = "fluid";
pub const QUEUE: &str = "In line";
pub const LAG: &str = "Lag";
pub const ERRORS: &str = "Failed or too late";
pub const RESPONSE_SUBTITLE: &str = "of the orders answered: the mean of each span, the latest above";
pub const QUEUE_SUBTITLE: &str = "orders waiting for a worker or a step; above: now";
pub const QUEUE_SUBTITLE_PARALLEL: &str = "waiting in any line: orders, calls, events; above: now";
pub const LAG_SUBTITLE: &str = "events published and not yet handled; above: now";
pub const ERRORS_SUBTITLE: &str = "orders per second: the mean of each span, the latest above";
pub const TIME: &str = "From – to";

pub fn chart_title(name: &str, value: Option<String>) -> String {
    match value {
        Some(value) => format!("{name}: {value}"),
        None => format!("{name}: nothing yet"),
    }
}

pub fn short_rate(rate: Rate) -> String {
    format!("{}/s", format::rate(rate))
}

pub fn minutes(number: f64) -> String {
    format::compact(number) + " min"
}

pub fn hours(number: f64) -> String {
    format::compact(number) + " h"
}

pub fn days(number: f64) -> String {
    format::compact(number) + " d"
}

pub fn years(number: f64) -> String {
    format::compact(number) + " y"
}

pub fn strip_chart_summary(name: &str, [least, most, latest]: [String; 3], fluid: Option<String>) -> String {
    let range =
        format!("{name} between {least} and {most}, as means of short spans; {latest} in the last one");
    match fluid {
        Some(fluid) => format!("{range}, {fluid} by the fluid model."),
        None => range + ".",
    }
}

pub fn reading(time: &str, value: &str) -> String {
    format!("{time}: {value}")
}

pub fn strip_chart_empty(name: &str) -> String {
    format!("{name}: nothing to show yet.")
}

pub const STATIONS: &str = "Every place at this moment";
pub const STATION_HEADERS: [&str; 6] = ["Place", "Busy", "Of", "In line", "Lag", "Dead letters"];
pub const WORKERS: &str = "API workers";

/// In the past tense once the playback has reached the answer. `held` is the time in the permanent queue,
/// which the trace does not include.
pub fn trace_title(order: u32, answered: Option<Time>, held: Time, is_past: bool) -> String {
    let order = format::count(order.into());
    let (is, gets) = if is_past { ("was", "got") } else { ("will be", "will get") };
    match answered {
        Some(time) if !held.is_zero() => {
            let (held, time) = (format::time(held), format::time(time));
            format!("Order {order} {is} answered after {held} in line and {time} more")
        }
        Some(time) => format!("Order {order} {is} answered after {}", format::time(time)),
        None => format!("Order {order} {gets} no answer"),
    }
}

pub fn trace_title_pending(order: u32) -> String {
    format!("Order {} is still under way", format::count(order.into()))
}

pub const TRACE_SUBTITLE: &str =
    "Where its time goes: hollow is waiting, full is work, dashed is after the answer.";

/// Effects of an order's events after its answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum EffectsAfterAnswer {
    None,
    /// Time from the answer to the last effect, and `true` if the playback has reached it.
    Last(Time, bool),
    /// The last effect lies beyond the part of the run that is known.
    Unknown,
}

pub fn trace_summary(work: Time, waiting: Time, effects: EffectsAfterAnswer) -> String {
    let before = work_and_waiting(work, waiting) + " before the answer";
    match effects {
        EffectsAfterAnswer::None => before + ".",
        EffectsAfterAnswer::Last(after, true) => {
            format!("{before}; the last effect was {} after it.", format::time(after))
        }
        EffectsAfterAnswer::Last(after, false) => {
            format!("{before}; the last effect will be {} after it.", format::time(after))
        }
        EffectsAfterAnswer::Unknown => before + "; the last effect is too far ahead to be seen.",
    }
}

pub fn trace_summary_unanswered(work: Time, waiting: Time) -> String {
    work_and_waiting(work, waiting) + ", in vain."
}

pub fn trace_summary_pending(work: Time, waiting: Time) -> String {
    work_and_waiting(work, waiting) + " so far."
}

fn work_and_waiting(work: Time, waiting: Time) -> String {
    format!("{} of work and {} of waiting", format::time(work), format::time(waiting))
}

pub fn stay_label(waited: Time, worked: Time) -> String {
    if waited.micros() == 0 {
        format::time(worked)
    } else if worked.micros() == 0 {
        format!("waits {}", format::time(waited))
    } else {
        format!("{} after {}", format::time(worked), format::time(waited))
    }
}

pub const PUBLISHING: &str = "Publishing";
pub const ANSWERED: &str = "answered";
pub const NOW: &str = "now";
pub const TRACE_TABLE: &str = "What happens to this order";
pub const TRACE_HEADERS: [&str; 4] = ["After", "What", "Step", "Attempt"];
pub const NO_ORDER: &str = "No order has come yet";

/// Describes a single step of the playback, such as "order 42: is sent".
pub fn event_description(order: u32, event: TraceEvent, step: Option<&str>) -> String {
    let order = format::count(order.into());
    let event = event_name(event);
    match step {
        Some(step) => format!("order {order}: {event}, {step}"),
        None => format!("order {order}: {event}"),
    }
}

pub const UNOBSERVED_EVENT: &str = "something happened behind the scenes";

pub fn event_name(event: TraceEvent) -> &'static str {
    match event {
        TraceEvent::Submitted => "is sent",
        TraceEvent::QueuedForWorker => "waits for a worker",
        TraceEvent::WorkerAssigned => "has a worker",
        TraceEvent::Enqueued => "stands in line",
        TraceEvent::Started => "work begins",
        TraceEvent::Ended => "work is done",
        TraceEvent::Failed => "work has failed",
        TraceEvent::Rejected => "is refused",
        TraceEvent::TimedOut => "the caller waits no longer",
        TraceEvent::Published => "is published",
        TraceEvent::EventsLost => "its events are lost",
        TraceEvent::Redelivered => "is delivered again",
        TraceEvent::Skipped => "is known already and skipped",
        TraceEvent::Effect => "the effect happens",
        TraceEvent::DuplicateEffect => "the effect happens once more",
        TraceEvent::AcknowledgementLost => "the acknowledgement is lost",
        TraceEvent::DeadLettered => "becomes a dead letter",
        TraceEvent::Answered => "is answered",
        TraceEvent::AnsweredLate => "is answered too late",
        TraceEvent::ClientTimedOut => "the client stops waiting",
        TraceEvent::GivenUp => "is given up",
    }
}

pub const TITLE: &str = "Live";
pub const SIMULATION_STARTING: &str = "The simulation is on its way.";
pub const SIMULATION_ON_MAIN_THREAD: &str = "This browser gave the simulation no worker of its own, or it \
    broke. It now runs in small portions within the page: slower, and the same run.";
pub const SIMULATION_FAILED: &str =
    "The simulation did not start. Check the connection; everything else works without it.";
pub const TRY_AGAIN: &str = "Try again";
pub const PAUSED_HIDDEN: &str = "Paused while the page was hidden.";
pub const PLAY: &str = "Play";
pub const PAUSE: &str = "Pause";
pub const STEP_FORWARD: &str = "One event on";
pub const STEP_BACK: &str = "One event back";
pub const JUMP_TO_START: &str = "To the start";
pub const JUMP_TO_END: &str = "To the end";
pub const SPEED: &str = "Speed";
pub const TIME_SLIDER: &str = "Moment of the run";
pub const SEED: &str = "Seed";
pub const NEW_SEED: &str = "New luck";
pub const SEED_NOTE: &str = "Same seed, same run; the link keeps it.";
pub const FLOW_ANIMATION: &str = "Orders on their way";
pub const FLOW_ANIMATION_HINT: &str = "Each mark is an order: solid while its user waits, hollow afterwards. \
    At the left of a lane is its line, at the right who is served. Touch a mark to follow it.";
pub const ORDER: &str = "Order";
pub const LATEST_ORDER: &str = "Latest order";
pub const INVALID_ORDER_NUMBER: &str = "Type the number of an order, such as 12.";
pub const INVALID_SEED: &str = "Type a whole number up to 4,294,967,295.";
pub const TABLE: &str = "Table";
pub const READER: &str = "Values of the chart";
pub const READER_IDLE: &str = "Arrow keys read the values, Escape leaves.";
pub const OUTDATED: &str = "A newer version of this site has been published, and this one can no longer load \
     its simulation. Your scenario is saved; reload to continue with it.";
pub const RELOAD: &str = "Reload";
