//! The behaviour of `Session::apply`, and its invariants under any actions.

use proptest::collection::vec;
use proptest::prelude::*;

use super::arbitrary;
use super::*;
use crate::scenario::{Placement, StepId, Workload, limits};
use crate::units::{Rate, Time, Users};

const EMAIL: StepId = StepId(3);

fn session_after(actions: &[Action]) -> Session {
    let mut session = Session::new();
    for action in actions {
        session.apply(action.clone());
    }
    session
}

fn names(session: &Session) -> Vec<&str> {
    session.scenario().steps.iter().map(|step| step.name.as_str()).collect()
}

fn email_millis(millis: f64) -> Action {
    Action::SetServiceTime(EMAIL, Time::from_millis(millis))
}

#[test]
fn values_outside_their_limits_are_moved_to_the_nearest_end() {
    let check = |action: Action, holds: fn(&Scenario) -> bool| {
        assert!(holds(session_after(std::slice::from_ref(&action)).scenario()), "{action:?}");
    };
    check(email_millis(99_999.0), |s| s.steps[2].service_time == Time::from_whole_seconds(10));
    check(email_millis(f64::NAN), |s| s.steps[2].service_time == Time::ZERO);
    check(email_millis(0.123_456), |s| s.steps[2].service_time == Time::from_millis(0.123));
    check(Action::SetUsers(Users::new(0)), |s| s.workload.users() == Some(Users::ONE));
    check(Action::SetTimeout(Time::ZERO), |s| s.client.timeout == Time::from_millis(1.0));
    check(Action::Rename(EMAIL, "a\u{0}b".to_owned()), |s| s.steps[2].name.as_str() == "ab");
}

#[test]
fn what_makes_no_sense_does_nothing() {
    let only_email = [StepId(1), StepId(2), StepId(4)].map(Action::RemoveStep);
    let check = |before: &[Action], action: Action| {
        let mut session = session_after(before);
        let unchanged = session.clone();
        session.apply(action.clone());
        assert_eq!(session, unchanged, "{action:?}");
    };
    check(&[], Action::SetServiceTime(StepId(99), Time::ZERO));
    check(&[], Action::MoveStep(StepId(99), 0));
    check(&[], Action::DuplicateStep(StepId(99)));
    check(&[], Action::ResetStep(StepId(99)));
    check(&[], Action::SetArrivalRate(Rate::per_second(5.0)));
    check(&[], Action::Rename(EMAIL, "  ".to_owned()));
    check(&[], Action::LoadScenario(Scenario { steps: Vec::new(), ..Scenario::online_shop() }));
    check(&[], email_millis(400.0));
    check(&[], Action::Undo);
    check(&[], Action::Redo);
    check(&[], Action::EndDrag);
    check(&[], Action::CancelDrag);
    check(&[], Action::Unpin);
    check(&only_email, Action::RemoveStep(EMAIL));
    check(&vec![Action::AddStep; 16], Action::AddStep);
    check(&vec![Action::AddStep; 16], Action::DuplicateStep(EMAIL));
}

#[test]
fn steps_come_go_and_move() {
    let check = |actions: &[Action], expected: &[&str]| assert_eq!(names(&session_after(actions)), expected);
    let rename = |id, name: &str| Action::Rename(StepId(id), name.to_owned());
    let short: Vec<Action> =
        [(1, "a"), (2, "b"), (3, "c"), (4, "d")].map(|(id, name)| rename(id, name)).into();
    let with = |more: &[Action]| [short.clone(), more.to_vec()].concat();
    check(&with(&[]), &["a", "b", "c", "d"]);
    check(&with(&[Action::MoveStep(StepId(1), 2)]), &["b", "c", "a", "d"]);
    check(&with(&[Action::MoveStep(StepId(4), 0)]), &["d", "a", "b", "c"]);
    check(&with(&[Action::MoveStep(StepId(2), 99)]), &["a", "c", "d", "b"]);
    check(&with(&[Action::RemoveStep(StepId(2))]), &["a", "c", "d"]);
    check(&with(&[Action::AddStep]), &["a", "b", "c", "d", "Step 5"]);
    check(
        &with(&[Action::AddStep, Action::RemoveStep(StepId(1)), Action::AddStep]),
        &["b", "c", "d", "Step 5", "Step 6"],
    );
    check(&with(&[Action::DuplicateStep(StepId(2))]), &["a", "b", "b 2", "c", "d"]);
    check(
        &with(&[Action::DuplicateStep(StepId(2)), Action::DuplicateStep(StepId(5))]),
        &["a", "b", "b 2", "b 3", "c", "d"],
    );
    check(
        &with(&[rename(1, &"x".repeat(40)), Action::DuplicateStep(StepId(1))])[3..],
        &[&"x".repeat(40), &format!("{} 2", "x".repeat(38)), "Check inventory", "Send email", "d"],
    );
}

