//! The program of the simulation worker: answers requests, in a worker or in the page.

#[cfg(target_arch = "wasm32")]
fn main() {
    use js_sys::{Date, Reflect, Uint8Array, global};
    use waiting_line::live::Host;
    use wasm_bindgen::closure::Closure;

    let mut host = Host::default();
    let respond = Closure::<dyn FnMut(Uint8Array) -> Uint8Array>::new(move |request: Uint8Array| {
        Uint8Array::from(host.respond_to_bytes(&request.to_vec(), &Date::now).as_slice())
    });
    // Cannot fail: the global object accepts new properties. public/simulation.js reads this one.
    let _ = Reflect::set(&global(), &"waitingLineRespond".into(), respond.as_ref());
    respond.forget();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this program runs beside the page; `cargo xtask serve` builds and serves both");
}
