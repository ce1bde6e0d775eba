//! The house rules, kept by a test: what may import what, who knows the browser, where colours and words live.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the project.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with one of the endings, with its text.
fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.extension().is_some_and(|it| it == ending) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), ending, &mut found);
    assert!(!found.is_empty(), "no {ending} files below {folder}");
    found
}

/// The modules in the order of the map at the head of `lib.rs`: each may import what stands above it.
fn map() -> Vec<String> {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let map: Vec<String> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("//! - [`")?.split('`').next().map(str::to_owned))
        .collect();
    for module in lib.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';')) {
        assert!(
            map.iter().any(|name| name == module),
            "{module} is missing in the map at the head of src/lib.rs"
        );
    }
    map
}

/// The module that a source file belongs to.
fn module_of(path: &Path) -> String {
    let relative = path.strip_prefix(root().join("src")).unwrap();
    let first = relative.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The lines of a source file that are code, with their numbers.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(at, line)| (at + 1, line))
}

/// The names that follow `crate::` in a line.
fn imports(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(""))
}

#[test]
fn imports_point_up_the_map() {
    let map = map();
    let place = |module: &str| map.iter().position(|name| name == module);
    for (path, text) in files("src", "rs") {
        let module = module_of(&path);
        let Some(own) = place(&module) else { continue };
        for (line, code) in code(&text) {
            for import in imports(code) {
                let Some(other) = place(import) else { continue };
                assert!(
                    other <= own,
                    "{}:{line}: `{module}` imports `{import}`, which stands below it in src/lib.rs: move what both need up",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn only_the_rim_knows_the_browser() {
    const BROWSER: [&str; 6] =
        ["leptos", "web_sys", "js_sys", "wasm_bindgen", "plotters_canvas", "console_error_panic_hook"];
    for (path, text) in files("src", "rs") {
        let module = module_of(&path);
        if ["dom", "platform", "components", "dispatch", "pages", "app", "main", "bin"]
            .contains(&module.as_str())
        {
            continue;
        }
        for (line, code) in code(&text) {
            for name in BROWSER {
                assert!(
                    !code.contains(&format!("{name}::")),
                    "{}:{line}: `{module}` uses {name}: what knows the browser belongs into `platform`, `components`, `pages` or `app`",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn one_file_draws_with_plotters() {
    let users: Vec<String> = files("src", "rs")
        .into_iter()
        .filter(|(_, text)| code(text).any(|(_, line)| line.contains("plotters::")))
        .map(|(path, _)| path.strip_prefix(root().join("src")).unwrap().display().to_string())
        .collect();
    let allowed = ["charts/render.rs", "charts/svg.rs", "browser/canvas.rs"];
    for user in users {
        assert!(
            allowed.contains(&user.as_str()),
            "{user} uses plotters: a chart is a figure for `charts::render`"
        );
    }
}

#[test]
fn state_has_one_writer() {
    for (path, text) in files("src/pages", "rs") {
        if path.ends_with("app.rs") {
            continue;
        }
        for (line, code) in code(&text) {
            assert!(
                !code.contains("session.update(") && !code.contains("session.set("),
                "{}:{line}: a view writes the session: send an action to the dispatcher instead",
                path.display()
            );
        }
    }
}

#[test]
fn views_have_no_inline_style() {
    for (path, text) in files("src/pages", "rs") {
        for (line, code) in code(&text) {
            assert!(
                !code.contains(" style=\""),
                "{}:{line}: the policy blocks a literal style attribute: use `style:property=` or a class",
                path.display()
            );
        }
    }
}

#[test]
fn colours_live_in_the_tokens() {
    for (path, text) in files("style", "css") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "tokens.css" {
            continue;
        }
        for (at, line) in text.lines().enumerate() {
            let value = line.split_once(':').map_or("", |(_, value)| value);
            let is_hex = value.split('#').skip(1).any(|rest| {
                let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
                matches!(digits, 3 | 4 | 6 | 8)
            });
            assert!(!is_hex, "{name}:{}: a colour outside tokens.css: give it a name there", at + 1);
        }
    }
}

#[test]
fn every_style_sheet_is_linked() {
    let index = fs::read_to_string(root().join("index.html")).unwrap();
    for (path, _) in files("style", "css") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(index.contains(&format!("style/{name}")), "style/{name} is not linked in index.html");
    }
}

#[test]
fn nothing_is_left_unfinished() {
    let marks = [
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["todo", "!"].concat(),
        ["unimplemented", "!"].concat(),
    ];
    for folder in ["src", "tests", "xtask/src"] {
        for (path, text) in files(folder, "rs") {
            for (at, line) in text.lines().enumerate() {
                assert!(
                    !marks.iter().any(|mark| line.contains(mark.as_str())),
                    "{}:{}: unfinished",
                    path.display(),
                    at + 1
                );
            }
        }
    }
}
