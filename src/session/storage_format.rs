//! The format of the state that is stored on the device: the content of a link, the origin, the preferences
//! and the progress of the quiz.

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::history::History;
use super::quiz::{Progress, Quiz, Verdict};
use super::share_link::{
    Envelope, LinkError, LinkSection, ScenarioV1, SharedState, SharedStateV1, ValidatedScenario,
    ValidationError, WorkloadV1,
};
use super::{Motion, Preferences, Session, Theme};
use crate::lessons::PresetId;
use crate::scenario::Scenario;

const ENVELOPE: Envelope = Envelope { name: "waiting-line", version: 1 };

/// Returns a session as text, without its undo history.
pub fn encode(session: &Session) -> String {
    ENVELOPE.encode(&StoredStateV1::encode(session))
}

/// Returns the session in a text, with an empty undo history.
///
/// # Errors
/// If the text is no stored state, is damaged or newer, or a value is outside its limits.
pub fn decode(text: &str) -> Result<Session, LinkError> {
    ENVELOPE.decode(text, StoredStateV1::decode, |session| SharedState::from_session(&session))
}

/// A session in version 1 of the format.
#[derive(Serialize, Deserialize)]
struct StoredStateV1 {
    shared: SharedStateV1,
    origin: OriginV1,
    previous_workload: Option<WorkloadV1>,
    theme: Theme,
    motion: Motion,
    projector: bool,
    quiz: Option<ProgressV1>,
}

/// The scenario that resetting leads back to.
#[derive(Serialize, Deserialize)]
enum OriginV1 {
    /// The preset with this key.
    Preset(String),
    Scenario(ScenarioV1),
}

#[derive(Serialize, Deserialize)]
struct ProgressV1 {
    seed: u32,
    questions: Vec<String>,
    verdicts: Vec<Verdict>,
    wrong: Vec<u8>,
    is_answered: bool,
}

impl StoredStateV1 {
    fn encode(session: &Session) -> Self {
        let Preferences { theme, motion, projector } = session.preferences();
        Self {
            shared: SharedStateV1::encode(&SharedState::from_session(session)),
            origin: OriginV1::encode(session.origin()),
            previous_workload: session.document.previous_workload.map(WorkloadV1::encode),
            theme,
            motion,
            projector,
            quiz: session.quiz.progress().map(ProgressV1::encode),
        }
    }

    fn decode(self) -> Result<Session, LinkError> {
        let shared = self.shared.decode()?;
        let (origin, error) =
            self.origin.decode(&shared.scenario).ok_or(LinkError::Corrupt { salvage: None })?;
        if let Some(error) = error {
            return Err(error.into_link_error(shared));
        }
        let SharedState { scenario, pinned, view, quiz_seed: _ } = shared;
        let previous_workload = self
            .previous_workload
            .map(WorkloadV1::decode)
            .filter(|previous| !previous.same_kind(scenario.workload));
        Ok(Session {
            document: Document { scenario, origin, previous_workload, pinned },
            history: History::default(),
            view,
            preferences: Preferences { theme: self.theme, motion: self.motion, projector: self.projector },
            quiz: self.quiz.map(|quiz| Quiz::resume(&quiz.decode())).unwrap_or_default(),
        })
    }
}

impl OriginV1 {
    fn encode(origin: &Scenario) -> Self {
        match PresetId::matching(origin) {
            Some(preset) => Self::Preset(preset.key().to_owned()),
            None => Self::Scenario(ScenarioV1::encode(origin)),
        }
    }

    /// Returns the origin; the experiment itself if the preset no longer exists. `None` if the columns of the
    /// scenario do not fit together.
    fn decode(self, experiment: &Scenario) -> Option<(Scenario, Option<ValidationError>)> {
        match self {
            Self::Preset(key) => {
                let preset = PresetId::from_key(&key).map(PresetId::scenario);
                Some((preset.unwrap_or_else(|| experiment.clone()), None))
            }
            Self::Scenario(scenario) => {
                let ValidatedScenario { scenario, error } = scenario.decode(LinkSection::Origin)?;
                Some((scenario, error))
            }
        }
    }
}

impl ProgressV1 {
    fn encode(progress: Progress) -> Self {
        let Progress { seed, questions, verdicts, wrong, is_answered } = progress;
        let wrong = wrong.into_iter().map(|place| place as u8).collect();
        Self { seed, questions, verdicts, wrong, is_answered }
    }

