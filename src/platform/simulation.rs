//! The simulation beside the page: fetched when it is first wanted, then asked by messages.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::live::{Request, Response};

/// Where the simulation runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SimulationHost {
    /// On its way.
    Starting,
    /// In a worker.
    Worker,
    /// In the page itself, in small portions, because there is no worker.
    MainThread,
    /// Nowhere.
    Failed,
}

/// A connection to a simulation of one's own; it ends when this is dropped.
pub(crate) struct Connection {
    object: JsValue,
    _on_answer: Closure<dyn FnMut(Uint8Array)>,
    _on_state: Closure<dyn FnMut(String)>,
}

impl Connection {
    /// Has a simulation started. It takes requests from the moment on at which it says where it is; each time it says so
    /// it is a new one, which knows nothing of what was asked before.
    pub(crate) async fn open(
        mut on_answer: Box<dyn FnMut(Response)>,
        mut on_state: Box<dyn FnMut(SimulationHost)>,
    ) -> Option<Self> {
        let on_answer = Closure::<dyn FnMut(Uint8Array)>::new(move |bytes: Uint8Array| {
            // What cannot be read comes from a simulation of another version, which answers that itself.
            if let Ok(answer) = postcard::from_bytes(&bytes.to_vec()) {
                on_answer(answer);
            }
        });
        let on_state = Closure::<dyn FnMut(String)>::new(move |state: String| {
            on_state(match state.as_str() {
                "worker" => SimulationHost::Worker,
                "page" => SimulationHost::MainThread,
                _ => SimulationHost::Failed,
            });
        });
        let start = function(&web_sys::window()?.into(), "waitingLineSimulation")?;
        let promise: Promise = start.call0(&JsValue::UNDEFINED).ok()?.dyn_into().ok()?;
        let module = JsFuture::from(promise).await.ok()?;
        let connect = function(&module, "connect")?;
        let object = connect.call2(&JsValue::UNDEFINED, on_answer.as_ref(), on_state.as_ref()).ok()?;
        Some(Self { object, _on_answer: on_answer, _on_state: on_state })
    }

    /// Asks; the answer comes later.
    pub(crate) fn ask(&self, request: &Request) {
        let bytes = postcard::to_allocvec(request).unwrap_or_default();
        if let Some(send) = function(&self.object, "send") {
            // Fails only where the worker is gone, which is told on its own.
            let _ = send.call1(&self.object, &Uint8Array::from(bytes.as_slice()));
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(close) = function(&self.object, "close") {
            // Nothing is left to be told.
            let _ = close.call0(&self.object);
        }
    }
}

fn function(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}
