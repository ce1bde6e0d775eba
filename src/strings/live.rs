//! The view Live, and what the simulation beside the page says.

use crate::scenario::Scenario;
use crate::simulation::{ExperimentError, ScaledSystem, TraceEvent};
use crate::units::{Rate, Time, format};

/// The lane of publishing.
pub const PUBLISH: &str = "Publish order_placed";
/// The run has been watched to its end.
pub const OVER_LENGTH: &str = "Ten minutes are over. Go back, or try new luck.";
/// More is in flight than can be.
pub const OVER_IN_FLIGHT: &str = "Stopped: more is in flight than the simulation holds. The system is overloaded, and the lines would only grow.";
/// Nothing is left to happen.
pub const OVER_NOTHING_LEFT: &str = "Nothing more happens: nobody sends an order.";
/// The link cannot be read.
pub const NO_SCENARIO: &str = "the scenario did not reach the simulation: reload the page";
/// A request that the simulation does not know.
pub const NO_REQUEST: &str = "the page and its simulation are of different versions: reload the page";

/// So many events are the most.
pub fn over_events(events: u64) -> String {
    format!(
        "Stopped after {} events, the most that one run has. Fewer orders per second last longer.",
        format::count(events)
    )
}

/// There is no such run.
pub fn too_large(error: &ExperimentError) -> String {
    error.to_string()
}

/// The moment of a run, and how long it is.
pub fn clock(now: Time, length: Time) -> String {
    format!("{} of {}", moment(now), moment(length))
}

/// A moment of a run, to the tenth of a second while that shows.
///
/// ```
/// use waiting_line::{strings::live::moment, units::Time};
/// assert_eq!([0.0, 12.34, 60.0, 83.5].map(Time::from_seconds).map(moment), ["0 s", "12.3 s", "1 min", "1 min 23 s"]);
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

/// The numbers above a lane.
pub fn counter(busy: Option<(u32, u32)>, waiting: u32, dead: u64) -> String {
    let mut parts = Vec::new();
    if let Some((busy, servers)) = busy {
        parts.push(format!("{} of {} busy", format::count(busy.into()), format::count(servers.into())));
    }
    if waiting > 0 || parts.is_empty() {
        parts.push(format!("{} in line", format::count(waiting.into())));
    }
    if dead > 0 {
        parts.push(format!("{} dead letters", format::count(dead)));
    }
    parts.join(" · ")
}

/// Theory beside simulation.
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

/// What the margin means.
pub fn lead(answered: u64, warm_up: Time, settled: bool) -> String {
    let answered = format::count(answered);
    if settled && warm_up > Time::ZERO {
        format!(
            "{answered} orders answered. The mean leaves the first {} out; in 95 of 100 runs the truth lies within ±.",
            moment(warm_up)
        )
    } else if settled {
        format!("{answered} orders answered. In 95 of 100 runs the truth lies within ±.")
    } else {
        format!("{answered} orders answered. Nothing is steady yet, so the mean says little so far.")
    }
}

/// Too few answers for a mean.
pub fn lead_of_few(answered: u64) -> String {
    format!("{} orders answered so far.", format::count(answered))
}

/// Not everybody is played: what stands for the whole, what is rounded by that, and who is held.
pub fn slice(slice: &ScaledSystem, scenario: &Scenario, held_time: Time) -> String {
    let part = if slice.divisor > 1 {
        let (one_in, workers) = (format::count(slice.divisor), format::count(slice.workers.simulated.into()));
        let stretched = stretched(slice, scenario);
        format!(
            " One order in {one_in} is played, with {workers} workers and every step divided alike.{stretched}"
        )
    } else {
        String::new()
    };
    part + &held(slice, scenario, held_time)
}

/// Who is held, and where.
fn held(slice: &ScaledSystem, scenario: &Scenario, held_time: Time) -> String {
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
        " {held} users always stand in line {place}: they are counted, not played, and every order stands {time} among them."
    )
}

/// Which steps take longer or shorter in a slice, so that their capacity is that of the whole: those by a thousandth and more.
fn stretched(slice: &ScaledSystem, scenario: &Scenario) -> String {
    let steps = scenario.steps.iter().zip(&slice.steps);
    let told: Vec<String> = steps
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
    if told.is_empty() { told.concat() } else { format!(" To keep its capacity, {}.", told.join("; ")) }
}

