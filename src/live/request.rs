//! What the page asks.

use serde::{Deserialize, Serialize};

use crate::charts::{Point, Size};

/// What the page asks of the simulation; each is answered once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Begin a run of the scenario in a link, at its start. The look stays.
    Open {
        /// The link, seed included.
        link: String,
    },
    /// From now on, lay everything out like this.
    Look(Look),
    /// Let the run go on as long as a frame on the screen takes.
    Pass {
        /// How much time passed before the screen, in milliseconds.
        millis: f64,
        /// How many times faster the run goes.
        speed: f64,
        /// How long the answer may take, in milliseconds.
        budget: f64,
    },
    /// Go to a moment, forwards or back; to be repeated until the answer has arrived there.
    Seek {
        /// Nanoseconds after the start.
        nanos: u64,
        /// How long the answer may take, in milliseconds.
        budget: f64,
    },
    /// Let one event happen.
    Step,
    /// Undo one event.
    Back,
    /// Show the course of this order from now on; of the latest for 0.
    Follow {
        /// Its number.
        order: u32,
    },
    /// Show the course of the order whose mark is nearest to a place on the stage.
    Pick(Point),
    /// Begin to measure response times by simulation, at these loads.
    Sweep {
        /// The link with everything but the load.
        link: String,
        /// Users, or orders per second.
        loads: Vec<f64>,
    },
    /// Go on measuring; to be repeated until the answer says that it is done.
    SweepOn {
        /// How long the answer may take, in milliseconds.
        budget: f64,
    },
    /// The digest of a run's first events, to compare machines by.
    Digest {
        /// The link.
        link: String,
        /// [`super::Rules`] as Postcard writes them.
        rules: Vec<u8>,
        /// How many events.
        events: u64,
    },
}

/// How the page wants things laid out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// How wide the stage is, in CSS pixels; its height follows.
    pub stage: f64,
    /// How large each strip chart is.
    pub strip: Size,
    /// How wide the course of an order is; its height follows.
    pub course: f64,
    /// How large the text is.
    pub text_size: f64,
    /// Whether nothing moves: levels in place of marks.
    pub still: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { stage: 960.0, strip: Size::new(320.0, 150.0), course: 960.0, text_size: 12.0, still: false }
    }
}
