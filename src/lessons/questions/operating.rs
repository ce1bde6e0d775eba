//! Questions on the operation of an event-driven system.

use super::{question, right, wrong};
use crate::lessons::{Question, Topic};
use crate::units::{Rate, Time, format};

pub(super) fn questions() -> Vec<Question> {
    vec![duplicates(), duplicates_per_day(), sequence(), drain(), alarm(), reconcile()]
}

fn duplicates() -> Question {
    question(
        "op-1-twice",
        Topic::Operating,
        &["OP-1", "TR-8"],
        "A reader sends a mail. It dies before it can tell the broker that it is done. How do you keep the \
         customer from getting two mails?",
        [
            wrong(
                "The broker must deliver each event only once",
                "It cannot know if the mail went out. To be safe, it sends the event again.",
            ),
            right(
                "The reader skips events whose id it has seen",
                "Events may come twice. A reader that can bear it is called idempotent.",
            ),
            wrong(
                "The reader tells the broker before it sends the mail",
                "If it then dies, the event is gone and there is no mail at all.",
            ),
            wrong(
                "The sender publishes less often",
                "The event was published once. It is the delivery that came twice.",
            ),
        ],
    )
}

fn duplicates_per_day() -> Question {
    let (events, lost) = (1_000_000.0, 0.01);
    question(
        "op-1-count",
        Topic::Operating,
        &["OP-1"],
        "A million events are handled each day. After one in a hundred the note “done” gets lost on its \
         way to the broker. About how many are handled twice?",
        [
            wrong(
                format::count((events * lost * lost) as u64),
                "This counts the notes lost twice in a row: those events come three times.",
            ),
            right(
                format::count((events * lost) as u64),
                "When the note is lost, the broker delivers again. One in a hundred is small only in per \
                 cent.",
            ),
            wrong(format::count((events * lost / 24.0) as u64), "This is the number for an hour."),
            wrong(
                "None: the work itself did not fail",
                "The broker cannot see the work. It only sees that no note came.",
            ),
        ],
    )
}

fn sequence() -> Question {
    question(
        "op-2-order",
        Topic::Operating,
        &["OP-2", "TR-4"],
        "A customer changes their address twice. The events reach the reader in the wrong order, from two \
         machines. What tells it best which one is newer?",
        [
            wrong("The time at which each event arrived", "It is just this order that has gone wrong."),
            wrong(
                "The clock time that each machine wrote into it",
                "Clocks of two machines differ. Within that difference they can lie.",
            ),
            wrong("The size of the event", "A newer address may be longer or shorter."),
            right(
                "A number counted up with each change",
                "The reader keeps the highest that it has seen for this customer, and skips what is lower.",
            ),
        ],
    )
}

fn drain() -> Question {
    let (backlog, capacity, arrivals) = (4_800.0, Rate::per_second(100.0), Rate::per_second(80.0));
    let drain_time = |rate: Rate| format::time(Time::from_seconds(backlog / rate.value()));
    question(
        "op-3-drain",
        Topic::Operating,
        &["OP-3", "OF-7"],
        format!(
            "A reader was down for a minute, and {} events wait. It handles {} per second, and {} new ones \
             come. When has it caught up?",
            format::count(backlog as u64),
            format::configured_rate(capacity),
            format::configured_rate(arrivals)
        ),
        [
            wrong(
                drain_time(capacity),
                "This forgets the new events. Most of the reader’s time goes into \
                                         those.",
            ),
            wrong(
                format::time(Time::from_whole_seconds(60)),
                "The outage took a minute. Catching up has only the spare capacity to work with.",
            ),
            right(
                drain_time(capacity - arrivals),
                "What is left over for the backlog is the difference of the two rates.",
            ),
            wrong(drain_time(capacity + arrivals), "New events add to the work. They do not help with it."),
        ],
    )
}

fn alarm() -> Question {
    question(
        "op-3-alarm",
        Topic::Operating,
        &["OP-3", "TR-10"],
        "Customers get their mails an hour late. All answers are quick, and no error was logged. Which \
         alarm should have gone off?",
        [
            wrong(
                "The one for the answer’s response time",
                "Answers do not wait for mails, so they are as quick as ever.",
            ),
            wrong("The one for failed requests", "No request failed. The mails are on their way, only late."),
            right(
                "The one for the lag of the mail reader",
                "Lag, the events published but not yet handled, is where the delay of events shows.",
            ),
            wrong("The one for the load of the API servers", "Mails are not their work any more."),
        ],
    )
}

fn reconcile() -> Question {
    question(
        "op-4-lost",
        Topic::Operating,
        &["OP-4"],
        "Some events may never arrive. How do you find out which orders were not sent to the warehouse?",
        [
            right(
                "Compare orders with shipments now and then",
                "What never came leaves no trace at the reader. Only a look at both sides finds it, and \
                 then it can be published again.",
            ),
            wrong(
                "Look into the dead-letter queue",
                "It holds events that came and failed. What never came is not there.",
            ),
            wrong(
                "Wait for the warehouse to complain about missing orders",
                "The warehouse does not know what it should have got.",
            ),
            wrong(
                "Look at the response times of the orders",
                "Those end with the answer, and shipping comes after.",
            ),
        ],
    )
}
