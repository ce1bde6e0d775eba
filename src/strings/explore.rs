//! The view Explore.

use crate::units::{Rate, Time, format};

/// Before the choice of a preset.
pub const SCENARIO: &str = "Scenario";
/// The choice when nothing fits.
pub const CUSTOM: &str = "your own changes";
/// What to look at when nothing fits.
pub const CUSTOM_LOOK: &str = "Reset brings the ready scenario back; Share keeps yours in a link.";

/// The way out where publishing is all that the answer waits for.
pub const LET_PUBLISHING_TAKE: &str = "Let publishing take 10 ms, and the answer comes after that";

/// In place of the sentence on top, where the model has no answer.
pub const NO_HEADLINE: &str = "This scenario has no answer time.";
/// In place of a chart's title then.
pub const NO_FIGURES: &str = "No figures for this scenario";
/// In place of a number then.
pub const NO_NUMBER: &str = "–";

/// The clock of the answer.
pub const ANSWERED: &str = "answered";
/// The share of the answers that come before the client gives up.
pub const IN_TIME: &str = "in time";
/// Orders answered in time per second.
pub const GOODPUT: &str = "goodput";
/// Answered orders per second.
pub const THROUGHPUT: &str = "throughput";
/// What no load exceeds.
pub const WALL: &str = "wall";
/// The clock of the last effect.
pub const COMPLETED: &str = "completed";
/// A consumer cannot keep up.
pub const FALLS_BEHIND: &str = "falls behind";
/// There is no mean answer.
pub const NO_END: &str = "no end";
/// Nobody is there.
pub const NOBODY: &str = "nobody";

/// The timeline.
pub const FLOW: &str = "Order flow";
/// The lane of the API workers.
pub const IN_LINE: &str = "In line for a worker";
/// A worker is nearly always free.
pub const WORKERS_FREE: &str = "all free";
/// Now and then none is.
pub const WORKERS_SOME: &str = "often free";
/// Mostly none is.
pub const WORKERS_FEW: &str = "seldom free";
/// No worker is.
pub const WORKERS_BUSY: &str = "all busy";
/// The lane of the broker, before the name of the event.
pub const PUBLISH: &str = "Publish";
/// The event.
pub const EVENT: &str = "order_placed";
/// The kind of that lane.
pub const BROKER: &str = "broker";
/// Nothing is asynchronous.
pub const NOTHING_PUBLISHED: &str = "unused";
/// The flag at the foot of the line.
pub const ANSWER_FLAG: &str = "the user has the answer";
/// At the line, where those who come wait longer and longer.
pub const ANSWER_FLAG_NO_END: &str = "answer, once a worker is free";
/// The unit of the axis.
pub const MS: &str = "ms";
/// The unit of think time.
pub const SECONDS: &str = "s";
/// How to use the timeline.
pub const HINT: &str = "Drag a bar's end, or type. Flip a switch, or drag a bar across the line.";
/// One more step.
pub const ADD_STEP: &str = "+ add a step";
/// There are twenty.
pub const STEPS_FULL: &str = "20 steps are the most";
/// After the sum of all work.
pub const WORK_IN_ALL: &str = "of work in all";

/// A switch that is off.
pub const SYNC: &str = "sync";
/// A switch that is on.
pub const ASYNC: &str = "async";
/// Beside its neighbour.
pub const PARALLEL: &str = "parallel";
/// Asynchronous in name only.
pub const WAITED: &str = "waits";

/// The name of a latency slider.
pub fn latency_of(step: &str) -> String {
    format!("{step} latency")
}

/// The name of the number field beside it.
pub fn latency_field(step: &str) -> String {
    format!("{step} latency in milliseconds")
}

/// The name of the switch.
pub fn asynchronous(step: &str) -> String {
    format!("{step} asynchronous")
}

/// The name of the button that opens a step's settings.
pub fn settings_of(step: &str) -> String {
    format!("{step} settings")
}

/// A latency for the ear.
pub fn milliseconds(millis: f64) -> String {
    format!("{} milliseconds", format::decimal(millis))
}

/// Whose events pile up.
pub fn lag(step: &str, growth: Rate) -> String {
    format!("{} lag +{}/s", step.to_lowercase(), format::rate(growth))
}

/// What can be done with a bar.
pub const DRAG_ACROSS: &str = "Drag across the line to change its side";

