//! The validation of every value of a scenario in a link.

use super::*;
use crate::scenario::limits;
use crate::session::share_link::validator::{ValidationError, Validator};
use crate::session::share_link::{LinkField, LinkSection};

impl ScenarioV1 {
    /// The online shop without API workers, which is outside the limits.
    pub(in crate::session) fn without_workers() -> Self {
        Self { workers: 0, ..Self::encode(&Scenario::online_shop()) }
    }
}

/// Changes the online shop, and checks the error and that the salvaged scenario is within the limits.
fn check(change: impl FnOnce(&mut ScenarioV1), sentence: &str) {
    let mut written = ScenarioV1::encode(&Scenario::online_shop());
    change(&mut written);
    let ValidatedScenario { scenario, error } = written.decode(LinkSection::Experiment).unwrap();
    assert_eq!(scenario.clone().within_limits(), Some(scenario));
    let ValidationError { path, value, rule } = error.expect("the change breaks a rule");
    assert_eq!(format!("{path} is {value}, and must be {rule}"), sentence);
}

#[test]
fn rules_for_steps() {
    check(
        |w| w.service_times[2] = TimeV1(24_000),
        "the latency of step 3 is 12000 ms, and must be from 0 to 10000 ms",
    );
    check(
        |w| w.service_times[0] = TimeV1(u64::MAX),
        "the latency of step 1 is 9223372036854775.807 ms, and must be from 0 to 10000 ms",
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
            w.service_times.resize(21, TimeV1(2));
            w.servers.resize(21, 1);
        },
        "the number of steps is 21, and must be from 1 to 20",
    );
}

#[test]
fn rules_for_load_and_client() {
    check(|w| w.workers = 0, "the number of API workers is 0, and must be from 1 to 100000000");
    check(|w| w.timeout = Some(TimeV1(0)), "the client timeout is 0 ms, and must be from 1 to 3600000 ms");
    check(
        |w| w.workload = WorkloadV1::Closed { users: 0, think_time: TimeV1(0) },
        "the number of users is 0, and must be from 1 to 100000000",
    );
    check(
        |w| w.workload = WorkloadV1::Closed { users: 1, think_time: TimeV1(7_200_002) },
        "the think time is 3600001 ms, and must be from 0 to 3600000 ms",
    );
    check(
        |w| w.workload = WorkloadV1::Open { arrival_rate: 0 },
        "the arrival rate is 0 thousandths per second, and must be from 1 to 1000000000000 thousandths per \
         second",
    );
}

#[test]
fn rules_for_the_broker() {
    let check = |change: fn(&mut BrokerV1), sentence: &str| {
        check(|w| change(w.broker.insert(BrokerV1::encode(Broker::default()))), sentence);
    };
    check(
        |broker| broker.publish_latency = TimeV1(20_002),
        "the publish latency is 10001 ms, and must be from 0 to 10000 ms",
    );
    check(|broker| broker.partitions = Some(0), "the number of partitions is 0, and must be from 1 to 65535");
    check(
        |broker| broker.hot_key_share = 1_000_001,
        "the share of the hot key is 1000001 millionths, and must be from 0 to 1000000 millionths",
    );
    check(
        |broker| broker.ack_loss = 2_000_000,
        "the probability of a lost acknowledgement is 2000000 millionths, and must be from 0 to 1000000 \
         millionths",
    );
    check(|broker| broker.max_deliveries = 0, "the number of deliveries is 0, and must be from 1 to 255");
}

#[test]
fn rules_for_attempts() {
    let check = |change: fn(&mut AttemptsV1), sentence: &str| {
        let mut attempts = AttemptsV1::encode(Attempts::default());
        change(&mut attempts);
        check(|w| w.attempts = vec![(3, attempts)], sentence);
    };
    check(
        |attempts| attempts.retries = 21,
        "the number of retries of step 4 is 21, and must be from 0 to 20",
    );
    check(
        |attempts| attempts.failure = 1_000_001,
        "the probability of failure of step 4 is 1000001 millionths, and must be from 0 to 1000000 \
         millionths",
    );
    check(
        |attempts| attempts.timeout = Some(TimeV1(0)),
        "the timeout of step 4 is 0 ms, and must be from 1 to 3600000 ms",
    );
    check(
        |attempts| attempts.backoff = TimeV1(7_200_002),
        "the backoff of step 4 is 3600001 ms, and must be from 0 to 3600000 ms",
    );
}

#[test]
fn columns_that_do_not_fit_together_are_no_scenario() {
    let check = |change: fn(&mut ScenarioV1)| {
        let mut written = ScenarioV1::encode(&Scenario::online_shop());
        change(&mut written);
        assert!(written.decode(LinkSection::Experiment).is_none());
    };
    check(|w| w.names.push_str("\nx"));
    check(|w| w.ids = Some(vec![1]));
    check(|w| w.servers.clear());
    check(|w| w.service_times.clear());
    check(|w| w.variabilities = vec![(4, 100)]);
    check(|w| w.attempts = vec![(200, AttemptsV1::encode(Attempts::default()))]);
}

#[test]
fn the_place_says_in_which_scenario() {
    let mut validator = Validator::new(LinkSection::Pinned);
    validator.step = Some(0);
    validator.check_time(LinkField::Backoff, u64::MAX, &limits::BACKOFF);
    let ValidationError { path, .. } = validator.into_error().unwrap();
    assert_eq!(path.to_string(), "the backoff of step 1 in the pinned scenario");
}
