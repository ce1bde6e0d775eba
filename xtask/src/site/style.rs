//! One style sheet out of many: they are written one for each part, and sent as one, which is fewer requests and packs better.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use anyhow::{Context, Result, bail};

/// Joins the style sheets that the page names, in the page's order, into one file named after what is in it.
///
/// # Errors
/// When the page or one of its sheets cannot be read, or the folder not be written.
pub(super) fn join(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    let (page, sheets) = take_links(&page);
    if sheets.is_empty() {
        bail!("index.html names no style sheet");
    }
    let mut joined = String::new();
    for name in &sheets {
        let path = dist.join(name);
        joined += &fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    let mut hasher = DefaultHasher::new();
    joined.hash(&mut hasher);
    let name = format!("style-{:016x}.css", hasher.finish());
    fs::write(dist.join(&name), joined)?;
    fs::write(&index, page.replacen(PLACE, &format!("<link rel=stylesheet href=./{name}>"), 1))?;
    Ok(())
}

/// Where the one link goes.
const PLACE: &str = "<link rel=stylesheet>";

/// The page with [`PLACE`] for its first link to a style sheet and nothing for the others, and the files they name.
fn take_links(page: &str) -> (String, Vec<String>) {
    let mut rest = page;
    let mut kept = String::new();
    let mut sheets = Vec::new();
    while let Some(start) = rest.find("<link") {
        let length = rest[start..].find('>').map_or(rest.len() - start, |end| end + 1);
        let (before, tag) = (&rest[..start], &rest[start..start + length]);
        kept += before;
        if let Some(sheet) = sheet_of(tag) {
            kept += if sheets.is_empty() { PLACE } else { "" };
            sheets.push(sheet);
        } else {
            kept += tag;
        }
        rest = &rest[start + length..];
    }
    (kept + rest, sheets)
}

/// The file that a link names if it is to a style sheet.
fn sheet_of(tag: &str) -> Option<String> {
    let mut words = tag.trim_end_matches(['>', '/']).split_whitespace();
    let is_style = words.clone().any(|word| word.replace('"', "") == "rel=stylesheet");
    let href = words.find_map(|word| word.strip_prefix("href="))?.trim_matches('"');
    is_style.then(|| href.trim_start_matches("./").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_link_stays_for_all() {
        let page = "<head><link rel=icon href=./i.svg><link href=./a-1.css integrity=x rel=stylesheet><title>t</title>\
                    <link rel=\"stylesheet\" href=\"./b-2.css\" integrity=\"y\"/></head>";
        let (page, sheets) = take_links(page);
        assert_eq!(sheets, ["a-1.css", "b-2.css"]);
        assert_eq!(page, "<head><link rel=icon href=./i.svg><link rel=stylesheet><title>t</title></head>");
    }

    #[test]
    fn the_joined_sheet_keeps_the_order_and_is_named_after_its_content() {
        let dist = std::env::temp_dir().join(format!("waiting-line-style-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        fs::write(
            dist.join("index.html"),
            "<link rel=stylesheet href=./z.css><link rel=stylesheet href=./a.css>",
        )
        .unwrap();
        fs::write(dist.join("z.css"), "@layer one,two;").unwrap();
        fs::write(dist.join("a.css"), "@layer two{b{color:red}}").unwrap();
        join(&dist).unwrap();
        let site = super::super::Site::load(&dist).unwrap();
        fs::remove_dir_all(&dist).unwrap();
        let paths: Vec<&str> = site.paths().collect();
        assert_eq!(paths.len(), 2, "{paths:?}");
        assert_eq!(site.text(paths[1]), "@layer one,two;@layer two{b{color:red}}");
        assert_eq!(site.first_load().unwrap(), paths);
    }
}
