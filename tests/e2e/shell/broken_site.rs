//! Copies of the release site that are damaged or changed on purpose.

use crate::support::{Site, SiteFiles};

/// Serves an app that starts and does nothing, so that only the failure card changes what is stored.
pub(crate) fn idle_app() -> Site {
    Site::modified(|files| {
        files.write(&glue(files), b"export default async () => {}");
        files.write("index.html", without_integrity(&files.read_text("index.html")).as_bytes());
    })
}

/// Serves the page without its scripts.
pub(crate) fn no_scripts() -> Site {
    Site::modified(|files| {
        let page = files.read_text("index.html");
        let parts =
            page.split("<script").map(|part| part.split_once("</script>").map_or(part, |(_, rest)| rest));
        let page = parts.collect::<String>().replace("<html ", "<html data-app=ready ");
        files.write("index.html", page.as_bytes());
    })
}

/// Returns the name of the page's WebAssembly file.
pub(crate) fn wasm(files: &SiteFiles) -> String {
    let is_wasm = |name: &String| name.ends_with("_bg.wasm") && !name.starts_with("simulation");
    files.names().into_iter().find(is_wasm).unwrap()
}

/// Returns the name of the script that wasm-bindgen generated for the page's WebAssembly file.
pub(crate) fn glue(files: &SiteFiles) -> String {
    wasm(files).replace("_bg.wasm", ".js")
}

/// Removes the integrity attributes, which a changed file would not match.
fn without_integrity(page: &str) -> String {
    let mut parts = page.split(" integrity=");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |page, part| page + &part[part.find([' ', '>']).unwrap()..])
}
