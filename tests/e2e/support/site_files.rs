//! The files of the release site, and copies of them that tests may damage.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use super::env_var;

/// Returns the folder that holds the release site.
pub(super) fn release_folder() -> PathBuf {
    let folder = PathBuf::from(env_var("WAITING_LINE_DIST"));
    assert!(
        folder.join("index.html").is_file(),
        "no site in {}; `cargo xtask build` makes it",
        folder.display()
    );
    folder
}

/// A copy of the release site in a temporary folder, which is deleted with it.
pub(crate) struct SiteFiles {
    folder: PathBuf,
}

impl SiteFiles {
    pub(crate) fn copy_of_release() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("site-{}-{number}", process::id()));
        copy(&release_folder(), &folder);
        Self { folder }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the names of the files in the site's root folder.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).unwrap().map(Result::unwrap);
        let files = entries.filter(|entry| entry.path().is_file());
        files.map(|entry| entry.file_name().into_string().unwrap()).collect()
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.join(name)).unwrap()
    }

    pub(crate) fn read_text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, content: &[u8]) {
        fs::write(self.folder.join(name), content).unwrap();
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.folder.join(name)).unwrap();
    }
}

impl Drop for SiteFiles {
    fn drop(&mut self) {
        // Fails only where the folder is in use, and then it is left to `cargo clean`.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
