//! Questions on scale, from a hundred users to a hundred million: the first limit, and its remedy.

use super::{question, right, wrong};
use crate::lessons::{Question, Topic};

pub(super) fn questions() -> Vec<Question> {
    vec![
        hundred(),
        ten_thousand(),
        million(),
        hundred_million(),
        first_bottleneck(),
        remedy_api(),
        pooling(),
        edge(),
    ]
}

fn hundred() -> Question {
    question(
        "sc-1-hundred",
        Topic::Scale,
        &["SC-1"],
        "A shop has 100 users, who order once a minute at most. Which design is enough?",
        [
            right(
                "Plain calls between few services",
                "That is less than two orders per second. Calls are quick, and easy to follow when \
                 something fails.",
            ),
            wrong(
                "A broker with ten partitions",
                "Partitions share out a load that is too much for one reader. Here one is nearly idle.",
            ),
            wrong("Sharded databases", "One database serves thousands of queries per second."),
            wrong(
                "Several API clusters around the world",
                "One server can answer two orders per second with ease.",
            ),
        ],
    )
}

fn ten_thousand() -> Question {
    question(
        "sc-2-balancer",
        Topic::Scale,
        &["SC-2"],
        "At 10,000 users a request-driven shop gets slow: its one API server has no free workers, while \
         the database is calm. What is the next step?",
        [
            wrong("Shard the database", "The database is calm. Splitting it up moves no wall."),
            right(
                "More API servers behind a load balancer",
                "It is the API workers that are full, and they can be added side by side.",
            ),
            wrong(
                "Replicate everything over several regions",
                "That helps against distance and outages. What is missing here is workers.",
            ),
            wrong(
                "Let clients retry more often",
                "More tries mean more load on a server that is already full.",
            ),
        ],
    )
}

fn million() -> Question {
    question(
        "sc-3-broker",
        Topic::Scale,
        &["SC-3", "SC-9"],
        "At a million users an event-driven shop has answers as quick as ever, but its effects come later \
         and later. Where do you look first?",
        [
            wrong(
                "At the API servers, which hold requests too long",
                "Answers are quick, so the API is not what is full.",
            ),
            wrong("At the users’ browsers", "Effects happen on the server side, after the answer."),
            right(
                "At the broker’s partitions and their readers",
                "That is where event-driven systems fill up first. Partition the topic, scale the readers, \
                 and expect duplicates and broken order.",
            ),
            wrong(
                "At the time limits of the calls",
                "The effects are not called. Nobody waits for them with a limit.",
            ),
        ],
    )
}

fn hundred_million() -> Question {
    question(
        "sc-4-world",
        Topic::Scale,
        &["SC-4"],
        "100 million users all over the world. What do the request-driven and the event-driven design have \
         in common at this scale?",
        [
            wrong(
                "Both need one very large server",
                "No single server is large enough, and all would depend on it.",
            ),
            wrong(
                "Both can do without caches",
                "Caches take away most of the reads. Here it counts more than ever.",
            ),
            wrong(
                "Both show every change everywhere at once, with no delay",
                "Copies far apart are always a little behind one another.",
            ),
            right(
                "Both are split by key and spread over regions",
                "API clusters and shards on one side, brokers in many regions on the other: both pay with \
                 data that is a little old far away.",
            ),
        ],
    )
}

fn first_bottleneck() -> Question {
    question(
        "sc-9-first",
        Topic::Scale,
        &["SC-9"],
        "The load grows and grows. What tends to give way first?",
        [
            right(
                "Calls: API workers and database connections; events: the broker and its readers",
                "A call holds a worker while it waits. An event holds a place in a queue until it is read.",
            ),
            wrong(
                "Calls: the broker; events: the API workers",
                "It is the other way: each style fills the place where its work waits.",
            ),
            wrong(
                "Both: the hard disks of the users’ computers",
                "Users send a few bytes and wait. Nothing fills up on their side.",
            ),
            wrong(
                "Calls: nothing; events: everything",
                "Each style has a wall. They stand in different places.",
            ),
        ],
    )
}

fn remedy_api() -> Question {
    question(
        "sc-10-remedy",
        Topic::Scale,
        &["SC-10"],
        "Most requests ask the database for the same few hundred products, and it is close to its limit. \
         What relieves it most, at the least cost?",
        [
            wrong(
                "More partitions of a topic",
                "No topic is involved: products are asked for, and the answer is needed now.",
            ),
            wrong("More API servers", "They would ask the same database even more at once."),
            right(
                "A cache for those products",
                "If nine of ten reads are answered by the cache, a tenth reaches the database.",
            ),
            wrong("Shards for the orders", "It is reading products that fills it, not writing orders."),
        ],
    )
}

fn pooling() -> Question {
    question(
        "sc-10-pool",
        Topic::Scale,
        &["SC-10", "SC-3"],
        "Each of 300 API servers opens 50 connections to one database that allows 5,000. What is the first \
         remedy?",
        [
            wrong(
                "Longer time limits for all calls",
                "Calls would wait longer for connections that do not come free.",
            ),
            right(
                "A shared pool of connections",
                "15,000 are opened, but few are busy at a time. A pool lets many servers share some.",
            ),
            wrong("More API servers", "Each would open 50 more."),
            wrong("A second broker", "A broker does not change how many connections the API servers open."),
        ],
    )
}

fn edge() -> Question {
    question(
        "sc-11-edge",
        Topic::Scale,
        &["SC-11", "SC-10"],
        "Pictures and scripts make up most of a shop’s traffic. Which remedy helps both styles alike?",
        [
            wrong("More consumer groups", "Readers of events do not serve pictures."),
            wrong(
                "Handlers that can bear an event twice",
                "That is good for events. A picture may be fetched twice without any harm.",
            ),
            wrong("Read replicas of the order database", "Pictures do not come from the order database."),
            right(
                "A content delivery network near the users",
                "What never changes is served from nearby, and does not reach the servers at all.",
            ),
        ],
    )
}
