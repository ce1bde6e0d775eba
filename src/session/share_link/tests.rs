//! Links: round trips, messages about damaged links, and no panic on any text.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::lessons::PresetId;
use crate::scenario::{Placement, Step, StepId, StepName};
use crate::session::{Action, QuizAction, arbitrary};
use crate::units::Users;

/// The link to the page as it is first opened. People have it: it must always open.
const FIRST_LINK: &str = "#s=1.BwsKDAoNCg4ABNgEkAOgBqwCBAoIDAYAAAAACtAPFAAAgjcAAAA.3_NUag";

fn shared() -> impl Strategy<Value = SharedState> {
    (arbitrary::scenario(), option::of(arbitrary::scenario()), select(&View::ALL), any::<Option<u32>>())
        .prop_map(|(scenario, pinned, view, quiz_seed)| SharedState { scenario, pinned, view, quiz_seed })
}

fn content_of(link: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(link.split('.').nth(1).unwrap()).unwrap()
}

/// The largest number of steps, with names of 14 characters and different values.
fn largest_scenario() -> Scenario {
    let placements = [Placement::Sync, Placement::Async, Placement::Parallel];
    let steps = (1..=20_u16).map(|number| {
        let name = StepName::new(&format!("Call system {number:02}"));
        let millis = f64::from(number) * 45.0;
        let placement = placements[usize::from(number) % 3];
        Step { placement, ..Step::new(StepId(number), name, millis, u64::from(number) * 3) }
    });
    Scenario { steps: steps.collect(), ..Scenario::online_shop() }
}

#[test]
fn links_fit_into_messages() {
    let check = |shared: &SharedState, most| {
        let link = format!("#{}", encode_state(shared));
        assert!(link.len() <= most, "{} characters: {link}", link.len());
    };
    let of = |scenario| SharedState { scenario, pinned: None, view: View::Explore, quiz_seed: None };
    check(&of(Scenario::online_shop()), 120);
    check(&of(largest_scenario()), 600);
    for preset in PresetId::ALL {
        check(&of(preset.scenario()), 120);
    }
}

#[test]
fn the_first_link_of_all_still_opens() {
    assert_eq!(encode(&Session::new()), FIRST_LINK);
    let expected =
        SharedState { scenario: Scenario::online_shop(), pinned: None, view: View::Explore, quiz_seed: None };
    assert_eq!(decode(FIRST_LINK), Ok(expected));
}

#[test]
fn opening_a_link_gives_the_same_picture_and_can_be_undone() {
    let mut sender = Session::new();
    for action in [
        Action::LoadPreset(PresetId::Hybrid),
        Action::Pin,
        Action::SetUsers(Users::new(500)),
        Action::Show(View::Practise),
        Action::Quiz(QuizAction::Start(9)),
    ] {
        sender.apply(action);
    }
    let mut receiver = Session::new();
    receiver.apply(Action::SetUsers(Users::new(33)));
    let own = receiver.scenario().clone();
    receiver.apply(Action::Open(Box::new(decode(&encode(&sender)).unwrap())));
    assert_eq!(receiver.scenario(), sender.scenario());
    assert_eq!(receiver.pinned(), sender.pinned());
    assert_eq!(receiver.view(), sender.view());
    assert_eq!(receiver.quiz(), sender.quiz());
    receiver.apply(Action::Undo);
    assert_eq!(receiver.scenario(), &own);
}

#[test]
fn opening_one_s_own_link_changes_nothing() {
    let mut session = Session::new();
    session.apply(Action::SetUsers(Users::new(33)));
    session.apply(Action::Quiz(QuizAction::Start(9)));
    let before = session.clone();
    session.apply(Action::Open(Box::new(decode(&encode(&session)).unwrap())));
    assert_eq!(session, before);
}

#[test]
fn a_link_does_not_end_a_quiz_under_way() {
    let mut session = Session::new();
    session.apply(Action::Quiz(QuizAction::Start(9)));
    let own = session.quiz().clone();
    let link = SharedState { quiz_seed: Some(10), ..SharedState::from_session(&session) };
    session.apply(Action::Open(Box::new(link)));
    assert_eq!(session.quiz(), &own);
}

