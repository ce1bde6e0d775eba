//! What the device keeps.

use std::fmt;

use wasm_bindgen::JsValue;
use web_sys::Storage;

/// The key of the current state.
const STATE: &str = "waiting-line.state";
/// The key of the state before the last one that was kept: what a crash report goes back to.
const PREVIOUS: &str = "waiting-line.previous";
/// The theme alone, which `public/theme.js` reads before the first paint.
const THEME: &str = "waiting-line.theme";
/// Where an unreadable state is put aside.
const BAD: &str = "waiting-line.state.bad";

/// Why nothing can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StorageFault {
    /// The browser gives no access: blocked cookies, a sandboxed frame.
    Denied,
    /// There is no room left.
    Full,
    /// What was written does not come back.
    Lost,
}

impl fmt::Display for StorageFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Denied => {
                "The browser blocks storage for this page; allow it in the site settings to keep your work."
            }
            Self::Full => "The browser's storage for this page is full; free some room to keep your work.",
            Self::Lost => {
                "The browser accepted the state but did not give it back; another tab may have cleared it."
            }
        })
    }
}

/// The device's storage for this page.
pub(crate) struct Store(Storage);

impl Store {
    /// Opens it.
    ///
    /// # Errors
    /// When the browser gives no access.
    pub(crate) fn open() -> Result<Self, StorageFault> {
        let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
        storage.map(Self).ok_or(StorageFault::Denied)
    }

    /// The state that was kept, if any.
    ///
    /// # Errors
    /// When the browser gives no access.
    pub(crate) fn read(&self) -> Result<Option<String>, StorageFault> {
        self.0.get_item(STATE).map_err(|_| StorageFault::Denied)
    }

    /// Keeps a state, and reads it back to be sure.
    ///
    /// # Errors
    /// When there is no room or no access, or when it does not come back.
    pub(crate) fn write(&self, state: &str) -> Result<(), StorageFault> {
        let before = self.read()?;
        self.0.set_item(STATE, state).map_err(|error| fault(&error))?;
        match self.read()? {
            Some(kept) if kept == state => {}
            _ => return Err(StorageFault::Lost),
        }
        if let Some(before) = before.filter(|before| before != state) {
            self.0.set_item(PREVIOUS, &before).map_err(|error| fault(&error))?;
        }
        Ok(())
    }

    /// Keeps the theme for the first paint of the next visit; none is the system's.
    pub(crate) fn keep_theme(&self, theme: Option<&str>) {
        // The state holds it too: without this the next visit only starts in the system's theme.
        let _ = match theme {
            Some(theme) => self.0.set_item(THEME, theme),
            None => self.0.remove_item(THEME),
        };
    }

    /// Puts an unreadable state aside, so that it is neither lost nor read again.
    pub(crate) fn put_aside(&self, state: &str) {
        if self.0.set_item(BAD, state).is_ok() {
            // What could not be removed will be found unreadable again, which does no harm.
            let _ = self.0.remove_item(STATE);
        }
    }
}

/// Which fault an exception of the browser means; the browsers spell a full storage differently.
fn fault(error: &JsValue) -> StorageFault {
    let name = js_sys::Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    let code = js_sys::Reflect::get(error, &"code".into()).ok().and_then(|code| code.as_f64());
    let is_full = matches!(name.as_deref(), Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED"))
        || matches!(code, Some(22.0 | 1014.0));
    if is_full { StorageFault::Full } else { StorageFault::Denied }
}
