//! Which functions run for the first picture and the main job: a site that tells, and the list made of what it told.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::program::Program;
use super::{lasting, watch};
use crate::site::naming::{integrity, replaced};
use crate::site::program::{BRINGS, WHOLE};

/// Functions with bodies of fewer bytes are not worth a way around through the table.
const LEAST: usize = 45;

/// A site whose program tells which of its functions run.
#[derive(Debug)]
pub struct Profile {
    folder: PathBuf,
    whole: Vec<u8>,
}

impl Profile {
    /// Makes the site out of the one that was just built, in a folder of its own.
    ///
    /// # Errors
    /// When the site is not there, or its files do not belong together.
    pub fn of(dist: &Path) -> Result<Self> {
        let folder = crate::root().join("target/watched-site");
        let whole = read(&crate::root().join(WHOLE))?;
        let told = watch::watched(&Program::read(&whole)?)?;
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let mut page =
            String::from_utf8(read(&dist.join("index.html"))?).context("index.html is not UTF-8")?;
        for file in fs::read_dir(dist).with_context(|| format!("cannot read {}", dist.display()))? {
            let path = file?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let old = read(&path)?;
            let new = if name.contains("-rest-") || name == "index.html" {
                // Nothing comes later: so what runs is what it takes.
                continue;
            } else if name.ends_with("_bg.wasm") {
                told.clone()
            } else if name.starts_with("waiting-line-") {
                let tells = "seen: (number) => ((window.seen ??= new Set()).add(number), undefined), ";
                replaced(&String::from_utf8_lossy(&old), BRINGS, &[tells, BRINGS].concat())?.into_bytes()
            } else {
                old.clone()
            };
            if new != old {
                page = replaced(&page, &integrity(&old), &integrity(&new))?;
            }
            fs::write(folder.join(&name), new).with_context(|| format!("cannot write {name}"))?;
        }
        fs::write(folder.join("index.html"), page).context("cannot write index.html")?;
        Ok(Self { folder, whole })
    }

    /// Where the site is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes the list of the functions that did not run; `seen` are the numbers of those that did.
    ///
    /// # Errors
    /// When none is said to have run, or the list cannot be written.
    pub fn write_list(&self, seen: &BTreeSet<u32>) -> Result<usize> {
        if seen.is_empty() {
            bail!("the page told of no function: it did not start");
        }
        let program = Program::read(&self.whole)?;
        let (mut ran, mut others) = (BTreeSet::new(), BTreeSet::new());
        for (function, number) in program.own().zip(0..) {
            let name = lasting(program.name(function));
            if seen.contains(&number) || name.is_empty() {
                ran.insert(name);
            } else if program.body(function).as_bytes().len() >= LEAST {
                others.insert(name);
            }
        }
        let list: Vec<String> = others.difference(&ran).cloned().collect();
        let path = crate::root().join("xtask/src/site/split/later.txt");
        fs::write(&path, list.join("\n") + "\n")
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(list.len())
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
