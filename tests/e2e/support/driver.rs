//! Starts a browser through its WebDriver program (chromedriver or geckodriver) and ends both.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Browser, SystemSettings, Theme, env_var};

/// The time that a driver may take to start a browser: the machine may be busy with other tests.
const TIMEOUT: Duration = Duration::from_mins(2);

/// Options that can be set only when the browser starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BrowserOptions {
    theme: Theme,
    settings: SystemSettings,
}

impl BrowserOptions {
    /// Leaves out theme and motion for Chromium, which can change them while it runs.
    pub(super) fn new(theme: Theme, settings: SystemSettings) -> Self {
        match Browser::current() {
            Browser::Chromium => {
                let settings = SystemSettings { reduced_motion: false, ..settings };
                Self { theme: Theme::Light, settings }
            }
            Browser::Firefox => Self { theme, settings },
        }
    }
}

/// A running driver with one session, which is one browser with an empty profile.
pub(super) struct Driver {
    process: Child,
    port: u16,
    session: String,
    /// Address of the browser's WebDriver BiDi socket.
    pub(super) socket_url: String,
    last_lines: Arc<Mutex<VecDeque<String>>>,
}

impl Driver {
    pub(super) fn start(options: BrowserOptions) -> Self {
        let mut command = Command::new(env_var("WAITING_LINE_DRIVER"));
        match Browser::current() {
            Browser::Chromium => command.arg("--port=0"),
            Browser::Firefox => command.args(["--port", "0", "--websocket-port", "0"]),
        };
        let mut process =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let port = read_port(&mut output);
        let last_lines = Arc::new(Mutex::new(VecDeque::new()));
        let shared = Arc::clone(&last_lines);
        // Reads to the end, or the driver would block on a full pipe; a failing test prints the last lines.
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let mut lines = shared.lock().unwrap();
                lines.push_back(line);
                if lines.len() > 20 {
                    lines.pop_front();
                }
            }
        });
        let mut driver =
            Self { process, port, session: String::new(), socket_url: String::new(), last_lines };
        let created = driver.request("POST", "/session", &capabilities(options));
        driver.session = text(&created["sessionId"]);
        driver.socket_url = text(&created["capabilities"]["webSocketUrl"]);
        driver
    }

    /// Returns the last lines that the driver printed.
    pub(super) fn last_lines(&self) -> String {
        self.last_lines.lock().unwrap().iter().cloned().collect::<Vec<_>>().join("\n")
    }

    fn request(&self, method: &str, path: &str, body: &Value) -> Value {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        connection.set_read_timeout(Some(TIMEOUT)).unwrap();
        let body = body.to_string();
        write!(
            connection,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
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
            // Ends the browser, which a killed driver would leave running.
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
    value
        .as_str()
        .unwrap_or_else(|| panic!("the driver answered with {value} in place of a string"))
        .to_owned()
}

/// Reads the port from the driver's output: "… on port 1234." or "… Listening on 127.0.0.1:1234".
fn read_port(output: &mut impl BufRead) -> u16 {
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

fn capabilities(BrowserOptions { theme, settings }: BrowserOptions) -> Value {
    let program = env_var("WAITING_LINE_BROWSER_PROGRAM").to_string_lossy().into_owned();
    let text_size = if settings.large_text { 32 } else { 16 };
    let mut capabilities = match Browser::current() {
        Browser::Chromium => json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "binary": program, "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--hide-scrollbars",
            ], "prefs": { "webkit.webprefs.default_font_size": text_size } },
        }),
        Browser::Firefox => json!({
            "browserName": "firefox",
            "moz:firefoxOptions": { "binary": program, "args": ["-headless"], "prefs": {
                "layout.css.prefers-color-scheme.content-override": i32::from(theme == Theme::Light),
                "ui.prefersReducedMotion": i32::from(settings.reduced_motion),
                "font.size.variable.x-western": text_size,
            } },
        }),
    };
    capabilities["webSocketUrl"] = json!(true);
    json!({ "capabilities": { "alwaysMatch": capabilities } })
}
