//! A panic keeps the last good state and shows a card.

use std::cell::RefCell;
use std::panic;

use js_sys::Function;
use wasm_bindgen::JsCast;

use super::Store;

thread_local! {
    /// The last state that is known to be good, ready to be kept without asking the broken program.
    static LAST_GOOD: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Remembers a good state for the case of a crash.
pub(crate) fn remember(state: &str) {
    LAST_GOOD.with(|last| state.clone_into(&mut last.borrow_mut()));
}

/// From now on a panic keeps the last good state and shows the boot script's card.
pub(crate) fn install_crash_report() {
    panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        LAST_GOOD.with(|last| {
            let Ok(last) = last.try_borrow() else { return };
            if let (false, Ok(store)) = (last.is_empty(), Store::open()) {
                // The page is lost already; that the state is too is said by the card.
                let _ = store.write(&last);
            }
        });
        let card = web_sys::window()
            .and_then(|window| js_sys::Reflect::get(&window, &"waitingLineCrash".into()).ok())
            .and_then(|card| card.dyn_into::<Function>().ok());
        if let Some(card) = card {
            // Nothing is left that could handle a failure here.
            let _ = card.call1(&wasm_bindgen::JsValue::UNDEFINED, &panic.to_string().into());
        }
    }));
}
