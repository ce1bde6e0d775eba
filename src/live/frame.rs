//! What the simulation answers.

use serde::{Deserialize, Serialize};

use super::sweep::Swept;
use crate::charts::{Figure, Label};

/// What the simulation answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// How the run stands.
    Frame(Box<Frame>),
    /// Why there is no such run.
    Refused(String),
    /// How far the measuring is.
    Swept(Swept),
    /// A digest.
    Digest(u64),
}

/// How a run stands. What is none has not changed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Frame {
    /// Nanoseconds since the start.
    pub nanos: u64,
    /// Events so far.
    pub events: u64,
    /// The moment, in words.
    pub clock: String,
    /// Whether what was asked for is done.
    pub arrived: bool,
    /// Why the run does not go on, if it does not.
    pub over: Option<String>,
    /// Whether marks are still on their way.
    pub moving: bool,
    /// What a single step was, in words.
    pub said: Option<String>,
    /// What moves.
    pub marks: Option<Figure>,
    /// What stands still behind it.
    pub backdrop: Option<Figure>,
    /// The numbers at each place.
    pub counters: Option<Vec<Label>>,
    /// What the run says so far.
    pub reading: Option<Box<Reading>>,
    /// The order that is followed.
    pub followed: u32,
    /// Its course.
    pub course: Option<Box<Panel>>,
}

/// What a run says so far.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// Theory beside simulation.
    pub headline: String,
    /// What to make of it.
    pub lead: String,
    /// Response time, queue, lag, errors over time.
    pub strips: Vec<Panel>,
    /// Every place with its numbers.
    pub places: Table,
}

/// A chart with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Panel {
    /// What it shows: the takeaway.
    pub title: String,
    /// What and in which unit.
    pub sub: String,
    /// The same in a sentence.
    pub summary: String,
    /// What is drawn.
    pub figure: Figure,
    /// The same in numbers.
    pub table: Table,
}

/// Numbers in rows.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Table {
    /// What it holds.
    pub caption: String,
    /// Above the columns.
    pub heads: Vec<String>,
    /// The rows; the first cell names the row.
    pub rows: Vec<Vec<String>>,
}
