//! Questions on failures: who notices them, and what limits the damage.

use super::{question, right, wrong};
use crate::lessons::{Question, Topic};
use crate::units::format;

pub(super) fn questions() -> Vec<Question> {
    vec![
        request_fails(),
        event_fails(),
        poison(),
        dead_letters(),
        retry_layers(),
        retry_storm(),
        contract(),
        contract_fields(),
        six_gauges(),
        correlation(),
    ]
}

fn request_fails() -> Question {
    question(
        "tr-6-request",
        Topic::TradeOffs,
        &["TR-6"],
        "A call to the payment service runs into its time limit. Who knows of it, and when?",
        [
            wrong(
                "Nobody, until someone reads a log",
                "That is how it can go with events. A call has somebody who waits for it.",
            ),
            right(
                "The caller, at once: its request fails",
                "This is the good side of waiting: there is someone to tell, and to decide what now.",
            ),
            wrong("The broker, which tries again", "A direct call passes no broker."),
            wrong(
                "The payment service, which tells the user",
                "It knows only its caller, and it may not even know that the caller gave up.",
            ),
        ],
    )
}

fn event_fails() -> Question {
    question(
        "tr-7-event",
        Topic::TradeOffs,
        &["TR-7"],
        "A reader fails on the event “order placed”. What does the buyer believe meanwhile?",
        [
            wrong(
                "That the order failed, since they see an error",
                "The answer was sent long before. Nothing shows them the failure.",
            ),
            wrong(
                "Nothing yet, since they still wait for the answer",
                "The answer did not wait for the reader.",
            ),
            wrong("That there is a delay, since the broker tells them", "A broker does not talk to users."),
            right(
                "That all is well, since they got their answer",
                "The event will be tried again, perhaps handled twice, and until then views are stale. \
                 Somebody else must watch.",
            ),
        ],
    )
}

fn poison() -> Question {
    question(
        "tr-8-poison",
        Topic::TradeOffs,
        &["TR-8"],
        "One broken event makes its reader crash each time it is tried. What should become of it?",
        [
            wrong(
                "It is tried again and again until it works at last",
                "It never will, and it may hold up everything behind it.",
            ),
            wrong(
                "It is thrown away after the first failure",
                "Many failures pass by themselves. And what is thrown away is lost.",
            ),
            right(
                "After some tries it goes to a dead-letter queue",
                "The others go on, and nothing is lost, if somebody owns that queue: the event can be \
                 looked at, mended and replayed.",
            ),
            wrong("All readers stop until it is mended", "One bad event should not stop the good ones."),
        ],
    )
}

fn dead_letters() -> Question {
    let (failing, tries) = (0.1_f64, 4);
    let one_in = |share: f64| format!("1 in {}", format::count((1.0 / share).round() as u64));
    question(
        "tr-8-tries",
        Topic::TradeOffs,
        &["TR-8"],
        format!(
            "One try in ten fails, each by chance. An event is tried {tries} times before it goes to the \
             dead-letter queue. How many end up there?"
        ),
        [
            wrong(one_in(failing), "So many fail the first time. Most of them work when tried again."),
            wrong(
                one_in(failing / f64::from(tries)),
                "This divides by the tries. But all of them have to fail, so the shares multiply.",
            ),
            wrong(one_in(failing.powi(tries - 1)), "This is for one try fewer."),
            right(
                one_in(failing.powi(tries)),
                "All tries must fail: 0.1 × 0.1 × 0.1 × 0.1. What fails for a reason, though, fails each \
                 time.",
            ),
        ],
    )
}

