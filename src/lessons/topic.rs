//! Topics of the quiz.

use serde::{Deserialize, Serialize};

/// A part of the material; the score is given for each. Stored progress contains its index: append, never
/// reorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Topic {
    OrderFlow,
    Mistakes,
    /// The split into steps before the answer and steps after it.
    Hybrid,
    /// The choice between requests and events.
    Choosing,
    TradeOffs,
    /// Operation of an event-driven system.
    Operating,
    Scale,
    Interview,
}

impl Topic {
    /// In the order of the material.
    pub const ALL: [Self; 8] = [
        Self::OrderFlow,
        Self::Mistakes,
        Self::Hybrid,
        Self::Choosing,
        Self::TradeOffs,
        Self::Operating,
        Self::Scale,
        Self::Interview,
    ];

    /// Returns the name in the score.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OrderFlow => "The order flow",
            Self::Mistakes => "Common mistakes",
            Self::Hybrid => "The hybrid",
            Self::Choosing => "When to use which",
            Self::TradeOffs => "Trade-offs",
            Self::Operating => "Operating it",
            Self::Scale => "Scale",
            Self::Interview => "Terms and interview",
        }
    }
}
