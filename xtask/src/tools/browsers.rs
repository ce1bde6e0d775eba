//! Chromium, Firefox and their drivers.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::cargo::GECKODRIVER;
use super::{Tools, system};

/// A browser to test in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Browser {
    /// Chromium or Chrome.
    Chromium,
    Firefox,
}

impl Browser {
    /// Both, in the order of the tests.
    pub(crate) const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    fn programs(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => {
                &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
            }
            Self::Firefox => &["firefox-esr", "firefox"],
        }
    }

    /// The usual paths on systems that do not put browsers on the search path.
    fn usual_paths(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &[
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
                r"C:\Program Files\Google\Chrome\Application\chrome.exe",
            ],
            Self::Firefox => &[
                "/Applications/Firefox.app/Contents/MacOS/firefox",
                r"C:\Program Files\Mozilla Firefox\firefox.exe",
            ],
        }
    }

    fn driver(self) -> &'static str {
        match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
        }
    }

    fn debian_packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver", "fonts-dejavu-core"],
            Self::Firefox => &["firefox-esr", "fonts-dejavu-core"],
        }
    }

    fn install_hint(self) -> &'static str {
        match (env::consts::OS, self) {
            ("macos", Self::Chromium) => "brew install --cask google-chrome chromedriver",
            ("macos", Self::Firefox) => "brew install --cask firefox",
            ("windows", Self::Chromium) => {
                "winget install Google.Chrome, then chromedriver from \
                 https://googlechromelabs.github.io/chrome-for-testing"
            }
            ("windows", Self::Firefox) => "winget install Mozilla.Firefox",
            (_, Self::Chromium) => "sudo apt-get install chromium chromium-driver",
            (_, Self::Firefox) => "sudo apt-get install firefox-esr (Ubuntu: firefox)",
        }
    }
}

/// The paths of a browser and its driver.
#[derive(Clone, Debug)]
pub(crate) struct BrowserPrograms {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

impl Tools {
    /// Gets a browser and its driver.
    ///
    /// # Errors
    /// Fails when one is missing and cannot be installed; the message says how to get it by hand.
    pub(crate) fn ensure_browser(&self, browser: Browser) -> Result<BrowserPrograms> {
        // Debian has no package of Firefox's driver: it is built from its crate.
        let is_complete = || {
            self.find_browser(browser).is_some()
                && (browser == Browser::Firefox || self.find(browser.driver()).is_some())
        };
        if !is_complete() {
            let _lock = self.lock()?;
            if !is_complete() {
                system::install_packages(browser.debian_packages())?;
            }
        }
        if browser == Browser::Firefox && self.find(browser.driver()).is_none() {
            self.ensure_crate(&GECKODRIVER)?;
        }
        match (self.find_browser(browser), self.find(browser.driver())) {
            (Some(browser), Some(driver)) => Ok(BrowserPrograms { browser, driver }),
            (program, driver) => bail!("{}", missing_message(browser, program.as_deref(), driver.as_deref())),
        }
    }

    fn find_browser(&self, browser: Browser) -> Option<PathBuf> {
        let on_path = browser.programs().iter().find_map(|program| self.find(program));
        on_path.or_else(|| browser.usual_paths().iter().map(PathBuf::from).find(|path| path.is_file()))
    }
}

fn missing_message(browser: Browser, program: Option<&Path>, driver: Option<&Path>) -> String {
    let missing: Vec<&str> = [(program, browser.name()), (driver, browser.driver())]
        .into_iter()
        .filter(|(path, _)| path.is_none())
        .map(|(_, name)| name)
        .collect();
    format!(
        "{} is not on the search path, and the tests need it; get it with: {}",
        missing.join(" and "),
        browser.install_hint()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_programs_are_named_with_the_command_that_gets_them() {
        let text = missing_message(Browser::Chromium, None, None);
        assert!(text.starts_with("chromium and chromedriver is not on the search path"), "{text}");
        let text = missing_message(Browser::Chromium, Some(Path::new("/usr/bin/chromium")), None);
        assert!(text.starts_with("chromedriver is not on the search path"), "{text}");
        assert!(text.contains("get it with: "), "{text}");
    }
}