/// A step's settings.
pub const NAME: &str = "Name";
/// Servers of a step.
pub const CONNECTIONS: &str = "Connections";
/// How service times vary.
pub const VARIABILITY: &str = "Variability";
/// No variance.
pub const CONSTANT: &str = "constant";
/// The exponential law.
pub const EXPONENTIAL: &str = "exponential";
/// Four times its variance.
pub const SPIKY: &str = "spiky";
/// Anything else.
pub const MIXED: &str = "mixed";
/// How the caller waits.
pub const PLACEMENT: &str = "The caller";
/// In sequence.
pub const PLACED_SYNC: &str = "waits, in sequence";
/// Beside the step before.
pub const PLACED_PARALLEL: &str = "waits, in parallel with the step before";
/// Published.
pub const PLACED_ASYNC: &str = "does not wait (event)";
/// Published and waited for.
pub const PLACED_PUBLISH_AND_WAIT: &str = "publishes, and waits anyway";
/// Moves a step.
pub const MOVE_UP: &str = "↑ Move up";
/// Moves a step.
pub const MOVE_DOWN: &str = "↓ Move down";
/// Copies a step.
pub const DUPLICATE: &str = "Duplicate";
/// Deletes a step.
pub const REMOVE: &str = "Remove";

/// The load panel.
pub const LOAD: &str = "Load";
/// The kind of workload.
pub const WORKLOAD: &str = "Kind of load";
/// Closed.
pub const BY_USERS: &str = "Users";
/// Open.
pub const BY_RATE: &str = "Orders per second";
/// What closed means.
pub const CLOSED_NOTE: &str = "They wait for the answer, think, and order again.";
/// What open means.
pub const OPEN_NOTE: &str = "They keep coming, however slow the answers are.";
/// The users.
pub const USERS: &str = "Users";
/// The rate.
pub const RATE: &str = "Orders per second";
/// From an answer to the next order.
pub const THINK_TIME: &str = "Think time";
/// The pool.
pub const WORKERS: &str = "API workers";
/// When the client gives up.
pub const TIMEOUT: &str = "Client timeout";
/// The broker's acknowledgement.
pub const PUBLISH_LATENCY: &str = "Publish latency";

/// What can be reset of a step.
pub const ITS_LATENCY: &str = "latency";
/// What can be reset of a step.
pub const ITS_CALLER: &str = "whether the caller waits";
/// What can be reset of a step.
pub const ITS_CONNECTIONS: &str = "connections";
/// What can be reset of a step.
pub const ITS_VARIABILITY: &str = "variability";
/// What can be reset of a step.
pub const ITS_NAME: &str = "name";

/// Resets one control.
pub fn reset(control: &str) -> String {
    format!("Reset {control}")
}

/// The slider of users.
pub const USERS_SLIDER: &str = "Users, by slider";
/// The stops of users.
pub const USERS_STOPS: &str = "Users to jump to";
/// The slider of the rate.
pub const RATE_SLIDER: &str = "Orders per second, by slider";
/// The stops of the rate.
pub const RATE_STOPS: &str = "Rates to jump to";

/// Under the title of the response-time chart: what it shows, on which scales.
pub fn chart_sub(is_closed: bool, latency_is_log: bool) -> &'static str {
    match (is_closed, latency_is_log) {
        (true, true) => "mean response time against users · log scales",
        (true, false) => "mean response time against users · log users",
        (false, true) => "mean response time against orders per second · log time",
        (false, false) => "mean response time against orders per second",
    }
}

/// How to use it.
pub const CHART_HINT: &str = "Point at the chart to read it; drag the line, or click, to set the load. By keyboard: arrows read, Enter sets, W asks why of the time, X of the orders answered.";
/// The name of the reader.
pub const CHART_READER: &str = "Read the response-time curve";
/// What the reader says before anything is read.
pub const READER_IDLE: &str = "Arrow keys read the curve, Enter sets the load, W and X ask why";
/// Opens the table.
pub const TABLE: &str = "Table";
/// The table.
pub const CURVE_TABLE: &str = "Response time against load";
/// Its columns.
pub const TABLE_USERS: &str = "users";
/// Its columns.
pub const TABLE_RATE: &str = "orders/s";
/// Its columns.
pub const TABLE_RESPONSE: &str = "mean response time";
/// Its columns.
pub const TABLE_THROUGHPUT: &str = "throughput, orders/s";
/// The same flow with nothing published.
pub const GHOST: &str = "all synchronous";

/// Under the title of the staleness.
pub const STALENESS_SUB: &str = "staleness: from the answer to the effect, over time";
/// Where nothing is published, a scenario in which something is.
pub const LOAD_HYBRID: &str = "Load the hybrid: email and analytics after the answer";
/// What may go wrong.
pub const DISTURBANCE: &str = "What happens";
/// Nothing does.
pub const UNDISTURBED: &str = "As usual";
/// No consumer works for a minute.
pub const CONSUMERS_STOP: &str = "Consumers stop, 60 s";
/// Three times the load for a minute.
pub const SPIKE: &str = "3 × the load, 60 s";
/// Its table.
pub const STALENESS_TABLE: &str = "Staleness over time";
/// Its columns.
pub const TABLE_TIME: &str = "time";

/// Its columns.
pub fn late(step: &str) -> String {
    format!("{step} late by")
}

