//! Which parts of the page follow a drag within one frame: on a fast machine all of them, on a slow one a part in each, in turn, so
//! that no input waits for all.

/// A part of the page that is shown as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The flow with its sentence, and the fields. Where others wait too, every other turn is its own.
    Flow,
    /// The curve.
    Curve,
    /// The bars.
    Bars,
    /// What lies below them.
    Rest,
}

/// The parts that take turns with the flow.
const OTHERS: [Part; 3] = [Part::Curve, Part::Bars, Part::Rest];

/// Whose turn it is, and how fast the machine is. Nothing is known of that at first: a machine is a slow one until it has shown
/// that it is not.
///
/// ```
/// use waiting_line::turns::{Part, Turns};
///
/// let mut turns = Turns::default();
/// assert!(!turns.is_up(Part::Flow) && !turns.is_up(Part::Curve));
/// // The frame of the input is out: the flow is worked out now, and comes with the next one.
/// assert_eq!(turns.framed(3.0), Some(Part::Flow));
/// assert!(turns.is_up(Part::Flow));
/// ```
#[derive(Debug, Default)]
pub struct Turns {
    /// Who waits, by part.
    waiting: [bool; 4],
    /// Whose turn it is,
    up: Option<Part>,
    /// who was shown in the frame that is awaited, if it was one alone,
    alone: Option<Part>,
    /// and which of the others had the last turn.
    other: usize,
    pace: Pace,
}

/// How long the work of a frame takes.
#[derive(Debug)]
struct Pace {
    /// What each part took when it was shown alone, in milliseconds; not a number where that is not known.
    parts: [f64; 4],
    /// How many frames speak for a fast machine, up to [`Pace::ENOUGH`],
    fast: u32,
    /// and whether it is one.
    is_fast: bool,
    /// How long was worked for the frame that is awaited, in milliseconds, if at all.
    worked: Option<f64>,
}

impl Turns {
    /// Whether a part may be shown now. If not it waits for its turn.
    pub fn is_up(&mut self, part: Part) -> bool {
        let is_up = self.pace.is_fast || self.up == Some(part);
        self.waiting[part as usize] = !is_up;
        is_up
    }

    /// Notes that so many milliseconds were worked for the frame that is awaited.
    pub fn worked(&mut self, millis: f64) {
        self.pace.worked = Some(millis);
    }

    /// A frame is out, which took the browser so many milliseconds: whose turn comes now, if anybody waits.
    pub fn framed(&mut self, millis: f64) -> Option<Part> {
        self.pace.note(self.alone, millis);
        self.up = self.next();
        self.alone = self.up;
        if let Some(part) = self.up {
            self.waiting[part as usize] = false;
        }
        self.up
    }

    /// What is shown is worked out, and comes with the next frame. Says whether that was somebody's turn, which is over.
    pub fn end(&mut self) -> bool {
        self.up.take().is_some()
    }

    /// Who comes next: the flow, unless it was just there and somebody else waits.
    fn next(&mut self) -> Option<Part> {
        let is_flow = self.waiting[Part::Flow as usize];
        if !is_flow || self.alone == Some(Part::Flow) {
            for after in 1..=OTHERS.len() {
                let other = (self.other + after) % OTHERS.len();
                if self.waiting[OTHERS[other] as usize] {
                    self.other = other;
                    return Some(OTHERS[other]);
                }
            }
        }
        is_flow.then_some(Part::Flow)
    }
}

impl Pace {
    /// Where all parts together take less than this, in milliseconds, a frame speaks for a fast machine,
    const FAST: f64 = 32.0;
    /// and where all of them in one frame take longer than this for a slow one: input would wait for them.
    const SLOW: f64 = 24.0;
    /// So many fast frames make a machine a fast one: there are light frames on any.
    const ENOUGH: u32 = 6;
    /// A slow frame counts for so many fast ones: a single one may have been chance.
    const WEIGHT: u32 = 3;
    /// A part with little to show is still believed to take so much of what it took before; one that took longer, only half of that.
    const FADES: f64 = 0.95;

