//! Questions on the choice between requests and events.

use super::{proof, question, right, wrong};
use crate::lessons::{PresetId, Question, Topic};
use crate::units::{Rate, Time, format};

pub(super) fn questions() -> Vec<Question> {
    vec![
        small_team(),
        must_agree(),
        login(),
        many_steps(),
        spike_queue(),
        spike_drain(),
        fan_out(),
        caller_stuck(),
        missing_boundary(),
        may_lag(),
    ]
}

fn small_team() -> Question {
    question(
        "wr-1-team",
        Topic::Choosing,
        &["WR-1"],
        "Three people build a tool to list, add and edit customers. It gets a few requests per second. How \
         should its parts talk?",
        [
            right(
                "With plain requests",
                "The load is small and steady, each change must be seen at once, and three people can \
                 follow a call.",
            ),
            wrong(
                "With events, to be ready for growth",
                "They would run a broker for a load that one server bears. It can be added when it is \
                 needed.",
            ),
            wrong(
                "With events for reads, requests for writes",
                "A reader waits for what it reads. An event cannot hand it over.",
            ),
            wrong("With a nightly batch", "Whoever edits a customer wants to see the change now."),
        ],
    )
}

fn must_agree() -> Question {
    question(
        "wr-1-consistent",
        Topic::Choosing,
        &["WR-1", "WR-2"],
        "Right after a transfer, both accounts must show the new balance. Which need is this, and what \
         does it ask for?",
        [
            wrong(
                "High volume of transfers, so events for each of them",
                "Nothing is said about how many transfers there are.",
            ),
            wrong(
                "An audit trail, so events",
                "A record of what happened is useful too, but it does not make both balances right at once.",
            ),
            right(
                "Immediate consistency, so one request",
                "Both accounts change in one transaction. Readers of events are always a little late, and \
                 here nobody may see the time between.",
            ),
            wrong("Fan-out, so events", "Two accounts of one bank are not many independent readers."),
        ],
    )
}

fn login() -> Question {
    question(
        "wr-2-login",
        Topic::Choosing,
        &["WR-2"],
        "Which of these should stay a request with an answer?",
        [
            wrong(
                "Telling twelve services that a customer has moved",
                "Twelve readers can take note of one event when they get to it.",
            ),
            right("A login", "The user cannot take one more step until they know whether they are in."),
            wrong("Feeding the sales figures", "Figures may be some minutes old, and nobody waits for them."),
            wrong("Sending a newsletter", "No one stands still until a newsletter has gone out."),
        ],
    )
    .with_proof(proof(
        PresetId::Login,
        |_| {},
        "All bars stand left of the line, and each decides whether the user may come in.",
    ))
}