    fn decode(self) -> Progress {
        let Self { seed, questions, verdicts, wrong, is_answered } = self;
        let wrong = wrong.into_iter().map(usize::from).collect();
        Progress { seed, questions, verdicts, wrong, is_answered }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::scenario::StepId;
    use crate::session::{Action, QuizAction, View, arbitrary};
    use crate::units::{Rate, Time};

    /// A session in which every value differs from its default. Devices have this text: it must always open.
    const OLD_TEXT: &str = "waiting-line=1.\
        Dg0KCwoMCg4KU3RlcCA1AQUDAQIEBQWpnrEC2ASQA6wCyAEFDAoIBgoAAAABrBsUAACCNwEHCwoM\
        Cg0KDgAE2ASQA6AGrAIECggMBgAAAAAK0A8UAACCNwIAAApzbG93LWVtYWlsAQAK0A8CAQEA.O6nlXQ";

    fn session_after(actions: impl IntoIterator<Item = Action>) -> Session {
        let mut session = Session::new();
        actions.into_iter().for_each(|action| session.apply(action));
        session
    }

    fn unlike_the_default() -> Session {
        session_after([
            Action::SetTheme(Theme::Dark),
            Action::SetMotion(Motion::Reduced),
            Action::SetProjector(true),
            Action::Pin,
            Action::LoadPreset(PresetId::SlowEmail),
            Action::SwitchWorkload(Rate::per_second(3.5)),
            Action::SetServiceTime(StepId(3), Time::from_millis(2_500.5)),
            Action::MoveStep(StepId(3), 0),
            Action::AddStep,
            Action::Show(View::Library),
        ])
    }

    /// The session without its undo history, which is not stored.
    fn without_history(session: &Session) -> Session {
        Session { history: History::default(), ..session.clone() }
    }

    #[test]
    fn a_text_written_today_opens_tomorrow() {
        assert_eq!(encode(&unlike_the_default()), OLD_TEXT);
        assert_eq!(decode(OLD_TEXT), Ok(without_history(&unlike_the_default())));
    }

    #[test]
    fn resetting_leads_back_to_the_same_origin_after_a_reload() {
        let mut reloaded = decode(&encode(&unlike_the_default())).unwrap();
        reloaded.apply(Action::ResetAll);
        assert_eq!(reloaded.preset(), Some(PresetId::SlowEmail));
    }

    #[test]
    fn garbage_is_refused_in_a_sentence() {
        let check = |text: &str, beginning: &str| {
            let sentence = decode(text).unwrap_err().to_string();
            assert!(sentence.starts_with(beginning), "{sentence}");
        };
        let text = encode(&unlike_the_default());
        check(&"x".repeat(5_000_000), "it is 5000000 bytes long");
        check("", "it begins with \"\"");
        check("null", "it begins with \"null\"");
        check("waiting-line=99.AAAA.AAAA", "it has version 99");
        check(&text[..text.len() / 2], "it ends before its checksum");
        check(&text.replacen('.', ".AAAA", 1), "its content does not match");
        check(&crate::session::share_link::encode(&Session::new())[1..], "it begins with \"s=1.");
    }

    #[test]
    fn the_experiment_is_offered_when_only_the_checksum_is_lost() {
        let text = encode(&unlike_the_default());
        let error = decode(&text[..text.len() - 2]).unwrap_err();
        assert_eq!(error.salvage().map(|shared| &shared.scenario), Some(unlike_the_default().scenario()));
    }

    #[test]
    fn an_origin_that_breaks_a_rule_is_said_and_the_experiment_offered() {
        let mut stored = StoredStateV1::encode(&Session::new());
        stored.origin = OriginV1::Scenario(ScenarioV1::without_workers());
        let error = decode(&ENVELOPE.encode(&stored)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the number of API workers in the scenario that resetting leads back to is 0, and must be \
             from 1 to 100000000: get a fresh copy of it"
        );
        assert_eq!(error.salvage(), Some(&SharedState::from_session(&Session::new())));
    }

    #[test]
    fn a_preset_that_is_no_longer_known_leaves_the_experiment_as_its_own_origin() {
        let mut stored = StoredStateV1::encode(&unlike_the_default());
        stored.origin = OriginV1::Preset("gone".to_owned());
        let session = decode(&ENVELOPE.encode(&stored)).unwrap();
        assert_eq!(session.origin(), unlike_the_default().scenario());
    }

    #[test]
    fn a_parked_workload_of_the_same_kind_is_dropped() {
        let mut stored = StoredStateV1::encode(&Session::new());
        stored.previous_workload = Some(WorkloadV1::encode(Session::new().scenario().workload));
        assert_eq!(decode(&ENVELOPE.encode(&stored)), Ok(Session::new()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_session_outlives_a_reload(actions in vec(arbitrary::action(), 0..30), seed: u32) {
            let session = session_after([Action::Quiz(QuizAction::Start(seed))].into_iter().chain(actions));
            prop_assert_eq!(decode(&encode(&session)), Ok(without_history(&session)));
        }

        #[test]
        fn any_text_is_refused_without_panic(text in any::<String>(), content in vec(any::<u8>(), 0..300)) {
            prop_assert!(decode(&text).is_err());
            if let Ok(session) = decode(&ENVELOPE.encode_bytes(&content)) {
                let scenario = session.scenario().clone();
                prop_assert_eq!(scenario.clone().within_limits(), Some(scenario));
            }
        }
    }
}
