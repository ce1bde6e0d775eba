//! Questions on resources under load: connections, workers, queues and backlogs.

use super::{closed_workload, list_steps, open_workload, proof, question, right, wrong};
use crate::lessons::{PresetId, Question, Topic};
use crate::scenario::Scenario;
use crate::units::{Rate, Servers, Time, format};

pub(super) fn questions() -> Vec<Question> {
    vec![connections_in_a_step(), workers_held(), slow_consumer(), consumers_needed(), cascade()]
}

/// From the article: 200 concurrent orders.
const CONCURRENT_ORDERS: f64 = 200.0;

/// Returns the mean number of orders in a step by Little's law, for steps in sequence.
fn orders_in_step(shop: &Scenario, index: usize) -> f64 {
    CONCURRENT_ORDERS * (shop.steps[index].service_time / shop.synchronous_work())
}

fn connections_in_a_step() -> Question {
    let shop = PresetId::AllSync.scenario();
    let throughput = Rate::per_second(CONCURRENT_ORDERS / shop.synchronous_work().seconds());
    question(
        "of-4-connections",
        Topic::OrderFlow,
        &["OF-4"],
        format!(
            "{CONCURRENT_ORDERS} orders are under way at once in a chain of four steps: {}. None has to \
             wait. How many email connections are in use on average?",
            list_steps(&shop)
        ),
        [
            wrong(
                format::mean_count(CONCURRENT_ORDERS / 4.0),
                "This shares the orders out evenly. But an order spends more of its time in a longer step.",
            ),
            right(
                format::mean_count(orders_in_step(&shop, 2)),
                "Little’s law: orders in a step = orders per second × time in the step. Email takes 400 of \
                 1,050 ms, so it has that share of the orders.",
            ),
            wrong(
                format::rate(throughput),
                "This is how many orders pass each second. Times email’s 0.4 s, it gives the orders inside.",
            ),
            wrong(
                format::count(CONCURRENT_ORDERS as u64),
                "This would need every order to hold a connection to every service all the time. It is a \
                 worst case, not the average: an order is in one step at a time.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::AllSync,
        |shop| {
            // Without think time and with free servers everywhere, 200 users keep 200 orders in flight.
            shop.workload = closed_workload(200, Time::ZERO);
            shop.workers = Servers::new(200);
            for step in &mut shop.steps {
                step.servers = Servers::new(200);
            }
        },
        "Read the orders in flight at each step: together they are 200.",
    ))
}

fn workers_held() -> Question {
    let shop = PresetId::AllSync.scenario();
    question(
        "of-4-workers",
        Topic::OrderFlow,
        &["OF-4"],
        format!(
            "{CONCURRENT_ORDERS} orders are under way at once, and all four steps are called before the \
             answer. How many API workers are busy with them?"
        ),
        [
            wrong(
                format::mean_count(orders_in_step(&shop, 0)),
                "So many are in the payment step at one time. The others hold a worker too, in another step.",
            ),
            wrong(
                format::mean_count(orders_in_step(&shop, 2)),
                "So many are in the email step at one time. A worker stays with its order in every step.",
            ),
            right(
                format::count(CONCURRENT_ORDERS as u64),
                "A worker is held from the first step to the answer, even while it only waits for another \
                 service.",
            ),
            wrong(
                format::count(4 * CONCURRENT_ORDERS as u64),
                "An order does not need one worker per step: the same worker goes with it through all four.",
            ),
        ],
    )
}

fn slow_consumer() -> Question {
    let proof = proof(
        PresetId::Hybrid,
        |shop| {
            shop.workload = open_workload(32.0);
            shop.workers = Servers::new(60);
            shop.steps[0].servers = Servers::new(20);
            shop.steps[1].servers = Servers::new(16);
        },
        "Saturation: the email consumers are full and their backlog grows, while the answer stays where it \
         was.",
    );
    let shop = proof.scenario.clone();
    let email = &shop.steps[2];
    let capacity = email.servers.as_f64() / email.service_time.seconds();
    let growth = 32.0 - capacity;
    question(
        "of-7-backlog",
        Topic::OrderFlow,
        &["OF-7", "OF-6"],
        format!(
            "Email is published. Orders come at 32 per second, and its {} workers take {} for each. \
             Everything else keeps up. What happens?",
            email.servers.count(),
            format::time(email.service_time)
        ),
        [
            right(
                format!(
                    "Answers stay quick; email’s backlog grows by {} each second",
                    format::mean_count(growth)
                ),
                format!(
                    "Email can do {} per second. What is left over piles up behind the answer, where the \
                     user does not see it.",
                    format::mean_count(capacity)
                ),
            ),
            wrong(
                "Answers slow down, since email is full",
                "The answer no longer waits for email. A full reader delays only its own work.",
            ),
            wrong(
                "Analytics falls behind too, since it reads the same event",
                "Each reader has its own place in the stream. A slow one does not hold up the next.",
            ),
            wrong(
                "Nothing: the broker keeps the events safe until email catches up",
                "The events are safe, but email never catches up while more come than it can do.",
            ),
        ],
    )
    .with_proof(proof)
}

fn consumers_needed() -> Question {
    let arrivals = Rate::per_second(100.0);
    let slow = PresetId::SlowEmail.scenario().steps[2].service_time;
    let usual = PresetId::AllSync.scenario().steps[2].service_time;
    let needed = |time: Time| format::count((arrivals * time).erlangs().round() as u64);
    question(
        "of-7-consumers",
        Topic::OrderFlow,
        &["OF-7"],
        format!(
            "100 order events come each second. Sending one email takes {} today in place of {}. How many \
             email workers are busy, if none of the events is left behind?",
            format::configured_time(slow),
            format::configured_time(usual)
        ),
        [
            wrong(needed(usual), "This was enough for the usual time. Slower work keeps more workers busy."),
            wrong(format::count(100), "This would be right if one email took one second."),
            right(
                needed(slow),
                "Busy workers = events per second × time of each. Being asynchronous does not make the \
                 work less.",
            ),
            wrong(
                format::mean_count(arrivals.value() / slow.seconds()),
                "This divides where it should multiply. Slower work needs more workers, not fewer.",
            ),
        ],
    )
}

fn cascade() -> Question {
    question(
        "of-9-cascade",
        Topic::OrderFlow,
        &["OF-9", "TR-3"],
        "The email service hangs. Every order calls it before the answer, with no time limit. What breaks \
         next?",
        [
            wrong(
                "Only orders that send an email",
                "They hold their workers while they hang. Soon no worker is left for any request.",
            ),
            right(
                "All requests: the API’s workers end up waiting for email",
                "What is used up first is the caller’s own workers. So the failure spreads to callers, and \
                 to their callers.",
            ),
            wrong(
                "The payment service, which gets too many calls at the same time",
                "Payment gets fewer calls than before, since orders are stuck behind email.",
            ),
            wrong(
                "Nothing: the broker holds the emails back",
                "Email is called directly here. There is no broker between it and the order.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::SlowEmail,
        |shop| {
            shop.workload = closed_workload(100, Time::from_whole_seconds(1));
            shop.steps[2].service_time = Scenario::MAX_SERVICE_TIME;
        },
        "Email is full, and before it the wait for an API worker has become the longest block of all.",
    ))
}
