//! A browser and the driver that steers it: two processes that tests steer one after another.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Browser, System, Theme, told};

/// How long a driver may take to start a browser: the machine may be busy with other tests.
const PATIENCE: Duration = Duration::from_mins(2);

/// What a browser can only be told when it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Preferences {
    theme: Theme,
    system: System,
}

impl Preferences {
    /// Chromium takes theme and motion while it runs.
    pub(super) fn new(theme: Theme, system: System) -> Self {
        match Browser::present() {
            Browser::Chromium => {
                Self { theme: Theme::Light, system: System { reduced_motion: false, ..system } }
            }
            Browser::Firefox => Self { theme, system },
        }
    }
}

/// A running driver with one session, which is one browser with an empty profile.
pub(super) struct Driver {
    process: Child,
    port: u16,
    session: String,
    /// Where the browser takes commands and tells what happens in it.
    pub(super) socket: String,
    lines: Arc<Mutex<VecDeque<String>>>,
}

impl Driver {
    pub(super) fn start(preferences: Preferences) -> Self {
        let mut command = Command::new(told("WAITING_LINE_DRIVER"));
        match Browser::present() {
            Browser::Chromium => command.arg("--port=0"),
            Browser::Firefox => command.args(["--port", "0", "--websocket-port", "0"]),
        };
        let mut process =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let port = port_of(&mut output);
        let lines = Arc::new(Mutex::new(VecDeque::new()));
        let keep = Arc::clone(&lines);
        // Read to the end, lest the driver waits for a reader; the last lines are told when a test fails.
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let mut lines = keep.lock().unwrap();
                lines.push_back(line);
                if lines.len() > 20 {
                    lines.pop_front();
                }
            }
        });
        let mut driver = Self { process, port, session: String::new(), socket: String::new(), lines };
        let created = driver.request("POST", "/session", &capabilities(preferences));
        driver.session = text(&created["sessionId"]);
        driver.socket = text(&created["capabilities"]["webSocketUrl"]);
        driver
    }

    /// The last lines that the driver printed.
    pub(super) fn last_words(&self) -> String {
        self.lines.lock().unwrap().iter().cloned().collect::<Vec<_>>().join("\n")
    }

    fn request(&self, method: &str, path: &str, body: &Value) -> Value {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        connection.set_read_timeout(Some(PATIENCE)).unwrap();
        let body = body.to_string();
        write!(
            connection,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{body}",
            self.port,
            body.len()
        )
        .unwrap();
        let answer = read_body(&mut BufReader::new(connection));
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let value = &answer["value"];
        assert!(value["error"].is_null(), "{method} {path}: {}: {}", value["error"], value["message"]);
        value.clone()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            // Ends the browser; a driver that is killed leaves it behind.
            let path = format!("/session/{}", self.session);
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                self.request("DELETE", &path, &json!({}))
            }));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("the driver answered without a text: {value}")).to_owned()
}

/// Both drivers say which port they took: "… on port 1234." and "… Listening on 127.0.0.1:1234".
fn port_of(output: &mut impl BufRead) -> u16 {
    let mut line = String::new();
    while output.read_line(&mut line).unwrap() > 0 {
        if line.contains("started successfully") || line.contains("Listening on") {
            let digits = line.trim_end().trim_end_matches('.').rsplit([' ', ':']).next().unwrap();
            return digits.parse().unwrap();
        }
        line.clear();
    }
    panic!("the driver ended before it named its port");
}

fn read_body(connection: &mut impl BufRead) -> Vec<u8> {
    let mut length = 0;
    let mut line = String::new();
    while connection.read_line(&mut line).unwrap() > 2 {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body).unwrap();
    body
}

fn capabilities(Preferences { theme, system }: Preferences) -> Value {
    let program = told("WAITING_LINE_BROWSER_PROGRAM").to_string_lossy().into_owned();
    let text_size = if system.large_text { 32 } else { 16 };
    let mut wanted = match Browser::present() {
        Browser::Chromium => json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "binary": program, "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
            ], "prefs": { "webkit.webprefs.default_font_size": text_size } },
        }),
        Browser::Firefox => json!({
            "browserName": "firefox",
            "moz:firefoxOptions": { "binary": program, "args": ["-headless"], "prefs": {
                "layout.css.prefers-color-scheme.content-override": i32::from(theme == Theme::Light),
                "ui.prefersReducedMotion": i32::from(system.reduced_motion),
                "font.size.variable.x-western": text_size,
            } },
        }),
    };
    wanted["webSocketUrl"] = json!(true);
    json!({ "capabilities": { "alwaysMatch": wanted } })
}
