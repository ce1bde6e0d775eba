//! The state of the page as the part of an address behind the hash sign, which no server ever sees.
//!
//! ```text
//! #s=1.<content>.<checksum>     version, Base64 of Postcard, Base64 of a CRC-32
//! ```

mod envelope;
mod error;
mod names;
mod place;
#[cfg(test)]
mod tests;
mod v1;

pub(super) use envelope::Mark;
pub use error::LinkError;
pub(super) use place::Breach;
pub use place::{Field, Part, Place};
pub(super) use v1::{Inspected, ScenarioV1, WorkloadV1};

use serde::{Deserialize, Serialize};

use super::{Session, View};
use crate::scenario::Scenario;

const MARK: Mark = Mark { name: "s", version: 1 };

/// What a link carries.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// The experiment.
    pub scenario: Scenario,
    /// The one to compare it with, where there is one.
    pub pinned: Option<Scenario>,
    /// The part of the page to show.
    pub view: View,
    /// The seed of the quiz, where one was begun.
    pub quiz_seed: Option<u32>,
}

/// The link to a session's state, with its hash sign.
///
/// ```
/// use waiting_line::session::{Session, share_link};
/// let link = share_link::encode(&Session::new());
/// assert!(link.starts_with("#s=1.") && link.len() <= 120);
/// assert_eq!(share_link::decode(&link).unwrap().scenario, *Session::new().scenario());
/// ```
pub fn encode(session: &Session) -> String {
    format!("#{}", encode_shared(&Shared::of(session)))
}

/// The link to a scenario alone: what a run of the simulation needs.
pub fn of_scenario(scenario: &Scenario) -> String {
    encode_shared(&Shared { scenario: scenario.clone(), pinned: None, view: View::Live, quiz_seed: None })
}

/// The link that carries this, without a hash sign.
pub(super) fn encode_shared(shared: &Shared) -> String {
    MARK.seal(&SharedV1::write(shared))
}

/// What a link carries; the hash sign may be missing.
///
/// # Errors
/// When the text is no link of this page's, is damaged or newer, or breaks a rule. See [`LinkError::salvage`] for what
/// can be opened all the same.
pub fn decode(fragment: &str) -> Result<Shared, LinkError> {
    let text = fragment.strip_prefix('#').unwrap_or(fragment);
    MARK.unseal(text, SharedV1::read, |shared| shared)
}

impl Shared {
    /// What a link to this session carries.
    pub(super) fn of(session: &Session) -> Self {
        Self {
            scenario: session.scenario().clone(),
            pinned: session.pinned().cloned(),
            view: session.view(),
            quiz_seed: session.quiz().seed(),
        }
    }
}

/// [`Shared`] as version 1 writes it.
#[derive(Serialize, Deserialize)]
pub(super) struct SharedV1 {
    scenario: ScenarioV1,
    pinned: Option<ScenarioV1>,
    view: View,
    quiz_seed: Option<u32>,
}

impl SharedV1 {
    pub(super) fn write(shared: &Shared) -> Self {
        Self {
            scenario: ScenarioV1::write(&shared.scenario),
            pinned: shared.pinned.as_ref().map(ScenarioV1::write),
            view: shared.view,
            quiz_seed: shared.quiz_seed,
        }
    }

    pub(super) fn read(self) -> Result<Shared, LinkError> {
        let corrupt = || LinkError::Corrupt { salvage: None };
        let Inspected { scenario, breach } = self.scenario.read(Part::Experiment).ok_or_else(corrupt)?;
        let pinned = match self.pinned {
            Some(pinned) => Some(pinned.read(Part::Pinned).ok_or_else(corrupt)?),
            None => None,
        };
        let (pinned, pinned_breach) = pinned.map(|pinned| (pinned.scenario, pinned.breach)).unzip();
        let shared = Shared { scenario, pinned, view: self.view, quiz_seed: self.quiz_seed };
        match breach.or(pinned_breach.flatten()) {
            None => Ok(shared),
            Some(breach) => Err(breach.into_error(shared)),
        }
    }
}
