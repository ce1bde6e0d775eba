//! A pool of running browsers, since starting one takes longer than most tests.
//!
//! Each page gets its own WebDriver user context (storage, cache, permissions), which is removed with it, so
//! that no test finds what another one has left. A browser whose test failed is not used again.

use std::cell::RefCell;
use std::mem::take;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use super::bidi::BidiClient;
use super::console_log::ConsoleLog;
use super::driver::{BrowserOptions, Driver};

static POOL: Mutex<Pool> = Mutex::new(Pool { in_use: 0, idle: Vec::new() });

struct Pool {
    in_use: usize,
    idle: Vec<Slot>,
}

/// A running browser and the connection to it.
pub(super) struct Slot {
    options: BrowserOptions,
    client: RefCell<BidiClient>,
    driver: Driver,
}

impl Slot {
    /// Takes an idle browser with these options, or starts one.
    pub(super) fn acquire(options: BrowserOptions) -> Self {
        let ready = {
            let idle = &mut pool().idle;
            idle.iter().position(|slot| slot.options == options).map(|index| idle.swap_remove(index))
        };
        let slot = ready.unwrap_or_else(|| Self::start(options));
        pool().in_use += 1;
        slot
    }

    fn start(options: BrowserOptions) -> Self {
        let driver = Driver::start(options);
        let slot = Self { options, client: RefCell::new(BidiClient::connect(&driver.socket_url)), driver };
        slot.command("session.subscribe", &json!({ "events": ConsoleLog::EVENTS }));
        slot
    }

    /// Returns the browser to the pool. Ends all browsers once no test uses one.
    pub(super) fn release(self, reusable: bool) {
        let mut ended = Vec::new();
        {
            let mut pool = pool();
            pool.in_use -= 1;
            if reusable { &mut pool.idle } else { &mut ended }.push(self);
            if pool.in_use == 0 {
                ended.append(&mut take(&mut pool.idle));
            }
        }
        // Ending a browser takes a moment, in which other tests may use the pool.
        drop(ended);
    }

    /// Sends a WebDriver BiDi command. The error is the browser's own message.
    pub(super) fn send(&self, method: &str, parameters: &Value) -> Result<Value, String> {
        self.client.borrow_mut().send(method, parameters)
    }

    /// Does the same as [`Self::send`], and fails the test if the browser refuses.
    pub(super) fn command(&self, method: &str, parameters: &Value) -> Value {
        self.send(method, parameters)
            .unwrap_or_else(|error| panic!("{error}\nthe driver's last lines:\n{}", self.driver.last_lines()))
    }

    /// Takes the events that have arrived so far, oldest first.
    pub(super) fn take_events(&self) -> impl Iterator<Item = Value> {
        self.client.borrow_mut().take_events().into_iter()
    }
}

/// Locks the pool. A test that fails while it holds the lock leaves the pool in order, so poisoning is
/// ignored.
fn pool() -> MutexGuard<'static, Pool> {
    POOL.lock().unwrap_or_else(PoisonError::into_inner)
}