fn many_steps() -> Question {
    question(
        "we-1-many",
        Topic::Choosing,
        &["WE-1"],
        "Which of these speaks most for events?",
        [
            wrong(
                "The user must see the result at once",
                "This speaks for a request: events make no promise about when.",
            ),
            wrong(
                "The system is small and its load is steady",
                "This speaks for requests: there is nothing to smooth and little to separate.",
            ),
            wrong(
                "A mistake must be shown to the caller, who then decides what to do next",
                "This speaks for a request: after an event the caller is gone.",
            ),
            right(
                "One order sets off many independent steps that grow at different rates",
                "Each reader can then have as many workers as it needs, without any of the others.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::FanOut,
        |_| {},
        "Eight readers, each with connections of its own; none of them moves the line.",
    ))
}

/// A load spike at a consumer whose capacity lies between the usual rate and the peak.
struct Spike {
    usual: Rate,
    peak: Rate,
    capacity: Rate,
    duration: Time,
}

const SPIKE_SECONDS: u32 = 30;

impl Spike {
    fn new() -> Self {
        Self {
            usual: Rate::per_second(80.0),
            peak: Rate::per_second(160.0),
            capacity: Rate::per_second(100.0),
            duration: Time::from_whole_seconds(SPIKE_SECONDS),
        }
    }

    fn description(&self) -> String {
        format!(
            "A reader handles {} events per second, and {} come. For {} there are {}.",
            format::configured_rate(self.capacity),
            format::configured_rate(self.usual),
            format::configured_time(self.duration),
            format::configured_rate(self.peak)
        )
    }

    fn queue_length(&self) -> f64 {
        ((self.peak - self.capacity) * self.duration).erlangs()
    }
}

fn spike_queue() -> Question {
    let spike = Spike::new();
    let events = |rate: Rate| format::count((rate * spike.duration).erlangs() as u64);
    question(
        "we-2-queue",
        Topic::Choosing,
        &["WE-2", "TR-1"],
        format!("{} How many events wait at the end of the spike?", spike.description()),
        [
            wrong(
                events(spike.peak - spike.usual),
                "This is how many more came than usual. The reader had room for some of them.",
            ),
            wrong(events(spike.peak), "This is all that came. The reader kept working during the spike."),
            right(
                events(spike.peak - spike.capacity),
                "Each second leaves what the reader cannot do. The queue takes it, and no sender is held up.",
            ),
            wrong(
                "None: a queue absorbs a spike",
                "It absorbs it by holding events. They are late, though not lost.",
            ),
        ],
    )
}

fn spike_drain() -> Question {
    let spike = Spike::new();
    let drain_time = |rate: Rate| format::time(Time::from_seconds(spike.queue_length() / rate.value()));
    question(
        "we-2-drain",
        Topic::Choosing,
        &["WE-2", "OP-3"],
        format!(
            "{} Then it is as before. How long does it take until the queue is empty again?",
            spike.description()
        ),
        [
            wrong(
                format::time(spike.duration),
                "As long as the spike lasted? The reader gains on the queue more slowly than it grew.",
            ),
            wrong(
                drain_time(spike.capacity),
                "This would be so if no new events came meanwhile. But the usual ones do.",
            ),
            wrong(
                drain_time(spike.usual),
                "This divides by what comes in. What counts is what is left over for the queue.",
            ),
            right(
                drain_time(spike.capacity - spike.usual),
                "The queue shrinks only by what the reader can do beyond the usual events: 20 per second.",
            ),
        ],
    )
}

fn fan_out() -> Question {
    let shop = PresetId::FanOut.scenario();
    question(
        "we-2-fanout",
        Topic::Choosing,
        &["WE-2"],
        format!(
            "An order takes {}. Eight services react to its event, with {} of work in all. A ninth is \
             added. What happens to the answer?",
            format::time(shop.synchronous_work()),
            format::time(shop.asynchronous_work())
        ),
        [
            right(
                "Nothing: the order does not know who reads its event",
                "The ninth reader needs workers of its own, and that is all.",
            ),
            wrong(
                "It gets later by the time of the ninth",
                "It would, if the ninth were called before the answer.",
            ),
            wrong(
                "It gets later by a ninth of the work",
                "Readers work after the answer. Their work is no part of it.",
            ),
            wrong(
                "It must be published nine times, once for each reader",
                "One event is published. The broker hands it to every group of readers.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::FanOut,
        |shop| {
            let ninth = crate::scenario::Step {
                placement: crate::scenario::Placement::Async,
                ..crate::scenario::Step::new(
                    crate::scenario::StepId(11),
                    crate::scenario::StepName::new("Notify partner"),
                    800.0,
                    30,
                )
            };
            shop.steps.push(ninth);
        },
        "The ninth bar hangs right of the line, which has not moved.",
    ))
}

fn caller_stuck() -> Question {
    question(
        "wx-1-test",
        Topic::Choosing,
        &["WX-1"],
        "A page needs a customer’s credit limit to show which offers are open to them. A colleague wants \
         to ask for it by event. What do you say?",
        [
            wrong(
                "Good: the page will load sooner",
                "The page cannot show the offers until the limit is there, so nothing is sooner.",
            ),
            right(
                "The page is stuck without it, so it stays a request",
                "This is the simplest test: if the caller is stuck without the result, let it ask and wait.",
            ),
            wrong(
                "Good, if the page then waits for an event with the reply",
                "That is a request by a longer way, with the broker’s time on top.",
            ),
            wrong(
                "Good, if the event carries the whole page",
                "The size of the event changes nothing about who needs what, and when.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::Dashboard,
        |_| {},
        "All parts are needed for the page; side by side is what helps here, not after the answer.",
    ))
}

fn missing_boundary() -> Question {
    question(
        "wx-2-boundary",
        Topic::Choosing,
        &["WX-2"],
        "For every new reaction to an order (loyalty points, a survey, a partner’s report) someone has to \
         edit the order handler. What does it tell you?",
        [
            wrong(
                "The handler should be split into more functions",
                "It would still have to know, and call, each new reaction.",
            ),
            wrong(
                "The team needs a larger handler",
                "A larger handler waits for more steps and breaks in more ways.",
            ),
            wrong(
                "Each reaction should get its own copy of the handler",
                "Copies drift apart, and then an order means something else in each.",
            ),
            right(
                "An event is missing that reactions could read",
                "The handler then says “order placed”, and need not know who cares.",
            ),
        ],
    )
}

fn may_lag() -> Question {
    question(
        "wx-3-ask",
        Topic::Choosing,
        &["WX-3"],
        "A step is to move behind the answer. Which set of questions should be settled before?",
        [
            wrong(
                "Which broker is the newest? Which language is fastest?",
                "Tools can be chosen later. First it must be clear if the step may be late at all.",
            ),
            wrong(
                "How many lines of code does it save? Who reviews them?",
                "The change is about what users see, not about lines of code.",
            ),
            right(
                "May it be ten seconds late? May it happen twice? What does the user see meanwhile?",
                "These are what changes: results come late, sometimes twice, and views are stale until then.",
            ),
            wrong(
                "How can the caller wait for its result anyway?",
                "If the caller must wait for it, it should not move.",
            ),
        ],
    )
}
