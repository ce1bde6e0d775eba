//! The release site with something amiss.

use xtask::site::Site;

use crate::support::Stage;

/// An app that starts and then does nothing, so that what is stored is the card's doing alone.
pub(crate) fn idle_app() -> Stage {
    Stage::changed(|site| {
        site.put(&glue(site), b"export default async () => {}".to_vec());
        change_page(site, without_hashes);
    })
}

/// No scripts at all: what the page says by itself.
pub(crate) fn no_scripts() -> Stage {
    Stage::changed(|site| {
        change_page(site, |page| {
            let parts =
                page.split("<script").map(|part| part.split_once("</script>").map_or(part, |(_, rest)| rest));
            parts.collect::<String>().replace("<html ", "<html data-app=ready data-rest=here ")
        });
    })
}

/// The path of the WebAssembly.
pub(crate) fn wasm(site: &Site) -> String {
    site.paths().find(|path| path.contains("_bg.wasm")).unwrap().to_owned()
}

/// The path of the script that wasm-bindgen wrote.
pub(crate) fn glue(site: &Site) -> String {
    wasm(site).replace("_bg.wasm", ".js")
}

fn change_page(site: &mut Site, change: impl FnOnce(&str) -> String) {
    let page = change(std::str::from_utf8(site.file("index.html").unwrap().1.plain()).unwrap());
    site.put("index.html", page.into_bytes());
}

/// The page without the hashes of its files, which would give a change away.
fn without_hashes(page: &str) -> String {
    let mut parts = page.split(" integrity=");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |page, part| page + &part[part.find([' ', '>']).unwrap()..])
}
