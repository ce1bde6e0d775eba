//! What the simulation answers.

use serde::{Deserialize, Serialize};

use super::sweep::Swept;
use crate::charts::{Figure, Label, Point};

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
    /// Strip charts that have changed, with their places among them.
    pub strips: Vec<(usize, Panel)>,
    /// The order that is followed.
    pub followed: u32,
    /// Its course.
    pub course: Option<Box<Panel>>,
}

impl Frame {
    /// Whether nothing has changed but marks and clock.
    pub fn only_moves(&self) -> bool {
        let says_more = self.over.is_some() || self.said.is_some() || self.counters.is_some();
        let shows_more = self.reading.is_some() || self.course.is_some() || self.backdrop.is_some();
        !says_more && !shows_more && self.strips.is_empty()
    }
}

/// What a run says so far.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// Theory beside simulation.
    pub headline: String,
    /// What to make of it.
    pub lead: String,
    /// How many strip charts there are: response time, queue, lag where there is any, errors.
    pub strips: usize,
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
    /// Where one can stop while reading it, from left to right.
    pub stops: Vec<Stop>,
    /// All numbers for a file, the names of the columns first.
    pub numbers: Vec<Vec<String>>,
    /// The values to listen to.
    pub values: Vec<f64>,
    /// What files of it are called, without what kind they are.
    pub file: String,
}

/// A place in a chart that can be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stop {
    /// Where it is.
    pub at: Point,
    /// What is there.
    pub told: String,
}

impl Stop {
    /// The most in one chart.
    pub const MOST: usize = 60;
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
