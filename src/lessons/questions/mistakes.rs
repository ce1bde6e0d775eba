//! Questions on common mistakes.

use super::{closed_workload, proof, question, right, wrong};
use crate::lessons::{PresetId, Question, Topic};
use crate::units::{Rate, Time, format};

pub(super) fn questions() -> Vec<Question> {
    vec![
        event_spam(),
        spam_rate(),
        bloated_payload(),
        publish_and_wait(),
        synchronous_everything(),
        asynchronous_everything(),
    ]
}

fn event_spam() -> Question {
    question(
        "ap-1-spam",
        Topic::Mistakes,
        &["AP-1"],
        "A user saves a profile with a new name, a new phone and a new address. What should the profile \
         service publish?",
        [
            wrong(
                "Three events, one for each field that has changed",
                "Readers then see states that never were, such as the new name with the old address, and \
                 work three times.",
            ),
            right(
                "One event: the profile changed, and which fields",
                "The user did one thing, so one event tells of it, and readers react once.",
            ),
            wrong(
                "One event for each service that reads profiles",
                "The sender would have to know its readers. Each of them can read the same event.",
            ),
            wrong(
                "Nothing: readers can ask each minute",
                "Asking over and over costs more than being told, and the news is up to a minute old.",
            ),
        ],
    )
}

fn spam_rate() -> Question {
    let (saves, fields, readers) = (200.0, 3.0, 4.0);
    question(
        "ap-1-rate",
        Topic::Mistakes,
        &["AP-1"],
        format!(
            "{saves} profiles are saved each second, with {fields} changed fields on average. {readers} \
             services read the events. How many fewer deliveries are there when one event tells of the \
             whole save, in place of one for each field?"
        ),
        [
            wrong(
                format!("{} per second", saves * fields),
                "This counts the events published before, and only once.",
            ),
            wrong(
                format!("{} per second", saves * (fields - 1.0)),
                "So many fewer are published. Each of them was also delivered to every reader.",
            ),
            right(
                format!("{} per second", format::count((saves * (fields - 1.0) * readers) as u64)),
                "Two of three events go away for each save, and each went to four readers.",
            ),
            wrong(
                format!("{} per second", format::count((saves * fields * readers) as u64)),
                "This is what was delivered before. One event for each save is still left.",
            ),
        ],
    )
}

fn bloated_payload() -> Question {
    let events = Rate::per_second(5_000.0);
    let gigabits = |kilobytes: f64| events.value() * kilobytes * 8e3 / 1e9;
    let format_bandwidth = |gigabits: f64| format!("{} Gbit/s", format::significant(gigabits, 2));
    question(
        "ap-2-payload",
        Topic::Mistakes,
        &["AP-2", "SC-8"],
        "An order event carries the whole order, the user and all products: 50 kB. With ids and a time it \
         would be 0.5 kB. At 5,000 events per second, what does the big one cost on the wire, before any \
         copies?",
        [
            wrong(
                format_bandwidth(gigabits(50.0) / 8.0),
                "This is gigabytes read as gigabits. A byte has \
                                                           eight bits.",
            ),
            right(
                format_bandwidth(gigabits(50.0)),
                "Rate × size × 8 bits. The small event needs a hundredth of it, though readers may then \
                 have to ask for details.",
            ),
            wrong(
                format_bandwidth(gigabits(0.5)),
                "This is the small event. The big one is a hundred times \
                                                    its size.",
            ),
            wrong(
                format_bandwidth(gigabits(50.0) * 8.0),
                "This multiplies by eight twice. Bytes turn into bits only once.",
            ),
        ],
    )
}

fn publish_and_wait() -> Question {
    let proof = proof(
        PresetId::PublishAndWait,
        |_| {},
        "The event-driven bars stand left of the line, and each has grown by the broker’s part.",
    );
    let waiting = proof.scenario.clone();
    let calls = PresetId::AllSync.scenario();
    let hybrid = PresetId::Hybrid.scenario();
    let broker = waiting.broker.publish_latency;
    question(
        "ap-3-wait",
        Topic::Mistakes,
        &["AP-3"],
        format!(
            "Direct calls took {}. Now email and analytics each get an event, and the API waits for both \
             results, one after the other. An event takes {} to get through. How long does the user wait?",
            format::time(calls.synchronous_work()),
            format::time(broker)
        ),
        [
            wrong(
                format::time(hybrid.synchronous_work()),
                "This would be so if the API did not wait for the results.",
            ),
            wrong(
                format::time(hybrid.synchronous_work() + broker * 2.0),
                "The broker’s part is here, but the work that the API waits for is not.",
            ),
            wrong(
                format::time(calls.synchronous_work()),
                "The same work is waited for, and the way through the broker comes on top.",
            ),
            right(
                format::time(waiting.synchronous_work()),
                "All the work of before, and two trips through the broker. It has the cost of both styles \
                 and the gain of neither.",
            ),
        ],
    )
    .with_proof(proof)
}

fn synchronous_everything() -> Question {
    question(
        "ap-4-sync",
        Topic::Mistakes,
        &["AP-4"],
        "One API request writes the order, sends the email, updates the CRM, counts statistics, and \
         rebuilds a cache. The CRM gets slow. Who notices?",
        [
            right(
                "Everyone who orders from the shop",
                "Whatever stands before the answer slows the answer, though no customer cares about the CRM.",
            ),
            wrong(
                "Only the people who use the CRM",
                "That would be so if the CRM were updated after the answer.",
            ),
            wrong(
                "Nobody, since the order is written first",
                "The order may be safe, but its answer waits until the CRM has been called.",
            ),
            wrong(
                "Only the steps that come after the CRM",
                "Those run late, and the answer comes after them. So the customer waits as well.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::SlowEmail,
        |shop| shop.steps[2].name = crate::scenario::StepName::new("Update CRM"),
        "One side effect makes the wait; flip its switch, and the line jumps back.",
    ))
}

fn asynchronous_everything() -> Question {
    question(
        "ap-5-async",
        Topic::Mistakes,
        &["AP-5", "WX-1"],
        "A team turns “show my account settings” into an event, a queue, and a second event with the \
         reply. What does the user gain?",
        [
            wrong(
                "A quicker page, since events do not block",
                "The user cannot go on without the settings, so the wait is the same work plus two trips \
                 through a queue.",
            ),
            wrong(
                "Settings that are always up to date",
                "It is the other way: what travels through queues can be old when it arrives.",
            ),
            right(
                "Nothing, as the page still needs the reply",
                "When the caller needs the result to go on, a plain request is the shortest way. This one \
                 is longer and harder to run.",
            ),
            wrong(
                "Safety, since a queue cannot lose the request",
                "A lost read can just be sent again. A queue adds parts that can fail.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::EverythingAsync,
        |shop| shop.workload = closed_workload(20, Time::from_whole_seconds(1)),
        "The answer is quick and empty: all that the user wanted to know happens right of the line.",
    ))
}
