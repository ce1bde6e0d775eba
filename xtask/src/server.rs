//! Serves the site on this machine as its host would, with the headers of its `_headers` file.

mod headers;
mod request;

use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::site::Site;
use headers::Rules;
use request::Request;

/// How long a connection may stay silent.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server in a thread of its own, on 127.0.0.1 only; it stops when dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts to serve a site at a port, or at any free one for port 0.
    ///
    /// # Errors
    /// When the port is taken.
    pub fn start(site: Site, port: u16) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .with_context(|| format!("cannot listen on 127.0.0.1:{port}; another port may be free"))?;
        let address = listener.local_addr()?;
        let stopping = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&stopping);
        let thread = thread::spawn(move || accept(&listener, &Arc::new(Host::new(site)), &stop));
        Ok(Self { address, stopping, thread: Some(thread) })
    }

    /// The address of the page, such as `http://127.0.0.1:8080/`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let Some(thread) = self.thread.take() else { return };
        self.stopping.store(true, Ordering::SeqCst);
        // The thread waits for a connection: this one wakes it.
        if TcpStream::connect(self.address).is_ok() {
            let _ = thread.join();
        }
    }
}

fn accept(listener: &TcpListener, host: &Arc<Host>, stopping: &AtomicBool) {
    for connection in listener.incoming() {
        if stopping.load(Ordering::SeqCst) {
            return;
        }
        let Ok(connection) = connection else { continue };
        let host = Arc::clone(host);
        // A browser opens connections ahead of need: each waits in its own thread, and none longer than `PATIENCE`.
        thread::spawn(move || host.answer(connection));
    }
}

/// The site with the rules for its headers.
struct Host {
    site: Site,
    rules: Rules,
}

impl Host {
    fn new(site: Site) -> Self {
        let text = site.file("_headers").map(|(_, body)| String::from_utf8_lossy(body.plain()).into_owned());
        Self { rules: Rules::parse(&text.unwrap_or_default()), site }
    }

    /// Reads one request and writes its response. A connection that breaks is the browser's affair.
    fn answer(&self, mut connection: TcpStream) {
        let patience = Some(PATIENCE);
        let set = connection.set_read_timeout(patience).and_then(|()| connection.set_write_timeout(patience));
        if set.is_err() {
            return;
        }
        match Request::read(&mut connection) {
            Ok(Some(request)) => {
                let _ = self.respond(&request, &mut connection);
            }
            Ok(None) => {
                let _ = write!(
                    connection,
                    "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                );
            }
            Err(_) => {}
        }
    }

    fn respond(&self, request: &Request, connection: &mut impl Write) -> io::Result<()> {
        let path = request.path.trim_start_matches('/');
        let found = if request.is_read() { self.site.file(path) } else { None };
        let (status, kind, body, packed) = match found {
            _ if !request.is_read() => {
                ("405 Method Not Allowed", TEXT, b"only GET and HEAD\n".as_slice(), false)
            }
            Some((name, body)) if request.takes_brotli && is_text_like(name) => {
                ("200 OK", kind(name), body.brotli(), true)
            }
            Some((name, body)) => ("200 OK", kind(name), body.plain(), false),
            None => ("404 Not Found", TEXT, b"there is no such file in this site\n".as_slice(), false),
        };
        let mut head =
            format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n", body.len());
        head.push_str("Connection: close\r\nVary: Accept-Encoding\r\n");
        if packed {
            head.push_str("Content-Encoding: br\r\n");
        }
        for (name, value) in self.rules.of(&request.path) {
            head.push_str(name);
            head.push_str(": ");
            head.push_str(value);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        connection.write_all(head.as_bytes())?;
        if request.method != "HEAD" {
            connection.write_all(body)?;
        }
        connection.flush()
    }
}

const TEXT: &str = "text/plain; charset=utf-8";

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn kind(name: &str) -> &'static str {
    match extension(name) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => TEXT,
    }
}

/// Whether a file is worth compressing.
fn is_text_like(name: &str) -> bool {
    !matches!(extension(name), "png" | "woff2")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn serve() -> Server {
        let mut site = Site::default();
        site.put("index.html", b"<h1>hello</h1>".to_vec());
        site.put("long.css", b"a { color: red }\n".repeat(100));
        site.put("app_bg.wasm", b"\0asm".to_vec());
        site.put(
            "_headers",
            b"/*\n  X-Content-Type-Options: nosniff\n/*.wasm\n  Cache-Control: immutable\n".to_vec(),
        );
        Server::start(site, 0).unwrap()
    }

    fn ask(server: &Server, request: &str) -> String {
        let mut connection = TcpStream::connect(server.address).unwrap();
        connection.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[test]
    fn the_page_comes_with_the_headers_of_the_file() {
        let answer = ask(&serve(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assert!(
            answer.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"),
            "{answer}"
        );
        assert!(answer.contains("\r\nX-Content-Type-Options: nosniff\r\n"), "{answer}");
        assert!(!answer.contains("Cache-Control"), "{answer}");
        assert!(answer.ends_with("\r\n\r\n<h1>hello</h1>"), "{answer}");
    }

    #[test]
    fn webassembly_has_its_own_kind_which_streaming_compilation_needs() {
        let answer = ask(&serve(), "GET /app_bg.wasm?v=1 HTTP/1.1\r\n\r\n");
        assert!(answer.contains("\r\nContent-Type: application/wasm\r\n"), "{answer}");
        assert!(answer.contains("\r\nCache-Control: immutable\r\n"), "{answer}");
    }

    #[test]
    fn a_browser_that_takes_brotli_gets_it() {
        let answer = ask(&serve(), "GET /long.css HTTP/1.1\r\nAccept-Encoding: gzip, br\r\n\r\n");
        assert!(answer.len() < 400, "{answer}");
        assert!(answer.contains("\r\nContent-Encoding: br\r\n"), "{answer}");
    }

    #[test]
    fn what_is_not_there_or_not_asked_rightly_is_refused() {
        let server = serve();
        let cases = [
            ("GET /gone.js HTTP/1.1\r\n\r\n", "404 Not Found"),
            ("GET /../Cargo.toml HTTP/1.1\r\n\r\n", "404 Not Found"),
            ("GET /%2e%2e/Cargo.toml HTTP/1.1\r\n\r\n", "404 Not Found"),
            ("POST / HTTP/1.1\r\n\r\n", "405 Method Not Allowed"),
            ("nonsense\r\n\r\n", "400 Bad Request"),
        ];
        for (request, status) in cases {
            let answer = ask(&server, request);
            assert!(answer.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{request}: {answer}");
        }
    }

    #[test]
    fn a_dropped_server_no_longer_listens() {
        let server = serve();
        let address = server.address;
        drop(server);
        assert!(TcpStream::connect(address).is_err());
    }
}
