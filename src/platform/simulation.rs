//! The connection to the simulation, which is fetched when it is first needed and runs in a worker.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::live::{Request, Response};

/// The place where the simulation runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SimulationHost {
    Starting,
    Worker,
    /// There is no worker: the simulation runs in the page, in short responses.
    MainThread,
    Failed,
    /// A newer version of the site was published, which no longer has the simulation of this one.
    Outdated,
}

/// A connection to one simulation; it ends when this is dropped.
pub(crate) struct Connection {
    object: JsValue,
    _on_response: Closure<dyn FnMut(Uint8Array)>,
    _on_host: Closure<dyn FnMut(String)>,
}

impl Connection {
    /// Starts a simulation. It takes requests once `on_host` reports where it runs. Each later report means a
    /// new simulation that knows nothing of earlier requests, or that there is none any more.
    ///
    /// # Errors
    /// The reason why there is no simulation: `Failed` or `Outdated`.
    pub(crate) async fn open(
        mut on_response: Box<dyn FnMut(Response)>,
        mut on_host: Box<dyn FnMut(SimulationHost)>,
    ) -> Result<Self, SimulationHost> {
        let on_response = Closure::<dyn FnMut(Uint8Array)>::new(move |bytes: Uint8Array| {
            // Bytes that cannot be read come from a simulation of another version, which refuses the request
            // itself.
            if let Ok(response) = postcard::from_bytes(&bytes.to_vec()) {
                on_response(response);
            }
        });
        let on_host = Closure::<dyn FnMut(String)>::new(move |state: String| {
            on_host(match state.as_str() {
                "worker" => SimulationHost::Worker,
                "main-thread" => SimulationHost::MainThread,
                "outdated" => SimulationHost::Outdated,
                _ => SimulationHost::Failed,
            });
        });
        let module = import_module().await.ok_or(SimulationHost::Failed)?;
        if module.is_null() {
            return Err(SimulationHost::Outdated);
        }
        let connect = function(&module, "connect").ok_or(SimulationHost::Failed)?;
        let object = connect
            .call2(&JsValue::UNDEFINED, on_response.as_ref(), on_host.as_ref())
            .map_err(|_| SimulationHost::Failed)?;
        Ok(Self { object, _on_response: on_response, _on_host: on_host })
    }

    pub(crate) fn send(&self, request: &Request) {
        let bytes = postcard::to_allocvec(request).unwrap_or_default();
        if let Some(send) = function(&self.object, "send") {
            // Fails only if the worker is gone, which is reported through `on_host`.
            let _ = send.call1(&self.object, &Uint8Array::from(bytes.as_slice()));
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(close) = function(&self.object, "close") {
            // A failure has no consequence: the connection is not used any more.
            let _ = close.call0(&self.object);
        }
    }
}

/// Imports `public/simulation.js` through `public/boot.js`; null if the site has a newer version.
async fn import_module() -> Option<JsValue> {
    let import = function(&web_sys::window()?.into(), "waitingLineSimulation")?;
    let promise: Promise = import.call0(&JsValue::UNDEFINED).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

fn function(object: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}
