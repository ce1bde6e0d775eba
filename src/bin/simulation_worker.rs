//! The simulation beside the page: waits for requests, in a worker or in the page.

#[cfg(target_arch = "wasm32")]
fn main() {
    use js_sys::{Date, Reflect, Uint8Array, global};
    use waiting_line::live::Host;
    use wasm_bindgen::closure::Closure;

    let mut host = Host::default();
    let answer = Closure::<dyn FnMut(Uint8Array) -> Uint8Array>::new(move |request: Uint8Array| {
        Uint8Array::from(host.answer(&request.to_vec(), &Date::now).as_slice())
    });
    // Cannot fail: the global object takes new properties. public/simulation.js finds it there.
    let _ = Reflect::set(&global(), &"waitingLineAnswer".into(), answer.as_ref());
    answer.forget();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this program runs beside the page; `cargo xtask serve` builds and serves both");
}
