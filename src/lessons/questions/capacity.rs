//! Questions on capacity: back-of-the-envelope estimates of what a load needs.

use super::{question, right, wrong};
use crate::lessons::{PresetId, Question, Topic};
use crate::units::{Rate, Time, format};

pub(super) fn questions() -> Vec<Question> {
    vec![
        million_per_day(),
        databases(),
        replicas(),
        instances(),
        instances_hybrid(),
        brokers(),
        bandwidth(),
        bandwidth_copies(),
        partitions(),
        consumers(),
    ]
}

/// Returns the load of the material's table of scale.
fn million_per_second() -> Rate {
    Rate::per_second(1e6)
}

fn format_whole(number: f64) -> String {
    format::count(number.round() as u64)
}

fn million_per_day() -> Question {
    let users = 1e6;
    let per_second =
        |seconds: f64| format::configured_rate(Rate::per_second((users / seconds * 10.0).round() / 10.0));
    question(
        "sc-3-users",
        Topic::Scale,
        &["SC-3", "IV-1"],
        "A shop has a million users, and each orders once a day. How many orders come per second, on \
         average?",
        [
            right(
                per_second(86_400.0),
                "A day has 86,400 seconds. Peaks may be ten times as high, which is still far from a \
                 million.",
            ),
            wrong(per_second(3_600.0), "This would be so if each ordered once an hour."),
            wrong(per_second(1_440.0), "This is per minute: a day has 1,440 of those."),
            wrong(
                format_whole(users),
                "This takes each user to order every second. “Users” alone is no \
                                        load.",
            ),
        ],
    )
}

fn databases() -> Question {
    let per_server = Rate::per_second(1e4);
    let needed = million_per_second() / per_server;
    question(
        "sc-5-databases",
        Topic::Scale,
        &["SC-5"],
        "A million queries come per second, and one database server does 10,000. How many servers share \
         the load at least, and of which kind?",
        [
            wrong(
                format!("{} replicas, whatever the queries are", format_whole(needed)),
                "The number is right. But each replica applies all writes, so replicas only help with reads.",
            ),
            right(
                format!("{}: replicas for reads, shards for writes", format_whole(needed)),
                "Load ÷ what one can do. Reads can go to copies; writes must be split up.",
            ),
            wrong(
                format!("{}: replicas for reads, shards for writes", format_whole(needed / 10.0)),
                "Ten servers do 100,000 per second.",
            ),
            wrong(
                format!("{}: replicas for reads, shards for writes", format_whole(needed * 10.0)),
                "A thousand would do ten million per second.",
            ),
        ],
    )
}

fn replicas() -> Question {
    let writes = 0.1;
    let capacity = |copies: f64| 1.0 / (writes + (1.0 - writes) / copies);
    let format_option = |factor: f64| format!("{} times", format::significant(factor, 2));
    question(
        "sc-5-replicas",
        Topic::Scale,
        &["SC-5", "IV-2"],
        "One query in ten is a write, and every replica applies all writes. Ten database servers: how many \
         times the traffic of one do they carry?",
        [
            wrong(
                format_option(10.0),
                "This would be so without any writes. Each server spends a part of its time on every write.",
            ),
            right(
                format_option(capacity(10.0)),
                "Each server does all writes and a tenth of the reads: 1 ÷ (0.1 + 0.9 ÷ 10). Even endless \
                 copies reach only 1 ÷ 0.1 = 10 times.",
            ),
            wrong(format_option(9.0), "This lets the writes go for free. They take part of each server."),
            wrong(format_option(capacity(2.0)), "So much is carried by two servers."),
        ],
    )
}

fn instances() -> Question {
    let connections = 5_000.0;
    let needed = |seconds: f64| {
        format_whole((million_per_second() * Time::from_seconds(seconds)).erlangs() / connections)
    };
    question(
        "sc-6-instances",
        Topic::Scale,
        &["SC-6"],
        "A million requests come per second, and each lasts half a second. An API server holds 5,000 \
         requests at once. How many servers are needed?",
        [
            wrong(
                needed(1.0),
                "This is for requests that last one second. An often-cited sum takes that for granted.",
            ),
            wrong(needed(2.0), "This divides by the half second. Shorter requests need fewer servers."),
            wrong(needed(0.05), "This is for requests of 50 ms."),
            right(
                needed(0.5),
                "Little’s law: requests inside = rate × time, here 500,000. Divide by what one server holds.",
            ),
        ],
    )
}

