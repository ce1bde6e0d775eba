//! Files of the site that are needed only later.

use std::fmt;

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

/// Why a file did not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FetchFault {
    /// Nobody answered.
    Unreachable,
    /// The host answered, but not with the file.
    Refused {
        /// Its status code.
        status: u16,
    },
    /// It is longer than anything that belongs to this site.
    TooLong {
        /// How long it is, in bytes.
        found: usize,
    },
}

impl fmt::Display for FetchFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => {
                f.write_str("no answer from where this page comes from: check the connection, then try again")
            }
            Self::Refused { status } => {
                write!(f, "the host of this page answered with status {status}: try again later")
            }
            Self::TooLong { found } => {
                write!(f, "the file that came is {found} bytes long, which cannot be right: try again later")
            }
        }
    }
}

/// The text of a file of the site, at most so many bytes. A copy from an earlier visit is used only while it is the
/// same as the host's.
///
/// # Errors
/// When it does not come, or is longer.
pub(crate) async fn fetch_text(path: &str, most: usize) -> Result<String, FetchFault> {
    let init = RequestInit::new();
    init.set_cache(RequestCache::NoCache);
    let response: Response = settled(window().fetch_with_str_and_init(path, &init)).await?.unchecked_into();
    if !response.ok() {
        return Err(FetchFault::Refused { status: response.status() });
    }
    let text = response.text().map_err(|_| FetchFault::Unreachable)?;
    let text = settled(text).await?.as_string().unwrap_or_default();
    if text.len() > most { Err(FetchFault::TooLong { found: text.len() }) } else { Ok(text) }
}

async fn settled(promise: Promise) -> Result<JsValue, FetchFault> {
    JsFuture::from(promise).await.map_err(|_| FetchFault::Unreachable)
}
