//! When orders come, and how many users there are, while the load changes.

use super::clock::{Instant, Span};
use super::experiment::Pattern;

/// A factor on the usual load that is made of pieces, each of them constant or changing evenly.
#[derive(Debug, Clone, Default)]
pub(super) struct Load {
    pieces: Vec<Piece>,
}

/// From its start, a factor and by how much it changes per nanosecond.
#[derive(Debug, Clone, Copy)]
struct Piece {
    from: Instant,
    factor: f64,
    slope: f64,
}

impl Load {
    /// The pieces of a pattern.
    pub(super) fn new(pattern: Pattern) -> Self {
        let level = |from, factor| Piece { from, factor, slope: 0.0 };
        let pieces = match pattern {
            Pattern::Steady => vec![level(Instant::START, 1.0)],
            Pattern::Spike { from, until, factor } => {
                vec![
                    level(Instant::START, 1.0),
                    level(Instant::at(from), factor.max(0.0)),
                    level(Instant::at(until.max(from)), 1.0),
                ]
            }
            Pattern::Ramp { from, until, factor } => {
                let (start, end) = (Instant::at(from), Instant::at(until.max(from)));
                let slope = (factor.max(0.0) - 1.0) / ((end - start).nanos().max(1)) as f64;
                vec![
                    level(Instant::START, 1.0),
                    Piece { from: start, factor: 1.0, slope },
                    level(end, factor.max(0.0)),
                ]
            }
        };
        Self { pieces }
    }

    /// The factor at a moment.
    pub(super) fn factor(&self, at: Instant) -> f64 {
        let piece = self.pieces.iter().rev().find(|piece| piece.from <= at);
        piece.map_or(1.0, |piece| piece.factor + piece.slope * (at - piece.from).nanos() as f64)
    }

    /// The next arrival of a Poisson stream of a usual rate per nanosecond: the moment at which the area under the
    /// rate has grown by a number from the exponential law. None when the rate stays at nothing.
    pub(super) fn next_arrival(&self, now: Instant, rate: f64, exponential: f64) -> Option<Instant> {
        let (mut at, mut left) = (now, exponential);
        for (index, piece) in self.pieces.iter().enumerate() {
            let end = self.pieces.get(index + 1).map_or(Instant::NEVER, |next| next.from);
            if end <= at {
                continue;
            }
            let start = rate * (piece.factor + piece.slope * (at - piece.from).nanos() as f64);
            let change = rate * piece.slope;
            let length = (end - at).nanos() as f64;
            let area = length * (start + change * length / 2.0);
            if area > left {
                // The root of start·t + change·t²/2 = left that loses no digits when the change is small.
                let wait = 2.0 * left / (start + (start * start + 2.0 * change * left).max(0.0).sqrt());
                return Some(at + Span::rounded(wait));
            }
            left -= area;
            at = end;
        }
        None
    }

    /// The next moment after this one at which a closed workload needs one user more than it has, out of so many usual
    /// ones; none when it never does.
    pub(super) fn next_joining(&self, now: Instant, usual: u32, users: u32) -> Option<Instant> {
        let wanted = f64::from(users) + 1.0;
        for (index, piece) in self.pieces.iter().enumerate() {
            let end = self.pieces.get(index + 1).map_or(Instant::NEVER, |next| next.from);
            if end <= now {
                continue;
            }
            let at = now.max(piece.from);
            let there = f64::from(usual) * (piece.factor + piece.slope * (at - piece.from).nanos() as f64);
            let growth = f64::from(usual) * piece.slope;
            if there.round() >= wanted {
                return Some(at);
            }
            if growth > 0.0 {
                let joining = at + Span::rounded(((wanted - there) / growth).max(1.0));
                if joining < end {
                    return Some(joining);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::generator::{Source, Stream};
    use super::*;
    use crate::units::Time;

    const SECOND: f64 = 1e-9;

    fn counted(pattern: Pattern, rate: f64, edges: &[u32]) -> Vec<f64> {
        let load = Load::new(pattern);
        let mut stream = Stream::new(4, Source::Arrivals);
        let mut counts = vec![0.0; edges.len() - 1];
        let mut now = Instant::START;
        while let Some(next) = load.next_arrival(now, rate * SECOND, stream.exponential()) {
            now = next;
            let second = now.time().seconds();
            match edges.windows(2).position(|pair| (f64::from(pair[0])..f64::from(pair[1])).contains(&second))
            {
                Some(slot) => counts[slot] += 1.0,
                None => break,
            }
        }
        counts
    }

    #[test]
    fn a_spike_and_a_ramp_bring_as_many_as_they_should() {
        let seconds = Time::from_whole_seconds;
        let spike = Pattern::Spike { from: seconds(10), until: seconds(20), factor: 3.0 };
        let ramp = Pattern::Ramp { from: seconds(10), until: seconds(20), factor: 3.0 };
        let check = |pattern, expected: [f64; 4]| {
            let counts = counted(pattern, 2_000.0, &[0, 10, 15, 20, 30]);
            for (count, expected) in counts.into_iter().zip(expected) {
                let spread = expected.sqrt();
                assert!((count - expected).abs() < 4.0 * spread, "{pattern:?}: {count}, not {expected}");
            }
        };
        check(Pattern::Steady, [20_000.0, 10_000.0, 10_000.0, 20_000.0]);
        check(spike, [20_000.0, 30_000.0, 30_000.0, 20_000.0]);
        check(ramp, [20_000.0, 15_000.0, 25_000.0, 60_000.0]);
    }

    #[test]
    fn no_rate_brings_nobody() {
        let load = Load::new(Pattern::Steady);
        assert_eq!(load.next_arrival(Instant::START, 0.0, 1.0), None);
        assert_eq!(Load::new(Pattern::Steady).next_joining(Instant::START, 100, 100), None);
    }

    #[test]
    fn users_join_when_the_load_asks_for_them() {
        let seconds = Time::from_whole_seconds;
        let spike = Load::new(Pattern::Spike { from: seconds(10), until: seconds(20), factor: 3.0 });
        assert_eq!(spike.next_joining(Instant::START, 100, 100), Some(Instant::at(seconds(10))));
        assert_eq!(spike.next_joining(Instant::START, 100, 300), None);
        let ramp = Load::new(Pattern::Ramp { from: seconds(10), until: seconds(20), factor: 2.0 });
        let second = ramp.next_joining(Instant::START, 10, 10).unwrap();
        assert!((second.time().seconds() - 11.0).abs() < 1e-6, "{second:?}");
        assert_eq!(ramp.factor(Instant::at(seconds(15))).to_bits(), f64::to_bits(1.5));
    }
}
