//! The state of the page as the device keeps it: what a link carries, and what is the person's own.

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::history::History;
use super::quiz::{Progress, Quiz, Verdict};
use super::share_link::{Breach, Inspected, LinkError, Mark, Part, ScenarioV1, Shared, SharedV1, WorkloadV1};
use super::{Motion, Preferences, Session, Theme};
use crate::lessons::PresetId;
use crate::scenario::Scenario;

const MARK: Mark = Mark { name: "waiting-line", version: 1 };

/// A session as text; what can be undone is not in it.
pub fn to_stored(session: &Session) -> String {
    MARK.seal(&StoredV1::write(session))
}

/// The session in a text, with nothing to undo.
///
/// # Errors
/// When the text is no stored state, is damaged or newer, or breaks a rule.
pub fn from_stored(text: &str) -> Result<Session, LinkError> {
    MARK.unseal(text, StoredV1::read, |session| Shared::of(&session))
}

/// A session as version 1 writes it.
#[derive(Serialize, Deserialize)]
struct StoredV1 {
    shared: SharedV1,
    origin: OriginV1,
    parked: Option<WorkloadV1>,
    theme: Theme,
    motion: Motion,
    projector: bool,
    quiz: Option<ProgressV1>,
}

/// Where the experiment came from.
#[derive(Serialize, Deserialize)]
enum OriginV1 {
    /// From the preset with this key.
    Preset(String),
    /// From elsewhere.
    Scenario(ScenarioV1),
}

/// How far the quiz has come.
#[derive(Serialize, Deserialize)]
struct ProgressV1 {
    seed: u32,
    asked: Vec<String>,
    verdicts: Vec<Verdict>,
    wrong: Vec<u8>,
    answered: bool,
}

impl StoredV1 {
    fn write(session: &Session) -> Self {
        let Preferences { theme, motion, projector } = session.preferences();
        Self {
            shared: SharedV1::write(&Shared::of(session)),
            origin: OriginV1::write(session.origin()),
            parked: session.document.parked.map(WorkloadV1::write),
            theme,
            motion,
            projector,
            quiz: session.quiz.progress().map(ProgressV1::write),
        }
    }

    fn read(self) -> Result<Session, LinkError> {
        let shared = self.shared.read()?;
        let (origin, breach) =
            self.origin.read(&shared.scenario).ok_or(LinkError::Corrupt { salvage: None })?;
        if let Some(breach) = breach {
            return Err(breach.into_error(shared));
        }
        let Shared { scenario, pinned, view, quiz_seed: _ } = shared;
        let parked = self.parked.map(WorkloadV1::read).filter(|parked| !parked.is_like(scenario.workload));
        Ok(Session {
            document: Document { scenario, origin, parked, pinned },
            history: History::default(),
            view,
            preferences: Preferences { theme: self.theme, motion: self.motion, projector: self.projector },
            quiz: self.quiz.map(|quiz| Quiz::resumed(&quiz.read())).unwrap_or_default(),
        })
    }
}

impl OriginV1 {
    fn write(origin: &Scenario) -> Self {
        match PresetId::of(origin) {
            Some(preset) => Self::Preset(preset.key().to_owned()),
            None => Self::Scenario(ScenarioV1::write(origin)),
        }
    }

    /// The origin; the experiment itself where it was a preset that is no longer known.
    fn read(self, experiment: &Scenario) -> Option<(Scenario, Option<Breach>)> {
        match self {
            Self::Preset(key) => {
                let preset = PresetId::from_key(&key).map(PresetId::scenario);
                Some((preset.unwrap_or_else(|| experiment.clone()), None))
            }
            Self::Scenario(scenario) => {
                let Inspected { scenario, breach } = scenario.read(Part::Origin)?;
                Some((scenario, breach))
            }
        }
    }
}

impl ProgressV1 {
    fn write(progress: Progress) -> Self {
        let Progress { seed, asked, verdicts, wrong, answered } = progress;
        let wrong = wrong.into_iter().map(|place| place as u8).collect();
        Self { seed, asked, verdicts, wrong, answered }
    }

