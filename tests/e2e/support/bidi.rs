//! A WebDriver BiDi client: sends commands over a web socket and collects the events in between.

use std::collections::VecDeque;
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket, client};

/// The time that the browser may take to answer a command.
const TIMEOUT: Duration = Duration::from_mins(1);

/// A connection to one browser.
pub(super) struct BidiClient {
    socket: WebSocket<TcpStream>,
    last_id: u64,
    events: VecDeque<Value>,
}

impl BidiClient {
    /// Connects to an address such as `ws://127.0.0.1:1234/session/…`.
    pub(super) fn connect(address: &str) -> Self {
        let host = address.trim_start_matches("ws://").split('/').next().unwrap();
        let stream = TcpStream::connect(host).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        stream.set_nodelay(true).unwrap();
        let (socket, _) = client(address, stream).unwrap();
        Self { socket, last_id: 0, events: VecDeque::new() }
    }

    /// Sends a command and waits for its result. The error is the browser's own message.
    pub(super) fn send(&mut self, method: &str, parameters: &Value) -> Result<Value, String> {
        self.last_id += 1;
        let command = json!({ "id": self.last_id, "method": method, "params": parameters });
        self.socket.send(Message::text(command.to_string())).map_err(|error| format!("{method}: {error}"))?;
        loop {
            let message = self.socket.read().map_err(|error| format!("{method}: no answer: {error}"))?;
            let Message::Text(text) = message else { continue };
            let mut message: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            if message["type"] == "event" {
                self.events.push_back(message);
            } else if message["id"] == self.last_id {
                if message["type"] == "error" {
                    return Err(format!("{method}: {}: {}", message["error"], message["message"]));
                }
                return Ok(message["result"].take());
            }
        }
    }

    /// Takes the events that have arrived so far, oldest first.
    pub(super) fn take_events(&mut self) -> VecDeque<Value> {
        std::mem::take(&mut self.events)
    }
}