/// A mark stands for several.
pub fn each(count: u64) -> String {
    format!("Each mark is {} orders.", format::count(count))
}

/// The strip charts.
pub const RESPONSE: &str = "Response time";
/// Its lines.
pub const MEAN: &str = "mean";
/// See [`MEAN`].
pub const P95: &str = "p95";
/// The value to compare with.
pub const THEORY: &str = "theory";
/// The value of the fluid model.
pub const FLUID: &str = "fluid";
/// Who stands in line.
pub const QUEUE: &str = "In line";
/// What is behind.
pub const LAG: &str = "Lag";
/// What goes wrong.
pub const ERRORS: &str = "Failed or too late";
/// Under the titles.
pub const RESPONSE_SUB: &str = "of the orders answered: the mean of each span, the latest above";
/// See [`RESPONSE_SUB`].
pub const QUEUE_SUB: &str = "orders waiting for a worker or a step; above: now";
/// See [`RESPONSE_SUB`], where an order can wait at several places at once.
pub const QUEUE_SUB_APART: &str = "waiting in any line: orders, calls, events; above: now";
/// See [`RESPONSE_SUB`].
pub const LAG_SUB: &str = "events published and not yet handled; above: now";
/// See [`RESPONSE_SUB`].
pub const ERRORS_SUB: &str = "orders per second: the mean of each span, the latest above";
/// The first column of the tables.
pub const TIME: &str = "From – to";

/// A title with its value.
pub fn titled(name: &str, value: Option<String>) -> String {
    match value {
        Some(value) => format!("{name}: {value}"),
        None => format!("{name}: nothing yet"),
    }
}

/// A rate of orders.
pub fn per_second(rate: Rate) -> String {
    format!("{}/s", format::rate(rate))
}

/// So many minutes beside an axis.
pub fn minutes(number: f64) -> String {
    format::compact(number) + " min"
}

/// See [`minutes`].
pub fn hours(number: f64) -> String {
    format::compact(number) + " h"
}

/// See [`minutes`].
pub fn days(number: f64) -> String {
    format::compact(number) + " d"
}

/// See [`minutes`].
pub fn years(number: f64) -> String {
    format::compact(number) + " y"
}

/// A strip chart in a sentence: the least, the most, the latest mean, and what the fluid says at last.
pub fn strip_summary(name: &str, [least, most, latest]: [String; 3], fluid: Option<String>) -> String {
    let told =
        format!("{name} between {least} and {most}, as means of short spans; {latest} in the last one");
    fluid.map_or_else(|| told.clone() + ".", |fluid| format!("{told}, {fluid} by the fluid model."))
}

/// What is read at a place: when, and what.
pub fn read_out(when: &str, what: &str) -> String {
    [when, ": ", what].concat()
}

/// A strip chart without any value.
pub fn strip_empty(name: &str) -> String {
    format!("{name}: nothing to show yet.")
}

/// The table of places.
pub const PLACES: &str = "Every place at this moment";
/// Its columns.
pub const PLACES_HEADS: [&str; 6] = ["Place", "Busy", "Of", "In line", "Lag", "Dead letters"];
/// Its first row.
pub const WORKERS: &str = "API workers";

/// The title of an order's course, as it is told before its end or after it; before the course the order stood so long
/// among those who are not played.
pub fn course_title(order: u32, answered: Option<Time>, held: Time, is_past: bool) -> String {
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

/// The course is not at its end yet.
pub fn course_waits(order: u32) -> String {
    format!("Order {} is still under way", format::count(order.into()))
}

/// Under it.
pub const COURSE_SUB: &str =
    "Where its time goes: hollow is waiting, full is work, dashed is after the answer.";

/// What follows an order's answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Effects {
    /// Nothing.
    None,
    /// The last effect is so long after the answer; whether it is there already.
    Last(Time, bool),
    /// More than can be looked ahead.
    UnderWay,
}

/// The course in a sentence.
pub fn course_summary(work: Time, waiting: Time, effects: Effects) -> String {
    let before = work_and_waiting(work, waiting) + " before the answer";
    match effects {
        Effects::None => before + ".",
        Effects::Last(after, true) => {
            format!("{before}; the last effect was {} after it.", format::time(after))
        }
        Effects::Last(after, false) => {
            format!("{before}; the last effect will be {} after it.", format::time(after))
        }
        Effects::UnderWay => before + "; the last effect is too far ahead to be seen.",
    }
}

