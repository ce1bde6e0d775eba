//! Mounts the app.

#[cfg(target_arch = "wasm32")]
fn main() {
    waiting_line::app::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this program runs in a browser; `cargo xtask serve` builds and serves it");
}
