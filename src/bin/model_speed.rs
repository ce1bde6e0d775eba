//! Measures the theory's run time, natively or as WebAssembly in Node.js. `cargo xtask bench` builds it for
//! both and compares the figures.
//!
//! Prints a line for each case: its name, a tab, and the milliseconds of the fastest of nine rounds, which
//! other processes disturb least.

#[path = "../../benches/cases/model.rs"]
mod cases;

/// The least duration of a round, in milliseconds.
const MIN_ROUND: f64 = 30.0;

fn main() {
    for (name, case) in cases::cases() {
        let mut repeats = 1_u32;
        while measure(&case, repeats) < MIN_ROUND && repeats < 1 << 20 {
            repeats *= 2;
        }
        let fastest = (0..9).map(|_| measure(&case, repeats)).fold(f64::INFINITY, f64::min);
        print(&format!("{name}\t{:.6}", fastest / f64::from(repeats)));
    }
}

/// Returns the milliseconds that a case takes, repeated this often.
fn measure(case: &dyn Fn(), repeats: u32) -> f64 {
    let start = now();
    (0..repeats).for_each(|_| case());
    now() - start
}

/// Returns milliseconds since an arbitrary moment.
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

/// Returns milliseconds since an arbitrary moment, to a microsecond.
#[cfg(target_arch = "wasm32")]
fn now() -> f64 {
    call("performance", "now", &js_sys::Array::new()).as_f64().unwrap_or_default()
}

#[cfg(target_arch = "wasm32")]
fn print(line: &str) {
    call("console", "log", &js_sys::Array::of1(&line.into()));
}

/// Calls a function of a global object.
#[cfg(target_arch = "wasm32")]
fn call(object: &str, function: &str, arguments: &js_sys::Array) -> wasm_bindgen::JsValue {
    use js_sys::{Function, Reflect, global};
    let object = Reflect::get(&global(), &object.into()).unwrap_or_default();
    let function: Function = Reflect::get(&object, &function.into()).unwrap_or_default().into();
    function.apply(&object, arguments).unwrap_or_default()
}