/// The course of an order that ends without an answer, in a sentence.
pub fn course_in_vain(work: Time, waiting: Time) -> String {
    work_and_waiting(work, waiting) + ", in vain."
}

/// The course of an order whose end is not within sight, in a sentence.
pub fn course_so_far(work: Time, waiting: Time) -> String {
    work_and_waiting(work, waiting) + " so far."
}

fn work_and_waiting(work: Time, waiting: Time) -> String {
    format!("{} of work and {} of waiting", format::time(work), format::time(waiting))
}

/// Behind a bar.
pub fn stay(waited: Time, worked: Time) -> String {
    if waited.micros() == 0 {
        format::time(worked)
    } else if worked.micros() == 0 {
        format!("waits {}", format::time(waited))
    } else {
        format!("{} after {}", format::time(worked), format::time(waited))
    }
}

/// The row of what goes to the broker.
pub const PUBLISHING: &str = "Publishing";
/// Where the answer is.
pub const ANSWERED: &str = "answered";
/// Where the clock is.
pub const NOW: &str = "now";
/// The table of a course.
pub const COURSE_TABLE: &str = "What happens to this order";
/// Its columns.
pub const COURSE_HEADS: [&str; 4] = ["After", "What", "Step", "Attempt"];
/// Before the first order.
pub const NO_ORDER: &str = "No order has come yet";

/// What happened, as a step of the run: "order 42 starts Send email".
pub fn happened(order: u32, mark: TraceEvent, step: Option<&str>) -> String {
    let order = format::count(order.into());
    let what = mark_name(mark);
    match step {
        Some(step) => format!("order {order}: {what}, {step}"),
        None => format!("order {order}: {what}"),
    }
}

/// A single event that concerned no order.
pub const NOTHING_SEEN: &str = "something happened behind the scenes";

/// What can happen to an order, in few words.
pub fn mark_name(mark: TraceEvent) -> &'static str {
    match mark {
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

/// The view.
pub const TITLE: &str = "Live";
/// While the simulation comes.
pub const COMING: &str = "The simulation is on its way.";
/// It runs in the page.
pub const IN_PAGE: &str = "This browser gave the simulation no worker of its own, or it broke. It now runs in small portions within the page: slower, and the same run.";
/// It runs nowhere.
pub const BROKEN: &str =
    "The simulation did not start. Check the connection; everything else works without it.";
/// Starts it again.
pub const TRY_AGAIN: &str = "Try again";
/// The page was hidden.
pub const PAUSED_HIDDEN: &str = "Paused while the page was hidden.";
/// The buttons.
pub const PLAY: &str = "Play";
/// See [`PLAY`].
pub const PAUSE: &str = "Pause";
/// See [`PLAY`].
pub const STEP: &str = "One event on";
/// See [`PLAY`].
pub const BACK: &str = "One event back";
/// See [`PLAY`].
pub const START: &str = "To the start";
/// See [`PLAY`].
pub const END: &str = "To the end";
/// How fast.
pub const SPEED: &str = "Speed";
/// The slider of the moment.
pub const MOMENT: &str = "Moment of the run";
/// Where chance starts.
pub const SEED: &str = "Seed";
/// Another one.
pub const NEW_LUCK: &str = "New luck";
/// What the seed is for.
pub const SEED_NOTE: &str = "Same seed, same run; the link keeps it.";
/// The stage.
pub const STAGE: &str = "Orders on their way";
/// How to read it.
pub const STAGE_HOW: &str = "Each mark is an order: solid while its user waits, hollow afterwards. At the left of a lane is its line, at the right who is served. Touch a mark to follow it.";
/// The order whose course is shown.
pub const ORDER: &str = "Order";
/// The latest one.
pub const LATEST: &str = "Latest order";
/// What is no order's number.
pub const NO_NUMBER: &str = "Type the number of an order, such as 12.";
/// What is no seed.
pub const NO_SEED: &str = "Type a whole number up to 4,294,967,295.";
/// The numbers in a table.
pub const TABLE: &str = "Table";
/// The layer over a chart that is read.
pub const READER: &str = "Values of the chart";
/// Before it is read.
pub const READER_IDLE: &str = "Arrow keys read the values, Escape leaves.";
pub const OUTDATED: &str = "A newer version of this site has been published, and this one can no longer load its simulation. \
     Your scenario is saved; reload to continue with it.";
pub const RELOAD: &str = "Reload";
