//! Local storage of the browser.

use thiserror::Error;
use wasm_bindgen::JsValue;
use web_sys::Storage;

/// The key of the current state.
const STATE: &str = "waiting-line.state";
/// The key of the state before the last stored one, which the crash card goes back to.
const PREVIOUS: &str = "waiting-line.previous";
/// The theme alone, which `public/theme.js` reads before the first paint.
const THEME: &str = "waiting-line.theme";
/// The key of a stored state that could not be read.
const BAD: &str = "waiting-line.state.bad";

/// Why the state could not be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum StorageError {
    /// The browser gives no access: blocked cookies, a sandboxed frame.
    #[error("The browser blocks storage for this page; allow it in the site settings to keep your work.")]
    Denied,
    #[error("The browser's storage for this page is full; free some room to keep your work.")]
    Full,
    /// The value that was written cannot be read back.
    #[error("The browser accepted the state but did not give it back; another tab may have cleared it.")]
    Lost,
}

/// The browser's storage for this page.
pub(crate) struct Store(Storage);

impl Store {
    /// # Errors
    /// Fails when the browser gives no access.
    pub(crate) fn open() -> Result<Self, StorageError> {
        let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
        storage.map(Self).ok_or(StorageError::Denied)
    }

    /// The stored state, if there is one.
    ///
    /// # Errors
    /// Fails when the browser gives no access.
    pub(crate) fn read(&self) -> Result<Option<String>, StorageError> {
        self.0.get_item(STATE).map_err(|_| StorageError::Denied)
    }

    /// Stores a state, and reads it back to be sure.
    ///
    /// # Errors
    /// Fails when there is no room or no access, or when it does not come back.
    pub(crate) fn write(&self, state: &str) -> Result<(), StorageError> {
        let before = self.read()?;
        self.0.set_item(STATE, state).map_err(|error| storage_error(&error))?;
        match self.read()? {
            Some(stored) if stored == state => {}
            _ => return Err(StorageError::Lost),
        }
        if let Some(before) = before.filter(|before| before != state) {
            self.0.set_item(PREVIOUS, &before).map_err(|error| storage_error(&error))?;
        }
        Ok(())
    }

    /// Stores the theme for the first paint of the next visit; `None` follows the system.
    pub(crate) fn save_theme(&self, theme: Option<&str>) {
        // The state holds the theme too: without this key the next visit only starts in the system's theme.
        let _ = match theme {
            Some(theme) => self.0.set_item(THEME, theme),
            None => self.0.remove_item(THEME),
        };
    }

    /// Moves an unreadable state to another key, so that it is neither lost nor read again.
    pub(crate) fn set_aside(&self, state: &str) {
        if self.0.set_item(BAD, state).is_ok() {
            // If it cannot be removed, it is found unreadable again at the next visit, which does no harm.
            let _ = self.0.remove_item(STATE);
        }
    }
}

/// The error behind an exception; browsers name a full storage differently.
fn storage_error(error: &JsValue) -> StorageError {
    let name = js_sys::Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    let code = js_sys::Reflect::get(error, &"code".into()).ok().and_then(|code| code.as_f64());
    let is_full = matches!(name.as_deref(), Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED"))
        || matches!(code, Some(22.0 | 1014.0));
    if is_full { StorageError::Full } else { StorageError::Denied }
}
