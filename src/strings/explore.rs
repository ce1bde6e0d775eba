//! Text of the Explore page.

use crate::units::{Rate, Time, format};

pub const SCENARIO: &str = "Scenario";
pub const CUSTOM: &str = "your own changes";
pub const CUSTOM_HINT: &str = "Reset brings the ready scenario back; Share keeps yours in a link.";

pub const SET_PUBLISH_LATENCY: &str = "Let publishing take 10 ms, and the answer comes after that";

pub const NO_HEADLINE: &str = "This scenario has no answer time.";
pub const NO_FIGURES: &str = "No figures for this scenario";
pub const NO_NUMBER: &str = "–";

pub const ANSWERED: &str = "answered";
pub const IN_TIME: &str = "in time";
pub const GOODPUT: &str = "goodput";
pub const THROUGHPUT: &str = "throughput";
pub const SATURATION_THROUGHPUT: &str = "wall";
pub const COMPLETED: &str = "completed";
pub const FALLS_BEHIND: &str = "falls behind";
pub const UNBOUNDED: &str = "no end";
pub const NOBODY: &str = "nobody";

pub const ORDER_FLOW: &str = "Order flow";
pub const WORKER_QUEUE: &str = "In line for a worker";
pub const WORKERS_ALL_FREE: &str = "all free";
pub const WORKERS_OFTEN_FREE: &str = "often free";
pub const WORKERS_SELDOM_FREE: &str = "seldom free";
pub const WORKERS_ALL_BUSY: &str = "all busy";
pub const PUBLISH: &str = "Publish";
pub const EVENT: &str = "order_placed";
pub const BROKER: &str = "broker";
pub const BROKER_UNUSED: &str = "unused";
pub const ANSWER_FLAG: &str = "the user has the answer";
pub const ANSWER_FLAG_UNBOUNDED: &str = "answer, once a worker is free";
pub const MILLISECONDS_UNIT: &str = "ms";
pub const SECONDS_UNIT: &str = "s";
pub const TIMELINE_HINT: &str = "Drag a bar's end, or type. Flip a switch, or drag a bar across the line.";
pub const ADD_STEP: &str = "+ add a step";
pub const STEP_LIMIT: &str = "20 steps are the most";
pub const TOTAL_WORK: &str = "of work in all";

pub const SYNC: &str = "sync";
pub const ASYNC: &str = "async";
pub const PARALLEL: &str = "parallel";
pub const PUBLISH_AND_WAIT: &str = "waits";

pub fn latency_label(step: &str) -> String {
    format!("{step} latency")
}

pub fn latency_field_label(step: &str) -> String {
    format!("{step} latency in milliseconds")
}

pub fn async_switch_label(step: &str) -> String {
    format!("{step} asynchronous")
}

pub fn settings_label(step: &str) -> String {
    format!("{step} settings")
}

/// For screen readers: the unit in full.
pub fn spoken_milliseconds(millis: f64) -> String {
    format!("{} milliseconds", format::decimal(millis))
}

pub fn lag_label(step: &str, growth: Rate) -> String {
    format!("{} lag +{}/s", step.to_lowercase(), format::rate(growth))
}

pub const DRAG_ACROSS: &str = "Drag across the line to change its side";

pub const NAME: &str = "Name";
pub const CONNECTIONS: &str = "Connections";
pub const VARIABILITY: &str = "Variability";
pub const CONSTANT: &str = "constant";
pub const EXPONENTIAL: &str = "exponential";
pub const SPIKY: &str = "spiky";
pub const MIXED: &str = "mixed";
pub const PLACEMENT: &str = "The caller";
pub const PLACEMENT_SYNC: &str = "waits, in sequence";
pub const PLACEMENT_PARALLEL: &str = "waits, in parallel with the step before";
pub const PLACEMENT_ASYNC: &str = "does not wait (event)";
pub const PLACEMENT_PUBLISH_AND_WAIT: &str = "publishes, and waits anyway";
pub const MOVE_UP: &str = "↑ Move up";
pub const MOVE_DOWN: &str = "↓ Move down";
pub const DUPLICATE: &str = "Duplicate";
pub const REMOVE: &str = "Remove";

pub const LOAD: &str = "Load";
pub const WORKLOAD: &str = "Kind of load";
pub const WORKLOAD_CLOSED: &str = "Users";
pub const WORKLOAD_OPEN: &str = "Orders per second";
pub const CLOSED_NOTE: &str = "They wait for the answer, think, and order again.";
pub const OPEN_NOTE: &str = "They keep coming, however slow the answers are.";
pub const USERS: &str = "Users";
pub const RATE: &str = "Orders per second";
pub const THINK_TIME: &str = "Think time";
pub const WORKERS: &str = "API workers";
pub const TIMEOUT: &str = "Client timeout";
pub const PUBLISH_LATENCY: &str = "Publish latency";

pub const LATENCY_CONTROL: &str = "latency";
pub const PLACEMENT_CONTROL: &str = "whether the caller waits";
pub const CONNECTIONS_CONTROL: &str = "connections";
pub const VARIABILITY_CONTROL: &str = "variability";
pub const NAME_CONTROL: &str = "name";

pub fn reset_label(control: &str) -> String {
    format!("Reset {control}")
}

pub const USERS_SLIDER: &str = "Users, by slider";
pub const USERS_STOPS: &str = "Users to jump to";
pub const RATE_SLIDER: &str = "Orders per second, by slider";
pub const RATE_STOPS: &str = "Rates to jump to";

