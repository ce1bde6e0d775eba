//! The release site in `dist/`: its files, what its page refers to, what they weigh.

mod build;
mod naming;
mod page;
mod program;
mod simulation;
mod split;
mod style;
mod weight;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, Result};

pub use build::build;
pub use split::Profile;
pub use weight::{LIMIT, Weights};

/// Where the site is built.
#[must_use]
pub fn dist() -> PathBuf {
    crate::root().join("dist")
}

/// A site as its host would hold it: every file by its path under the root, in memory.
#[derive(Debug, Default)]
pub struct Site {
    files: BTreeMap<String, Body>,
}

/// What a file holds, plain and compressed.
#[derive(Debug)]
pub struct Body {
    plain: Vec<u8>,
    brotli: OnceLock<Vec<u8>>,
}

impl Body {
    /// The bytes as they are.
    #[must_use]
    pub fn plain(&self) -> &[u8] {
        &self.plain
    }

    /// The bytes as brotli makes them at its strongest, as a host does that compresses ahead of time.
    pub fn brotli(&self) -> &[u8] {
        self.brotli.get_or_init(|| {
            let mut packed = Vec::new();
            let parameters =
                brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
            // Neither side can fail: both are memory.
            let _ = brotli::BrotliCompress(&mut self.plain.as_slice(), &mut packed, &parameters);
            packed
        })
    }
}

impl Site {
    /// Reads all files of a folder.
    ///
    /// # Errors
    /// When the folder or one of its files cannot be read.
    pub fn load(folder: &Path) -> Result<Self> {
        let mut site = Self::default();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(next) = folders.pop() {
            let entries = fs::read_dir(&next).with_context(|| {
                format!("cannot read {}; `cargo xtask build` makes the site", next.display())
            })?;
            for entry in entries {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
                    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
                    site.put(&name, bytes);
                }
            }
        }
        Ok(site)
    }

    /// Puts a file at a path such as `robots.txt`, in place of what was there.
    pub fn put(&mut self, path: &str, bytes: Vec<u8>) {
        self.files.insert(path.to_owned(), Body { plain: bytes, brotli: OnceLock::new() });
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }

    /// A file by its path; a folder answers with its `index.html`.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<(&str, &Body)> {
        let name = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        self.files.get_key_value(&name).map(|(name, body)| (name.as_str(), body))
    }

    /// The paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    fn text(&self, path: &str) -> String {
        self.file(path).map(|(_, body)| String::from_utf8_lossy(&body.plain).into_owned()).unwrap_or_default()
    }
}
