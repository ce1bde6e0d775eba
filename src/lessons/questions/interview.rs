//! Questions on terms, and on answers in an interview.

use super::{open_workload, proof, question, right, wrong};
use crate::lessons::{PresetId, Question, Topic};
use crate::units::Time;

pub(super) fn questions() -> Vec<Question> {
    vec![
        approach(),
        justify(),
        tenfold_reads(),
        tenfold_writes(),
        event_driven(),
        request_driven(),
        advantage(),
        failures(),
        stock(),
    ]
}

fn approach() -> Question {
    question(
        "iv-1-first",
        Topic::Interview,
        &["IV-1"],
        "“How would you scale an order system to a million users?” What do you do first?",
        [
            wrong(
                "Name a broker and the number of its machines and partitions",
                "Without the load and the wait that is allowed, any number is a guess.",
            ),
            wrong(
                "Draw all the services",
                "A drawing can wait. It depends on what the system has to do, and how fast.",
            ),
            right(
                "Ask about the load, its peaks, and the wait that is allowed",
                "“A million users” may be 12 orders per second or a million. All that follows hangs on this.",
            ),
            wrong(
                "Say that events scale better",
                "Better for what? A style is picked for a need, and the need is not known yet.",
            ),
        ],
    )
}

fn justify() -> Question {
    question(
        "iv-1-justify",
        Topic::Interview,
        &["IV-1"],
        "You have compared the two styles and found what gives way first at each scale. What makes your \
         proposal convincing?",
        [
            wrong(
                "A list of every remedy that you know",
                "Most of them would not touch the part that gives way first.",
            ),
            right(
                "A remedy for that part, and a sum that shows it is enough",
                "Load times time gives what is needed; set it beside what there is.",
            ),
            wrong(
                "The names of large companies that have done it in this way",
                "Their load and their needs are not yours. A number from your own case says more.",
            ),
            wrong(
                "More machines for every part",
                "Parts that are not full gain nothing. The wall stays where it was.",
            ),
        ],
    )
}

fn tenfold_reads() -> Question {
    question(
        "iv-2-reads",
        Topic::Interview,
        &["IV-2"],
        "A database serves 1,000 queries per second, nearly all of them reads, and is close to its limit. \
         Traffic will grow tenfold. What comes first?",
        [
            right(
                "A cache and read replicas",
                "Copies can answer reads, and a cache takes most of them away. Tune the slow queries too. \
                 With many writes it would not do.",
            ),
            wrong(
                "Shards for all tables",
                "Shards help with writes, at a high price. Here nearly nothing is written.",
            ),
            wrong(
                "A larger pool of connections alone",
                "More connections let more queries in. They do not make the database do more.",
            ),
            wrong(
                "A queue before every query",
                "A reader needs its answer now. A queue would only add to the wait.",
            ),
        ],
    )
}

fn tenfold_writes() -> Question {
    question(
        "iv-2-writes",
        Topic::Interview,
        &["IV-2", "SC-5"],
        "A database is close to its limit, and half of its queries are writes. Why do ten read replicas \
         not carry ten times the traffic?",
        [
            wrong("Replicas cannot be read at the same time", "They can. That is what they are for."),
            wrong(
                "The cache would be too small",
                "A cache may help the reads. The trouble here is in the writes.",
            ),
            right(
                "All replicas must apply every write",
                "With n copies and a share w of writes the limit is 1 ÷ (w + (1 − w) ÷ n), never more than \
                 1 ÷ w. Here w is a half. So at most twice the traffic fits, and writes need shards.",
            ),
            wrong(
                "Ten replicas need ten brokers",
                "No broker is needed for that. The database sends its changes by itself.",
            ),
        ],
    )
}

fn event_driven() -> Question {
    question(
        "iv-3-event",
        Topic::Interview,
        &["IV-3"],
        "Which sentence says what an event-driven system does?",
        [
            right(
                "A service says what happened and goes on; others react when they get to it",
                "The sender neither waits for a reply nor needs to know who reads.",
            ),
            wrong(
                "A service calls the next one and waits for its reply",
                "That is the request-driven style: the caller stands still until the reply is there.",
            ),
            wrong(
                "Services share one database and read each other’s tables",
                "Shared tables tie services together. They announce nothing to anyone.",
            ),
            wrong(
                "Work is collected and done in one go at night",
                "That is batch work. Events can be handled one by one, within milliseconds.",
            ),
        ],
    )
}