fn instances_hybrid() -> Question {
    let connections = 2_000.0;
    let (chain, hybrid) =
        (PresetId::AllSync.scenario().synchronous_work(), PresetId::Hybrid.scenario().synchronous_work());
    let needed = |time: Time| format_whole((million_per_second() * time).erlangs() / connections);
    question(
        "sc-6-hybrid",
        Topic::Scale,
        &["SC-6", "OF-5"],
        format!(
            "A million orders come per second, and an API server holds 2,000 at once. The answer takes {} \
             in the chain and {} in the hybrid. How many servers does the hybrid save?",
            format::time(chain),
            format::time(hybrid)
        ),
        [
            right(
                needed(chain - hybrid),
                "Servers = rate × time ÷ 2,000. The time that moved behind the answer no longer holds a \
                 connection here.",
            ),
            wrong(needed(hybrid), "So many are left in the hybrid."),
            wrong(needed(chain), "So many are needed for the chain."),
            wrong(
                "None: the work is the same",
                "The work is the same, but its second part is done by readers, not by API servers.",
            ),
        ],
    )
}

fn brokers() -> Question {
    let (per_broker, copies) = (Rate::per_second(1e5), 3.0);
    let needed = million_per_second() / per_broker;
    question(
        "sc-7-brokers",
        Topic::Scale,
        &["SC-7"],
        "A million messages come per second. A broker can write 100,000. Each message is kept on three \
         brokers. How many are needed at least?",
        [
            wrong(format_whole(needed), "This forgets the copies. Each message is written three times."),
            right(format_whole(needed * copies), "Messages × copies ÷ what one broker can write."),
            wrong(
                format_whole(needed + copies),
                "Copies multiply the writes; they are not three brokers \
                                                  more.",
            ),
            wrong(format_whole((needed / copies).ceil()), "Copies add writes. This takes them away."),
        ],
    )
}

fn bandwidth() -> Question {
    let bits = million_per_second().value() * 1_000.0 * 8.0;
    let format_option = |bits: f64| {
        format!("{} Gbit/s", format::significant(bits / 1e9, 3).trim_end_matches('0').trim_end_matches('.'))
    };
    question(
        "sc-8-bandwidth",
        Topic::Scale,
        &["SC-8"],
        "A million messages of 1,000 bytes pass each second. How much bandwidth is it, before copies and \
         headers?",
        [
            wrong(format_option(bits / 8.0), "This is gigabytes per second. A byte has eight bits."),
            wrong(format_option(bits / 64.0), "This divides by eight. Bytes turn into more bits, not fewer."),
            right(format_option(bits), "Rate × size × 8 bits: a gigabyte per second is eight gigabits."),
            wrong(format_option(bits * 8.0), "This multiplies by eight twice."),
        ],
    )
}

fn bandwidth_copies() -> Question {
    let inbound = 8.0;
    let format_option = |factor: f64| format!("{} Gbit/s", format_whole(inbound * factor));
    question(
        "sc-8-copies",
        Topic::Scale,
        &["SC-8", "SC-7"],
        "Messages come in at 8 Gbit/s. The broker keeps two more copies of each on other machines, and \
         three groups of readers each read all of them. How much moves through the network in all?",
        [
            wrong(format_option(1.0), "This is only what comes in. Copies and readers move it again."),
            wrong(format_option(3.0), "This is what comes in and two copies. Readers are missing."),
            right(format_option(6.0), "Once in, two copies, three times out: six times the message."),
            wrong(format_option(9.0), "Readers read one of the copies, not all three."),
        ],
    )
}

fn partitions() -> Question {
    let (partitions, readers) = (12, 20);
    question(
        "sc-11-partitions",
        Topic::Scale,
        &["SC-11"],
        format!(
            "A topic has {partitions} partitions. {readers} readers form one group, and each partition is \
             read by one of them, to keep its order. How many readers have work?"
        ),
        [
            wrong(
                readers.to_string(),
                "There are not enough partitions for all: a partition is not shared within a group.",
            ),
            right(partitions.to_string(), "The others stand idle until there are more partitions."),
            wrong((readers - partitions).to_string(), "So many have nothing to do."),
            wrong(
                (readers + partitions).to_string(),
                "Readers and partitions do not add up: one is read by the other.",
            ),
        ],
    )
}

fn consumers() -> Question {
    let email = PresetId::AllSync.scenario().steps[2].service_time;
    let busy_workers = (million_per_second() * email).erlangs();
    question(
        "sc-11-readers",
        Topic::Scale,
        &["SC-11", "SC-3", "OF-7"],
        format!(
            "Ten brokers carry a million order events per second with ease. Each event needs an email, \
             which takes {}. How many email workers must be busy at once?",
            format::time(email)
        ),
        [
            wrong(
                "10, one for each broker",
                "A broker only passes the event on. The time goes into the email.",
            ),
            wrong(
                format_whole(busy_workers / 1_000.0),
                "This takes the time in the wrong unit. Count in \
                                                         seconds.",
            ),
            right(
                format_whole(busy_workers),
                "Little’s law again: rate × time. Behind a small broker there can hide a giant crowd of \
                 readers.",
            ),
            wrong(
                format_whole(million_per_second().value() / email.seconds()),
                "This divides where it should multiply.",
            ),
        ],
    )
}
