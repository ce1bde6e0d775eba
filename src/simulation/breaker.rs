//! A circuit breaker: stops calling what fails.

use super::clock::{Instant, Span};
use super::experiment::BreakerRule;

/// The rule in whole numbers.
#[derive(Debug, Clone, Copy)]
struct Rule {
    window: u32,
    failures: u32,
    open_for: Span,
}

/// A breaker and what it remembers.
#[derive(Debug, Clone)]
pub(super) struct Breaker {
    rule: Rule,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Calls pass; the last ones are remembered, a failure as a one.
    Closed { outcomes: u64, known: u32 },
    /// Calls are refused until then.
    Open { until: Instant },
    /// One call has passed as a probe.
    Probing,
}

const FORGOTTEN: State = State::Closed { outcomes: 0, known: 0 };

impl Breaker {
    /// A closed breaker.
    pub(super) fn new(rule: BreakerRule) -> Self {
        let window = u32::from(rule.window.clamp(1, 64));
        let failures = (rule.threshold.value() * f64::from(window)).ceil().max(1.0) as u32;
        Self { rule: Rule { window, failures, open_for: Span::of(rule.open_for) }, state: FORGOTTEN }
    }

    /// Whether a call may pass.
    pub(super) fn permits(&mut self, now: Instant) -> bool {
        match self.state {
            State::Closed { .. } => true,
            State::Open { until } if now >= until => {
                self.state = State::Probing;
                true
            }
            State::Open { .. } | State::Probing => false,
        }
    }

    /// Takes note of how a call that passed ended. Calls that passed before it opened no longer count.
    pub(super) fn note(&mut self, failed: bool, now: Instant) {
        match self.state {
            State::Open { .. } => {}
            State::Probing if failed => self.open(now),
            State::Probing => self.state = FORGOTTEN,
            State::Closed { outcomes, known } => {
                let outcomes = outcomes << 1 | u64::from(failed);
                let known = (known + 1).min(self.rule.window);
                let remembered = outcomes & (u64::MAX >> (64 - self.rule.window));
                self.state = State::Closed { outcomes, known };
                if known == self.rule.window && remembered.count_ones() >= self.rule.failures {
                    self.open(now);
                }
            }
        }
    }

    fn open(&mut self, now: Instant) {
        self.state = State::Open { until: now + self.rule.open_for };
    }

    /// Whether calls are being refused.
    pub(super) fn is_open(&self) -> bool {
        !matches!(self.state, State::Closed { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Probability, Time};

    #[test]
    fn it_opens_probes_and_closes() {
        let second = |s| Instant::at(Time::from_whole_seconds(s));
        let mut breaker = Breaker::new(BreakerRule {
            window: 4,
            threshold: Probability::new(0.5),
            open_for: Time::from_whole_seconds(10),
        });
        for failed in [true, false, false, false, true] {
            assert!(breaker.permits(second(0)));
            breaker.note(failed, second(0));
        }
        assert!(!breaker.is_open(), "one failure of the last four");
        breaker.note(true, second(1));
        assert!(breaker.is_open(), "two of four");
        assert!(!breaker.permits(second(10)));
        assert!(breaker.permits(second(11)), "the probe");
        assert!(!breaker.permits(second(11)), "and no other");
        breaker.note(true, second(12));
        assert!(!breaker.permits(second(21)) && breaker.permits(second(22)));
        breaker.note(false, second(22));
        assert!(!breaker.is_open() && breaker.permits(second(22)));
    }
}
