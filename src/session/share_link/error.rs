//! Why a link or a stored state cannot be opened as it is.

use std::fmt;

use super::Shared;
use super::place::Place;

/// Why a link or a stored state cannot be opened as it is, with what could be read of it.
#[derive(Debug, Clone, PartialEq)]
pub enum LinkError {
    /// It is longer than anything that this page writes.
    TooLong {
        /// How long it is, in bytes.
        found: usize,
        /// The longest that is looked at.
        most: usize,
    },
    /// It is something else altogether.
    NotOurs {
        /// Its beginning.
        found: String,
        /// What it should begin with.
        mark: &'static str,
    },
    /// A newer page wrote it.
    NewerVersion {
        /// Its version.
        found: u32,
        /// The newest that this page reads.
        known: u32,
    },
    /// Its end is missing.
    Truncated {
        /// What could be read.
        salvage: Option<Box<Shared>>,
    },
    /// Its content does not fit its checksum, or makes no sense.
    Corrupt {
        /// What could be read.
        salvage: Option<Box<Shared>>,
    },
    /// A value in it breaks a rule.
    Invalid {
        /// Where the value stands.
        place: Place,
        /// The value.
        found: String,
        /// What it must be.
        rule: String,
        /// All of it, with such values moved to the nearest that is allowed.
        salvage: Option<Box<Shared>>,
    },
}

impl LinkError {
    /// What could be read all the same, to be opened if the person wants it.
    pub fn salvage(&self) -> Option<&Shared> {
        match self {
            Self::Truncated { salvage } | Self::Corrupt { salvage } | Self::Invalid { salvage, .. } => {
                salvage.as_deref()
            }
            Self::TooLong { .. } | Self::NotOurs { .. } | Self::NewerVersion { .. } => None,
        }
    }

    /// What is wrong, without what to do with a link that is so: there is no fresh copy of what a device kept.
    ///
    /// ```
    /// use waiting_line::session::share_link::LinkError;
    /// let corrupt = LinkError::Corrupt { salvage: None };
    /// assert_eq!(corrupt.fault(), "its content does not match its checksum");
    /// assert_eq!(corrupt.to_string(), "its content does not match its checksum: get a fresh copy of it");
    /// ```
    pub fn fault(&self) -> String {
        match self {
            Self::TooLong { found, most } => {
                format!("it is {found} bytes long, more than the {most} that are read")
            }
            Self::NotOurs { found, mark } => {
                format!("it begins with \"{found}\", not with \"{mark}=\" and a version")
            }
            Self::NewerVersion { found, known } => format!(
                "it has version {found}, and this page reads up to version {known}: reload the page to update it"
            ),
            Self::Truncated { .. } => "it ends before its checksum is complete".to_owned(),
            Self::Corrupt { .. } => "its content does not match its checksum".to_owned(),
            Self::Invalid { place, found, rule, .. } => format!("{place} is {found}, and must be {rule}"),
        }
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fault())?;
        f.write_str(match self {
            Self::NotOurs { .. } => ": check that it was copied from this page",
            Self::NewerVersion { .. } => "",
            Self::Truncated { .. } => ": copy all of it, to the last character",
            Self::TooLong { .. } | Self::Corrupt { .. } | Self::Invalid { .. } => ": get a fresh copy of it",
        })
    }
}

impl std::error::Error for LinkError {}
