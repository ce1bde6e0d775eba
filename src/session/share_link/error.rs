//! The reasons why a link or a stored state cannot be opened as it is.

use thiserror::Error;

use super::{FieldPath, SharedState};

/// The reason why a link or a stored state cannot be opened as it is, with what could be read of it.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("{}{}", self.problem(), self.advice())]
pub enum LinkError {
    /// The text is longer than anything that this page writes.
    TooLong {
        /// In bytes.
        length: usize,
        /// The longest text that is decoded, in bytes.
        limit: usize,
    },
    /// The text is something else altogether.
    UnknownFormat {
        /// The first characters of the text.
        beginning: String,
        /// The name of the format that was expected.
        name: &'static str,
    },
    /// A newer version of the page wrote it.
    NewerVersion {
        version: u32,
        /// The newest version that this page reads.
        newest_known: u32,
    },
    /// The end of the text is missing.
    Truncated { salvage: Option<Box<SharedState>> },
    /// The content does not match its checksum, or cannot be decoded.
    Corrupt { salvage: Option<Box<SharedState>> },
    /// A value is outside its limits.
    Invalid {
        path: FieldPath,
        value: String,
        rule: String,
        /// The whole content, with such values clamped.
        salvage: Option<Box<SharedState>>,
    },
}

impl LinkError {
    /// The content as far as it could be read, which can be opened nevertheless.
    pub fn salvage(&self) -> Option<&SharedState> {
        match self {
            Self::Truncated { salvage } | Self::Corrupt { salvage } | Self::Invalid { salvage, .. } => {
                salvage.as_deref()
            }
            Self::TooLong { .. } | Self::UnknownFormat { .. } | Self::NewerVersion { .. } => None,
        }
    }

    /// Returns the message without advice on links, which does not fit a stored state: there is no fresh copy
    /// of it.
    ///
    /// ```
    /// use waiting_line::session::share_link::LinkError;
    /// let corrupt = LinkError::Corrupt { salvage: None };
    /// assert_eq!(corrupt.problem(), "its content does not match its checksum");
    /// assert_eq!(corrupt.to_string(), "its content does not match its checksum: get a fresh copy of it");
    /// ```
    pub fn problem(&self) -> String {
        match self {
            Self::TooLong { length, limit } => {
                format!("it is {length} bytes long, more than the {limit} that are read")
            }
            Self::UnknownFormat { beginning, name } => {
                format!("it begins with \"{beginning}\", not with \"{name}=\" and a version")
            }
            Self::NewerVersion { version, newest_known } => format!(
                "it has version {version}, and this page reads up to version {newest_known}: \
                 reload the page to update it"
            ),
            Self::Truncated { .. } => "it ends before its checksum is complete".to_owned(),
            Self::Corrupt { .. } => "its content does not match its checksum".to_owned(),
            Self::Invalid { path, value, rule, .. } => format!("{path} is {value}, and must be {rule}"),
        }
    }

    fn advice(&self) -> &'static str {
        match self {
            Self::UnknownFormat { .. } => ": check that it was copied from this page",
            Self::NewerVersion { .. } => "",
            Self::Truncated { .. } => ": copy all of it, to the last character",
            Self::TooLong { .. } | Self::Corrupt { .. } | Self::Invalid { .. } => ": get a fresh copy of it",
        }
    }
}
