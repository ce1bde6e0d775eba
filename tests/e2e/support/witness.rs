//! What the page complained of, and what it asked for.

use serde_json::Value;

/// Everything seen of a page since it was opened.
#[derive(Debug, Default)]
pub(super) struct Witness {
    /// Lines of the console with their level, uncaught errors and violations of the policy among them.
    pub(super) console: Vec<(String, String)>,
    /// The addresses asked for.
    pub(super) requests: Vec<String>,
    /// The addresses that came over the network, not from the browser's cache.
    pub(super) fetched: Vec<String>,
    /// The addresses that were not there, with the status.
    pub(super) refused: Vec<String>,
}

impl Witness {
    /// What to listen to.
    pub(super) const EVENTS: [&'static str; 4] =
        ["log.entryAdded", "network.beforeRequestSent", "network.responseCompleted", "network.fetchError"];

    /// Puts violations of the policy into the console, where no browser's protocol reports them, and notes what the person's last
    /// inputs met.
    pub(super) const PRELUDE: &'static str = "addEventListener('securitypolicyviolation', (event) => console.error(
        `policy violation: ${event.violatedDirective} by ${event.blockedURI || event.sample} in ${event.sourceFile}`), true);
        window.lastInputs = [];
        for (const kind of ['pointerdown', 'mousedown', 'pointerup', 'pointercancel', 'click', 'keydown', 'change', 'focusin', 'focusout', 'scroll'])
          addEventListener(kind, ({ target, clientX, clientY, key }) => {
            const name = target.ariaLabel || target.id || target.className || '';
            const at = clientX === undefined ? key ?? '' : `at ${clientX}, ${clientY}`;
            lastInputs.push(`${Math.round(performance.now())} ms: ${kind} on ${target.nodeName} ${name.baseVal ?? name} ${at}, scrolled ${scrollY}`);
            if (lastInputs.length > 40) lastInputs.shift();
          }, { capture: true, passive: true })";

    pub(super) fn see(&mut self, event: &Value) {
        let params = &event["params"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match event["method"].as_str() {
            Some("log.entryAdded") => {
                self.console.push((text(&params["level"]), text(&params["text"])));
            }
            Some("network.beforeRequestSent") => {
                self.requests.push(text(&params["request"]["url"]));
            }
            Some("network.responseCompleted") => {
                let response = &params["response"];
                let url = text(&response["url"]);
                let status = response["status"].as_u64().unwrap_or(0);
                if status >= 400 {
                    self.refused.push(format!("{status} {url}"));
                } else if response["fromCache"] == false {
                    self.fetched.push(url);
                }
            }
            _ => {}
        }
    }

    /// What a page that is in order does not do.
    pub(super) fn complaints(&self, origin: &str) -> Vec<String> {
        let console = self
            .console
            .iter()
            .filter(|(level, _)| level == "error")
            .map(|(_, text)| format!("console: {text}"));
        let foreign = self.requests.iter().filter(|url| {
            !url.starts_with(origin)
                && !["data:", "blob:", "about:"].iter().any(|scheme| url.starts_with(scheme))
        });
        console
            .chain(foreign.map(|url| format!("request to elsewhere: {url}")))
            .chain(self.refused.iter().map(|refused| format!("refused: {refused}")))
            .collect()
    }
}
