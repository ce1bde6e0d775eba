//! Questions on trade-offs: time, coupling and consistency.

use super::{format_millis, open_workload, proof, question, right, wrong};
use crate::lessons::{PresetId, Question, Topic};
use crate::units::{Time, format};

pub(super) fn questions() -> Vec<Question> {
    vec![
        one_action(),
        isolation(),
        who_pays(),
        all_done(),
        parallel(),
        temporal_coupling(),
        series(),
        overtaken(),
        stale_search(),
        most_are_hybrids(),
    ]
}

fn one_action() -> Question {
    question(
        "tr-1-one",
        Topic::TradeOffs,
        &["TR-1"],
        "Nobody else is there. One user needs the full result of one action. Which way gets it to them \
         soonest?",
        [
            wrong(
                "An event, and a second event with the result",
                "Each event passes a broker. Two trips come on top of the same work.",
            ),
            right(
                "A direct call",
                "It is the same work by the shortest way. Events separate work; they do not speed it up.",
            ),
            wrong("Both take the same time", "The work is the same, but an event also passes the broker."),
            wrong(
                "An event, since the broker has more workers",
                "A broker does not do the work. It hands it on.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::PublishAndWait,
        |_| {},
        "Compare with “All synchronous”: each waited-for event costs the broker’s time on top.",
    ))
}

fn isolation() -> Question {
    question(
        "tr-1-isolate",
        Topic::TradeOffs,
        &["TR-1", "OF-7"],
        "What do events improve when one of many reactions is slow?",
        [
            wrong("The slow reaction is done sooner", "It is as slow as before, and starts later."),
            wrong(
                "The total work becomes less",
                "Each reaction still does its work, and the broker adds a little.",
            ),
            right(
                "The others go on at their pace, and so does the answer",
                "This is what is gained: a slow part keeps its slowness to itself.",
            ),
            wrong(
                "Its results are never stale",
                "It is the other way: what it does comes later, so views are old for longer.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::FanOut,
        |shop| {
            shop.steps[2].service_time = Time::from_whole_seconds(3);
            shop.workload = open_workload(8.0);
        },
        "Email takes 3 s and its backlog grows; the other seven reactions and the answer do not notice.",
    ))
}

fn who_pays() -> Question {
    let proof = proof(
        PresetId::Hybrid,
        |_| {},
        "Add what stands left of the line and what hangs right of it: it is what all four steps took before.",
    );
    let hybrid = proof.scenario.clone();
    let work = hybrid.synchronous_work() + hybrid.asynchronous_work();
    question(
        "tr-2-work",
        Topic::TradeOffs,
        &["TR-2"],
        format!(
            "All four steps took {} before the answer. Now email and analytics are published, at no cost. \
             How much work does the system do for each order?",
            format::time(work)
        ),
        [
            wrong(
                format::time(hybrid.synchronous_work()),
                "This is what the user still waits for. The rest is done as well, later.",
            ),
            wrong(
                format::time(hybrid.asynchronous_work()),
                "This is what moved behind the answer. The rest is done as before.",
            ),
            wrong(
                format::time(work + hybrid.asynchronous_work()),
                "The moved steps are not done twice. They only happen at another time.",
            ),
            right(
                format::time(work),
                "The work moves, it does not go away. The caller paid for it before; now the system pays \
                 later.",
            ),
        ],
    )
    .with_proof(proof)
}

fn all_done() -> Question {
    let shop = PresetId::Hybrid.scenario();
    let answer = shop.synchronous_work();
    let (email, analytics) = (shop.steps[2].service_time, shop.steps[3].service_time);
    question(
        "tr-2-done",
        Topic::TradeOffs,
        &["TR-2", "OF-6"],
        format!(
            "The answer comes after {}. Then email ({}) and analytics ({}) start at the same time, each \
             with free workers. When is everything done?",
            format::time(answer),
            format::time(email),
            format::time(analytics)
        ),
        [
            wrong(
                format::time(answer),
                "This is when the user is answered. The last step is done later: there are two clocks.",
            ),
            wrong(format::time(answer + analytics), "This is when the quicker of the two is done."),
            right(
                format::time(answer + email.max(analytics)),
                "Both start after the answer, side by side, so the longer one sets the end.",
            ),
            wrong(
                format::time(answer + email + analytics),
                "This lets one wait for the other. Readers of an event do not.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::Hybrid,
        |_| {},
        "The right ends of the two hatched bars show when each effect is done.",
    ))
}

fn parallel() -> Question {
    let proof = proof(
        PresetId::EverythingParallel,
        |_| {},
        "All four bars start together left of the line, which stands at the end of the longest.",
    );
    let parallel = proof.scenario.clone();
    let hybrid = PresetId::Hybrid.scenario();
    let chain = PresetId::AllSync.scenario();
    question(
        "tr-2-parallel",
        Topic::TradeOffs,
        &["TR-2", "OF-5"],
        "All four steps are called before the answer, but at the same time, and each always takes just as \
         long: 300, 200, 400 and 150 ms. When does the answer come?",
        [
            right(
                format::time(parallel.synchronous_work()),
                "It comes with the slowest step, sooner even than in the hybrid, and without any event. \
                 Not all of what events seem to gain is due to events.",
            ),
            wrong(
                format::time(hybrid.synchronous_work()),
                "This is the hybrid: payment, then inventory, and no waiting for the others.",
            ),
            wrong(
                format::time(chain.synchronous_work()),
                "This lets the steps take turns. Here they start together.",
            ),
            wrong(
                format::time(chain.synchronous_work() / 4.0),
                "This shares the work out evenly. A step cannot be cut up that way.",
            ),
        ],
    )
    .with_proof(proof)
}

fn temporal_coupling() -> Question {
    let (usual, later) = (250.0, 2_000.0);
    question(
        "tr-3-coupling",
        Topic::TradeOffs,
        &["TR-3"],
        format!(
            "A calls B, B calls C, and each waits. A’s answer takes {}. Today C takes {} longer. How long \
             does A’s answer take?",
            format_millis(usual),
            format::configured_time(Time::from_millis(later))
        ),
        [
            wrong(
                format_millis(usual),
                "A never calls C, and yet it waits for it: B cannot reply until C \
                                         has.",
            ),
            right(
                format_millis(usual + later),
                "A is tied to how C is doing now. That is what is meant by coupling in time.",
            ),
            wrong(format_millis(usual + 2.0 * later), "C is called once, so its delay is paid once."),
            wrong(format_millis(later), "C’s delay comes on top of what the others take."),
        ],
    )
}

fn series() -> Question {
    let up = 0.99_f64;
    let percent = |share: f64| format::percent((share * 1e4).round() / 1e4);
    question(
        "tr-3-series",
        Topic::TradeOffs,
        &["TR-3", "OF-9"],
        "An answer needs five services, each of which is up 99 % of the time, independently. How often are \
         all of them up?",
        [
            wrong(percent(up), "This is one service. The answer needs all five."),
            right(
                format!("{:.1} %", up.powi(5) * 100.0),
                "Shares multiply in a row: 0.99 five times. Each service that the answer needs takes some \
                 away.",
            ),
            wrong(format!("{:.1} %", up.powi(10) * 100.0), "This is for ten services in a row."),
            wrong("more than 99.9 %", "This would be so if any one of the five were enough."),
        ],
    )
}

fn overtaken() -> Question {
    question(
        "tr-4-overtaken",
        Topic::TradeOffs,
        &["TR-4"],
        "Which of these troubles comes with events, and not with calls that wait?",
        [
            wrong(
                "A slow service makes its caller slow",
                "This comes with calls: whoever waits is tied to the other’s speed.",
            ),
            wrong("The caller runs out of connections", "This comes with calls: each open call holds one."),
            wrong(
                "The caller sees an error at once",
                "This comes with calls, and it is a good thing: somebody knows.",
            ),
            right(
                "An old event is tried again and overtakes a newer one",
                "Events are tied to each other by their order, and retries can break it. The ties are \
                 others, not fewer.",
            ),
        ],
    )
}

fn stale_search() -> Question {
    question(
        "tr-5-stale",
        Topic::TradeOffs,
        &["TR-5"],
        "An order is stored at once. The search page learns of it after 2 s, the sales figures after 20 s. \
         The buyer searches for the order after one second. What do they see?",
        [
            wrong(
                "The order, since it is stored",
                "It is stored in one place. The search page reads another, which is behind.",
            ),
            wrong(
                "An error, since the search is broken",
                "The search works. It only does not know of the order yet.",
            ),
            right(
                "No such order, for one more second",
                "Each view has a staleness of its own. So the page should say “this may take a moment”, or \
                 read the order itself.",
            ),
            wrong(
                "The order, but without its price",
                "An event is either handled or not. There is no half of it to see.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::HybridWithFulfilment,
        |shop| {
            shop.steps[2].name = crate::scenario::StepName::new("Index search");
            shop.steps[2].service_time = Time::from_whole_seconds(2);
            shop.workload = open_workload(4.0);
        },
        "After the line each effect has its own end: until then its view is old.",
    ))
}

fn most_are_hybrids() -> Question {
    question(
        "tr-11-honest",
        Topic::TradeOffs,
        &["TR-11"],
        "How do most systems look that have grown up well?",
        [
            wrong(
                "All calls, since calls are simple and easy to follow",
                "Then each new reaction makes the answer slower and easier to break.",
            ),
            wrong(
                "All events, since events scale",
                "Then even a simple question takes a detour, and nobody knows when it is answered.",
            ),
            right(
                "A mix of calls and events, each where it fits",
                "Calls for what the answer needs, events for what follows. And it is plain how late and \
                 how stale each part may be.",
            ),
            wrong(
                "Events for new parts, calls for old ones",
                "The age of a part says nothing about who needs its result, and when.",
            ),
        ],
    )
}
