//! The wrapping of everything that leaves the page: `mark=version.content.checksum`, in characters that need no escaping
//! in an address.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{LinkError, Shared};
use crate::session::base64;
use crate::session::checksum::crc32;

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 64 * 1024;

/// The checksum's four bytes in Base64.
const CHECKSUM_CHARS: usize = 6;

/// What a kind of text is marked with, and up to which version this page reads it.
#[derive(Debug, Clone, Copy)]
pub(in crate::session) struct Mark {
    /// What stands before the equals sign.
    pub(in crate::session) name: &'static str,
    /// The version that is written, and the newest that is read.
    pub(in crate::session) version: u32,
}

/// The content of a text, and whether all of it is there.
struct Opened {
    payload: Vec<u8>,
    state: State,
}

#[derive(Clone, Copy)]
enum State {
    Whole,
    Truncated,
    Corrupt,
}

impl Mark {
    /// Wraps a value up.
    pub(in crate::session) fn seal<T: Serialize>(self, content: &T) -> String {
        // Nothing that is sealed has a sequence of unknown length, the one thing that cannot be written.
        self.seal_bytes(&postcard::to_allocvec(content).unwrap_or_default())
    }

    /// Wraps bytes up.
    pub(in crate::session) fn seal_bytes(self, payload: &[u8]) -> String {
        let checksum = crc32(payload).to_le_bytes();
        let [content, checksum] = [payload, &checksum].map(base64::encode);
        format!("{}={}.{content}.{checksum}", self.name, self.version)
    }

    /// Unwraps a value and has it checked. What can be read although the text is damaged goes along with the error.
    pub(in crate::session) fn unseal<W: DeserializeOwned, T>(
        self,
        text: &str,
        check: impl FnOnce(W) -> Result<T, LinkError>,
        share: impl FnOnce(T) -> Shared,
    ) -> Result<T, LinkError> {
        let Opened { payload, state } = self.open(text)?;
        let read = match postcard::take_from_bytes::<W>(&payload) {
            Ok((content, [])) => Some(check(content)),
            _ => None,
        };
        match (state, read) {
            (State::Whole, Some(checked)) => checked,
            (State::Whole, None) => Err(LinkError::Corrupt { salvage: None }),
            (State::Truncated, read) => Err(LinkError::Truncated { salvage: salvage(read, share) }),
            (State::Corrupt, read) => Err(LinkError::Corrupt { salvage: salvage(read, share) }),
        }
    }

    fn open(self, text: &str) -> Result<Opened, LinkError> {
        if text.len() > LONGEST {
            return Err(LinkError::TooLong { found: text.len(), most: LONGEST });
        }
        let not_ours = || LinkError::NotOurs { found: text.chars().take(20).collect(), mark: self.name };
        let body =
            text.strip_prefix(self.name).and_then(|rest| rest.strip_prefix('=')).ok_or_else(not_ours)?;
        let mut parts = body.trim_end().splitn(3, '.');
        let version = parts.next().unwrap_or_default();
        if !version.is_empty() {
            match version.parse::<u32>() {
                Ok(found) if found > self.version => {
                    return Err(LinkError::NewerVersion { found, known: self.version });
                }
                Ok(1..) => {}
                _ => return Err(not_ours()),
            }
        }
        let content = parts.next().map(base64::decode);
        let checksum = parts.next().unwrap_or_default();
        let Some(Some(payload)) = content else {
            let cut = checksum.is_empty();
            return Err(if cut {
                LinkError::Truncated { salvage: None }
            } else {
                LinkError::Corrupt { salvage: None }
            });
        };
        let expected = base64::encode(&crc32(&payload).to_le_bytes());
        let state = if checksum == expected {
            State::Whole
        } else if checksum.len() < CHECKSUM_CHARS {
            State::Truncated
        } else {
            State::Corrupt
        };
        Ok(Opened { payload, state })
    }
}

fn salvage<T>(read: Option<Result<T, LinkError>>, share: impl FnOnce(T) -> Shared) -> Option<Box<Shared>> {
    read.and_then(Result::ok).map(|value| Box::new(share(value)))
}
