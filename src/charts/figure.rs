//! A figure: what is drawn where, as a value.

use serde::{Deserialize, Serialize};

use super::geometry::{Point, Rect, Size};
use crate::queueing::explain::ExplainedValue;

/// A drawing ready for the renderer, and the text that lies over it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Figure {
    pub size: Size,
    /// The area of the data; ticks and their labels lie outside.
    pub plot: Rect,
    /// The shapes, from back to front.
    pub marks: Vec<Mark>,
    /// The labels; none overlaps another.
    pub labels: Vec<Label>,
}

impl Figure {
    /// The labels that say something about the data rather than about an axis: each belongs into the chart's
    /// text twin.
    pub fn annotations(&self) -> impl Iterator<Item = &Label> {
        self.labels.iter().filter(|label| label.role == Role::Annotation)
    }

    /// Returns the explained value of the label at a point, or of one within a fingertip's reach of it.
    pub fn asked_at(&self, at: Point) -> Option<ExplainedValue> {
        const REACH: f64 = 4.0;
        let mut asking = self.labels.iter().filter(|label| label.bounds.grown(REACH).contains(at));
        asking.find_map(|label| label.asks)
    }
}

/// A thing drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Mark {
    /// Connected points.
    Line { points: Vec<Point>, stroke: Stroke },
    /// A straight line parallel to an axis, moved to whole device pixels so that it is crisp.
    Rule {
        /// An end.
        from: Point,
        /// The other end.
        to: Point,
        stroke: Stroke,
    },
    /// A filled outline.
    Area {
        /// Its corners; the last is joined to the first.
        outline: Vec<Point>,
        /// With what it is filled.
        ink: Ink,
        /// Opacity from 0 to 1.
        opacity: f64,
    },
    /// A disc with a rim.
    Dot {
        /// Its centre.
        at: Point,
        /// From the centre to the outer edge of the rim.
        radius: f64,
        /// Inside.
        fill: Ink,
        /// The rim.
        rim: Ink,
        /// Width of the outline in CSS pixels.
        rim_width: f64,
    },
}

/// The style of a line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stroke {
    /// With what.
    pub ink: Ink,
    /// In CSS pixels.
    pub width: f64,
    /// Lengths of dashes and gaps in CSS pixels; `None` for a solid line.
    pub dash: Option<(f64, f64)>,
    /// Opacity from 0 to 1.
    pub opacity: f64,
}

impl Stroke {
    /// A solid, opaque line.
    pub const fn solid(ink: Ink, width: f64) -> Self {
        Self { ink, width, dash: None, opacity: 1.0 }
    }

    /// The same line, dashed.
    #[must_use]
    pub const fn dashed(self, on: f64, off: f64) -> Self {
        Self { dash: Some((on, off)), ..self }
    }

    /// The same line, letting through what lies beneath.
    #[must_use]
    pub const fn faded(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }
}

/// A meaning for which the theme has a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Ink {
    /// The panel beneath.
    Surface,
    /// The groove that a bar lies in.
    Sunken,
    /// Hairlines of the grid.
    Line,
    /// Outlines that must be told from the panel.
    Edge,
    /// The strongest ink: the line, the rule.
    Ink,
    /// For parts that accompany the data.
    Ink2,
    /// Captions, ghosts.
    Ink3,
    /// Work that the caller waits for.
    Sync,
    /// Work after the answer.
    Async,
    /// The broker.
    Broker,
    /// Under half of its capacity.
    Calm,
    /// Half or more.
    Busy,
    /// Four fifths or more.
    Hot,
    /// All of it, or more than that.
    Saturated,
}

impl Ink {
    /// Every ink, in the order of the palette.
    pub const ALL: [Self; 14] = [
        Self::Surface,
        Self::Sunken,
        Self::Line,
        Self::Edge,
        Self::Ink,
        Self::Ink2,
        Self::Ink3,
        Self::Sync,
        Self::Async,
        Self::Broker,
        Self::Calm,
        Self::Busy,
        Self::Hot,
        Self::Saturated,
    ];

    /// The design token, a CSS custom property, that holds its colour.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Surface => "--surface",
            Self::Sunken => "--sunken",
            Self::Line => "--line",
            Self::Edge => "--edge",
            Self::Ink => "--ink",
            Self::Ink2 => "--ink-2",
            Self::Ink3 => "--ink-3",
            Self::Sync => "--sync",
            Self::Async => "--async",
            Self::Broker => "--broker",
            Self::Calm => "--calm",
            Self::Busy => "--busy",
            Self::Hot => "--hot",
            Self::Saturated => "--saturated",
        }
    }

    /// `true` if it lies beneath others: where there are only two colours, it takes the background's.
    pub const fn is_ground(self) -> bool {
        matches!(self, Self::Surface | Self::Sunken | Self::Calm | Self::Busy)
    }
}

/// A piece of text over a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Label {
    pub text: String,
    /// Where: the height is that of the text's middle, the side is said by the anchor.
    pub at: Point,
    pub anchor: Anchor,
    pub role: Role,
    /// In what colour it is written.
    pub ink: Ink,
    /// `true` if it is written bold.
    pub strong: bool,
    /// The room it takes, estimated on the safe side.
    pub bounds: Rect,
    /// The explained value of its number, if it has one.
    #[serde(skip)]
    pub asks: Option<ExplainedValue>,
}

/// The part of a text that lies at its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// The purpose of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// A value of the axis below.
    AcrossTick,
    /// A value of the axis at the left.
    UpTick,
    /// Something said about the data.
    Annotation,
}
