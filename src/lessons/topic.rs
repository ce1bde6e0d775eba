//! What the questions are about.

use serde::{Deserialize, Serialize};

/// A part of the material, by which scores are told. Stored progress keeps its number: append, never reorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Topic {
    /// The order and what its steps add up to.
    OrderFlow,
    /// Mistakes that are often made.
    Mistakes,
    /// What stays before the answer and what moves behind it.
    Hybrid,
    /// When to use which style.
    Choosing,
    /// What one gains and what one pays.
    TradeOffs,
    /// Running a system of events.
    Operating,
    /// From a hundred users to a hundred million.
    Scale,
    /// Terms, and how to answer in an interview.
    Interview,
}

impl Topic {
    /// All of them, in the order of the material.
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

    /// What the score calls it.
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
