//! Arrivals of orders and of users under a load that changes over time.

use crate::simulation::clock::{Instant, Span};
use crate::simulation::experiment::LoadPattern;

/// A factor on the usual load that is piecewise linear in time.
#[derive(Debug, Clone, Default)]
pub(crate) struct LoadProfile {
    segments: Vec<Segment>,
}

/// A linear segment: the factor at its start, and the change of the factor per nanosecond.
#[derive(Debug, Clone, Copy)]
struct Segment {
    start: Instant,
    factor: f64,
    slope: f64,
}

impl LoadProfile {
    pub(crate) fn new(pattern: LoadPattern) -> Self {
        let constant = |start, factor| Segment { start, factor, slope: 0.0 };
        let segments = match pattern {
            LoadPattern::Steady => vec![constant(Instant::START, 1.0)],
            LoadPattern::Spike { from, until, factor } => {
                vec![
                    constant(Instant::START, 1.0),
                    constant(Instant::at(from), factor.max(0.0)),
                    constant(Instant::at(until.max(from)), 1.0),
                ]
            }
            LoadPattern::Ramp { from, until, factor } => {
                let (start, end) = (Instant::at(from), Instant::at(until.max(from)));
                let slope = (factor.max(0.0) - 1.0) / ((end - start).nanos().max(1)) as f64;
                vec![
                    constant(Instant::START, 1.0),
                    Segment { start, factor: 1.0, slope },
                    constant(end, factor.max(0.0)),
                ]
            }
        };
        Self { segments }
    }

    pub(crate) fn factor(&self, at: Instant) -> f64 {
        let segment = self.segments.iter().rev().find(|segment| segment.start <= at);
        segment.map_or(1.0, |segment| segment.factor + segment.slope * (at - segment.start).nanos() as f64)
    }

    /// Returns the next arrival of a Poisson process with this usual rate per nanosecond: the moment at which
    /// the integral of the rate has grown by `exponential`, a number from the exponential distribution of
    /// mean 1. `None` if the rate stays zero.
    pub(crate) fn next_arrival(&self, now: Instant, rate: f64, exponential: f64) -> Option<Instant> {
        let (mut at, mut remaining) = (now, exponential);
        for (index, segment) in self.segments.iter().enumerate() {
            let end = self.segments.get(index + 1).map_or(Instant::NEVER, |next| next.start);
            if end <= at {
                continue;
            }
            let rate_at_start = rate * (segment.factor + segment.slope * (at - segment.start).nanos() as f64);
            let change = rate * segment.slope;
            let length = (end - at).nanos() as f64;
            let integral = length * (rate_at_start + change * length / 2.0);
            if integral > remaining {
                // The root of rate·t + change·t²/2 = remaining that loses no digits if the change is small.
                let wait = 2.0 * remaining
                    / (rate_at_start
                        + (rate_at_start * rate_at_start + 2.0 * change * remaining).max(0.0).sqrt());
                return Some(at + Span::rounded(wait));
            }
            remaining -= integral;
            at = end;
        }
        None
    }

    /// Returns the next moment at which a closed workload with this usual number of users needs one user more
    /// than it has; `None` if it never does.
    pub(crate) fn next_user_arrival(&self, now: Instant, usual_users: u32, users: u32) -> Option<Instant> {
        let target = f64::from(users) + 1.0;
        for (index, segment) in self.segments.iter().enumerate() {
            let end = self.segments.get(index + 1).map_or(Instant::NEVER, |next| next.start);
            if end <= now {
                continue;
            }
            let at = now.max(segment.start);
            let current = f64::from(usual_users)
                * (segment.factor + segment.slope * (at - segment.start).nanos() as f64);
            let growth = f64::from(usual_users) * segment.slope;
            if current.round() >= target {
                return Some(at);
            }
            if growth > 0.0 {
                let arrival = at + Span::rounded(((target - current) / growth).max(1.0));
                if arrival < end {
                    return Some(arrival);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::streams::{RandomSource, RandomStream};
    use super::*;
    use crate::units::Time;

    const SECOND: f64 = 1e-9;

    fn count_arrivals(pattern: LoadPattern, rate: f64, edges: &[u32]) -> Vec<f64> {
        let load = LoadProfile::new(pattern);
        let mut stream = RandomStream::new(4, RandomSource::Arrivals);
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
        let spike = LoadPattern::Spike { from: seconds(10), until: seconds(20), factor: 3.0 };
        let ramp = LoadPattern::Ramp { from: seconds(10), until: seconds(20), factor: 3.0 };
        let check = |pattern, expected: [f64; 4]| {
            let counts = count_arrivals(pattern, 2_000.0, &[0, 10, 15, 20, 30]);
            for (count, expected) in counts.into_iter().zip(expected) {
                let spread = expected.sqrt();
                assert!((count - expected).abs() < 4.0 * spread, "{pattern:?}: {count}, not {expected}");
            }
        };
        check(LoadPattern::Steady, [20_000.0, 10_000.0, 10_000.0, 20_000.0]);
        check(spike, [20_000.0, 30_000.0, 30_000.0, 20_000.0]);
        check(ramp, [20_000.0, 15_000.0, 25_000.0, 60_000.0]);
    }

    #[test]
    fn no_rate_brings_nobody() {
        let load = LoadProfile::new(LoadPattern::Steady);
        assert_eq!(load.next_arrival(Instant::START, 0.0, 1.0), None);
        assert_eq!(LoadProfile::new(LoadPattern::Steady).next_user_arrival(Instant::START, 100, 100), None);
    }

    #[test]
    fn users_join_when_the_load_asks_for_them() {
        let seconds = Time::from_whole_seconds;
        let spike =
            LoadProfile::new(LoadPattern::Spike { from: seconds(10), until: seconds(20), factor: 3.0 });
        assert_eq!(spike.next_user_arrival(Instant::START, 100, 100), Some(Instant::at(seconds(10))));
        assert_eq!(spike.next_user_arrival(Instant::START, 100, 300), None);
        let ramp = LoadProfile::new(LoadPattern::Ramp { from: seconds(10), until: seconds(20), factor: 2.0 });
        let second = ramp.next_user_arrival(Instant::START, 10, 10).unwrap();
        assert!((second.time().seconds() - 11.0).abs() < 1e-6, "{second:?}");
        assert_eq!(ramp.factor(Instant::at(seconds(15))).to_bits(), f64::to_bits(1.5));
    }
}
