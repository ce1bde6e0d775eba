//! The test harness: serves a site, opens pages in a pool of browsers, and drives them over WebDriver BiDi.
//!
//! A test begins with `let page = Site::release().open(Screen::LAPTOP, Theme::Light);` and goes on with the
//! methods of [`Page`]. Assertions that begin with `expect_` try again until they hold. When the page is
//! dropped, everything that it reported fails the test: console errors, policy violations, requests to other
//! hosts, files that were not found.

mod bidi;
mod console_log;
mod driver;
mod expect;
mod harness_selftest;
mod input;
mod page;
mod pool;
mod server;
mod site;
mod site_files;

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

pub(crate) use input::{Pointer, drag_path, key};
pub(crate) use page::Page;
pub(crate) use site::Site;
pub(crate) use site_files::SiteFiles;

/// The browser that the tests run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Browser {
    Chromium,
    Firefox,
}

impl Browser {
    /// Returns the browser that `cargo xtask test` named.
    pub(crate) fn current() -> Self {
        match env_var("WAITING_LINE_BROWSER").to_str() {
            Some("chromium") => Self::Chromium,
            Some("firefox") => Self::Firefox,
            other => panic!("WAITING_LINE_BROWSER is {other:?}; it must be chromium or firefox"),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }
}

/// Reads an environment variable that `cargo xtask test` sets.
pub(crate) fn env_var(name: &str) -> OsString {
    env::var_os(name).unwrap_or_else(|| panic!("{name} is not set; `cargo xtask test chromium` sets it"))
}

/// Reads the script of axe-core, which finds accessibility mistakes.
pub(crate) fn axe_script() -> String {
    std::fs::read_to_string(env_var("WAITING_LINE_AXE")).unwrap()
}

/// Returns the path of a file below the project's `target` folder.
pub(crate) fn target_path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target").join(name)
}

/// The viewport in CSS pixels, and the number of device pixels per CSS pixel.
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
    /// The narrowest page that WCAG 1.4.10 (reflow) asks for.
    pub(crate) const NARROW: Self = Self { width: 320, height: 640, scale: 2.0 };
}

/// The colour scheme that the system prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    Light,
    Dark,
}

/// Further preferences of the system and the browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct SystemSettings {
    reduced_motion: bool,
    large_text: bool,
}
