//! Circuit breaker: stops calls to a step that fails.

use crate::simulation::clock::{Instant, Span};
use crate::simulation::experiment::BreakerRule;

/// The breaker rule in whole numbers.
#[derive(Debug, Clone, Copy)]
struct BreakerConfig {
    window: u32,
    failures: u32,
    open_for: Span,
}

#[derive(Debug, Clone)]
pub(crate) struct CircuitBreaker {
    config: BreakerConfig,
    state: CircuitState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CircuitState {
    /// Calls pass. `outcomes` holds the latest results, one bit each, 1 for a failure; `known` counts them.
    Closed {
        outcomes: u64,
        known: u32,
    },
    Open {
        until: Instant,
    },
    /// A call has passed as a probe; all others are rejected until its result is known.
    Probing,
}

const CLOSED: CircuitState = CircuitState::Closed { outcomes: 0, known: 0 };

impl CircuitBreaker {
    pub(crate) fn new(rule: BreakerRule) -> Self {
        let window = u32::from(rule.window.clamp(1, 64));
        let failures = (rule.threshold.value() * f64::from(window)).ceil().max(1.0) as u32;
        Self { config: BreakerConfig { window, failures, open_for: Span::of(rule.open_for) }, state: CLOSED }
    }

    /// Returns `true` if a call may pass. The first call after the open time passes as a probe.
    pub(crate) fn permits(&mut self, now: Instant) -> bool {
        match self.state {
            CircuitState::Closed { .. } => true,
            CircuitState::Open { until } if now >= until => {
                self.state = CircuitState::Probing;
                true
            }
            CircuitState::Open { .. } | CircuitState::Probing => false,
        }
    }

    /// Records the result of a call that passed. Ignores calls that passed before the breaker opened.
    pub(crate) fn record(&mut self, has_failed: bool, now: Instant) {
        match self.state {
            CircuitState::Open { .. } => {}
            CircuitState::Probing if has_failed => self.open(now),
            CircuitState::Probing => self.state = CLOSED,
            CircuitState::Closed { outcomes, known } => {
                let outcomes = outcomes << 1 | u64::from(has_failed);
                let known = (known + 1).min(self.config.window);
                let latest = outcomes & (u64::MAX >> (64 - self.config.window));
                self.state = CircuitState::Closed { outcomes, known };
                if known == self.config.window && latest.count_ones() >= self.config.failures {
                    self.open(now);
                }
            }
        }
    }

    fn open(&mut self, now: Instant) {
        self.state = CircuitState::Open { until: now + self.config.open_for };
    }

    /// Returns `true` while calls are rejected.
    pub(crate) fn is_open(&self) -> bool {
        !matches!(self.state, CircuitState::Closed { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Probability, Time};

    #[test]
    fn it_opens_probes_and_closes() {
        let second = |s| Instant::at(Time::from_whole_seconds(s));
        let mut breaker = CircuitBreaker::new(BreakerRule {
            window: 4,
            threshold: Probability::new(0.5),
            open_for: Time::from_whole_seconds(10),
        });
        for failed in [true, false, false, false, true] {
            assert!(breaker.permits(second(0)));
            breaker.record(failed, second(0));
        }
        assert!(!breaker.is_open(), "one failure of the last four");
        breaker.record(true, second(1));
        assert!(breaker.is_open(), "two of four");
        assert!(!breaker.permits(second(10)));
        assert!(breaker.permits(second(11)), "the probe");
        assert!(!breaker.permits(second(11)), "and no other");
        breaker.record(true, second(12));
        assert!(!breaker.permits(second(21)) && breaker.permits(second(22)));
        breaker.record(false, second(22));
        assert!(!breaker.is_open() && breaker.permits(second(22)));
    }
}
