//! How long the model takes where it runs: natively, or as WebAssembly in Node.js. `cargo xtask bench` builds it for both and sets
//! the figures side by side. Prints a line for each case: its name, a tab, the fastest of nine rounds in milliseconds, which other work disturbs least.

#[path = "../../benches/cases/model.rs"]
mod cases;

/// How long a round should take, in milliseconds.
const ROUND: f64 = 30.0;

fn main() {
    for (name, once) in cases::cases() {
        let mut times = 1_u32;
        while round(&once, times) < ROUND && times < 1 << 20 {
            times *= 2;
        }
        let fastest = (0..9).map(|_| round(&once, times)).fold(f64::INFINITY, f64::min);
        print(&format!("{name}\t{:.6}", fastest / f64::from(times)));
    }
}

/// How long so many times take together, in milliseconds.
fn round(once: &dyn Fn(), times: u32) -> f64 {
    let start = now();
    (0..times).for_each(|_| once());
    now() - start
}

/// Milliseconds since some moment.
#[cfg(not(target_arch = "wasm32"))]
fn now() -> f64 {
    use std::sync::LazyLock;
    use std::time::Instant;
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed().as_secs_f64() * 1e3
}

#[cfg(not(target_arch = "wasm32"))]
fn print(line: &str) {
    println!("{line}");
}

/// Milliseconds since some moment, to a microsecond.
#[cfg(target_arch = "wasm32")]
fn now() -> f64 {
    call("performance", "now", &js_sys::Array::new()).as_f64().unwrap_or_default()
}

#[cfg(target_arch = "wasm32")]
fn print(line: &str) {
    call("console", "log", &js_sys::Array::of1(&line.into()));
}

/// Calls a function of one of the global objects.
#[cfg(target_arch = "wasm32")]
fn call(object: &str, function: &str, arguments: &js_sys::Array) -> wasm_bindgen::JsValue {
    use js_sys::{Function, Reflect, global};
    let object = Reflect::get(&global(), &object.into()).unwrap_or_default();
    let function: Function = Reflect::get(&object, &function.into()).unwrap_or_default().into();
    function.apply(&object, arguments).unwrap_or_default()
}
