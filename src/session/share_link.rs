//! Share links: the state of the page in the fragment of its address, which no server ever sees.
//!
//! ```text
//! #s=1.<content>.<checksum>     version, Base64 of Postcard, Base64 of a CRC-32
//! ```

mod envelope;
mod error;
mod field_path;
mod step_names;
#[cfg(test)]
mod tests;
mod v1;
mod validator;

pub(super) use envelope::Envelope;
pub use error::LinkError;
pub use field_path::{FieldPath, LinkField, LinkSection};
pub(super) use v1::{ScenarioV1, ValidatedScenario, WorkloadV1};
pub(super) use validator::ValidationError;

use serde::{Deserialize, Serialize};

use super::{Session, View};
use crate::scenario::Scenario;

const ENVELOPE: Envelope = Envelope { name: "s", version: 1 };

/// The content of a share link.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedState {
    pub scenario: Scenario,
    /// The scenario that the experiment is compared with, if there is one.
    pub pinned: Option<Scenario>,
    /// The page to show.
    pub view: View,
    /// The seed of the quiz, if a round has begun.
    pub quiz_seed: Option<u32>,
}

/// Returns the link to a session's state, with its hash sign.
///
/// ```
/// use waiting_line::session::{Session, share_link};
/// let link = share_link::encode(&Session::new());
/// assert!(link.starts_with("#s=1.") && link.len() <= 120);
/// assert_eq!(share_link::decode(&link).unwrap().scenario, *Session::new().scenario());
/// ```
pub fn encode(session: &Session) -> String {
    format!("#{}", encode_state(&SharedState::from_session(session)))
}

fn encode_state(shared: &SharedState) -> String {
    ENVELOPE.encode(&SharedStateV1::encode(shared))
}

/// Returns the content of a link; the hash sign is optional.
///
/// # Errors
/// If the text is no link of this page, is damaged or newer, or a value is outside its limits. See
/// [`LinkError::salvage`] for what can be opened nevertheless.
pub fn decode(fragment: &str) -> Result<SharedState, LinkError> {
    let text = fragment.strip_prefix('#').unwrap_or(fragment);
    ENVELOPE.decode(text, SharedStateV1::decode, |shared| shared)
}

impl SharedState {
    pub(super) fn from_session(session: &Session) -> Self {
        Self {
            scenario: session.scenario().clone(),
            pinned: session.pinned().cloned(),
            view: session.view(),
            quiz_seed: session.quiz().seed(),
        }
    }
}

/// [`SharedState`] in version 1 of the format.
#[derive(Serialize, Deserialize)]
pub(super) struct SharedStateV1 {
    scenario: ScenarioV1,
    pinned: Option<ScenarioV1>,
    view: View,
    quiz_seed: Option<u32>,
}

impl SharedStateV1 {
    pub(super) fn encode(shared: &SharedState) -> Self {
        Self {
            scenario: ScenarioV1::encode(&shared.scenario),
            pinned: shared.pinned.as_ref().map(ScenarioV1::encode),
            view: shared.view,
            quiz_seed: shared.quiz_seed,
        }
    }

    pub(super) fn decode(self) -> Result<SharedState, LinkError> {
        let corrupt = || LinkError::Corrupt { salvage: None };
        let experiment = self.scenario.decode(LinkSection::Experiment).ok_or_else(corrupt)?;
        let pinned = match self.pinned {
            Some(pinned) => Some(pinned.decode(LinkSection::Pinned).ok_or_else(corrupt)?),
            None => None,
        };
        let (pinned, pinned_error) = pinned.map(|pinned| (pinned.scenario, pinned.error)).unzip();
        let shared =
            SharedState { scenario: experiment.scenario, pinned, view: self.view, quiz_seed: self.quiz_seed };
        match experiment.error.or(pinned_error.flatten()) {
            None => Ok(shared),
            Some(error) => Err(error.into_link_error(shared)),
        }
    }
}
