//! Every rule that a scenario in a link is held to.

use super::*;
use crate::scenario::limits;
use crate::session::share_link::place::{Breach, Field, Inspector, Part};

impl ScenarioV1 {
    /// The online shop with nobody to answer, which no scenario can be.
    pub(in crate::session) fn without_workers() -> Self {
        Self { workers: 0, ..Self::write(&Scenario::online_shop()) }
    }
}

/// Breaks the online shop, and checks what is said of it and that the salvage is whole.
fn check(change: impl FnOnce(&mut ScenarioV1), sentence: &str) {
    let mut written = ScenarioV1::write(&Scenario::online_shop());
    change(&mut written);
    let Inspected { scenario, breach } = written.read(Part::Experiment).unwrap();
    assert_eq!(scenario.clone().within_limits(), Some(scenario));
    let Breach { place, found, rule } = breach.expect("the change breaks a rule");
    assert_eq!(format!("{place} is {found}, and must be {rule}"), sentence);
}

#[test]
fn rules_for_steps() {
    check(
        |w| w.service_times[2] = SpanV1(24_000),
        "the latency of step 3 is 12000 ms, and must be from 0 to 10000 ms",
    );
    check(
        |w| w.service_times[0] = SpanV1(u64::MAX),
        "the latency of step 1 is 9223372036854775.808 ms, and must be from 0 to 10000 ms",
    );
    check(|w| w.servers[3] = 0, "the number of connections of step 4 is 0, and must be from 1 to 100000000");
    check(
        |w| w.ids = Some(vec![4, 5, 4, 6]),
        "the identity of step 3 is 4, and must be one that no other step has",
    );
    check(
        |w| w.names = "a\nb\n\nd".to_owned(),
        "the name of step 3 is \"\", and must be 1 to 40 characters without control characters",
    );
    check(
        |w| w.names = "a\nb\u{1}\nc\nd".to_owned(),
        "the name of step 2 is \"b\\u{1}\", and must be 1 to 40 characters without control characters",
    );
    check(
        |w| w.variabilities = vec![(1, 10_001)],
        "the variability of step 2 is 10001 hundredths, and must be from 0 to 10000 hundredths",
    );
    check(
        |w| {
            w.names.push_str(&"\nx".repeat(17));
            w.service_times.resize(21, SpanV1(2));
            w.servers.resize(21, 1);
        },
        "the number of steps is 21, and must be from 1 to 20",
    );
}

#[test]
fn rules_for_load_and_client() {
    check(|w| w.workers = 0, "the number of API workers is 0, and must be from 1 to 100000000");
    check(|w| w.timeout = Some(SpanV1(0)), "the client timeout is 0 ms, and must be from 1 to 3600000 ms");
    check(
        |w| w.workload = WorkloadV1::Closed { users: 0, think_time: SpanV1(0) },
        "the number of users is 0, and must be from 1 to 100000000",
    );
    check(
        |w| w.workload = WorkloadV1::Closed { users: 1, think_time: SpanV1(7_200_002) },
        "the think time is 3600001 ms, and must be from 0 to 3600000 ms",
    );
    check(
        |w| w.workload = WorkloadV1::Open { arrival_rate: 0 },
        "the arrival rate is 0 thousandths per second, and must be from 1 to 1000000000000 thousandths per second",
    );
}

#[test]
fn rules_for_the_broker() {
    let check = |change: fn(&mut BrokerV1), sentence: &str| {
        check(|w| change(w.broker.insert(BrokerV1::write(Broker::default()))), sentence);
    };
    check(
        |broker| broker.publish_latency = SpanV1(20_002),
        "the publish latency is 10001 ms, and must be from 0 to 10000 ms",
    );
    check(|broker| broker.partitions = Some(0), "the number of partitions is 0, and must be from 1 to 65535");
    check(
        |broker| broker.hot_key_share = 1_000_001,
        "the share of the hot key is 1000001 millionths, and must be from 0 to 1000000 millionths",
    );
    check(
        |broker| broker.ack_loss = 2_000_000,
        "the probability of a lost acknowledgement is 2000000 millionths, and must be from 0 to 1000000 millionths",
    );
    check(|broker| broker.max_deliveries = 0, "the number of deliveries is 0, and must be from 1 to 255");
}

#[test]
fn rules_for_attempts() {
    let check = |change: fn(&mut AttemptsV1), sentence: &str| {
        let mut attempts = AttemptsV1::write(Attempts::default());
        change(&mut attempts);
        check(|w| w.attempts = vec![(3, attempts)], sentence);
    };
    check(
        |attempts| attempts.retries = 21,
        "the number of retries of step 4 is 21, and must be from 0 to 20",
    );
    check(
        |attempts| attempts.failure = 1_000_001,
        "the probability of failure of step 4 is 1000001 millionths, and must be from 0 to 1000000 millionths",
    );
    check(
        |attempts| attempts.timeout = Some(SpanV1(0)),
        "the timeout of step 4 is 0 ms, and must be from 1 to 3600000 ms",
    );
    check(
        |attempts| attempts.backoff = SpanV1(7_200_002),
        "the backoff of step 4 is 3600001 ms, and must be from 0 to 3600000 ms",
    );
}

#[test]
fn columns_that_do_not_fit_together_are_no_scenario() {
    let check = |change: fn(&mut ScenarioV1)| {
        let mut written = ScenarioV1::write(&Scenario::online_shop());
        change(&mut written);
        assert!(written.read(Part::Experiment).is_none());
    };
    check(|w| w.names.push_str("\nx"));
    check(|w| w.ids = Some(vec![1]));
    check(|w| w.servers.clear());
    check(|w| w.service_times.clear());
    check(|w| w.variabilities = vec![(4, 100)]);
    check(|w| w.attempts = vec![(200, AttemptsV1::write(Attempts::default()))]);
}

#[test]
fn the_place_says_in_which_scenario() {
    let mut inspector = Inspector::new(Part::Pinned);
    inspector.time(Field::Backoff, Some(0), u64::MAX, &limits::BACKOFF);
    let Breach { place, .. } = inspector.into_breach().unwrap();
    assert_eq!(place.to_string(), "the backoff of step 1 in the pinned scenario");
}
