//! The rest of the program: what the first picture and the main job do without, and `public/boot.js` fetches when somebody is there.

use js_sys::{Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Calls back once the rest is here; at once where the program is in one piece.
pub(crate) fn when_rest_is_here(act: impl FnOnce() + 'static) {
    let wait = web_sys::window()
        .and_then(|window| Reflect::get(&window, &"waitingLineRest".into()).ok())
        .and_then(|wait| wait.dyn_into::<Function>().ok());
    let Some(wait) = wait else { return act() };
    // What is called never throws: it keeps the function.
    let _ = wait.call1(&JsValue::UNDEFINED, &Closure::once_into_js(act));
}
