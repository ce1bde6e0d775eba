//! The envelope of links and stored states: `name=version.content.checksum`, in characters that need no
//! escaping in an address.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{LinkError, SharedState};

/// The longest text that is decoded, in bytes.
const MAX_LENGTH: usize = 64 * 1024;

/// The length of the checksum's four bytes in Base64.
const CHECKSUM_CHARS: usize = 6;

/// A format, and the newest version of it that this page reads.
#[derive(Debug, Clone, Copy)]
pub(in crate::session) struct Envelope {
    /// The text before the equals sign.
    pub(in crate::session) name: &'static str,
    /// The version that is written, and the newest that is read.
    pub(in crate::session) version: u32,
}

/// The bytes in a link, and their state.
struct DecodedLink {
    payload: Vec<u8>,
    state: State,
}

#[derive(Clone, Copy)]
enum State {
    Complete,
    Truncated,
    Corrupt,
}

impl Envelope {
    pub(in crate::session) fn encode<T: Serialize>(self, content: &T) -> String {
        // Fails only for a sequence of unknown length, which no content has.
        self.encode_bytes(&postcard::to_allocvec(content).unwrap_or_default())
    }

    pub(in crate::session) fn encode_bytes(self, payload: &[u8]) -> String {
        let content = URL_SAFE_NO_PAD.encode(payload);
        format!("{}={}.{content}.{}", self.name, self.version, checksum(payload))
    }

    /// Decodes a value and validates it. If the text is damaged, the error contains what could be read of it.
    pub(in crate::session) fn decode<W: DeserializeOwned, T>(
        self,
        text: &str,
        validate: impl FnOnce(W) -> Result<T, LinkError>,
        share: impl FnOnce(T) -> SharedState,
    ) -> Result<T, LinkError> {
        let DecodedLink { payload, state } = self.decode_bytes(text)?;
        let content = match postcard::take_from_bytes::<W>(&payload) {
            Ok((content, [])) => Some(validate(content)),
            _ => None,
        };
        match (state, content) {
            (State::Complete, Some(validated)) => validated,
            (State::Complete, None) => Err(LinkError::Corrupt { salvage: None }),
            (State::Truncated, content) => Err(LinkError::Truncated { salvage: salvage(content, share) }),
            (State::Corrupt, content) => Err(LinkError::Corrupt { salvage: salvage(content, share) }),
        }
    }

    fn decode_bytes(self, text: &str) -> Result<DecodedLink, LinkError> {
        if text.len() > MAX_LENGTH {
            return Err(LinkError::TooLong { length: text.len(), limit: MAX_LENGTH });
        }
        let unknown =
            || LinkError::UnknownFormat { beginning: text.chars().take(20).collect(), name: self.name };
        let body =
            text.strip_prefix(self.name).and_then(|rest| rest.strip_prefix('=')).ok_or_else(unknown)?;
        let mut parts = body.trim_end().splitn(3, '.');
        let version = parts.next().unwrap_or_default();
        if !version.is_empty() {
            match version.parse::<u32>() {
                Ok(version) if version > self.version => {
                    return Err(LinkError::NewerVersion { version, newest_known: self.version });
                }
                Ok(1..) => {}
                _ => return Err(unknown()),
            }
        }
        let content = parts.next().and_then(|content| URL_SAFE_NO_PAD.decode(content).ok());
        let stored_checksum = parts.next().unwrap_or_default();
        let Some(payload) = content else {
            return Err(match stored_checksum {
                "" => LinkError::Truncated { salvage: None },
                _ => LinkError::Corrupt { salvage: None },
            });
        };
        let state = if stored_checksum == checksum(&payload) {
            State::Complete
        } else if stored_checksum.len() < CHECKSUM_CHARS {
            State::Truncated
        } else {
            State::Corrupt
        };
        Ok(DecodedLink { payload, state })
    }
}

fn checksum(payload: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(crc32fast::hash(payload).to_le_bytes())
}

fn salvage<T>(
    content: Option<Result<T, LinkError>>,
    share: impl FnOnce(T) -> SharedState,
) -> Option<Box<SharedState>> {
    content.and_then(Result::ok).map(|value| Box::new(share(value)))
}