#[test]
fn a_new_step_never_takes_the_identity_of_one_removed() {
    let session = session_after(&[Action::RemoveStep(StepId(4)), Action::AddStep]);
    assert_eq!(session.scenario().steps[3].id, StepId(5));
}

#[test]
fn the_other_kind_of_workload_is_kept() {
    let open = |rate| Workload::Open { arrival_rate: Rate::per_second(rate) };
    let closed =
        |users| Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
    let switch = Action::SwitchWorkload(Rate::per_second(4.878));
    let check =
        |actions: &[Action], expected| assert_eq!(session_after(actions).scenario().workload, expected);
    check(std::slice::from_ref(&switch), open(4.878));
    check(&[Action::SetUsers(Users::new(70)), switch.clone(), switch.clone()], closed(70));
    check(
        &[switch.clone(), Action::SetArrivalRate(Rate::per_second(9.0)), switch.clone(), switch.clone()],
        open(9.0),
    );
    check(&[Action::LoadPreset(PresetId::FlashSale), switch.clone()], Workload::default());
    check(&[Action::SetWorkload(open(3.0)), switch.clone()], closed(10));
    check(&[switch.clone(), Action::Undo], closed(10));
}

#[test]
fn one_drag_is_one_entry() {
    let check = |actions: &[Action], undone: usize, millis: f64| {
        let mut session = session_after(actions);
        for _ in 0..undone {
            session.apply(Action::Undo);
        }
        assert_eq!(session.scenario().steps[2].service_time, Time::from_millis(millis), "{actions:?}");
    };
    let drag = [Action::BeginDrag, email_millis(410.0), email_millis(420.0), email_millis(430.0)];
    let ended = [&drag[..], &[Action::EndDrag]].concat();
    check(&ended, 0, 430.0);
    check(&ended, 1, 400.0);
    check(&[&ended[..], &[email_millis(500.0)]].concat(), 1, 430.0);
    check(&[email_millis(410.0), email_millis(420.0)], 1, 410.0);
    check(&[&drag[..], &[Action::CancelDrag]].concat(), 0, 400.0);
    check(&[&drag[..], &[Action::Undo]].concat(), 0, 400.0);
    check(&[&drag[..], &[Action::Undo, Action::Redo]].concat(), 0, 430.0);
    check(&[&drag[..], &[Action::BeginDrag, email_millis(700.0), Action::EndDrag]].concat(), 1, 430.0);
}

#[test]
fn a_drag_can_be_undone_before_it_has_ended() {
    assert!(!session_after(&[Action::BeginDrag]).can_undo());
    let session = session_after(&[Action::BeginDrag, email_millis(410.0)]);
    assert!(session.can_undo());
}

#[test]
fn a_drag_that_comes_to_nothing_leaves_no_entry() {
    let there_and_back = [Action::BeginDrag, email_millis(410.0), email_millis(400.0), Action::EndDrag];
    assert!(!session_after(&there_and_back).can_undo());
    let cancelled =
        [email_millis(500.0), Action::Undo, Action::BeginDrag, email_millis(1.0), Action::CancelDrag];
    let session = session_after(&cancelled);
    assert!(session.can_redo(), "calling a drag off keeps what was undone before");
}