    fn read(self) -> Progress {
        let Self { seed, asked, verdicts, wrong, answered } = self;
        Progress { seed, asked, verdicts, wrong: wrong.into_iter().map(usize::from).collect(), answered }
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

    /// A session in which everything is unlike the default. Devices keep this text: it must always open.
    const OLD_TEXT: &str = "waiting-line=1.Dg0KCwoMCg4KU3RlcCA1AQUDAQIEBQWpnrEC2ASQA6wCyAEFDAoIBgoAAAABrBsUAACCNwEHCwoM\
        Cg0KDgAE2ASQA6AGrAIECggMBgAAAAAK0A8UAACCNwIAAApzbG93LWVtYWlsAQAK0A8CAQEA.O6nlXQ";

    fn after(actions: impl IntoIterator<Item = Action>) -> Session {
        let mut session = Session::new();
        actions.into_iter().for_each(|action| session.apply(action));
        session
    }

    fn unlike_the_default() -> Session {
        after([
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

    /// What is kept of a session: everything but what can be undone, and a drag under way.
    fn kept(session: &Session) -> Session {
        Session { history: History::default(), ..session.clone() }
    }

    #[test]
    fn a_text_written_today_opens_tomorrow() {
        assert_eq!(to_stored(&unlike_the_default()), OLD_TEXT);
        assert_eq!(from_stored(OLD_TEXT), Ok(kept(&unlike_the_default())));
    }

    #[test]
    fn resetting_leads_back_to_the_same_origin_after_a_reload() {
        let mut reloaded = from_stored(&to_stored(&unlike_the_default())).unwrap();
        reloaded.apply(Action::ResetAll);
        assert_eq!(reloaded.preset(), Some(PresetId::SlowEmail));
    }

    #[test]
    fn garbage_is_refused_in_a_sentence() {
        let check = |text: &str, beginning: &str| {
            let sentence = from_stored(text).unwrap_err().to_string();
            assert!(sentence.starts_with(beginning), "{sentence}");
        };
        let text = to_stored(&unlike_the_default());
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
        let text = to_stored(&unlike_the_default());
        let error = from_stored(&text[..text.len() - 2]).unwrap_err();
        assert_eq!(error.salvage().map(|shared| &shared.scenario), Some(unlike_the_default().scenario()));
    }

    #[test]
    fn an_origin_that_breaks_a_rule_is_said_and_the_experiment_offered() {
        let mut stored = StoredV1::write(&Session::new());
        stored.origin = OriginV1::Scenario(ScenarioV1::without_workers());
        let error = from_stored(&MARK.seal(&stored)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the number of API workers in the scenario that resetting leads back to is 0, and must be from 1 to \
             100000000: get a fresh copy of it"
        );
        assert_eq!(error.salvage(), Some(&Shared::of(&Session::new())));
    }

    #[test]
    fn a_preset_that_is_no_longer_known_leaves_the_experiment_as_its_own_origin() {
        let mut stored = StoredV1::write(&unlike_the_default());
        stored.origin = OriginV1::Preset("gone".to_owned());
        let session = from_stored(&MARK.seal(&stored)).unwrap();
        assert_eq!(session.origin(), unlike_the_default().scenario());
    }

    #[test]
    fn a_parked_workload_of_the_same_kind_is_dropped() {
        let mut stored = StoredV1::write(&Session::new());
        stored.parked = Some(WorkloadV1::write(Session::new().scenario().workload));
        assert_eq!(from_stored(&MARK.seal(&stored)), Ok(Session::new()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_session_outlives_a_reload(actions in vec(arbitrary::action(), 0..30), seed: u32) {
            let session = after([Action::Quiz(QuizAction::Start(seed))].into_iter().chain(actions));
            prop_assert_eq!(from_stored(&to_stored(&session)), Ok(kept(&session)));
        }

        #[test]
        fn any_text_is_refused_without_panic(text in any::<String>(), content in vec(any::<u8>(), 0..300)) {
            prop_assert!(from_stored(&text).is_err());
            if let Ok(session) = from_stored(&MARK.seal_bytes(&content)) {
                let scenario = session.scenario().clone();
                prop_assert_eq!(scenario.clone().within_limits(), Some(scenario));
            }
        }
    }
}
