//! Questions on the hybrid: which steps stay before the answer, which move after it, and the gain.

use super::{proof, question, right, wrong};
use crate::lessons::{PresetId, Question, Topic};
use crate::units::format;

pub(super) fn questions() -> Vec<Question> {
    vec![
        stays(),
        moves(),
        rule(),
        commit_first(),
        outbox(),
        outbox_twice(),
        capacity(),
        availability(),
        downtime(),
        start_small(),
    ]
}

fn stays() -> Question {
    question(
        "hy-1-stays",
        Topic::Hybrid,
        &["HY-1", "HY-2"],
        "A checkout checks the card, reserves the stock, writes the order and mails a receipt. Which of \
         these may move behind the answer?",
        [
            wrong(
                "The card check, since it is slow",
                "Then the buyer is told “done” before anyone knows that the card is good.",
            ),
            wrong(
                "Reserving the stock, since it can be put right later",
                "Two buyers can then get a “yes” for the same last item.",
            ),
            wrong(
                "Writing the order, since the event holds it",
                "The buyer would be told of an order that is not yet stored anywhere safe.",
            ),
            right(
                "Only the mail",
                "The answer is just as true without it. The other three decide what the answer is.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::Payment,
        |_| {},
        "All three bars decide what the answer says; drag one across the line and think what the user is \
         told then.",
    ))
}

fn moves() -> Question {
    question(
        "hy-2-moves",
        Topic::Hybrid,
        &["HY-2"],
        "Which list holds only work that can happen after the answer?",
        [
            wrong(
                "Receipt mail, stock reservation, analytics",
                "The reservation decides whether there is an order at all.",
            ),
            right(
                "Receipt mail, analytics, audit log, CRM",
                "Not one of them changes what the buyer is told, and each may be some seconds late.",
            ),
            wrong(
                "Price, CRM update, search index",
                "The buyer agrees to a price. It must be known before the answer.",
            ),
            wrong(
                "Card check, analytics, warehouse notice",
                "Without the card check the answer does not say whether the order stands.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::FanOut,
        |_| {},
        "Right of the line stands what can wait; the answer is the same without it.",
    ))
}

fn rule() -> Question {
    question(
        "hy-3-rule",
        Topic::Hybrid,
        &["HY-3"],
        "By which rule do you decide if a step is called or published?",
        [
            wrong(
                "Slow steps are published, quick ones are called",
                "A slow step that the answer needs must still be waited for.",
            ),
            wrong(
                "Steps of other teams are published",
                "Who owns a step says nothing about when its result is needed.",
            ),
            right(
                "What the answer needs is called; what follows is published",
                "The question is what the user must know now, not how long a step takes.",
            ),
            wrong(
                "Steps that write are called, steps that read are published",
                "An audit log writes and can wait. A price is read and cannot.",
            ),
        ],
    )
}

fn commit_first() -> Question {
    question(
        "hy-4-order",
        Topic::Hybrid,
        &["HY-4"],
        "An order must be stored and announced to other services. What does the handler do, and in which \
         order?",
        [
            wrong(
                "It publishes the event, then stores the order",
                "If storing fails, others have heard of an order that never was.",
            ),
            right(
                "It stores the order, then lets the event follow",
                "What is stored is the truth. The event only tells of it, and an outbox makes sure that it \
                 does.",
            ),
            wrong(
                "It does both at once, in two threads",
                "Each of the two can fail alone, so they can still disagree.",
            ),
            wrong(
                "It only publishes, and a reader stores the order",
                "The buyer is told of an order that no database knows yet.",
            ),
        ],
    )
}

fn outbox() -> Question {
    question(
        "hy-4-outbox",
        Topic::Hybrid,
        &["HY-4", "OP-4"],
        "The order is stored. Before the event is published, the process dies. What keeps the event from \
         being lost?",
        [
            wrong(
                "The broker, which asks for events that are due",
                "A broker only knows what it was given. It cannot miss what never came.",
            ),
            wrong(
                "The database, which takes the order back",
                "The order is stored for good by then. Nothing takes it back.",
            ),
            wrong(
                "The reader, which tries again",
                "A reader tries again when its own work fails. It never heard of this event.",
            ),
            right(
                "An outbox, stored together with the order",
                "Order and event are stored in one transaction, or neither is. The event is sent from \
                 there, if need be after a restart.",
            ),
        ],
    )
}

fn outbox_twice() -> Question {
    question(
        "hy-4-twice",
        Topic::Hybrid,
        &["HY-4", "OP-1"],
        "A process sends events from an outbox. It dies after sending one, before it has marked it as \
         sent. What follows?",
        [
            right(
                "The event is sent again, and read twice",
                "An outbox loses nothing, at the price of sending some events more than once.",
            ),
            wrong("The event is lost", "It is still in the outbox, not marked, and so it will be sent."),
            wrong(
                "The order is stored a second time",
                "The order was stored before. Only its event is sent once more.",
            ),
            wrong(
                "All events behind it are blocked until someone helps",
                "The process starts again and goes on. The next events follow as usual.",
            ),
        ],
    )
}

fn capacity() -> Question {
    let proof = proof(
        PresetId::ClientStory,
        |_| {},
        "The API workers are full at 133 orders per second: this load asks for more, so most of the time \
         is spent in line.",
    );
    let shop = proof.scenario.clone();
    let (before, after) = (shop.synchronous_work() + shop.asynchronous_work(), shop.synchronous_work());
    let times = |factor: f64| format!("{} times", format::significant(factor, 2));
    question(
        "hy-5-capacity",
        Topic::Hybrid,
        &["HY-5"],
        format!(
            "A company reports: answers fell from {} to {}, and users grew from 200 to 2,000. How many \
             times as many orders can the same API workers answer, if only this time counts?",
            format::time(before),
            format::time(after)
        ),
        [
            wrong(
                times(10.0),
                "This is the growth in users that was reported. The shorter time alone does not carry it.",
            ),
            wrong(
                times(before / (before - after)),
                "This divides by the time that moved away. Workers are held for the time that is left.",
            ),
            wrong(
                times((before - after) / after),
                "This divides what moved by what stayed. Compare the whole time before with that after.",
            ),
            right(
                times(before / after),
                "A worker is free for the next order as soon as it has answered. Ten times the users need \
                 something more.",
            ),
        ],
    )
    .with_proof(proof)
}

fn availability() -> Question {
    let (chain, steps) = (0.94_f64, 4.0);
    let percent = |share: f64| format!("{:.2} %", share * 100.0);
    let per_step = chain.powf(1.0 / steps);
    question(
        "hy-5-availability",
        Topic::Hybrid,
        &["HY-5"],
        "Four equal steps in a row work together for 94 % of all orders. Two of them move behind the \
         answer. For how many orders does the answer work now?",
        [
            wrong(percent(chain), "Fewer steps can break the answer now, so it works more often."),
            right(
                percent(per_step * per_step),
                "In a row, shares multiply. Two of four equal steps leave the square root of 94 %.",
            ),
            wrong(percent(per_step), "This is one step alone. Two of them still stand before the answer."),
            wrong(
                percent(0.992),
                "A company reports this. Half as many steps explain only part of it, so more must have \
                 changed.",
            ),
        ],
    )
}

fn downtime() -> Question {
    let hours =
        |availability: f64| format!("{} hours", format::significant((1.0 - availability) * 365.0 * 24.0, 3));
    question(
        "hy-5-downtime",
        Topic::Hybrid,
        &["HY-5"],
        "A shop is up 99.2 % of the time. How long is it down in a year?",
        [
            wrong(hours(0.9992), "This is for 99.92 %. A nine more makes the outage ten times shorter."),
            right(hours(0.992), "0.8 % of the 8,760 hours of a year."),
            wrong(hours(0.94), "This is for 94 %, where the report says that the shop began."),
            wrong(hours(0.92), "This is for 92 %. Here it is 0.8 % that is missing, not 8 %."),
        ],
    )
}

fn start_small() -> Question {
    question(
        "hy-6-small",
        Topic::Hybrid,
        &["HY-6"],
        "A shop calls everything in a row and wants to become a hybrid. What does it move first?",
        [
            right(
                "The receipt mail, where a mistake is cheap",
                "One small flow teaches the team to run a broker, and no order is lost if it goes wrong.",
            ),
            wrong(
                "The payment, since it matters most",
                "What matters most is the worst place to learn, and the answer needs it.",
            ),
            wrong(
                "Everything, during one long weekend",
                "Then every mistake comes at the same time, and nothing works to compare with.",
            ),
            wrong(
                "Nothing, until all steps can move together",
                "Each step can move alone. Waiting brings no gain.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::AllSync,
        |shop| shop.steps[2].placement = crate::scenario::Placement::Async,
        "One switch: email stands right of the line, and the answer is 400 ms sooner.",
    ))
}
