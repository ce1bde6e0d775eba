//! The display settings, which are stored on the device and never undone.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Preferences {
    pub theme: Theme,
    pub motion: Motion,
    /// Large type and strokes, for a projector.
    pub projector: bool,
}

/// The colour theme. Stored states keep the index in this list: append, never reorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Theme {
    /// Follows the system's setting.
    #[default]
    System,
    Light,
    Dark,
    HighContrast,
}

impl Theme {
    /// All themes in the order of the menu.
    pub const ALL: [Self; 4] = [Self::System, Self::Light, Self::Dark, Self::HighContrast];
}

/// The amount of motion. Stored states keep the index in this list: append, never reorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Motion {
    /// Follows the system's setting.
    #[default]
    System,
    Reduced,
}
