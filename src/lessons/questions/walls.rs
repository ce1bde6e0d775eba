//! Questions on the growth of the response time with the load, and on its limits.

use super::{closed_workload, format_millis, mean_response_time, proof, question, right, wrong};
use crate::lessons::{PresetId, Question, Topic};
use crate::scenario::Workload;
use crate::units::{Rate, Servers, Time, format};

pub(super) fn questions() -> Vec<Question> {
    vec![fails_at_500(), workers_limit(), open_growth(), closed_growth(), knee(), exponentially_worse()]
}

fn fails_at_500() -> Question {
    let proof = proof(
        PresetId::AllSync,
        |shop| shop.workload = closed_workload(500, Time::from_whole_seconds(1)),
        "The answer comes after clients have given up; set 10 and then 100 users to see how it came to this.",
    );
    let shop = proof.scenario.clone();
    let response_time_at = |count: u64| {
        let mut shop = PresetId::AllSync.scenario();
        shop.workload = closed_workload(count, Time::from_whole_seconds(1));
        mean_response_time(&shop)
    };
    question(
        "of-3-fails",
        Topic::OrderFlow,
        &["OF-3", "OF-8"],
        format!(
            "The shop with 20 API workers answers in {} at 10 users, and in {} at 100. Each user orders \
             again a second after an answer. How long \
             does it take at 500?",
            format::time(response_time_at(10)),
            format::time(response_time_at(100))
        ),
        [
            wrong(
                format::time(response_time_at(10)),
                "It would be so with free workers for all. At 100 users there were none left.",
            ),
            wrong(
                format::time(response_time_at(10) * 50.0),
                "Fifty times the users of the first case, fifty times the time? There, workers were still \
                 free, so the first users cost no wait.",
            ),
            wrong(
                format::time(response_time_at(100) * 5.0),
                "Nearly. But at 100 users some were thinking and not waiting. At 500 nearly all stand in \
                 line.",
            ),
            right(
                format::time(mean_response_time(&shop)),
                "With all workers busy, the answer takes users ÷ orders per second, less the second of \
                 thinking. Clients give up after 10 s, so it fails.",
            ),
        ],
    )
    .with_proof(proof)
}

fn workers_limit() -> Question {
    let proof = proof(
        PresetId::AllSync,
        |shop| shop.workload = Workload::Open { arrival_rate: Rate::per_second(24.0) },
        "More orders come than the workers can answer, so there is no answer time, only a line that grows.",
    );
    let shop = proof.scenario.clone();
    let (workers, hold_time) = (shop.workers.as_f64(), shop.synchronous_work());
    let format_option = |per_second: f64| format!("{} per second", format::significant(per_second, 3));
    question(
        "of-3-limit",
        Topic::OrderFlow,
        &["OF-3", "OF-9"],
        format!(
            "An API has {workers} workers, and each order holds one for {}. How many orders can it answer \
             at most?",
            format::time(hold_time)
        ),
        [
            wrong(format_option(workers), "This would be so if an order took just one second."),
            right(
                format_option(workers / hold_time.seconds()),
                "Workers ÷ time held. No matter how many users come, no more than this gets through.",
            ),
            wrong(
                format_option(workers * hold_time.seconds()),
                "This multiplies where it should divide: longer work means fewer orders.",
            ),
            wrong(format_option(1.0 / hold_time.seconds()), "This is what one worker can do."),
        ],
    )
    .with_proof(proof)
}

fn knee() -> Question {
    let proof = proof(
        PresetId::AllSync,
        |shop| {
            shop.workload = closed_workload(39, Time::from_whole_seconds(1));
            for step in &mut shop.steps {
                step.servers = Servers::new(100);
            }
        },
        "The two dashed lines meet at the knee: before it users hardly notice each other, past it they \
         stand in line.",
    );
    let shop = proof.scenario.clone();
    let (workers, hold_time, think) = (shop.workers.as_f64(), shop.synchronous_work().seconds(), 1.0);
    let format_option = |users: f64| format!("About {}", format::count(users.round() as u64));
    question(
        "of-8-knee",
        Topic::OrderFlow,
        &["OF-8", "OF-3"],
        format!(
            "{workers} workers are held for {} by each order. Users think for a second between an answer \
             and their next order. From how many users on do \
             lines form for sure?",
            format::time(shop.synchronous_work())
        ),
        [
            wrong(
                format_option(workers),
                "So many orders fit in at once. But users also think, and need no worker while they do.",
            ),
            wrong(format_option(workers / hold_time), "This is how many orders can be answered per second."),
            right(
                format_option(workers * (hold_time + think) / hold_time),
                "A user needs a worker for 1.05 of every 2.05 s. So 20 workers suffice for 20 × 2.05 ÷ \
                 1.05 users: this is the knee.",
            ),
            wrong(
                format_option(workers * hold_time * workers / think),
                "The knee is workers × (time held + thinking) ÷ time held. Workers come in only once.",
            ),
        ],
    )
    .with_proof(proof)
}