fn request_driven() -> Question {
    question(
        "iv-4-request",
        Topic::Interview,
        &["IV-4"],
        "Which of these is request-driven?",
        [
            wrong(
                "A puts a message on a queue, and B reads it later",
                "A does not wait for a reply here. That is messaging.",
            ),
            right(
                "A calls B and goes on when B has replied",
                "The caller waits for the result it asked for. How it waits, blocked or not, is another \
                 matter.",
            ),
            wrong(
                "A and B write to the same table",
                "A shared table is a way to store data. Nobody asks and nobody answers.",
            ),
            wrong(
                "A writes a file that B reads each hour",
                "That is a batch. The file waits for its hour, and A gets no reply.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::AllSync,
        |_| {},
        "Every bar stands left of the line: the caller waits for each reply in turn.",
    ))
}

fn advantage() -> Question {
    question(
        "iv-5-advantage",
        Topic::Interview,
        &["IV-5"],
        "Service A publishes events, and B reads them. Now B takes three times as long. What is the gain \
         over a direct call?",
        [
            wrong(
                "A gets B’s result sooner",
                "A gets no result at all from an event. What B does comes later than before.",
            ),
            wrong(
                "B’s database serves as the broker",
                "A broker is a part of its own. A database shared by both would tie them together again.",
            ),
            wrong(
                "A waits for B as before, but without using any memory",
                "A does not wait for B in the first place.",
            ),
            right(
                "A is as quick as before, and B keeps its own pace",
                "The two no longer share their time. But if B cannot keep up, its backlog grows without end.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::Hybrid,
        |shop| shop.steps[2].service_time = Time::from_millis(3.0 * shop.steps[2].service_time.millis()),
        "Email’s bar is three times as long, and the line has not moved.",
    ))
}

fn failures() -> Question {
    question(
        "iv-6-failures",
        Topic::Interview,
        &["IV-6", "OF-9"],
        "Under load, calls to a mail service are slow and often fail, and orders fail with them. No order \
         needs the mail’s result. What helps most?",
        [
            wrong(
                "A longer time limit for each call to the mail service",
                "Orders then fail later, and hold their workers longer until they do.",
            ),
            wrong(
                "One database for orders and mail",
                "A shared database does not make mail quicker. It gives both one more thing to fail on.",
            ),
            wrong(
                "Ten mails in each call",
                "Fewer calls, but each order still waits until its call is back.",
            ),
            right(
                "An event for each order, which mail reads later",
                "The order is safe from a slow mail service. Retries need a limit and growing pauses, and \
                 the same mail must not go out twice.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::SlowEmail,
        |_| {},
        "Flip the email switch: the slow step leaves the path of the answer, and its own line shows what \
         it still costs.",
    ))
}

fn stock() -> Question {
    question(
        "iv-7-stock",
        Topic::Interview,
        &["IV-7", "HY-1"],
        "An order must reserve its items, and other pages must show the new stock level. Which of these \
         goes into the answer?",
        [
            wrong(
                "Both: the answer waits until every page is up to date",
                "No buyer needs that. It makes the answer slower with each page that shows the stock.",
            ),
            right(
                "Reserving is part of the answer; spreading the new level is an event",
                "The buyer must know that the item is theirs. Other pages may be a few seconds behind.",
            ),
            wrong(
                "Neither: both are events, and the answer says “thank you” at once",
                "Two buyers can then be thanked for the last item, and one of them will be let down.",
            ),
            wrong(
                "Neither: stock is counted once a night",
                "A day’s orders would be taken without knowing what is left.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::Hybrid,
        |shop| {
            shop.workload = open_workload(10.0);
            shop.steps[1].name = crate::scenario::StepName::new("Reserve inventory");
            shop.steps[3].name = crate::scenario::StepName::new("Update stock pages");
        },
        "Reserving stands left of the line, the pages that show the stock are updated right of it.",
    ))
}
