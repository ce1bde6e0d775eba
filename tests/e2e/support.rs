//! Where the tests play: a server with the site, and a page in a browser, without a past.
//!
//! A test reads `let page = Stage::release().open(Screen::LAPTOP, Theme::Light);` and goes on with what [`Page`] offers.
//! When the page goes, whatever it complained of fails the test: an error in the console, a violation of the policy, a
//! request to elsewhere, a file that is not there.

mod bidi;
mod driver;
mod input;
mod page;
mod pool;
mod witness;

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use xtask::server::Server;
use xtask::site::Site;

pub(crate) use input::{Input, key, path};
pub(crate) use page::Page;

/// The browser that the tests run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Browser {
    Chromium,
    Firefox,
}

impl Browser {
    /// The one that `cargo xtask test` named.
    pub(crate) fn present() -> Self {
        match told("WAITING_LINE_BROWSER").to_str() {
            Some("chromium") => Self::Chromium,
            Some("firefox") => Self::Firefox,
            other => panic!("WAITING_LINE_BROWSER is {other:?}; it must be chromium or firefox"),
        }
    }
}

/// What `cargo xtask test` says of the machine.
fn told(name: &str) -> OsString {
    env::var_os(name).unwrap_or_else(|| panic!("{name} is not set; `cargo xtask test chromium` sets it"))
}

/// The script of axe-core, which finds mistakes of accessibility.
pub(crate) fn axe_script() -> String {
    std::fs::read_to_string(told("WAITING_LINE_AXE")).unwrap()
}

/// The size of the page in CSS pixels, and how many device pixels make one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Screen {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) scale: f64,
}

impl Screen {
    pub(crate) const LAPTOP: Self = Self { width: 1440, height: 900, scale: 1.0 };
    pub(crate) const PROJECTOR: Self = Self { width: 1920, height: 1080, scale: 1.0 };
    pub(crate) const PHONE: Self = Self { width: 390, height: 844, scale: 2.0 };
}

/// What the system prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    Light,
    Dark,
}

/// What else the person has set in the system and the browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct System {
    reduced_motion: bool,
    large_text: bool,
}

/// A site behind a server, and what is done to each page before its own scripts run.
pub(crate) struct Stage {
    server: Arc<Server>,
    prelude: Vec<String>,
    system: System,
}

impl Stage {
    /// The release site as it is.
    pub(crate) fn release() -> Self {
        static RELEASE: OnceLock<Arc<Server>> = OnceLock::new();
        let server = RELEASE.get_or_init(|| serve(release_site()));
        Self::before(Arc::clone(server))
    }

    /// The release site with something amiss.
    pub(crate) fn changed(change: impl FnOnce(&mut Site)) -> Self {
        let mut site = release_site();
        change(&mut site);
        Self::before(serve(site))
    }

    fn before(server: Arc<Server>) -> Self {
        Self { server, prelude: Vec::new(), system: System::default() }
    }

    /// Runs a script in every page before the page's own.
    pub(crate) fn with_prelude(mut self, script: &str) -> Self {
        self.prelude.push(script.to_owned());
        self
    }

    /// The system asks for little motion.
    pub(crate) fn with_reduced_motion(mut self) -> Self {
        self.system.reduced_motion = true;
        self
    }

    /// The browser is set to write twice as large.
    pub(crate) fn with_large_text(mut self) -> Self {
        self.system.large_text = true;
        self
    }

    /// Where the site is served.
    pub(crate) fn url(&self) -> String {
        self.server.url()
    }

    /// Opens the start page in a browser without a past, and waits until the app stands, or says why not.
    pub(crate) fn open(&self, screen: Screen, theme: Theme) -> Page {
        self.open_at("", screen, theme)
    }

    /// As [`Self::open`], without anybody there: nothing moves, nothing is touched.
    pub(crate) fn open_untouched(&self, screen: Screen, theme: Theme) -> Page {
        let page = Page::start(self, screen, theme);
        page.navigate("");
        page.wait_for_opening();
        page
    }

    /// As [`Self::open`], at an address such as `#s=…`.
    pub(crate) fn open_at(&self, address: &str, screen: Screen, theme: Theme) -> Page {
        let page = Page::start(self, screen, theme);
        page.go_to(address);
        page
    }
}

/// The release site, to look at or to change.
pub(crate) fn release_site() -> Site {
    Site::load(&PathBuf::from(told("WAITING_LINE_DIST"))).unwrap()
}

fn serve(site: Site) -> Arc<Server> {
    Arc::new(Server::start(site, 0).unwrap())
}
