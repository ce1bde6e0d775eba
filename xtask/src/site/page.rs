//! What the page refers to.

use anyhow::{Result, bail};

use super::Site;

impl Site {
    /// The files of the first load: the page, and everything that it or a style sheet of it names.
    ///
    /// # Errors
    /// When a file is named that is not in the site; the message says which, and where.
    pub fn first_load(&self) -> Result<Vec<&str>> {
        let mut found: Vec<&str> = Vec::new();
        let mut named_by = vec![("index.html".to_owned(), "the site".to_owned())];
        while let Some((path, place)) = named_by.pop() {
            let Some((name, _)) = self.file(&path) else {
                bail!("{path} is not in the site, but {place} names it")
            };
            if found.contains(&name) {
                continue;
            }
            found.push(name);
            let text = self.text(name);
            let references = match name.rsplit('.').next() {
                Some("html") => between(&text, &["href=\"", "src=\"", "href=", "src="], &['"', ' ', '>']),
                Some("css") => between(&text, &["url(\"", "url('", "url("], &['"', '\'', ')']),
                _ => Vec::new(),
            };
            named_by.extend(references.into_iter().filter_map(own).map(|path| (path, name.to_owned())));
        }
        found.sort_unstable();
        Ok(found)
    }
}

/// The pieces of a text that stand between one of the openings (the first that fits) and one of the ends.
fn between<'a>(text: &'a str, openings: &[&str], ends: &[char]) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    for (at, _) in text.char_indices() {
        let rest = &text[at..];
        let boundary =
            at == 0 || !text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '-');
        let Some(opening) = openings.iter().find(|opening| boundary && rest.starts_with(**opening)) else {
            continue;
        };
        pieces.extend(rest[opening.len()..].split(ends).next().filter(|piece| !piece.is_empty()));
    }
    pieces
}

/// A reference as a path in the site; none for one that leads elsewhere or stays on the page.
fn own(reference: &str) -> Option<String> {
    let elsewhere = reference.starts_with('#') || reference.starts_with("//") || reference.contains(':');
    let path = reference.split(['?', '#']).next().unwrap_or_default();
    (!elsewhere).then(|| path.trim_start_matches("./").trim_start_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Site {
        let mut site = Site::default();
        for (path, text) in files {
            site.put(path, text.as_bytes().to_vec());
        }
        site
    }

    #[test]
    fn the_first_load_is_the_page_and_what_it_names() {
        let page = r##"<link rel="stylesheet" href="./a-1.css"><link rel=icon href=./i.svg><a href="#s">s</a>
            <a href="https://example.org">e</a><script type="module" src="boot-2.js" data-href="x"></script>"##;
        let site = site(&[
            ("index.html", page),
            ("a-1.css", "a{background:url(dots.svg)}b{background:url('data:x')}"),
            ("boot-2.js", ""),
            ("dots.svg", ""),
            ("i.svg", ""),
            ("robots.txt", ""),
        ]);
        assert_eq!(site.first_load().unwrap(), ["a-1.css", "boot-2.js", "dots.svg", "i.svg", "index.html"]);
    }

    #[test]
    fn a_name_without_a_file_is_an_error_that_says_where_it_stands() {
        let site = site(&[("index.html", "<script src=\"gone.js\"></script>")]);
        let error = site.first_load().unwrap_err().to_string();
        assert_eq!(error, "gone.js is not in the site, but index.html names it");
    }
}
