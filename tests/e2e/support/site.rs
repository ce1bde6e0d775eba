//! A served site, with the scripts and settings for the pages that a test opens on it.

use std::sync::{Arc, OnceLock};

use super::page::Page;
use super::server::Server;
use super::site_files::{SiteFiles, release_folder};
use super::{Screen, SystemSettings, Theme};

/// A served site, and what is set up in each page before the page's own scripts run.
pub(crate) struct Site {
    pub(super) server: Arc<Server>,
    pub(super) preload_scripts: Vec<String>,
    pub(super) settings: SystemSettings,
}

impl Site {
    /// Serves the release site; all tests share one server.
    pub(crate) fn release() -> Self {
        static RELEASE: OnceLock<Arc<Server>> = OnceLock::new();
        let server = RELEASE.get_or_init(|| Arc::new(Server::start(&release_folder(), None)));
        Self::new(Arc::clone(server))
    }

    /// Serves a copy of the release site that `modify` has changed.
    pub(crate) fn modified(modify: impl FnOnce(&SiteFiles)) -> Self {
        let files = SiteFiles::copy_of_release();
        modify(&files);
        let folder = files.folder().to_owned();
        Self::new(Arc::new(Server::start(&folder, Some(files))))
    }

    fn new(server: Arc<Server>) -> Self {
        Self { server, preload_scripts: Vec::new(), settings: SystemSettings::default() }
    }

    /// Runs a script in every page before the page's own scripts.
    pub(crate) fn with_preload_script(mut self, script: &str) -> Self {
        self.preload_scripts.push(script.to_owned());
        self
    }

    /// Sets the system's preference for reduced motion.
    pub(crate) fn with_reduced_motion(mut self) -> Self {
        self.settings.reduced_motion = true;
        self
    }

    /// Sets the browser's default font size to twice the usual 16 px.
    pub(crate) fn with_large_text(mut self) -> Self {
        self.settings.large_text = true;
        self
    }

    /// Returns the site's address, such as `http://127.0.0.1:8080/`.
    pub(crate) fn url(&self) -> String {
        self.server.url().to_owned()
    }

    /// Opens the start page with an empty browser profile, and waits until the app has started or has failed.
    pub(crate) fn open(&self, screen: Screen, theme: Theme) -> Page {
        self.open_at("", screen, theme)
    }

    /// Does the same as [`Self::open`] at an address below the site's, such as `#s=…`.
    pub(crate) fn open_at(&self, address: &str, screen: Screen, theme: Theme) -> Page {
        let page = Page::create(self, screen, theme);
        page.go_to(address);
        page
    }
}
