//! How the person likes the page; kept on the device, never undone.

use serde::{Deserialize, Serialize};

/// How the page looks to this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Preferences {
    /// Light or dark.
    pub theme: Theme,
    /// Whether marks may move.
    pub motion: Motion,
    /// Large type and strokes, for a room.
    pub projector: bool,
}

/// The colours. Stored state keeps the place in this list: append, never reorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Theme {
    /// As the system is set.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// The strongest contrast.
    HighContrast,
}

impl Theme {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::System, Self::Light, Self::Dark, Self::HighContrast];
}

/// Whether marks may move. Stored state keeps the place in this list: append, never reorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Motion {
    /// As the system is set.
    #[default]
    System,
    /// As little as can be.
    Reduced,
}
