//! A page in a browser, with a profile of its own.

use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{panicking, sleep};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use xtask::server::Server;

use super::driver::Preferences;
use super::pool::Seat;
use super::witness::Witness;
use super::{Browser, Screen, Stage, Theme};

/// How long to wait for something that the page is about to do.
const PATIENCE: Duration = Duration::from_secs(20);

/// A page, and the browser that shows it.
pub(crate) struct Page {
    /// Taken when the page goes.
    seat: Option<Seat>,
    profile: Value,
    pub(super) context: String,
    witness: RefCell<Witness>,
    origin: String,
    forgiven: RefCell<bool>,
    // The server goes last.
    _server: Arc<Server>,
}

impl Page {
    pub(super) fn start(stage: &Stage, screen: Screen, theme: Theme) -> Self {
        let mut page = Self {
            seat: Some(Seat::take(Preferences::new(theme, stage.system))),
            profile: Value::Null,
            context: String::new(),
            witness: RefCell::default(),
            origin: stage.server.url(),
            forgiven: RefCell::new(false),
            _server: Arc::clone(&stage.server),
        };
        page.profile = page.command("browser.createUserContext", &json!({}))["userContext"].take();
        let tab = json!({ "type": "tab", "userContext": page.profile });
        page.command("browsingContext.create", &tab)["context"]
            .as_str()
            .unwrap()
            .clone_into(&mut page.context);
        // What the browser tells of its last page is not this one's.
        page.seat().take_events().for_each(drop);
        for script in stage.prelude.iter().map(String::as_str).chain([Witness::PRELUDE]) {
            let function = format!("() => {{ {script} }}");
            let script = json!({ "functionDeclaration": function, "contexts": [page.context] });
            page.command("script.addPreloadScript", &script);
        }
        page.set_size(screen);
        if Browser::present() == Browser::Chromium {
            let scheme = if theme == Theme::Dark { "dark" } else { "light" };
            let motion = if stage.system.reduced_motion { "reduce" } else { "no-preference" };
            let features = json!([
                { "name": "prefers-color-scheme", "value": scheme },
                { "name": "prefers-reduced-motion", "value": motion },
            ]);
            page.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }));
        }
        page
    }

    fn seat(&self) -> &Seat {
        self.seat.as_ref().unwrap()
    }

    /// Sends the browser a command of WebDriver BiDi; fails the test where the browser refuses.
    pub(crate) fn command(&self, method: &str, parameters: &Value) -> Value {
        self.seat().command(method, parameters)
    }

    /// Sends Chromium a command of its own protocol: emulation, throttling, tracing.
    pub(crate) fn devtools(&self, method: &str, parameters: &Value) -> Value {
        let session = self.command("goog:cdp.getSession", &json!({ "context": self.context }));
        let command = json!({ "method": method, "params": parameters, "session": session["session"] });
        self.command("goog:cdp.sendCommand", &command)["result"].take()
    }

    /// Gives the page another size, and waits until it has laid itself out anew: charts follow with the next frame.
    pub(crate) fn resize(&self, screen: Screen) {
        self.set_size(screen);
        self.run("for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)");
    }

    fn set_size(&self, screen: Screen) {
        let viewport = json!({ "width": screen.width, "height": screen.height });
        let size = json!({ "context": self.context, "viewport": viewport, "devicePixelRatio": screen.scale });
        self.command("browsingContext.setViewport", &size);
    }

    /// Goes to an address under the site's, such as `#s=…`, and waits until the app stands or says why not.
    pub(crate) fn go_to(&self, address: &str) {
        self.navigate(address);
        self.wait_for_app();
    }

    /// Goes to an address under the site's.
    pub(super) fn navigate(&self, address: &str) {
        let url = format!("{}{address}", self.origin);
        self.command(
            "browsingContext.navigate",
            &json!({ "context": self.context, "url": url, "wait": "complete" }),
        );
    }

    /// Loads the page anew, as a person does.
    pub(crate) fn reload(&self) {
        self.command("browsingContext.reload", &json!({ "context": self.context, "wait": "complete" }));
        self.wait_for_app();
    }

    /// Waits until the app stands, shows it that somebody is there, and waits until the rest of its program has come; or until a
    /// card says why not. A watched site (`seen`) has no rest.
    pub(crate) fn wait_for_app(&self) {
        self.wait_for_opening();
        self.run("document.body.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }))");
        self.wait_until(
            "(({ app, rest }) => app === 'failed' || (app === 'ready' && (rest || window.seen)))(document.documentElement.dataset)",
        );
    }

    /// Waits until the app stands as it is before anybody touches it, or a card says why not.
    pub(crate) fn wait_for_opening(&self) {
        self.wait_until("['failed', 'ready'].includes(document.documentElement.dataset.app)");
    }

    /// Runs the body of an asynchronous function in the page; what it returns comes back as JSON.
    pub(crate) fn run(&self, body: &str) -> Value {
        self.try_run(body).unwrap_or_else(|error| panic!("{error}\nin: {body}"))
    }

    pub(super) fn try_run(&self, body: &str) -> Result<Value, String> {
        let expression =
            format!("(async () => {{ {body} }})().then((value) => JSON.stringify(value ?? null))");
        let evaluate =
            json!({ "expression": expression, "target": { "context": self.context }, "awaitPromise": true });
        let answer = self.seat().ask("script.evaluate", &evaluate)?;
        match answer["result"]["value"].as_str() {
            Some(text) => serde_json::from_str(text).map_err(|error| error.to_string()),
            None => Err(answer["exceptionDetails"]["text"].to_string()),
        }
    }

    /// Evaluates an expression in the page.
    pub(crate) fn value(&self, expression: &str) -> Value {
        self.run(&format!("return {expression}"))
    }

    /// Waits until an expression is true in the page; a page that is just loading counts as not yet.
    pub(crate) fn wait_until(&self, expression: &str) {
        let started = Instant::now();
        let body = format!("return Boolean({expression})");
        let mut last = String::new();
        while started.elapsed() < PATIENCE {
            match self.try_run(&body) {
                Ok(Value::Bool(true)) => return,
                Ok(_) => last = String::from("it stayed false"),
                Err(error) => last = error,
            }
            sleep(Duration::from_millis(25));
        }
        panic!("waited {} s for: {expression}\n{last}", PATIENCE.as_secs());
    }

    /// The text of an element as it is seen, with single spaces.
    pub(crate) fn text(&self, selector: &str) -> String {
        let text = self.value(&format!("{}.innerText", find(selector)));
        text.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// How many elements a selector finds.
    pub(crate) fn count(&self, selector: &str) -> usize {
        let count = self.value(&format!("document.querySelectorAll({}).length", json!(selector)));
        usize::try_from(count.as_u64().unwrap()).unwrap()
    }

    /// Writes the page as it is seen to `target/screenshots/BROWSER/NAME.png`.
    pub(crate) fn screenshot(&self, name: &str) -> PathBuf {
        self.capture(name, "viewport")
    }

    /// As [`Self::screenshot`], with all that lies below.
    pub(crate) fn screenshot_of_all(&self, name: &str) -> PathBuf {
        self.capture(name, "document")
    }

    fn capture(&self, name: &str, origin: &str) -> PathBuf {
        let shot = json!({ "context": self.context, "origin": origin });
        let shot = self.command("browsingContext.captureScreenshot", &shot);
        let folder = match Browser::present() {
            Browser::Chromium => "chromium",
            Browser::Firefox => "firefox",
        };
        let path = xtask::root().join("target/screenshots").join(folder).join(format!("{name}.png"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, STANDARD.decode(shot["data"].as_str().unwrap()).unwrap()).unwrap();
        path
    }

    /// All addresses that came over the network so far, once for each time.
    pub(crate) fn fetched(&self) -> Vec<String> {
        self.look();
        self.witness.borrow().fetched.clone()
    }

    /// Says that complaints belong to this test.
    pub(crate) fn forgive_complaints(&self) {
        *self.forgiven.borrow_mut() = true;
    }

    /// What the page has complained of so far.
    pub(crate) fn complaints(&self) -> Vec<String> {
        self.look();
        self.witness.borrow().complaints(&self.origin)
    }

    /// Takes in what has happened: a command's answer comes after the events before it.
    fn look(&self) {
        let _ = self.seat().ask("session.status", &json!({}));
        self.seat().take_events().for_each(|event| self.witness.borrow_mut().see(&event));
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let complaints = self.complaints();
        let inputs = panicking().then(|| self.try_run("return window.lastInputs").unwrap_or_default());
        if let Some(seat) = self.seat.take() {
            let closed = seat.ask("browser.removeUserContext", &json!({ "userContext": self.profile }));
            seat.give_back(closed.is_ok() && !panicking());
        }
        if panicking() {
            eprintln!(
                "the page's complaints: {complaints:#?}\nits console: {:#?}\nits last inputs: {:#}",
                self.witness.borrow().console,
                inputs.unwrap_or_default()
            );
        } else if !*self.forgiven.borrow() {
            assert!(complaints.is_empty(), "the page complained: {complaints:#?}");
        }
    }
}

/// The expression that finds an element, or says which is not there.
pub(super) fn find(selector: &str) -> String {
    let selector = json!(selector);
    format!(
        "(document.querySelector({selector}) ?? (() => {{ throw new Error('no element ' + {selector}) }})())"
    )
}
