//! The `_headers` file of static hosts: a path pattern on a line, and below it, indented, the headers of the paths that
//! it fits. A `*` in a pattern stands for any run of characters. All patterns that fit a path have their say.

/// The rules of a `_headers` file.
#[derive(Debug, Default)]
pub(super) struct Rules(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    pattern: String,
    headers: Vec<(String, String)>,
}

impl Rules {
    /// Reads the file; lines that are neither pattern nor header, and comments, say nothing.
    pub(super) fn parse(text: &str) -> Self {
        let mut rules: Vec<Rule> = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        {
            if line.starts_with(char::is_whitespace) {
                if let (Some(rule), Some((name, value))) = (rules.last_mut(), line.split_once(':')) {
                    rule.headers.push((name.trim().to_owned(), value.trim().to_owned()));
                }
            } else {
                rules.push(Rule { pattern: line.trim().to_owned(), headers: Vec::new() });
            }
        }
        Self(rules)
    }

    /// The headers of a path that begins with a slash.
    pub(super) fn of(&self, path: &str) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .filter(move |rule| fits(&rule.pattern, path))
            .flat_map(|rule| rule.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((before, after)) => path.strip_prefix(before).is_some_and(|rest| {
            rest.char_indices().any(|(at, _)| fits(after, &rest[at..])) || fits(after, "")
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_run_of_characters() {
        let cases = [
            ("/*", "/", true),
            ("/*", "/a/b.js", true),
            ("/*.js", "/a.js", true),
            ("/*.js", "/a.js.map", false),
            ("/", "/", true),
            ("/", "/index.html", false),
            ("/a/*/c", "/a/b/c", true),
            ("/a/*/c", "/a/c", false),
        ];
        for (pattern, path, expected) in cases {
            assert_eq!(fits(pattern, path), expected, "{pattern} and {path}");
        }
    }

    #[test]
    fn every_pattern_that_fits_has_its_say() {
        let rules = Rules::parse("# all\n/*\n  A: 1\n  B: x: y\n\n/*.js\n  C: 3\n");
        assert_eq!(rules.of("/a.js").collect::<Vec<_>>(), [("A", "1"), ("B", "x: y"), ("C", "3")]);
        assert_eq!(rules.of("/").collect::<Vec<_>>(), [("A", "1"), ("B", "x: y")]);
    }

    #[test]
    fn the_page_repeats_the_policy_for_hosts_that_send_no_headers() {
        let read = |path| std::fs::read_to_string(crate::root().join(path)).unwrap();
        let rules = Rules::parse(&read("public/_headers"));
        let (_, policy) = rules.of("/").find(|(name, _)| *name == "Content-Security-Policy").unwrap();
        let repeated = policy.replace(" frame-ancestors *;", "");
        assert_ne!(policy, repeated, "the policy lets anyone embed the page");
        let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{repeated}\">");
        assert!(read("index.html").contains(&meta), "index.html lacks: {meta}");
    }
}