    /// Notes a frame with the work that was done for it, for one part or for all. The wait between the two is nobody's work.
    fn note(&mut self, alone: Option<Part>, frame: f64) {
        let Some(worked) = self.worked.take() else { return };
        let took = worked + frame;
        let is_light = match alone {
            Some(part) => {
                let part = &mut self.parts[part as usize];
                *part = if took > *part { f64::midpoint(took, *part) } else { took.max(*part * Self::FADES) };
                // Each of the three has a browser's frame of its own; together they would take less.
                self.parts[..3].iter().sum::<f64>() < Self::FAST
            }
            None => took < Self::SLOW,
        };
        self.fast =
            if is_light { Self::ENOUGH.min(self.fast + 1) } else { self.fast.saturating_sub(Self::WEIGHT) };
        self.is_fast = self.fast == Self::ENOUGH || self.is_fast && self.fast > 0;
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self { parts: [f64::NAN; 4], fast: 0, is_fast: false, worked: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each part takes, and what the browser adds for each frame.
    struct Machine {
        parts: [f64; 4],
        frame: f64,
    }

    impl Machine {
        /// Like the laptop that the figures in BENCHMARKS.md are of, so many times as slow.
        fn slowed(by: f64) -> Self {
            Self { parts: [6.0, 4.0, 3.0, 0.0].map(|part| part * by), frame: 2.0 * by }
        }

        /// The same for the drags that the limits were set by (BENCHMARKS.md, 2026-11-30): of a latency, and of the users.
        fn measured(by: f64) -> [Self; 2] {
            [[2.75, 1.5, 2.0, 0.0], [2.75, 1.0, 1.2, 0.0]]
                .map(|parts| Self { parts: parts.map(|part| part * by), frame: 2.0 * by })
        }

        /// Drags for so many frames, with an input before each: which parts came with each frame, and how long the work for it took.
        fn drag(&self, turns: &mut Turns, frames: usize) -> Vec<(Vec<Part>, f64)> {
            let parts = [Part::Flow, Part::Curve, Part::Bars];
            let mut drag = Vec::new();
            let mut turn = None;
            for _ in 0..frames {
                let shown: Vec<Part> =
                    parts.into_iter().filter(|part| turns.is_up(*part) || turn == Some(*part)).collect();
                let worked: f64 = shown.iter().map(|part| self.parts[*part as usize]).sum();
                if !shown.is_empty() {
                    turns.worked(worked);
                }
                drag.push((shown, worked + self.frame));
                turn = turns.framed(self.frame);
                if let Some(part) = turn {
                    assert!(turns.is_up(part));
                    turns.end();
                }
            }
            drag
        }
    }

    #[test]
    fn a_fast_machine_soon_shows_all_parts_in_every_frame() {
        let mut turns = Turns::default();
        let drag = Machine::slowed(1.0).drag(&mut turns, 60);
        let first = drag.iter().position(|(shown, _)| shown.len() == 3).unwrap();
        assert!(first <= 16, "{first}");
        assert!(drag[first..].iter().all(|(shown, _)| shown.len() == 3));
        assert!(turns.pace.is_fast);
    }

    #[test]
    fn a_slow_machine_shows_a_part_in_each_frame_and_every_other_time_the_flow() {
        let mut turns = Turns::default();
        let machine = Machine::slowed(5.0);
        let drag = machine.drag(&mut turns, 80);
        for pair in drag[1..].windows(2) {
            assert!(pair.iter().all(|(shown, _)| shown.len() == 1));
            assert_eq!(pair.iter().filter(|(shown, _)| shown[0] == Part::Flow).count(), 1);
        }
        for part in [Part::Curve, Part::Bars] {
            let count = drag.iter().filter(|(shown, _)| shown.first() == Some(&part)).count();
            assert!((19..=20).contains(&count), "{part:?}: {count}");
        }
        assert!(drag.iter().all(|(_, took)| *took <= 5.0 * 8.0));
    }

    #[test]
    fn half_the_speed_of_a_laptop_is_fast_and_a_quarter_of_it_is_slow() {
        for machine in Machine::measured(2.0) {
            let mut turns = Turns::default();
            machine.drag(&mut turns, 60);
            assert!(turns.pace.is_fast);
        }
        for machine in Machine::measured(4.0) {
            let mut turns = Turns::default();
            let drag = machine.drag(&mut turns, 200);
            assert!(drag.iter().all(|(shown, _)| shown.len() <= 1));
            // Nor does it stay fast when it was taken for a fast machine.
            Machine::slowed(0.5).drag(&mut turns, 60);
            assert!(turns.pace.is_fast);
            machine.drag(&mut turns, 2);
            assert!(!turns.pace.is_fast);
        }
    }

    #[test]
    fn a_machine_that_becomes_slow_is_noticed_within_two_frames_and_one_hiccup_is_not() {
        let mut turns = Turns::default();
        Machine::slowed(1.0).drag(&mut turns, 60);
        Machine::slowed(4.0).drag(&mut turns, 1);
        assert!(turns.pace.is_fast);
        Machine::slowed(1.0).drag(&mut turns, 10);
        Machine::slowed(4.0).drag(&mut turns, 2);
        assert!(!turns.pace.is_fast);
        // And it is fast again when it has shown so.
        Machine::slowed(1.0).drag(&mut turns, 60);
        assert!(turns.pace.is_fast);
    }

    #[test]
    fn a_part_that_has_nothing_to_show_for_a_while_does_not_make_a_machine_fast() {
        let mut turns = Turns::default();
        let (slow, mut idle) = (Machine::slowed(4.0), Machine::slowed(4.0));
        slow.drag(&mut turns, 40);
        idle.parts[Part::Curve as usize] = 0.0;
        let drag = [idle.drag(&mut turns, 20), slow.drag(&mut turns, 20)].concat();
        assert!(drag.iter().all(|(shown, _)| shown.len() <= 1), "{drag:?}");
    }

    #[test]
    fn everybody_who_waits_has_a_turn_and_then_nobody_has() {
        let mut turns = Turns::default();
        for part in [Part::Rest, Part::Bars, Part::Curve, Part::Flow] {
            assert!(!turns.is_up(part));
        }
        let order: Vec<Option<Part>> = (0..6).map(|_| turns.framed(10.0)).collect();
        let all = [Part::Flow, Part::Bars, Part::Rest, Part::Curve].map(Some);
        assert_eq!(order[..4], all);
        assert_eq!(order[4..], [None, None]);
    }

    #[test]
    fn a_frame_for_which_nothing_was_worked_says_nothing_of_the_machine() {
        let mut turns = Turns::default();
        for _ in 0..100 {
            turns.framed(1.0);
        }
        assert!(!turns.pace.is_fast);
    }
}
