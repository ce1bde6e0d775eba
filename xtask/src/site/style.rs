//! Two style sheets out of many: they are written one for each part, and sent as one, which is fewer requests and packs better;
//! those of what the first picture does without come with the rest of the program.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::naming::{named, replaced};

/// The sheets of which the first picture shows nothing.
const LATER: [&str; 11] = [
    "compare",
    "details",
    "library",
    "messages",
    "practise",
    "predict",
    "projector",
    "reading",
    "run",
    "sheets",
    "tables",
];
/// What stands in the page for the file that they are joined into.
const LATER_PLACE: &str = "rest-style";

/// Joins the style sheets that the page names, in the page's order, into one file for the first picture and one for the rest,
/// each named after what is in it.
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
    let is_later =
        |name: &String| LATER.iter().any(|later| name.split('-').next().is_some_and(|stem| stem == *later));
    let (later, first): (Vec<String>, Vec<String>) = sheets.into_iter().partition(is_later);
    let first = put_together(dist, "style", &first)?;
    let later = put_together(dist, "style-rest", &later)?;
    let page = page.replacen(PLACE, &format!("<link rel=stylesheet href=./{first}>"), 1);
    fs::write(&index, replaced(&page, LATER_PLACE, &later)?).context("cannot write index.html")
}

/// Joins files into one that takes their place; returns its name.
fn put_together(dist: &Path, stem: &str, names: &[String]) -> Result<String> {
    let mut joined = String::new();
    for name in names {
        let path = dist.join(name);
        joined += &fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    let name = named(stem, joined.as_bytes(), "css");
    fs::write(dist.join(&name), joined).with_context(|| format!("cannot write {name}"))?;
    Ok(name)
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
    fn the_joined_sheets_keep_the_order_and_are_named_after_their_content() {
        let dist = std::env::temp_dir().join(format!("waiting-line-style-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        fs::write(
            dist.join("index.html"),
            "<meta content=rest-style><link rel=stylesheet href=./z.css><link rel=stylesheet href=./run-1.css>\
             <link rel=stylesheet href=./a.css>",
        )
        .unwrap();
        fs::write(dist.join("z.css"), "@layer one,two;").unwrap();
        fs::write(dist.join("a.css"), "@layer two{b{color:red}}").unwrap();
        fs::write(dist.join("run-1.css"), "i{color:red}").unwrap();
        join(&dist).unwrap();
        let site = super::super::Site::load(&dist).unwrap();
        fs::remove_dir_all(&dist).unwrap();
        let paths: Vec<&str> = site.paths().collect();
        assert_eq!(paths.len(), 3, "{paths:?}");
        assert_eq!(site.text(paths[1]), "@layer one,two;@layer two{b{color:red}}");
        assert_eq!(site.text(paths[2]), "i{color:red}");
        assert!(site.text("index.html").contains(&format!("<meta content={}>", paths[2])));
        assert_eq!(site.first_load().unwrap(), paths[..2]);
    }
}