/// Under the title of the distribution.
pub const SPREAD_SUB: &str = "how the response times are spread at this load: a larger area, more answers";
/// Its table.
pub const SPREAD_TABLE: &str = "Answers within a time";
/// Its columns.
pub const TABLE_WITHIN: &str = "within";
/// Its columns.
pub const TABLE_ANSWERED: &str = "answered";

/// A rule of the distribution: "p95 2.4 s".
pub fn percentile(name: &str, time: Time) -> String {
    format!("{name} {}", format::time(time))
}

/// The mark where there is no answer.
pub const YOU_NO_END: &str = "you: no end";

/// The mark of the load that is set.
pub fn you(response_time: Time) -> String {
    format!("you: {}", format::time(response_time))
}

/// The mark of the knee.
pub fn knee(users: f64) -> String {
    format!("knee {}", self::users(users))
}

/// The response time with nobody else there.
pub const UNLOADED: &str = "unloaded";
/// Where the asymptotes meet.
pub const KNEE: &str = "knee";
/// An open load has none.
pub const NO_KNEE: &str = "none";

/// The mark of the wall.
pub fn wall(rate: Rate) -> String {
    format!("wall {}/s", format::precise_rate(rate))
}

/// The mark of the timeout.
pub fn gives_up(timeout: Time) -> String {
    format!("client gives up after {}", format::configured_time(timeout))
}

/// A number of users.
pub fn users(count: f64) -> String {
    let count = count.round() as u64;
    format!("{} user{}", format::count(count), if count == 1 { "" } else { "s" })
}

/// A rate of orders.
pub fn orders_per_second(rate: f64) -> String {
    format!("{} orders/s", format::precise_rate(Rate::per_second(rate)))
}

/// A rate, short.
pub fn per_second(rate: Rate) -> String {
    format!("{}/s", format::rate(rate))
}

/// What is answered at a point of the curve.
pub fn orders_answered(rate: Rate) -> String {
    format!("{} orders/s answered", format::rate(rate))
}

/// A point of the curve, for the ear.
pub fn reading(load: &str, response_time: &str) -> String {
    format!("{load}: {response_time}")
}

/// The saturation chart.
pub const SATURATION_SUB: &str = "utilization of each resource at this load";
/// Below half.
pub const CALM: &str = "calm";
/// Below four fifths.
pub const BUSY: &str = "busy";
/// Below the limit.
pub const HOT: &str = "hot";
/// At the limit.
pub const SATURATED: &str = "saturated";
/// The resource that limits the throughput.
pub const THE_WALL: &str = "the wall";
/// What waits for a resource that cannot keep up.
pub const GROWING: &str = "growing";

/// By how much a backlog grows.
pub fn grows(rate: Rate) -> String {
    format!("grows {}/s", format::rate(rate))
}

/// How many are being served.
pub fn in_flight(count: &str) -> String {
    format!("{count} in flight")
}

/// The consumers of a step's events.
pub fn consumers(step: &str) -> String {
    format!("{step} consumers")
}

/// The connections of a step.
pub fn connections(count: u64) -> String {
    format!("{} connection{}", format::count(count), if count == 1 { "" } else { "s" })
}

/// The API workers, and how long each order holds one.
pub fn workers_held(count: u64, held: Time) -> String {
    format!("{}, held {}", format::count(count), format::time(held))
}

/// Its table.
pub const SATURATION_TABLE: &str = "Resources at this load";
/// Its columns.
pub const TABLE_RESOURCE: &str = "resource";
/// Its columns.
pub const TABLE_SERVERS: &str = "servers";
/// Its columns.
pub const TABLE_UTILIZATION: &str = "utilization";
/// Its columns.
pub const TABLE_IN_FLIGHT: &str = "in flight";
/// Its columns.
pub const TABLE_WAITING: &str = "waiting";
/// Its columns.
pub const TABLE_STATE: &str = "state";

/// The prediction.
pub const PREDICT: &str = "Predict first.";
/// A guess that the model confirms.
pub const PREDICT_RIGHT: &str = "✓ Right.";
/// One that it does not.
pub const PREDICT_WRONG: &str = "✕ Not quite.";
/// Shows the result.
pub const PREDICT_SHOW: &str = "Show it";
/// The next one.
pub const PREDICT_AGAIN: &str = "Another";

/// Starts the check by simulation.
pub const CHECK: &str = "Check by simulation";
/// What it does.
pub const CHECK_TITLE: &str =
    "Simulates this flow at a dozen loads; each run becomes two dots with their margins, mean and p95";
/// The progress of it.
pub const CHECKING: &str = "Simulating";
/// Ends it.
pub const CHECK_STOP: &str = "Stop simulating";
/// Among the columns of the numbers.
pub const SIMULATED: &str = "simulated";
/// See [`SIMULATED`].
pub const SIMULATED_P95: &str = "simulated p95";
