//! What a run has counted, and how that grew.

use super::clock::{Instant, Span};
use super::histogram::Histogram;

/// Everything counted since the start; what happened between two moments is the difference of two of these.
#[derive(Debug, Clone)]
pub(super) struct Totals {
    /// Up to when the areas reach.
    pub(super) at: Instant,
    /// Of orders and requests.
    pub(super) orders: OrderTotals,
    /// Response times of the answered.
    pub(super) times: Histogram,
    /// Of each step.
    pub(super) steps: Vec<StepTotals>,
}

/// What was counted of orders, and of the requests that carry them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OrderTotals {
    /// Orders that came.
    pub(super) submitted: u64,
    /// Requests that clients sent: orders and their repetitions.
    pub(super) attempts: u64,
    /// Orders that got their answer.
    pub(super) answered: u64,
    /// Of these, within the client's timeout.
    pub(super) in_time: u64,
    /// Orders that ended without an answer.
    pub(super) failed: u64,
    /// Answers that nobody waited for.
    pub(super) unwanted: u64,
    /// Requests that found the line for a worker full, or had waited too long in it.
    pub(super) refused: u64,
    /// Requests that got a worker.
    pub(super) granted: u64,
    /// Events lost because the broker was down.
    pub(super) lost: u64,
    /// Response times of the answered, added up, in nanoseconds.
    pub(super) response: u128,
    /// Times from coming to the end of all orders that ended, answered or not.
    pub(super) stays: u128,
    /// Time that the orders still there have spent.
    pub(super) ages: u128,
    /// Area under the number of orders that are there.
    pub(super) in_system: u128,
    /// Area under the number of busy workers.
    pub(super) working: u128,
    /// Area under the line for a worker.
    pub(super) queueing: u128,
}

/// What was counted at one step.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct StepTotals {
    /// Calls and deliveries whose work was begun.
    pub(super) started: u64,
    /// Attempts that failed.
    pub(super) failures: u64,
    /// Attempts refused without work.
    pub(super) refused: u64,
    /// Attempts that their caller gave up.
    pub(super) timed_out: u64,
    /// Effects that happened.
    pub(super) effects: u64,
    /// Of these, more than once for an order.
    pub(super) duplicates: u64,
    /// Effects that a later order's had overtaken.
    pub(super) reordered: u64,
    /// Deliveries that a consumer recognised and skipped.
    pub(super) skipped: u64,
    /// Events published for it.
    pub(super) published: u64,
    /// Deliveries after the first.
    pub(super) redelivered: u64,
    /// Events whose deliveries were used up.
    pub(super) dead: u64,
    /// Times from the publication to the first effect, added up, in nanoseconds.
    pub(super) staleness: u128,
    /// How many times that were.
    pub(super) fresh: u64,
    /// Area under the number of busy connections.
    pub(super) busy: u128,
    /// Area under its line.
    pub(super) waiting: u128,
    /// Area under the number of events published and not done.
    pub(super) lag: u128,
}

impl Totals {
    /// Nothing yet, for so many steps.
    pub(super) fn new(steps: usize) -> Self {
        Self {
            at: Instant::START,
            orders: OrderTotals::default(),
            times: Histogram::default(),
            steps: vec![StepTotals::default(); steps],
        }
    }

    /// Takes over another state in the memory that is there.
    fn copy_from(&mut self, other: &Self) {
        (self.at, self.orders) = (other.at, other.orders);
        self.times.copy_from(&other.times);
        self.steps.copy_from_slice(&other.steps);
    }
}

/// The totals at evenly spaced moments. When its rows are full every second one goes and the spacing doubles, so that
/// a run of any length leaves between 32 and 64 rows.
#[derive(Debug, Clone)]
pub(super) struct Ledger {
    rows: Vec<Totals>,
    filled: usize,
    width: Span,
    next: Instant,
}

impl Ledger {
    /// The most rows.
    pub(super) const ROWS: usize = 64;

    /// A ledger whose rows lie this far apart at first.
    pub(super) fn new(steps: usize, width: Span) -> Self {
        let width = width.max(Span::from_nanos(1));
        Self { rows: vec![Totals::new(steps); Self::ROWS], filled: 0, width, next: Instant::START + width }
    }

    /// When the next row is due.
    pub(super) fn next(&self) -> Instant {
        self.next
    }

    /// Writes the row that is due, unless the spacing doubles and it lies between two others.
    pub(super) fn write(&mut self, totals: &Totals) {
        if self.filled == Self::ROWS {
            for row in 0..Self::ROWS / 2 {
                self.rows.swap(row, 2 * row + 1);
            }
            self.filled = Self::ROWS / 2;
            self.next = totals.at + self.width;
            self.width = self.width + self.width;
        } else {
            self.rows[self.filled].copy_from(totals);
            self.filled += 1;
            self.next = totals.at + self.width;
        }
    }

    /// The rows written, in order of time.
    pub(super) fn rows(&self) -> &[Totals] {
        &self.rows[..self.filled]
    }

    /// The bytes that the rows take, about.
    pub(super) fn bytes(&self) -> usize {
        let steps = self.rows.first().map_or(0, |row| row.steps.len());
        Self::ROWS * (Histogram::BYTES + size_of::<Totals>() + steps * size_of::<StepTotals>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_keeps_evenly_spaced_rows_of_any_length_of_run() {
        let mut ledger = Ledger::new(2, Span::from_nanos(10));
        let mut totals = Totals::new(2);
        for row in 1..=1_000_u64 {
            let due = ledger.next();
            totals.at = due;
            totals.orders.submitted = row;
            ledger.write(&totals);
            let rows = ledger.rows();
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