fn retry_layers() -> Question {
    let (tries, layers) = (4_u32, 3);
    let calls = |count: u32| format::count(u64::from(count));
    question(
        "of-9-layers",
        Topic::OrderFlow,
        &["OF-9", "TR-6"],
        format!(
            "Three services stand in a row before a database. Each tries a failed call {tries} times in \
             all. The database is down. How many calls does one order make to it?"
        ),
        [
            wrong(
                calls(tries),
                "This is one layer. The service before it starts all of this over with each of its own \
                 tries.",
            ),
            wrong(
                calls(tries * layers),
                "This adds the layers. But each try by one service makes a full round of tries in the next.",
            ),
            right(
                calls(tries.pow(layers)),
                "Tries multiply from layer to layer: 4 × 4 × 4. It hits the database when it can bear it \
                 least.",
            ),
            wrong(calls(tries.pow(layers - 1)), "This leaves out one of the three layers."),
        ],
    )
}

fn retry_storm() -> Question {
    question(
        "of-8-storm",
        Topic::OrderFlow,
        &["OF-8", "TR-8"],
        "A service was slow for half a minute. It is well again, but it stays overloaded for hours, and \
         nearly all answers come too late. What keeps it down?",
        [
            wrong(
                "The orders that it has lost",
                "Lost orders make no work. It is the ones that come again that do.",
            ),
            right(
                "Retries: late answers are asked for again",
                "More comes than it can do, and the load feeds itself. Fewer retries, with pauses and a \
                 budget, or a bounded queue would break the circle.",
            ),
            wrong(
                "The slow half minute, which is still in the mean",
                "A mean remembers, but a server does not.",
            ),
            wrong(
                "Its service times, which grow without end",
                "They are as before. It is the line before it that does not shrink.",
            ),
        ],
    )
}

fn contract() -> Question {
    question(
        "tr-9-break",
        Topic::TradeOffs,
        &["TR-9"],
        "Five teams read your event “order placed”. Which change can you make without asking them?",
        [
            wrong("Rename “total” to “amount”", "Readers look for “total” and no longer find it."),
            wrong(
                "Give “total” in cents rather than in euros",
                "This is worse than a missing field: every sum is wrong, and nobody sees an error.",
            ),
            wrong(
                "Leave out “customer id”, which you no longer need",
                "You do not know who still needs it. An event is a promise to its readers.",
            ),
            right(
                "Add a field that may be missing",
                "Readers that do not know it go on as before. This is what “backward compatible” means.",
            ),
        ],
    )
}

fn contract_fields() -> Question {
    question(
        "tr-9-fields",
        Topic::TradeOffs,
        &["TR-9", "AP-2"],
        "An event carries an order id, a user id and a time. What is missing so that a reader can tell a \
         repeated event from a new one?",
        [
            wrong("The name of the reader", "An event is for whoever reads it. It does not name them."),
            wrong("The full order", "The content may be the same in both. It only makes the event larger."),
            wrong("The name of the server that sent it", "The same server may send both."),
            right(
                "An id of the event itself",
                "A repeated event has the same id. With its type and version, it also says what a reader \
                 may expect.",
            ),
        ],
    )
}

fn six_gauges() -> Question {
    question(
        "tr-10-gauges",
        Topic::TradeOffs,
        &["TR-10"],
        "A reader fails on one kind of event, which is then put aside; all others are handled in time. \
         Which gauge shows it?",
        [
            right(
                "The depth of the dead-letter queue",
                "What is put aside piles up there, while lag and age of the others stay low.",
            ),
            wrong("The lag of the reader", "What is put aside counts as dealt with, so the lag stays small."),
            wrong(
                "The age of the oldest waiting message",
                "Nothing old is waiting. The bad ones have been taken out.",
            ),
            wrong("The response time of the orders", "The answer does not wait for this reader."),
        ],
    )
}

fn correlation() -> Question {
    question(
        "tr-10-trace",
        Topic::TradeOffs,
        &["TR-10", "TR-4"],
        "One order went wrong somewhere among nine readers. What lets you follow this one order through \
         all of their logs?",
        [
            wrong(
                "The time of day at which the order was placed",
                "Thousands of orders pass in the same second.",
            ),
            right(
                "A correlation id in all events of the order",
                "Each log line bears it, so one search finds all that happened to the order.",
            ),
            wrong("The consumer lag", "It says how far behind a reader is, not what became of one order."),
            wrong("The number of retries", "It counts for all orders together."),
        ],
    )
}