#[test]
fn resetting_leads_back_to_where_the_experiment_came_from() {
    let hybrid = Action::LoadPreset(PresetId::Hybrid);
    let check = |actions: &[Action], reset: Action, preset| {
        let mut session = session_after(actions);
        assert_eq!(session.preset(), None);
        session.apply(reset);
        assert_eq!(session.preset(), preset, "{actions:?}");
    };
    let email_sync = Action::SetPlacement(EMAIL, Placement::Sync);
    check(
        &[hybrid.clone(), email_sync.clone()],
        Action::Reset(Control::Placement(EMAIL)),
        Some(PresetId::Hybrid),
    );
    check(
        &[hybrid.clone(), email_sync.clone(), email_millis(9.0)],
        Action::Reset(Control::Placement(EMAIL)),
        None,
    );
    check(&[hybrid.clone(), email_sync, email_millis(9.0)], Action::ResetStep(EMAIL), Some(PresetId::Hybrid));
    check(&[hybrid, email_millis(9.0), Action::AddStep], Action::ResetAll, Some(PresetId::Hybrid));
    check(&[Action::SetUsers(Users::new(500))], Action::Reset(Control::Users), Some(PresetId::AllSync));
    check(&[email_millis(9.0)], Action::ResetAll, Some(PresetId::AllSync));
}

#[test]
fn only_what_differs_can_be_reset() {
    let session = session_after(&[email_millis(9.0), Action::AddStep]);
    let check = |control, expected| assert_eq!(session.can_reset(control), expected, "{control:?}");
    check(Control::ServiceTime(EMAIL), true);
    check(Control::Servers(EMAIL), false);
    check(Control::ServiceTime(StepId(5)), false);
    check(Control::ArrivalRate, false);
}

#[test]
fn every_preset_is_recognised_and_within_limits() {
    for preset in PresetId::ALL {
        assert_eq!(preset.scenario().within_limits(), Some(preset.scenario()), "{preset:?}");
        assert_eq!(session_after(&[Action::LoadPreset(preset)]).preset(), Some(preset));
    }
}

#[test]
fn the_pinned_scenario_outlives_another_preset() {
    let mut session = session_after(&[Action::Pin, Action::LoadPreset(PresetId::Hybrid)]);
    assert_eq!(session.pinned(), Some(&Scenario::online_shop()));
    session.apply(Action::Unpin);
    assert_eq!(session.pinned(), None);
    session.apply(Action::Undo);
    assert_eq!(session.pinned(), Some(&Scenario::online_shop()));
}

#[test]
fn the_history_is_bounded() {
    let mut session = Session::new();
    for millis in 1..=300 {
        session.apply(email_millis(f64::from(millis)));
    }
    let mut undone = 0;
    while session.can_undo() {
        session.apply(Action::Undo);
        undone += 1;
    }
    assert_eq!(undone, History::MAX_ENTRIES);
    assert_eq!(session.scenario().steps[2].service_time, Time::from_millis(100.0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_actions_keep_the_scenario_within_its_limits(actions in vec(arbitrary::action(), 0..40)) {
        let session = session_after(&actions);
        let scenario = session.scenario();
        prop_assert!(limits::STEPS.contains(&scenario.steps.len()));
        prop_assert_eq!(scenario.clone().within_limits(), Some(scenario.clone()));
    }

    #[test]
    fn undoing_everything_leads_back_and_redoing_forth(actions in vec(arbitrary::action(), 0..40)) {
        let mut session = session_after(&actions);
        session.apply(Action::EndDrag);
        while session.can_redo() {
            session.apply(Action::Redo);
        }
        let end = session.clone();
        while session.can_undo() {
            session.apply(Action::Undo);
        }
        prop_assert_eq!(&session.document, &Session::new().document);
        while session.can_redo() {
            session.apply(Action::Redo);
        }
        prop_assert_eq!(session, end);
    }

    #[test]
    fn redo_inverts_undo(actions in vec(arbitrary::action(), 0..40)) {
        let mut session = session_after(&actions);
        session.apply(Action::EndDrag);
        let before = session.clone();
        if session.can_undo() {
            session.apply(Action::Undo);
            session.apply(Action::Redo);
        }
        prop_assert_eq!(session, before);
    }
}
