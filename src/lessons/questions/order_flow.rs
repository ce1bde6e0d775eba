//! Questions on the response time of a single order.

use super::{format_millis, list_steps, proof, question, right, wrong};
use crate::lessons::{PresetId, Question, Topic};
use crate::units::{Time, format};

pub(super) fn questions() -> Vec<Question> {
    vec![chain(), slow_email(), hybrid(), publish_latency(), consumers_side_by_side()]
}

fn chain() -> Question {
    let proof = proof(PresetId::AllSync, |_| {}, "The four solid bars end at the line: that is the answer.");
    let shop = proof.scenario.clone();
    let published = PresetId::Hybrid.scenario();
    let slowest = shop.steps.iter().map(|step| step.service_time).fold(Time::ZERO, Time::max);
    let mean = shop.synchronous_work() / shop.steps.len() as f64;
    question(
        "of-1-chain",
        Topic::OrderFlow,
        &["OF-1"],
        format!(
            "An order calls four services, one after the other: {}. Nobody else is there. How long does \
             the user wait?",
            list_steps(&shop)
        ),
        [
            wrong(format::time(mean), "This is the mean of one step. The user waits for all four in turn."),
            wrong(
                format::time(slowest),
                "This is the slowest step alone. It would be the answer if all four ran side by side.",
            ),
            wrong(
                format::time(published.synchronous_work()),
                "This leaves out email and analytics. Here they too are called before the answer.",
            ),
            right(
                format::time(shop.synchronous_work()),
                "Steps in a row add up, and the answer comes after the last one.",
            ),
        ],
    )
    .with_proof(proof)
}

fn slow_email() -> Question {
    let proof = proof(
        PresetId::SlowEmail,
        |_| {},
        "The email bar pushes the line to the right, although the other three steps are as quick as ever.",
    );
    let slow = proof.scenario.clone();
    let usual = PresetId::AllSync.scenario();
    let email = slow.steps[2].service_time;
    question(
        "of-2-slow-email",
        Topic::OrderFlow,
        &["OF-2"],
        format!(
            "All four steps are called in a row: {}. Then email slows down to {}. How long does an order \
             take now?",
            list_steps(&usual),
            format::configured_time(email)
        ),
        [
            wrong(
                format::time(email),
                "This counts the slow step alone. The other three still take their turn before the answer.",
            ),
            right(
                format::time(slow.synchronous_work()),
                "Take the usual sum, remove email’s old time and add the new one. One slow step slows the \
                 whole chain.",
            ),
            wrong(
                format_millis(slow.synchronous_work().millis() + 100.0),
                "A published article prints this figure. Its own four steps add up to 100 ms less.",
            ),
            wrong(
                format::time(usual.synchronous_work() + email),
                "This adds the slow email on top of the usual total, so email is counted twice.",
            ),
        ],
    )
    .with_proof(proof)
}

fn hybrid() -> Question {
    let proof = proof(
        PresetId::Hybrid,
        |_| {},
        "The line stands behind inventory; email and analytics hang to the right of it.",
    );
    let shop = proof.scenario.clone();
    question(
        "of-5-hybrid",
        Topic::OrderFlow,
        &["OF-5"],
        format!(
            "The steps are {}. Email and analytics now react to a published event. Publishing takes no \
             time. After how long does the user have the answer?",
            list_steps(&shop)
        ),
        [
            wrong(
                format::time(shop.steps[0].service_time),
                "Payment alone is not enough: the stock is still checked before the answer.",
            ),
            right(
                format::time(shop.synchronous_work()),
                "Only payment and inventory stand before the answer. The rest happens after it.",
            ),
            wrong(
                format::time(shop.asynchronous_work()),
                "This is the work that now happens after the answer: email plus analytics.",
            ),
            wrong(
                format::time(PresetId::AllSync.scenario().synchronous_work()),
                "This is the wait when the user also waits for email and analytics.",
            ),
        ],
    )
    .with_proof(proof)
}

fn publish_latency() -> Question {
    let proof = proof(
        PresetId::Hybrid,
        |shop| shop.broker.publish_latency = Time::from_millis(20.0),
        "The publish mark has a width now: the user pays for it once.",
    );
    let shop = proof.scenario.clone();
    let publish = shop.broker.publish_latency;
    let free = PresetId::Hybrid.scenario().synchronous_work();
    question(
        "of-5-publish",
        Topic::OrderFlow,
        &["OF-5"],
        format!(
            "Payment and inventory take {} together. Then the order publishes one event, which email and \
             analytics read. The broker confirms it after {}. How long does the user wait?",
            format::time(free),
            format::time(publish)
        ),
        [
            wrong(
                format::time(free),
                "Publishing is quick, not free. The answer waits for the broker to confirm.",
            ),
            right(
                format::time(shop.synchronous_work()),
                "One event is published, so its cost is paid once, however many services read it.",
            ),
            wrong(
                format::time(free + publish * 2.0),
                "Two services read the event, but it is published only once.",
            ),
            wrong(
                format::time(free + publish + shop.asynchronous_work()),
                "The user does not wait for email and analytics, only for the broker to have the event.",
            ),
        ],
    )
    .with_proof(proof)
}

fn consumers_side_by_side() -> Question {
    question(
        "of-6-own-pace",
        Topic::OrderFlow,
        &["OF-6"],
        "Email, analytics and fulfilment each read the same order event. Which of them goes first?",
        [
            wrong(
                "Email, since it was called first before",
                "The old order of calls is gone. No reader knows of the others.",
            ),
            wrong(
                "Fulfilment, since it matters most",
                "A broker does not know what matters to the shop. Each group of readers gets its own copy.",
            ),
            right(
                "None: each reads the event at its own pace",
                "Each reader has its own place in the stream. It neither waits for the others nor holds \
                 them up.",
            ),
            wrong(
                "The quickest, and the others wait for it",
                "Waiting for one another is what a chain of calls does. Readers of an event do not.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::HybridWithFulfilment,
        |_| {},
        "All three bars start at the same moment, when the event is published.",
    ))
}
