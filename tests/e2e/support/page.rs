//! A page in its own user context of a browser.

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{panicking, sleep};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::console_log::ConsoleLog;
use super::driver::BrowserOptions;
use super::pool::Slot;
use super::server::Server;
use super::{Browser, Screen, Site, Theme, target_path};

/// The time that a page may take to do what a test waits for.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The interval between two looks at what a test waits for.
const POLL_INTERVAL: Duration = Duration::from_millis(25);

/// Helpers for the tests' scripts, run in every page before its own scripts.
const HARNESS: &str = include_str!("harness.js");

/// A page, and the browser that shows it.
pub(crate) struct Page {
    /// `None` only while the page is being dropped.
    slot: Option<Slot>,
    user_context: Value,
    pub(super) context: String,
    log: RefCell<ConsoleLog>,
    origin: String,
    allows_errors: Cell<bool>,
    // Declared last, so that the server outlives the page.
    _server: Arc<Server>,
}

impl Page {
    /// Creates a blank page with the site's settings.
    pub(super) fn create(site: &Site, screen: Screen, theme: Theme) -> Self {
        let mut page = Self {
            slot: Some(Slot::acquire(BrowserOptions::new(theme, site.settings))),
            user_context: Value::Null,
            context: String::new(),
            log: RefCell::default(),
            origin: site.url(),
            allows_errors: Cell::new(false),
            _server: Arc::clone(&site.server),
        };
        page.user_context = page.command("browser.createUserContext", &json!({}))["userContext"].take();
        let tab = json!({ "type": "tab", "userContext": page.user_context });
        page.command("browsingContext.create", &tab)["context"]
            .as_str()
            .unwrap()
            .clone_into(&mut page.context);
        // Events of the browser's previous page do not belong to this one.
        page.slot().take_events().for_each(drop);
        for script in [HARNESS].into_iter().chain(site.preload_scripts.iter().map(String::as_str)) {
            let function = format!("() => {{ {script} }}");
            let script = json!({ "functionDeclaration": function, "contexts": [page.context] });
            page.command("script.addPreloadScript", &script);
        }
        page.set_viewport(screen);
        if Browser::current() == Browser::Chromium {
            let scheme = if theme == Theme::Dark { "dark" } else { "light" };
            let motion = if site.settings.reduced_motion { "reduce" } else { "no-preference" };
            page.emulate_media(&[("prefers-color-scheme", scheme), ("prefers-reduced-motion", motion)]);
        }
        page
    }

    fn slot(&self) -> &Slot {
        self.slot.as_ref().unwrap()
    }

    /// Sends a WebDriver BiDi command; fails the test if the browser refuses.
    pub(super) fn command(&self, method: &str, parameters: &Value) -> Value {
        self.slot().command(method, parameters)
    }

    /// Sends Chromium a command of its `DevTools` protocol: emulation, throttling, tracing.
    pub(crate) fn devtools(&self, method: &str, parameters: &Value) -> Value {
        let session = self.command("goog:cdp.getSession", &json!({ "context": self.context }));
        let command = json!({ "method": method, "params": parameters, "session": session["session"] });
        self.command("goog:cdp.sendCommand", &command)["result"].take()
    }

