//! Links the page's program so that `xtask` can cut it in two: each constant stays by itself (`xtask/src/site/split/constants.rs`).

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|target| target == "wasm32") {
        println!("cargo::rustc-link-arg-bin=waiting-line=--no-merge-data-segments");
    }
}
