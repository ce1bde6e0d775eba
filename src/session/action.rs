//! What a person can ask for.

use serde::{Deserialize, Serialize};

use super::share_link::Shared;
use super::{Motion, QuizAction, Theme};
use crate::lessons::PresetId;
use crate::scenario::{Attempts, Broker, Placement, Scenario, StepId, Workload};
use crate::units::{Rate, Servers, Time, Users, Variability};

/// What a person asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Give a step another mean time.
    SetServiceTime(StepId, Time),
    /// Let the caller wait for a step, or not.
    SetPlacement(StepId, Placement),
    /// Call a step otherwise; a blank name leaves the old one.
    Rename(StepId, String),
    /// Give a step more or fewer connections.
    SetServers(StepId, Servers),
    /// Let the times of a step vary more or less.
    SetVariability(StepId, Variability),
    /// Let a step fail, and say what its caller does then.
    SetAttempts(StepId, Attempts),
    /// Move a step to another place in the order, counted from 0.
    MoveStep(StepId, usize),
    /// Add a step at the end.
    AddStep,
    /// Add a copy of a step behind it.
    DuplicateStep(StepId),
    /// Take a step out; the last one stays.
    RemoveStep(StepId),
    /// Replace the whole workload.
    SetWorkload(Workload),
    /// Go from users to a rate of orders, or back: to what was set there before, or else to this rate.
    SwitchWorkload(Rate),
    /// Let more or fewer users come; only while users are what is given.
    SetUsers(Users),
    /// Let them think longer or shorter; only while users are what is given.
    SetThinkTime(Time),
    /// Let more or fewer orders come; only while a rate is what is given.
    SetArrivalRate(Rate),
    /// Have more or fewer API workers.
    SetWorkers(Servers),
    /// Let publishing take longer or shorter.
    SetPublishLatency(Time),
    /// Replace the whole broker.
    SetBroker(Broker),
    /// Let the client give up later or sooner.
    SetTimeout(Time),
    /// Start the randomness of simulated runs elsewhere.
    SetSeed(u32),
    /// Open a ready scenario.
    LoadPreset(PresetId),
    /// Open a scenario that comes from somewhere else.
    LoadScenario(Scenario),
    /// Open what a link carries.
    Open(Box<Shared>),
    /// Take one control back to where the experiment came from.
    Reset(Control),
    /// Take one step back to where the experiment came from; a step added since, to a new step's values.
    ResetStep(StepId),
    /// Take the whole experiment back to where it came from.
    ResetAll,
    /// Put the experiment aside to compare with.
    Pin,
    /// Stop comparing.
    Unpin,

    /// From here to [`Action::EndDrag`], all edits are one for undoing.
    BeginDrag,
    /// The drag is done.
    EndDrag,
    /// The drag is called off: as before it.
    CancelDrag,
    /// Take the last edit back.
    Undo,
    /// Bring the last edit back that was undone.
    Redo,

    /// Show another part of the page.
    Show(View),
    /// Choose the colours.
    SetTheme(Theme),
    /// Choose whether marks may move.
    SetMotion(Motion),
    /// Enlarge everything for a room, or not.
    SetProjector(bool),
    /// Go on with the quiz.
    Quiz(QuizAction),
}

/// The parts of the page. Links keep the place in this list: append, never reorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum View {
    /// The experiment and its figures.
    #[default]
    Explore,
    /// The quiz.
    Practise,
    /// What the page rests on.
    Library,
    /// A run of the simulation, watched.
    Live,
}

impl View {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Explore, Self::Live, Self::Practise, Self::Library];
}

/// One thing that can be set, and reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Control {
    /// What a step is called.
    Name(StepId),
    /// The mean time of a step.
    ServiceTime(StepId),
    /// Whether the caller waits for a step.
    Placement(StepId),
    /// The connections of a step.
    Servers(StepId),
    /// How much the times of a step vary.
    Variability(StepId),
    /// How a step fails, and what its caller does then.
    Attempts(StepId),
    /// Users or a rate of orders, with all their values.
    Workload,
    /// How many users there are.
    Users,
    /// How long they think.
    ThinkTime,
    /// How many orders come.
    ArrivalRate,
    /// API workers.
    Workers,
    /// What publishing takes.
    PublishLatency,
    /// Everything about the broker.
    Broker,
    /// How long the client waits.
    Timeout,
    /// Where randomness starts.
    Seed,
}

impl Control {
    /// The step that it belongs to, where it belongs to one.
    pub fn step(self) -> Option<StepId> {
        match self {
            Self::Name(id)
            | Self::ServiceTime(id)
            | Self::Placement(id)
            | Self::Servers(id)
            | Self::Variability(id)
            | Self::Attempts(id) => Some(id),
            _ => None,
        }
    }
}