    /// Makes Chromium match media features such as `("prefers-contrast", "more")`.
    pub(crate) fn emulate_media(&self, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }));
    }

    /// Resizes the viewport and waits until the page has followed.
    pub(crate) fn resize(&self, screen: Screen) {
        self.set_viewport(screen);
        let Screen { width, height, scale } = screen;
        self.wait_until(&format!(
            "innerWidth === {width} && innerHeight === {height} && devicePixelRatio === {scale}"
        ));
        self.wait_until_idle();
    }

    fn set_viewport(&self, screen: Screen) {
        let viewport = json!({ "width": screen.width, "height": screen.height });
        let size = json!({ "context": self.context, "viewport": viewport, "devicePixelRatio": screen.scale });
        self.command("browsingContext.setViewport", &size);
    }

    /// Goes to an address below the site's, such as `#s=…`, and waits until the app has started or has
    /// failed.
    pub(crate) fn go_to(&self, address: &str) {
        let url = format!("{}{address}", self.origin);
        let target = json!({ "context": self.context, "url": url, "wait": "complete" });
        self.command("browsingContext.navigate", &target);
        self.wait_for_app();
    }

    /// Reloads the page and waits until the app has started or has failed.
    pub(crate) fn reload(&self) {
        self.command("browsingContext.reload", &json!({ "context": self.context, "wait": "complete" }));
        self.wait_for_app();
    }

    /// Makes the page believe that another tab has come before it.
    pub(crate) fn hide(&self) {
        self.run(
            "Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
             document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))",
        );
    }

    /// Waits until the app has started, or a card says why it has not.
    pub(crate) fn wait_for_app(&self) {
        self.wait_until("['failed', 'ready'].includes(document.documentElement.dataset.app)");
    }

    /// Runs the body of an asynchronous function in the page and returns its result as JSON.
    #[track_caller]
    pub(crate) fn run(&self, body: &str) -> Value {
        self.try_run(body).unwrap_or_else(|error| panic!("{error}\nin: {body}"))
    }

    pub(super) fn try_run(&self, body: &str) -> Result<Value, String> {
        let expression =
            format!("(async () => {{ {body} }})().then((value) => JSON.stringify(value ?? null))");
        let evaluate =
            json!({ "expression": expression, "target": { "context": self.context }, "awaitPromise": true });
        let answer = self.slot().send("script.evaluate", &evaluate)?;
        match answer["result"]["value"].as_str() {
            Some(text) => serde_json::from_str(text).map_err(|error| error.to_string()),
            None => Err(answer["exceptionDetails"]["text"].to_string()),
        }
    }

    /// Evaluates a JavaScript expression in the page.
    #[track_caller]
    pub(crate) fn eval(&self, expression: &str) -> Value {
        self.run(&format!("return {expression}"))
    }

    /// Evaluates an expression until `accept` takes its value, and fails the test with the last value or
    /// error.
    #[track_caller]
    pub(super) fn poll(&self, expression: &str, accept: impl Fn(&Value) -> bool, expectation: &str) {
        let body = format!("return {expression}");
        let started = Instant::now();
        loop {
            let last = match self.try_run(&body) {
                Ok(value) if accept(&value) => return,
                Ok(value) => format!("it is {value}"),
                // A page that is being loaded is not ready yet.
                Err(error) => error,
            };
            let seconds = TIMEOUT.as_secs();
            assert!(started.elapsed() < TIMEOUT, "after {seconds} s {expectation}: {expression}\n{last}");
            sleep(POLL_INTERVAL);
        }
    }

    /// Waits until a JavaScript condition holds in the page.
    #[track_caller]
    pub(crate) fn wait_until(&self, condition: &str) {
        self.poll(&format!("Boolean({condition})"), |value| *value == true, "a condition does not hold");
    }

    /// Waits until the page is idle: nothing changes, nothing is about to be drawn, nothing is marked as
    /// busy.
    ///
    /// For assertions that something has *not* happened, and for reading several values of one state. Where a
    /// test can name what it waits for, it waits for that.
    #[track_caller]
    pub(crate) fn wait_until_idle(&self) {
        self.run("await harness.untilIdle()");
    }

    /// Returns the visible text of an element with single spaces.
    #[track_caller]
    pub(crate) fn text(&self, selector: &str) -> String {
        self.eval(&format!("harness.text({})", json!(selector))).as_str().unwrap().to_owned()
    }

    /// Counts the elements that match a selector.
    #[track_caller]
    pub(crate) fn count(&self, selector: &str) -> usize {
        let count = self.eval(&count_of(selector));
        usize::try_from(count.as_u64().unwrap()).unwrap()
    }

    /// Writes the visible part of the page to `target/screenshots/BROWSER/NAME.png`.
    pub(crate) fn screenshot(&self, name: &str) -> PathBuf {
        self.capture(name, "viewport")
    }

    /// Writes the whole page to `target/screenshots/BROWSER/NAME.png`.
    pub(crate) fn screenshot_full_page(&self, name: &str) -> PathBuf {
        self.capture(name, "document")
    }

    fn capture(&self, name: &str, origin: &str) -> PathBuf {
        let parameters = json!({ "context": self.context, "origin": origin });
        let screenshot = self.command("browsingContext.captureScreenshot", &parameters);
        let path = target_path("screenshots").join(Browser::current().name()).join(format!("{name}.png"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, STANDARD.decode(screenshot["data"].as_str().unwrap()).unwrap()).unwrap();
        path
    }

    /// Returns the URLs that came over the network so far, with repetitions.
    pub(crate) fn downloads(&self) -> Vec<String> {
        self.collect_events();
        self.log.borrow().downloads.clone()
    }

    /// Declares that errors belong to this test.
    pub(crate) fn allow_errors(&self) {
        self.allows_errors.set(true);
    }

    /// Returns the errors that the page has reported so far.
    pub(crate) fn errors(&self) -> Vec<String> {
        self.collect_events();
        self.log.borrow().errors(&self.origin)
    }

    /// Records the events so far. The answer to a command comes after all events before it.
    fn collect_events(&self) {
        let _ = self.slot().send("session.status", &json!({}));
        self.slot().take_events().for_each(|event| self.log.borrow_mut().record(&event));
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let errors = self.errors();
        let inputs = panicking().then(|| self.try_run("return harness.inputLog").unwrap_or_default());
        if let Some(slot) = self.slot.take() {
            let closed = slot.send("browser.removeUserContext", &json!({ "userContext": self.user_context }));
            slot.release(closed.is_ok() && !panicking());
        }
        if panicking() {
            eprintln!(
                "errors of the page: {errors:#?}\nits console: {:#?}\nits last inputs: {:#}",
                self.log.borrow().messages,
                inputs.unwrap_or_default()
            );
        } else if !self.allows_errors.get() {
            assert!(errors.is_empty(), "the page reported errors: {errors:#?}");
        }
    }
}

/// Returns the expression that finds an element, or throws.
pub(super) fn find(selector: &str) -> String {
    format!("harness.find({})", json!(selector))
}

/// Returns the expression that counts the elements that match a selector.
pub(super) fn count_of(selector: &str) -> String {
    format!("harness.findAll({}).length", json!(selector))
}
