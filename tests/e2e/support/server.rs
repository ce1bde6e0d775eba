//! A static file server on 127.0.0.1 that sends the headers of the site's `_headers` file, as the host does.
//!
//! Browsers that accept Brotli get `NAME.br` in place of `NAME` if both exist.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tower_http::services::ServeDir;

use super::site_files::SiteFiles;

/// A running server; it stops accepting connections when dropped.
pub(super) struct Server {
    url: String,
    task: JoinHandle<()>,
    // Deleted after the server has stopped.
    _files: Option<SiteFiles>,
}

impl Server {
    /// Serves a folder at a free port, and keeps the files of a modified site until it is dropped.
    pub(super) fn start(folder: &Path, files: Option<SiteFiles>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let router = router(folder);
        let task = runtime().spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
        Self { url, task, _files: files }
    }

    /// Returns the address of the page, such as `http://127.0.0.1:8080/`.
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Returns the runtime that all servers share.
fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_io().build().unwrap()
    })
}

fn router(folder: &Path) -> Router {
    let rules = Arc::new(parse_headers(&fs::read_to_string(folder.join("_headers")).unwrap_or_default()));
    Router::new().fallback_service(ServeDir::new(folder).precompressed_br()).layer(from_fn(
        move |request: Request, next: Next| {
            let rules = Arc::clone(&rules);
            async move {
                let path = request.uri().path().to_owned();
                let mut response = next.run(request).await;
                for (_, name, value) in rules.iter().filter(|(pattern, ..)| fits(pattern, &path)) {
                    response.headers_mut().append(name, value.clone());
                }
                response
            }
        },
    ))
}

type HeaderRule = (String, HeaderName, HeaderValue);

/// Parses a `_headers` file: a path pattern on a line, and below it, indented, the headers for the paths that
/// it fits.
fn parse_headers(text: &str) -> Vec<HeaderRule> {
    let mut rules = Vec::new();
    let mut pattern = "";
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        match line.split_once(':') {
            Some((name, value)) if line.starts_with(char::is_whitespace) => {
                rules.push((pattern.to_owned(), name.trim().parse().unwrap(), value.trim().parse().unwrap()));
            }
            _ => pattern = line.trim(),
        }
    }
    rules
}

/// Tells whether a path matches a pattern, in which `*` stands for any run of characters.
fn fits(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((before, after)) => path.strip_prefix(before).is_some_and(|rest| {
            (0..=rest.len()).any(|at| rest.is_char_boundary(at) && fits(after, &rest[at..]))
        }),
    }
}

#[test]
fn a_star_stands_for_any_run_of_characters() {
    let cases = [
        ("/*", "/", true),
        ("/*", "/a/b.js", true),
        ("/*.js", "/a.js", true),
        ("/*.js", "/a.js.map", false),
        ("/", "/", true),
        ("/", "/index.html", false),
        ("/a/*/c", "/a/b/c", true),
        ("/a/*/c", "/a/c", false),
    ];
    for (pattern, path, expected) in cases {
        assert_eq!(fits(pattern, path), expected, "{pattern} and {path}");
    }
}

#[test]
fn headers_belong_to_the_pattern_above_them() {
    let rules = parse_headers("# all\n/*\n  A: 1\n  B: x: y\n\n/*.js\n  C: 3\n");
    let rules: Vec<_> = rules
        .iter()
        .map(|(pattern, name, value)| (pattern.as_str(), name.as_str(), value.as_bytes()))
        .collect();
    assert_eq!(rules, [("/*", "a", b"1".as_slice()), ("/*", "b", b"x: y"), ("/*.js", "c", b"3")]);
}