#[test]
fn errors_say_what_is_wrong_where_and_what_to_do() {
    let check = |text: &str, sentence: &str| assert_eq!(decode(text).unwrap_err().to_string(), sentence);
    let link = encode(&Session::new());
    check(
        &format!("s=1.{}", "A".repeat(70_000)),
        "it is 70004 bytes long, more than the 65536 that are read: get a fresh copy of it",
    );
    for (text, found) in [("", ""), ("#top", "top"), ("s=x.AA.BB", "s=x.AA.BB"), ("s=0.AA.BB", "s=0.AA.BB")] {
        check(
            text,
            &format!(
                "it begins with \"{found}\", not with \"s=\" and a version: \
                 check that it was copied from this page"
            ),
        );
    }
    check(
        "#s=2.anything",
        "it has version 2, and this page reads up to version 1: reload the page to update it",
    );
    let truncated = "it ends before its checksum is complete: copy all of it, to the last character";
    for text in ["s=", "s=1", "s=1.", "s=1.AAAA", &link[..30], &link[..link.len() - 1]] {
        check(text, truncated);
    }
    let corrupt = "its content does not match its checksum: get a fresh copy of it";
    for text in
        ["s=1.AAAA.AAAAAA", "s=1.!.AAAAAA", &format!("{link}."), &ENVELOPE.encode_bytes(b"no scenario")]
    {
        check(text, corrupt);
    }
}

#[test]
fn what_can_be_read_of_a_damaged_link_is_offered() {
    let check = |text: &str, offered: bool| {
        let error = decode(text).unwrap_err();
        let expected = SharedState::from_session(&Session::new());
        assert_eq!(error.salvage(), offered.then_some(&expected), "{text}: {error}");
    };
    let link = encode(&Session::new());
    check(&link[..link.len() - 3], true);
    check(&link[..link.len() - 6], true);
    check(&format!("{link}x"), true);
    check(&link[..link.len() - 12], false);
    check("#s=2.anything", false);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn what_goes_in_comes_out(shared in shared()) {
        let link = encode_state(&shared);
        prop_assert_eq!(decode(&link), Ok(shared.clone()));
        let pasted = format!("#{link}\n");
        prop_assert_eq!(decode(&pasted), Ok(shared));
    }

    #[test]
    fn any_text_is_refused_without_panic(text in any::<String>()) {
        prop_assert!(decode(&text).is_err());
        let marked = format!("s=1.{text}");
        prop_assert!(decode(&marked).is_err());
    }

    #[test]
    fn any_content_gives_a_scenario_within_limits_or_an_error(content in vec(any::<u8>(), 0..300)) {
        opens_safely(&ENVELOPE.encode_bytes(&content))?;
    }

    #[test]
    fn any_change_of_content_gives_a_scenario_within_limits_or_an_error(
        shared in shared(), at: prop::sample::Index, byte: u8,
    ) {
        let mut content = content_of(&encode_state(&shared));
        *at.get_mut(&mut content) = byte;
        opens_safely(&ENVELOPE.encode_bytes(&content))?;
    }

    #[test]
    fn a_changed_character_is_noticed(shared in shared(), at: prop::sample::Index, new in "[A-Za-z0-9_.-]") {
        let link = encode_state(&shared);
        let at = at.index(link.len());
        let changed = format!("{}{new}{}", &link[..at], &link[at + 1..]);
        if changed != link {
            prop_assert!(decode(&changed).is_err());
        }
    }

    #[test]
    fn a_truncated_link_is_noticed(shared in shared(), at: prop::sample::Index) {
        let link = encode_state(&shared);
        prop_assert!(decode(&link[..at.index(link.len())]).is_err());
    }
}

/// Checks that whatever a hostile link contains is within the limits, and that its error is a sentence.
fn opens_safely(link: &str) -> Result<(), TestCaseError> {
    let opened = decode(link);
    if let Err(error) = &opened {
        let sentence = error.to_string();
        prop_assert!(sentence.contains(": "), "{}", sentence);
    }
    if let Some(shared) = opened.as_ref().map_or_else(LinkError::salvage, Some) {
        for scenario in [Some(&shared.scenario), shared.pinned.as_ref()].into_iter().flatten() {
            prop_assert_eq!(scenario.clone().within_limits(), Some(scenario.clone()));
        }
    }
    Ok(())
}
