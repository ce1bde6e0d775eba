//! Counters of a run, and their history.

use super::histogram::Histogram;
use crate::simulation::clock::{Instant, Span};

/// All counters since the start. The difference of two states describes the interval between them.
#[derive(Debug, Clone)]
pub(crate) struct Counters {
    /// Moment of the time integrals.
    pub(crate) at: Instant,
    pub(crate) orders: OrderCounters,
    /// Response times of the answered orders.
    pub(crate) response_times: Histogram,
    pub(crate) steps: Vec<StepCounters>,
}

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct OrderCounters {
    pub(crate) submitted: u64,
    /// Requests sent, retries included.
    pub(crate) attempts: u64,
    pub(crate) answered: u64,
    /// Answered within the client timeout.
    pub(crate) in_time: u64,
    /// Given up without an answer.
    pub(crate) failed: u64,
    /// Answers after the client had stopped waiting.
    pub(crate) late_answers: u64,
    /// Requests that found the queue for a worker full, or had waited too long in it.
    pub(crate) rejected: u64,
    /// Requests that got a worker.
    pub(crate) started: u64,
    /// Events lost because the broker was down.
    pub(crate) events_lost: u64,
    /// Sum of the response times of the answered orders, in nanoseconds.
    pub(crate) response_time: u128,
    /// Sum of the residence times of all orders that have ended, in nanoseconds.
    pub(crate) residence_time: u128,
    /// Sum of the ages of the orders in the system, in nanoseconds.
    pub(crate) age: u128,
    /// Time integral of the number of orders in the system.
    pub(crate) in_system: u128,
    /// Time integral of the number of busy workers.
    pub(crate) busy_workers: u128,
    /// Time integral of the queue for a worker.
    pub(crate) waiting: u128,
}

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct StepCounters {
    /// Calls and deliveries whose service has started.
    pub(crate) started: u64,
    pub(crate) failures: u64,
    /// Attempts rejected without service.
    pub(crate) rejected: u64,
    /// Attempts that their caller gave up.
    pub(crate) timed_out: u64,
    pub(crate) effects: u64,
    /// Effects after the first one on the same order.
    pub(crate) duplicates: u64,
    /// Effects that were overtaken by that of a later order.
    pub(crate) reordered: u64,
    /// Deliveries that an idempotent consumer skipped.
    pub(crate) skipped: u64,
    pub(crate) published: u64,
    /// Deliveries after the first.
    pub(crate) redelivered: u64,
    /// Events whose deliveries were used up.
    pub(crate) dead_letters: u64,
    /// Sum of the times from publication to first effect, in nanoseconds.
    pub(crate) staleness: u128,
    /// Number of first effects in that sum.
    pub(crate) first_effects: u64,
    /// Time integral of the number of busy connections.
    pub(crate) busy: u128,
    /// Time integral of the queue length.
    pub(crate) waiting: u128,
    /// Time integral of the number of events published and not done.
    pub(crate) lag: u128,
}

impl Counters {
    pub(crate) fn new(steps: usize) -> Self {
        Self {
            at: Instant::START,
            orders: OrderCounters::default(),
            response_times: Histogram::default(),
            steps: vec![StepCounters::default(); steps],
        }
    }

    /// Copies another state without allocating.
    fn copy_from(&mut self, other: &Self) {
        (self.at, self.orders) = (other.at, other.orders);
        self.response_times.copy_from(&other.response_times);
        self.steps.copy_from_slice(&other.steps);
    }
}

/// Counters at evenly spaced moments. If the rows are full, every second one is dropped and the spacing
/// doubles, so that a run of any length leaves between 32 and 64 rows.
#[derive(Debug, Clone)]
pub(crate) struct CounterHistory {
    rows: Vec<Counters>,
    filled: usize,
    spacing: Span,
    next_time: Instant,
}

impl CounterHistory {
    pub(crate) const ROWS: usize = 64;

    pub(crate) fn new(steps: usize, spacing: Span) -> Self {
        let spacing = spacing.max(Span::from_nanos(1));
        Self {
            rows: vec![Counters::new(steps); Self::ROWS],
            filled: 0,
            spacing,
            next_time: Instant::START + spacing,
        }
    }

    pub(crate) fn next_time(&self) -> Instant {
        self.next_time
    }

    /// Writes the row that is due, unless the spacing doubles and the moment lies between two of the new
    /// rows.
    pub(crate) fn write(&mut self, counters: &Counters) {
        if self.filled == Self::ROWS {
            for row in 0..Self::ROWS / 2 {
                self.rows.swap(row, 2 * row + 1);
            }
            self.filled = Self::ROWS / 2;
            self.next_time = counters.at + self.spacing;
            self.spacing = self.spacing + self.spacing;
        } else {
            self.rows[self.filled].copy_from(counters);
            self.filled += 1;
            self.next_time = counters.at + self.spacing;
        }
    }

    pub(crate) fn rows(&self) -> &[Counters] {
        &self.rows[..self.filled]
    }

    /// Returns the approximate memory of the rows, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let steps = self.rows.first().map_or(0, |row| row.steps.len());
        Self::ROWS * (Histogram::BYTES + size_of::<Counters>() + steps * size_of::<StepCounters>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_keeps_evenly_spaced_rows_of_any_length_of_run() {
        let mut counter_history = CounterHistory::new(2, Span::from_nanos(10));
        let mut counters = Counters::new(2);
        for row in 1..=1_000_u64 {
            let due = counter_history.next_time();
            counters.at = due;
            counters.orders.submitted = row;
            counter_history.write(&counters);
            let rows = counter_history.rows();
            assert!(row < 32 || (32..=64).contains(&rows.len()));
            let first = rows[0].at.nanos();
            for (index, row) in rows.iter().enumerate() {
                assert_eq!(row.at.nanos(), first * (index as u64 + 1));
            }
            let last = rows.last().map(|row| row.orders.submitted).unwrap_or_default();
            assert!(last == row || (last + 1 == row && rows.len() == 32));
        }
    }
}
