//! A request, as far as a server of files needs to know it.

use std::io::{self, Read};

/// The longest head of a request, in bytes.
const LONGEST: usize = 16 * 1024;

/// What a browser asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    /// The path without its query, with a slash in front.
    pub(super) path: String,
    pub(super) takes_brotli: bool,
}

impl Request {
    /// Reads the head of a request; nothing when it is not one, or longer than any browser's.
    pub(super) fn read(connection: &mut impl Read) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        let mut chunk = [0; 2048];
        while !head.windows(4).any(|window| window == b"\r\n\r\n") {
            let length = connection.read(&mut chunk)?;
            if length == 0 || head.len() > LONGEST {
                return Ok(None);
            }
            head.extend_from_slice(&chunk[..length]);
        }
        Ok(Self::parse(&String::from_utf8_lossy(&head)))
    }

    fn parse(head: &str) -> Option<Self> {
        let mut lines = head.lines();
        let mut words = lines.next()?.split(' ');
        let (method, target, version) = (words.next()?, words.next()?, words.next()?);
        if !target.starts_with('/') || !version.starts_with("HTTP/1.") {
            return None;
        }
        let path = target.split(['?', '#']).next()?.to_owned();
        let takes_brotli = lines.filter_map(|line| line.split_once(':')).any(|(name, value)| {
            name.eq_ignore_ascii_case("accept-encoding")
                && value.split(',').any(|coding| coding.trim() == "br")
        });
        Some(Self { method: method.to_owned(), path, takes_brotli })
    }

    /// Whether it only reads.
    pub(super) fn is_read(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_gives_method_path_and_coding() {
        let head = "GET /a.js?v=2 HTTP/1.1\r\nHost: x\r\naccept-encoding: gzip, deflate, br\r\n\r\n";
        let request = Request::read(&mut head.as_bytes()).unwrap().unwrap();
        assert_eq!(request, Request { method: "GET".into(), path: "/a.js".into(), takes_brotli: true });
    }

    #[test]
    fn anything_else_is_no_request() {
        let endless = "x".repeat(3 * LONGEST);
        for head in ["", "GET\r\n\r\n", "GET a.js HTTP/1.1\r\n\r\n", "GET / GOPHER\r\n\r\n", &endless] {
            assert_eq!(Request::read(&mut head.as_bytes()).unwrap(), None, "{head}");
        }
    }
}
