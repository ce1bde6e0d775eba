//! Browsers that go on from test to test, since starting one takes longer than most tests.
//!
//! A page gets a profile of its own (WebDriver's user context: storage, cache, permissions), which ends with it, so that
//! no test finds what another has left. A browser whose test failed is not used again.

use std::cell::RefCell;
use std::mem::take;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use super::bidi::Bidi;
use super::driver::{Driver, Preferences};
use super::witness::Witness;

static POOL: Mutex<Pool> = Mutex::new(Pool { in_use: 0, idle: Vec::new() });

struct Pool {
    in_use: usize,
    idle: Vec<Seat>,
}

/// A browser that runs, and the conversation with it.
pub(super) struct Seat {
    preferences: Preferences,
    bidi: RefCell<Bidi>,
    driver: Driver,
}

impl Seat {
    /// A browser with these preferences, of those that stand ready or a new one.
    pub(super) fn take(preferences: Preferences) -> Self {
        let ready = {
            let idle = &mut pool().idle;
            idle.iter().position(|seat| seat.preferences == preferences).map(|place| idle.swap_remove(place))
        };
        let seat = ready.unwrap_or_else(|| Self::new(preferences));
        pool().in_use += 1;
        seat
    }

    fn new(preferences: Preferences) -> Self {
        let driver = Driver::start(preferences);
        let seat = Self { preferences, bidi: RefCell::new(Bidi::connect(&driver.socket)), driver };
        seat.command("session.subscribe", &json!({ "events": Witness::EVENTS }));
        seat
    }

    /// Lets the next test have the browser. Where no test has one any more, all of them end.
    pub(super) fn give_back(self, usable: bool) {
        let mut ended = Vec::new();
        {
            let mut pool = pool();
            pool.in_use -= 1;
            if usable { &mut pool.idle } else { &mut ended }.push(self);
            if pool.in_use == 0 {
                ended.append(&mut take(&mut pool.idle));
            }
        }
        // Ending a browser takes a moment, in which other tests may go on.
        drop(ended);
    }

    /// Sends the browser a command of WebDriver BiDi; the error is the browser's own sentence.
    pub(super) fn ask(&self, method: &str, parameters: &Value) -> Result<Value, String> {
        self.bidi.borrow_mut().ask(method, parameters)
    }

    /// As [`Self::ask`], where a refusal fails the test.
    pub(super) fn command(&self, method: &str, parameters: &Value) -> Value {
        self.ask(method, parameters)
            .unwrap_or_else(|error| panic!("{error}\nthe driver's last lines:\n{}", self.driver.last_words()))
    }

    /// The events that have come so far, oldest first.
    pub(super) fn take_events(&self) -> impl Iterator<Item = Value> {
        self.bidi.borrow_mut().take_events().into_iter()
    }
}

/// A test that fails while it holds the pool leaves it in order.
fn pool() -> MutexGuard<'static, Pool> {
    POOL.lock().unwrap_or_else(PoisonError::into_inner)
}
