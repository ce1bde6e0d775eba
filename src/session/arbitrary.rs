//! Strategies for property tests: arbitrary scenarios and actions.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Action, Control, Motion, QuizAction, Theme, View};
use crate::lessons::PresetId;
use crate::scenario::{
    Attempts, Broker, Client, Placement, Scenario, Step, StepId, StepName, Workload, limits,
};
use crate::units::{Probability, Rate, Servers, Time, Users, Variability};

/// A scenario within the limits.
pub(super) fn scenario() -> impl Strategy<Value = Scenario> {
    (workload(), servers(), vec(step(), limits::STEPS), broker(), time(), any::<u32>()).prop_map(
        |(workload, workers, steps, broker, timeout, seed)| {
            let client = Client { timeout };
            Scenario { workload, workers, steps, broker, client, seed }.within_limits().unwrap()
        },
    )
}

/// An action, mostly on steps that the first scenario has; some make no sense.
pub(super) fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        setting(),
        prop_oneof![
            (step_id(), 0..30_usize).prop_map(|(id, index)| Action::MoveStep(id, index)),
            Just(Action::AddStep),
            step_id().prop_map(Action::DuplicateStep),
            step_id().prop_map(Action::RemoveStep),
            rate().prop_map(Action::SwitchWorkload),
            select(&PresetId::ALL).prop_map(Action::LoadPreset),
            scenario().prop_map(Action::LoadScenario),
            control().prop_map(Action::Reset),
            step_id().prop_map(Action::ResetStep),
            Just(Action::ResetAll),
            Just(Action::Pin),
            Just(Action::Unpin),
        ],
        prop_oneof![
            Just(Action::BeginDrag),
            Just(Action::EndDrag),
            Just(Action::CancelDrag),
            Just(Action::Undo),
            Just(Action::Redo),
        ],
        prop_oneof![
            select(&View::ALL).prop_map(Action::Show),
            select(&Theme::ALL).prop_map(Action::SetTheme),
            select(&[Motion::System, Motion::Reduced]).prop_map(Action::SetMotion),
            any::<bool>().prop_map(Action::SetProjector),
        ],
        quiz_action().prop_map(Action::Quiz),
    ]
}

/// An action of the quiz, mostly choosing and going on.
pub(super) fn quiz_action() -> impl Strategy<Value = QuizAction> {
    prop_oneof![
        1 => any::<u32>().prop_map(QuizAction::Start),
        60 => (0..5_usize).prop_map(QuizAction::Choose),
        30 => Just(QuizAction::Next),
        5 => Just(QuizAction::RetryMissed),
        1 => Just(QuizAction::Leave),
    ]
}

fn setting() -> impl Strategy<Value = Action> {
    prop_oneof![
        (step_id(), time()).prop_map(|(id, time)| Action::SetServiceTime(id, time)),
        (step_id(), placement()).prop_map(|(id, placement)| Action::SetPlacement(id, placement)),
        (step_id(), any::<String>()).prop_map(|(id, name)| Action::Rename(id, name)),
        (step_id(), servers()).prop_map(|(id, servers)| Action::SetServers(id, servers)),
        (step_id(), variability()).prop_map(|(id, variability)| Action::SetVariability(id, variability)),
        (step_id(), attempts()).prop_map(|(id, attempts)| Action::SetAttempts(id, attempts)),
        workload().prop_map(Action::SetWorkload),
        any::<u64>().prop_map(|users| Action::SetUsers(Users::new(users))),
        time().prop_map(Action::SetThinkTime),
        rate().prop_map(Action::SetArrivalRate),
        servers().prop_map(Action::SetWorkers),
        time().prop_map(Action::SetPublishLatency),
        broker().prop_map(Action::SetBroker),
        time().prop_map(Action::SetTimeout),
        any::<u32>().prop_map(Action::SetSeed),
    ]
}

fn control() -> impl Strategy<Value = Control> {
    prop_oneof![
        step_id().prop_map(Control::Name),
        step_id().prop_map(Control::ServiceTime),
        step_id().prop_map(Control::Placement),
        step_id().prop_map(Control::Servers),
        step_id().prop_map(Control::Variability),
        step_id().prop_map(Control::Attempts),
        select(&[
            Control::Workload,
            Control::Users,
            Control::ThinkTime,
            Control::ArrivalRate,
            Control::Workers,
            Control::PublishLatency,
            Control::Broker,
            Control::Timeout,
            Control::Seed,
        ]),
    ]
}

fn step_id() -> impl Strategy<Value = StepId> {
    prop_oneof![9 => 1..8_u16, 1 => any::<u16>()].prop_map(StepId)
}

fn step() -> impl Strategy<Value = Step> {
    (step_id(), "\\PC{0,50}", time(), variability(), servers(), placement(), attempts()).prop_map(
        |(id, name, service_time, variability, servers, placement, attempts)| {
            let name = StepName::new(&name);
            Step { id, name, service_time, variability, servers, placement, attempts }
        },
    )
}

fn placement() -> impl Strategy<Value = Placement> {
    select(&[Placement::Sync, Placement::Parallel, Placement::Async, Placement::PublishAndWait])
}

fn attempts() -> impl Strategy<Value = Attempts> {
    let some = (probability(), option::of(time()), any::<u8>(), time())
        .prop_map(|(failure, timeout, retries, backoff)| Attempts { failure, timeout, retries, backoff });
    prop_oneof![Just(Attempts::default()), some]
}

fn broker() -> impl Strategy<Value = Broker> {
    let some = (time(), option::of(any::<u16>()), probability(), any::<u8>(), probability()).prop_map(
        |(publish_latency, partitions, hot_key_share, max_deliveries, ack_loss)| Broker {
            publish_latency,
            partitions,
            hot_key_share,
            max_deliveries,
            ack_loss,
        },
    );
    prop_oneof![Just(Broker::default()), some]
}

fn workload() -> impl Strategy<Value = Workload> {
    prop_oneof![
        (any::<u64>(), time())
            .prop_map(|(users, think_time)| Workload::Closed { users: Users::new(users), think_time }),
        rate().prop_map(|arrival_rate| Workload::Open { arrival_rate }),
    ]
}

fn servers() -> impl Strategy<Value = Servers> {
    prop_oneof![1..100_u64, any::<u64>()].prop_map(Servers::new)
}

fn time() -> impl Strategy<Value = Time> {
    prop_oneof![
        (0..10_000_u32).prop_map(Time::from_whole_millis),
        (0.0..2e4).prop_map(Time::from_seconds),
        any::<f64>().prop_map(Time::from_seconds),
    ]
}

fn rate() -> impl Strategy<Value = Rate> {
    prop_oneof![0.0..1e4, any::<f64>()].prop_map(Rate::per_second)
}

fn probability() -> impl Strategy<Value = Probability> {
    (0.0..=1.0).prop_map(Probability::new)
}

fn variability() -> impl Strategy<Value = Variability> {
    prop_oneof![Just(Variability::EXPONENTIAL), (0.0..=120.0).prop_map(Variability::new)]
}
