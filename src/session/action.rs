//! The actions that change a session.

use serde::{Deserialize, Serialize};

use super::share_link::SharedState;
use super::{Motion, QuizAction, Theme};
use crate::lessons::PresetId;
use crate::scenario::{Attempts, Broker, Placement, Scenario, StepId, Workload};
use crate::units::{Rate, Servers, Time, Users, Variability};

/// A request to change the session, handled by [`Session::apply`](super::Session::apply).
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    SetServiceTime(StepId, Time),
    SetPlacement(StepId, Placement),
    /// Renames a step; a blank name leaves the old one.
    Rename(StepId, String),
    /// Sets the number of connections of a step.
    SetServers(StepId, Servers),
    SetVariability(StepId, Variability),
    /// Sets how often a step fails, and its caller's timeout, retries and backoff.
    SetAttempts(StepId, Attempts),
    /// Moves a step to an index in the order of steps.
    MoveStep(StepId, usize),
    /// Adds a step at the end.
    AddStep,
    /// Adds a copy of a step right after it.
    DuplicateStep(StepId),
    /// Removes a step, unless it is the last one.
    RemoveStep(StepId),
    SetWorkload(Workload),
    /// Switches between users and an arrival rate: to the values set there before, or else to this rate.
    SwitchWorkload(Rate),
    /// Sets the number of users of a closed workload.
    SetUsers(Users),
    /// Sets the think time of a closed workload.
    SetThinkTime(Time),
    /// Sets the arrival rate of an open workload.
    SetArrivalRate(Rate),
    /// Sets the number of API workers.
    SetWorkers(Servers),
    SetPublishLatency(Time),
    SetBroker(Broker),
    /// Sets the client's timeout.
    SetTimeout(Time),
    /// Sets the seed of simulated runs.
    SetSeed(u32),
    LoadPreset(PresetId),
    LoadScenario(Scenario),
    /// Opens the content of a share link.
    Open(Box<SharedState>),
    /// Resets one control to its value in the origin.
    Reset(Control),
    /// Resets one step to the origin; a step added later, to a new step's values.
    ResetStep(StepId),
    /// Resets the whole experiment to the origin.
    ResetAll,
    /// Keeps the present scenario to compare later ones with it.
    Pin,
    /// Ends the comparison.
    Unpin,

    /// Gathers all edits until [`Action::EndDrag`] into one entry of the undo history.
    BeginDrag,
    EndDrag,
    /// Ends the drag, and restores what was before it.
    CancelDrag,
    Undo,
    Redo,

    /// Shows another page.
    Show(View),
    SetTheme(Theme),
    SetMotion(Motion),
    /// Enlarges type and strokes for a projector, or not.
    SetProjector(bool),
    Quiz(QuizAction),
}

/// The pages. Links store the index in this list: append, never reorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum View {
    #[default]
    Explore,
    Practise,
    Library,
    Live,
}

impl View {
    /// All pages in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Explore, Self::Live, Self::Practise, Self::Library];
}

/// A value that can be set, and reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Control {
    Name(StepId),
    ServiceTime(StepId),
    Placement(StepId),
    /// The number of connections of a step.
    Servers(StepId),
    Variability(StepId),
    Attempts(StepId),
    /// The kind of workload with all its values.
    Workload,
    Users,
    ThinkTime,
    ArrivalRate,
    /// The number of API workers.
    Workers,
    PublishLatency,
    /// All values of the broker.
    Broker,
    /// The client's timeout.
    Timeout,
    /// The seed of simulated runs.
    Seed,
}
