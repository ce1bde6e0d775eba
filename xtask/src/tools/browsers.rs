//! Chromium, Firefox and their drivers: found, or got from the system's packages, or asked for in so many words.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::crates::GECKODRIVER;
use super::{Tools, system};

/// A browser to test in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium, or Chrome.
    Chromium,
    /// Firefox, of the extended support release where there is one.
    Firefox,
}

impl Browser {
    /// Both, in the order in which the tests use them.
    pub const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// Its name, as the commands and the tests write it.
    #[must_use]
    pub fn name(self) -> &'static str {
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

    /// Where it stands on systems that do not put it on the search path.
    fn places(self) -> &'static [&'static str] {
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
            Self::Firefox => GECKODRIVER.program(),
        }
    }
}

/// A browser and its driver, both on this machine.
#[derive(Clone, Debug)]
pub struct Driven {
    /// The browser's program.
    pub browser: PathBuf,
    /// The driver's program.
    pub driver: PathBuf,
}

impl Tools {
    /// Gets a browser and its driver.
    ///
    /// # Errors
    /// When one is missing and not ours to install; the message says which, and the command that gets it.
    pub fn ensure_browser(&self, browser: Browser) -> Result<Driven> {
        let debian: &[&str] = match browser {
            Browser::Chromium => &["chromium", "chromium-driver", "fonts-dejavu-core"],
            Browser::Firefox => &["firefox-esr", "fonts-dejavu-core"],
        };
        let complete =
            || self.find_browser(browser).is_some() && self.find_driver_or_crate(browser).is_some();
        if !complete() {
            let _alone = self.lock()?;
            if !complete() {
                system::install(debian)?;
            }
        }
        if browser == Browser::Firefox && self.find(browser.driver()).is_none() {
            self.ensure_crate(&GECKODRIVER)?;
        }
        match (self.find_browser(browser), self.find(browser.driver())) {
            (Some(browser), Some(driver)) => Ok(Driven { browser, driver }),
            (found, driver) => bail!("{}", missing(browser, found.as_deref(), driver.as_deref())),
        }
    }

    fn find_browser(&self, browser: Browser) -> Option<PathBuf> {
        let on_path = browser.programs().iter().find_map(|program| self.find(program));
        on_path.or_else(|| browser.places().iter().map(PathBuf::from).find(|place| place.is_file()))
    }

    /// The driver, or (Firefox's) the promise that cargo can build it.
    fn find_driver_or_crate(&self, browser: Browser) -> Option<PathBuf> {
        match browser {
            Browser::Chromium => self.find(browser.driver()),
            Browser::Firefox => Some(PathBuf::from(browser.driver())),
        }
    }
}

fn missing(browser: Browser, found: Option<&Path>, driver: Option<&Path>) -> String {
    let absent: Vec<&str> = [(found, browser.name()), (driver, browser.driver())]
        .into_iter()
        .filter(|(place, _)| place.is_none())
        .map(|(_, name)| name)
        .collect();
    let command = match (env::consts::OS, browser) {
        ("macos", Browser::Chromium) => "brew install --cask google-chrome chromedriver",
        ("macos", Browser::Firefox) => "brew install --cask firefox",
        ("windows", Browser::Chromium) => {
            "winget install Google.Chrome, then chromedriver from \
             https://googlechromelabs.github.io/chrome-for-testing"
        }
        ("windows", Browser::Firefox) => "winget install Mozilla.Firefox",
        (_, Browser::Chromium) => "sudo apt-get install chromium chromium-driver",
        (_, Browser::Firefox) => "sudo apt-get install firefox-esr (Ubuntu: firefox)",
    };
    format!(
        "{} is not on the search path, and the tests need it; get it with: {command}",
        absent.join(" and ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_the_command_that_gets_it() {
        let text = missing(Browser::Chromium, None, None);
        assert!(text.starts_with("chromium and chromedriver is not on the search path"), "{text}");
        let text = missing(Browser::Chromium, Some(Path::new("/usr/bin/chromium")), None);
        assert!(text.starts_with("chromedriver is not on the search path"), "{text}");
        assert!(text.contains("get it with: "), "{text}");
    }
}