fn open_growth() -> Question {
    // M/M/1: waiting time = S · ρ / (1 − ρ).
    let service = 100.0;
    let wait = |busy: f64| service * busy / (1.0 - busy);
    question(
        "of-8-open",
        Topic::OrderFlow,
        &["OF-8"],
        format!(
            "Orders come at random to one worker that is busy half of the time. They wait {} in line on \
             average. Then more orders come, and it is busy 90 % of the time. How long is the wait now?",
            format_millis(wait(0.5))
        ),
        [
            wrong(
                format_millis(wait(0.5) * 0.9 / 0.5),
                "This grows the wait like the load. But what counts is the idle time that is left.",
            ),
            right(
                format_millis(wait(0.9)),
                "The wait goes like the busy share divided by the idle share: 0.5 ÷ 0.5 before, 0.9 ÷ 0.1 \
                 now. It has no limit as the idle share goes to nothing.",
            ),
            wrong(
                format_millis(wait(0.5) * 2_f64.powi(4)),
                "This doubles the wait with each ten per cent of load. Doubling in equal steps is what \
                 “exponential” means, and a queue does not grow like that.",
            ),
            wrong(
                format_millis(wait(0.5)),
                "The work of each order stays the same. The line before it does \
                                             not.",
            ),
        ],
    )
}

fn closed_growth() -> Question {
    let proof = proof(
        PresetId::AllSync,
        |shop| {
            shop.workload = closed_workload(500, Time::from_whole_seconds(1));
            for step in &mut shop.steps {
                step.servers = Servers::new(500);
            }
        },
        "Past the knee the curve follows its asymptote, which is a straight line in the number of users.",
    );
    let shop = proof.scenario.clone();
    let hold_time = shop.synchronous_work();
    let interval = hold_time / shop.workers.as_f64();
    question(
        "of-8-closed",
        Topic::OrderFlow,
        &["OF-8", "OF-3"],
        format!(
            "{} API workers are held for {} by each order, and all are busy. Now 100 more users join, who \
             each wait for their answer before they order again. By how much does the mean answer grow?",
            shop.workers.count(),
            format::time(hold_time)
        ),
        [
            wrong("Not at all", "All workers are busy, so whoever joins has to stand in line."),
            wrong(
                format::time(hold_time),
                "They do not all fit in at once: with every worker busy, 100 more orders stand in line.",
            ),
            right(
                format::time(interval * 100.0),
                format!(
                    "An order leaves every {} (the time held ÷ the workers), and there are 100 more to let \
                     pass. Each further user adds the same again: a straight line.",
                    format::time(interval)
                ),
            ),
            wrong(
                format::time(hold_time * 100.0),
                "This lets one order through at a time. The workers serve many side by side.",
            ),
        ],
    )
    .with_proof(proof)
}

fn exponentially_worse() -> Question {
    question(
        "of-8-word",
        Topic::OrderFlow,
        &["OF-8"],
        "An article says of the chain of calls: “under load this gets exponentially worse”. What is wrong \
         with the word?",
        [
            right(
                "Queues near a wall or grow in a straight line, not by doubling",
                "In a stream of orders the wait goes like 1 ÷ idle share, with a wall at the end. With a \
                 fixed group of users it rises evenly. Only retries can make it run away.",
            ),
            wrong(
                "Nothing: each further user doubles the wait",
                "A user adds one order to the line, not a copy of the line.",
            ),
            wrong(
                "Nothing, as long as service times are exponentially distributed",
                "That names how much single times vary. It does not make the mean wait grow by doubling.",
            ),
            wrong(
                "The wait does not grow at all until a server breaks",
                "Lines form long before anything breaks, as soon as orders sometimes come at the same time.",
            ),
        ],
    )
    .with_proof(proof(
        PresetId::AllSync,
        |shop| shop.workload = closed_workload(500, Time::from_whole_seconds(1)),
        "Past the knee, twice the users mean about twice the wait: the curve meets its straight asymptote.",
    ))
}
