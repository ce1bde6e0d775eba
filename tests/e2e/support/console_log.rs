//! Records a page's console messages and network requests from the browser's events.

use serde_json::Value;

/// Everything that a page has reported since it was opened.
#[derive(Debug, Default)]
pub(super) struct ConsoleLog {
    /// Console messages with their level, including uncaught errors and policy violations.
    pub(super) messages: Vec<(String, String)>,
    /// URLs that were requested.
    pub(super) requests: Vec<String>,
    /// URLs that came over the network, not from the browser's cache.
    pub(super) downloads: Vec<String>,
    /// Responses with a status of 400 or more, each with its URL.
    pub(super) failures: Vec<String>,
}

impl ConsoleLog {
    /// The events to subscribe to.
    pub(super) const EVENTS: [&'static str; 4] =
        ["log.entryAdded", "network.beforeRequestSent", "network.responseCompleted", "network.fetchError"];

    pub(super) fn record(&mut self, event: &Value) {
        let params = &event["params"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match event["method"].as_str() {
            Some("log.entryAdded") => {
                self.messages.push((text(&params["level"]), text(&params["text"])));
            }
            Some("network.beforeRequestSent") => {
                self.requests.push(text(&params["request"]["url"]));
            }
            Some("network.responseCompleted") => {
                let response = &params["response"];
                let url = text(&response["url"]);
                let status = response["status"].as_u64().unwrap_or(0);
                if status >= 400 {
                    self.failures.push(format!("{status} {url}"));
                } else if response["fromCache"] == false {
                    self.downloads.push(url);
                }
            }
            _ => {}
        }
    }

    /// Returns the console errors, requests to other hosts and failed requests.
    pub(super) fn errors(&self, origin: &str) -> Vec<String> {
        let console = self
            .messages
            .iter()
            .filter(|(level, _)| level == "error")
            .map(|(_, text)| format!("console: {text}"));
        let foreign = self.requests.iter().filter(|url| {
            !url.starts_with(origin)
                && !["data:", "blob:", "about:"].iter().any(|scheme| url.starts_with(scheme))
        });
        console
            .chain(foreign.map(|url| format!("request to another host: {url}")))
            .chain(self.failures.iter().map(|failure| format!("failed request: {failure}")))
            .collect()
    }
}