/// Names the quantities of the response-time chart and its logarithmic scales.
pub fn chart_subtitle(is_closed: bool, latency_is_log: bool) -> &'static str {
    match (is_closed, latency_is_log) {
        (true, true) => "mean response time against users · log scales",
        (true, false) => "mean response time against users · log users",
        (false, true) => "mean response time against orders per second · log time",
        (false, false) => "mean response time against orders per second",
    }
}

pub const CHART_HINT: &str = "Point at the chart to read it; drag the line, or click, to set the load. By \
    keyboard: arrows read, Enter sets, W asks why of the time, X of the orders answered.";
pub const CHART_READER: &str = "Read the response-time curve";
pub const READER_IDLE: &str = "Arrow keys read the curve, Enter sets the load, W and X ask why";
pub const TABLE: &str = "Table";
pub const CURVE_TABLE: &str = "Response time against load";
pub const TABLE_USERS: &str = "users";
pub const TABLE_RATE: &str = "orders/s";
pub const TABLE_RESPONSE: &str = "mean response time";
pub const TABLE_THROUGHPUT: &str = "throughput, orders/s";
pub const ALL_SYNCHRONOUS: &str = "all synchronous";

pub const STALENESS_SUBTITLE: &str = "staleness: from the answer to the effect, over time";
pub const LOAD_HYBRID: &str = "Load the hybrid: email and analytics after the answer";
pub const DISTURBANCE: &str = "What happens";
pub const NO_DISTURBANCE: &str = "As usual";
pub const CONSUMERS_STOP: &str = "Consumers stop, 60 s";
pub const LOAD_SPIKE: &str = "3 × the load, 60 s";
pub const STALENESS_TABLE: &str = "Staleness over time";
pub const TABLE_TIME: &str = "time";

pub fn lateness_header(step: &str) -> String {
    format!("{step} late by")
}

pub const DISTRIBUTION_SUBTITLE: &str =
    "how the response times are spread at this load: a larger area, more answers";
pub const DISTRIBUTION_TABLE: &str = "Answers within a time";
pub const TABLE_WITHIN: &str = "within";
pub const TABLE_ANSWERED: &str = "answered";

/// Returns a label such as "p95 2.4 s".
pub fn percentile_label(name: &str, time: Time) -> String {
    format!("{name} {}", format::time(time))
}

pub const CURRENT_LOAD_UNBOUNDED: &str = "you: no end";

pub fn current_load_label(response_time: Time) -> String {
    format!("you: {}", format::time(response_time))
}

pub fn knee_label(users: f64) -> String {
    format!("knee {}", user_count(users))
}

pub const UNLOADED: &str = "unloaded";
pub const KNEE: &str = "knee";
pub const NO_KNEE: &str = "none";

pub fn saturation_label(rate: Rate) -> String {
    format!("wall {}/s", format::precise_rate(rate))
}

pub fn timeout_label(timeout: Time) -> String {
    format!("client gives up after {}", format::configured_time(timeout))
}

pub fn user_count(count: f64) -> String {
    let count = count.round() as u64;
    format!("{} user{}", format::count(count), if count == 1 { "" } else { "s" })
}

pub fn order_rate(rate: f64) -> String {
    format!("{} orders/s", format::precise_rate(Rate::per_second(rate)))
}

pub fn short_rate(rate: Rate) -> String {
    format!("{}/s", format::rate(rate))
}

pub fn throughput_label(rate: Rate) -> String {
    format!("{} orders/s answered", format::rate(rate))
}

/// For screen readers: one point of the response-time curve.
pub fn spoken_reading(load: &str, response_time: &str) -> String {
    format!("{load}: {response_time}")
}

pub const SATURATION_SUBTITLE: &str = "utilization of each resource at this load";
pub const CALM: &str = "calm";
pub const BUSY: &str = "busy";
pub const HOT: &str = "hot";
pub const SATURATED: &str = "saturated";
pub const BOTTLENECK: &str = "the wall";
pub const GROWING: &str = "growing";

pub fn growth_label(rate: Rate) -> String {
    format!("grows {}/s", format::rate(rate))
}

pub fn in_flight_label(count: &str) -> String {
    format!("{count} in flight")
}

pub fn consumers_label(step: &str) -> String {
    format!("{step} consumers")
}

pub fn connection_count(count: u64) -> String {
    format!("{} connection{}", format::count(count), if count == 1 { "" } else { "s" })
}

pub fn workers_label(count: u64, held: Time) -> String {
    format!("{}, held {}", format::count(count), format::time(held))
}

pub const SATURATION_TABLE: &str = "Resources at this load";
pub const TABLE_RESOURCE: &str = "resource";
pub const TABLE_SERVERS: &str = "servers";
pub const TABLE_UTILIZATION: &str = "utilization";
pub const TABLE_IN_FLIGHT: &str = "in flight";
pub const TABLE_WAITING: &str = "waiting";
pub const TABLE_STATE: &str = "state";

pub const PREDICT: &str = "Predict first.";
pub const PREDICT_RIGHT: &str = "✓ Right.";
pub const PREDICT_WRONG: &str = "✕ Not quite.";
pub const PREDICT_SHOW_RESULT: &str = "Show it";
pub const PREDICT_NEXT: &str = "Another";

pub const CHECK_BY_SIMULATION: &str = "Check by simulation";
pub const CHECK_TOOLTIP: &str =
    "Simulates this flow at a dozen loads; each run becomes two dots with their margins, mean and p95";
pub const CHECK_PROGRESS: &str = "Simulating";
pub const STOP_CHECK: &str = "Stop simulating";
pub const SIMULATED: &str = "simulated";
pub const SIMULATED_P95: &str = "simulated p95";
