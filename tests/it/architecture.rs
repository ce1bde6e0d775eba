//! The house rules: which module may import which, which ones may use the browser, where colours are defined,
//! and how sources are laid out. A failing rule lists the places that break it and says what to do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A text file of the project.
struct Source {
    /// The path from the project's root, with slashes.
    path: String,
    text: String,
}

impl Source {
    /// Returns the lines that are not comments, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.numbered_lines().filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    fn numbered_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// Returns the path of the file's module below the crate: `["charts", "axes"]` for `src/charts/axes.rs`.
    fn module(&self) -> Vec<&str> {
        let path = self.path.strip_prefix("src/").unwrap().strip_suffix(".rs").unwrap();
        path.split('/').collect()
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// Returns the paths of all files below a folder.
fn paths_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { paths_below(&path) } else { vec![path] }).collect()
}

/// Reads every file below a folder whose name has one of the extensions.
fn sources(folder: &str, extensions: &[&str]) -> Vec<Source> {
    let has_extension =
        |path: &PathBuf| path.extension().is_some_and(|own| extensions.iter().any(|it| own == *it));
    let mut sources: Vec<Source> = paths_below(&root().join(folder))
        .into_iter()
        .filter(has_extension)
        .map(|path| Source {
            path: path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/"),
            text: fs::read_to_string(&path).unwrap(),
        })
        .collect();
    assert!(!sources.is_empty(), "no {extensions:?} files below {folder}");
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    sources
}

/// Fails with the list of places that break a rule.
#[track_caller]
fn expect_none(broken: &[String], rule: &str) {
    assert!(broken.is_empty(), "{rule}\n{}", broken.join("\n"));
}

/// Returns the modules in the order of the list at the head of `lib.rs`: each may import those above it.
fn module_order() -> Vec<String> {
    let lib = read("src/lib.rs");
    let order: Vec<String> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("//! - [`")?.split('`').next().map(str::to_owned))
        .collect();
    let declared = lib.lines().filter_map(|line| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        line.strip_prefix("mod ")?.strip_suffix(';')
    });
    for module in declared {
        assert!(order.iter().any(|name| name == module), "{module} is not in the list of src/lib.rs");
    }
    order
}

/// Returns the absolute paths that a file names by `crate::` or `super::`, with the numbers of their lines.
///
/// Groups in braces are taken apart. Within an inline module, as of tests, `super` is one level lower.
fn referenced_paths(source: &Source) -> Vec<(usize, Vec<String>)> {
    let module: Vec<String> = source.module().into_iter().map(str::to_owned).collect();
    let lines: Vec<(usize, &str)> = source.code().collect();
    let mut inline_modules: Vec<(usize, String)> = Vec::new();
    let mut paths = Vec::new();
    for (index, &(number, line)) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        if inline_modules.last().is_some_and(|(outer, _)| *outer == indent && line.trim() == "}") {
            inline_modules.pop();
        }
        let declaration = line.trim_start().trim_start_matches("pub(crate) ").trim_start_matches("pub ");
        if let Some(name) = declaration.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(" {")) {
            inline_modules.push((indent, name.to_owned()));
        }
        let mut base = module.clone();
        base.extend(inline_modules.iter().map(|(_, name)| name.clone()));
        for (start, keyword) in line.match_indices("crate::").chain(line.match_indices("super::")) {
            let before = &line[..start];
            // The rest of a longer word, or of a chain that has been taken from its start.
            if before.ends_with("super::") || before.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let rest: String = [&line[start..]]
                .into_iter()
                .chain(lines[index + 1..].iter().map(|(_, line)| *line))
                .fold(String::new(), |text, line| if text.contains(';') { text } else { text + line.trim() });
            let absolute = if keyword == "crate::" { Vec::new() } else { base.clone() };
            paths.extend(expand(absolute, &rest).into_iter().map(|path| (number, path)));
        }
    }
    paths
}

/// Follows a path such as `super::super::a::{b, c::d}` from a module; returns one absolute path for each
/// leaf.
fn expand(mut base: Vec<String>, path: &str) -> Vec<Vec<String>> {
    let mut rest = path;
    loop {
        if let Some(after) = rest.strip_prefix("crate::") {
            base.clear();
            rest = after;
        } else if let Some(after) = rest.strip_prefix("super::") {
            base.pop();
            rest = after;
        } else if let Some(group) = rest.strip_prefix('{') {
            return split_group(group).into_iter().flat_map(|part| expand(base.clone(), part)).collect();
        } else {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            if end > 0 {
                base.push(rest[..end].to_owned());
            }
            match rest[end..].strip_prefix("::") {
                Some(after) if end > 0 => rest = after,
                _ => return vec![base],
            }
        }
    }
}

/// Splits the text after an opening brace into the parts between its commas, up to the closing brace.
fn split_group(group: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0);
    for (index, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' | ',' if depth == 0 => {
                parts.push(group[start..index].trim());
                start = index + 1;
                if character == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

#[test]
fn paths_are_resolved_from_the_module_that_names_them() {
    let source = Source {
        path: "src/charts/axes.rs".to_owned(),
        text: [
            "use super::super::units::{Time, format};",
            "use crate::{",
            "    lessons::PresetId,",
            "    session::{Action, Session},",
            "};",
            "// use crate::pages;",
            "mod tests {",
            "    use super::*;",
            "    fn scale() -> super::super::Scale {}",
            "}",
            "use super::scale;",
        ]
        .join("\n"),
    };
    let paths: Vec<(usize, String)> =
        referenced_paths(&source).into_iter().map(|(line, path)| (line, path.join("::"))).collect();
    let expected = [
        (1, "units::Time"),
        (1, "units::format"),
        (2, "lessons::PresetId"),
        (2, "session::Action"),
        (2, "session::Session"),
        (8, "charts::axes"),
        (9, "charts::Scale"),
        (11, "charts::scale"),
    ];
    assert_eq!(paths, expected.map(|(line, path)| (line, path.to_owned())));
}

#[test]
fn imports_point_up_the_list_of_modules() {
    let order = module_order();
    let position = |module: &str| order.iter().position(|name| name == module);
    let mut broken = Vec::new();
    for source in sources("src", &["rs"]) {
        let module = source.module()[0].to_owned();
        let Some(own) = position(&module) else { continue };
        for (line, path) in referenced_paths(&source) {
            if let Some(import) =
                path.first().filter(|import| position(import).is_some_and(|other| other > own))
            {
                broken.push(format!("{}:{line}: `{module}` imports `{import}`", source.path));
            }
        }
    }
    expect_none(&broken, "a module imports one that stands below it in src/lib.rs: move up what both need");
}

#[test]
fn only_the_adapters_and_the_views_use_the_browser() {
    const CRATES: [&str; 7] = [
        "leptos",
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "gloo",
        "plotters_canvas",
        "console_error_panic_hook",
    ];
    const ALLOWED: [&str; 8] = ["app", "bin", "components", "dispatch", "dom", "main", "pages", "platform"];
    let mut broken = Vec::new();
    for source in sources("src", &["rs"]) {
        if ALLOWED.contains(&source.module()[0]) {
            continue;
        }
        for (line, code) in source.code() {
            let used = CRATES.into_iter().find(|name| {
                code.split("::")
                    .any(|path| path.rsplit([' ', '(', '<', '&']).next().unwrap().starts_with(name))
                    && code.contains("::")
            });
            broken.extend(used.map(|name| format!("{}:{line}: {name}", source.path)));
        }
    }
    expect_none(&broken, "code that uses the browser belongs into platform, components, pages or app");
}

#[test]
fn few_files_draw_with_plotters() {
    let allowed = ["src/charts/render.rs", "src/charts/svg.rs", "src/platform/canvas.rs"];
    let users: Vec<String> = sources("src", &["rs"])
        .into_iter()
        .filter(|source| source.code().any(|(_, line)| line.contains("plotters::")))
        .map(|source| source.path)
        .filter(|path| !allowed.contains(&path.as_str()))
        .collect();
    expect_none(&users, "a chart is a figure for `charts::render`, and nothing else uses plotters");
}

/// Returns the sources of the views: the pages, their components, and the app around them.
fn views() -> Vec<Source> {
    ["src/pages", "src/components", "src/app"]
        .into_iter()
        .flat_map(|folder| sources(folder, &["rs"]))
        .collect()
}

/// Returns the places in the views that contain one of these texts.
fn places_in_views(texts: &[&str]) -> Vec<String> {
    let mut places = Vec::new();
    for source in views() {
        for (line, code) in source.code() {
            if texts.iter().any(|text| code.contains(text)) {
                places.push(format!("{}:{line}: {}", source.path, code.trim()));
            }
        }
    }
    places
}

#[test]
fn state_has_one_writer() {
    let broken = places_in_views(&["session.update(", "session.set("]);
    expect_none(&broken, "a view writes the session: send an action to the dispatcher instead");
}

#[test]
fn views_have_no_inline_style() {
    let broken = places_in_views(&[" style=\""]);
    expect_none(&broken, "the policy blocks a literal style attribute: use `style:property=` or a class");
}

#[test]
fn colours_are_defined_in_the_tokens() {
    let mut broken = Vec::new();
    for source in sources("style", &["css"]).iter().filter(|source| source.path != "style/tokens.css") {
        for (line, text) in source.numbered_lines() {
            let value = text.split_once(':').map_or("", |(_, value)| value);
            let has_hex_colour = value.split('#').skip(1).any(|rest| {
                let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
                matches!(digits, 3 | 4 | 6 | 8)
            });
            if has_hex_colour {
                broken.push(format!("{}:{line}: {}", source.path, text.trim()));
            }
        }
    }
    expect_none(&broken, "a colour outside style/tokens.css: give it a name there");
}

#[test]
fn every_style_sheet_is_linked() {
    let index = read("index.html");
    let paths = sources("style", &["css"]).into_iter().map(|source| source.path);
    let missing: Vec<String> = paths.filter(|path| !index.contains(path.as_str())).collect();
    expect_none(&missing, "a style sheet is not linked in index.html");
}

/// The policy stands in `index.html` too, for hosts that send no headers.
#[test]
fn the_page_repeats_the_policy_of_the_headers() {
    let headers = read("public/_headers");
    let policy =
        headers.lines().find_map(|line| line.trim().strip_prefix("Content-Security-Policy: ")).unwrap();
    // A page cannot say by itself who may embed it.
    let repeated = policy.replace(" frame-ancestors *;", "");
    assert_ne!(policy, repeated, "the policy lets anyone embed the page");
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\" {repeated}\">");
    let page = read("index.html").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains(&meta), "index.html lacks: {meta}");
}

#[test]
fn nothing_is_left_unfinished() {
    let marks =
        [["TO", "DO"], ["FIX", "ME"], ["todo", "!"], ["unimplemented", "!"]].map(|mark| mark.concat());
    let mut broken = Vec::new();
    for source in
        ["src", "tests", "benches", "xtask/src"].into_iter().flat_map(|folder| sources(folder, &["rs"]))
    {
        for (line, text) in source.numbered_lines() {
            if marks.iter().any(|mark| text.contains(mark.as_str())) {
                broken.push(format!("{}:{line}: {}", source.path, text.trim()));
            }
        }
    }
    expect_none(&broken, "something is unfinished");
}

/// Returns the module of the second level that a path leads into, as `charts::axes`, if there is one.
fn idea_of(path: &[impl AsRef<str>]) -> Option<String> {
    let [module, part, ..] = path else { return None };
    let (module, part) = (module.as_ref(), part.as_ref());
    root().join(format!("src/{module}/{part}.rs")).is_file().then(|| format!("{module}::{part}"))
}

/// Returns the modules of the second level with those that each imports, tests left out.
fn imports_of_ideas() -> BTreeMap<String, BTreeSet<String>> {
    let mut imports = BTreeMap::<String, BTreeSet<String>>::new();
    for mut source in sources("src", &["rs"]).into_iter().filter(|source| !source.path.ends_with("/tests.rs"))
    {
        if let Some(start) = source.text.find("#[cfg(test)]\nmod tests {") {
            source.text.truncate(start);
        }
        let Some(idea) = idea_of(&source.module()) else { continue };
        let others = referenced_paths(&source).into_iter().filter_map(|(_, path)| idea_of(&path));
        imports.entry(idea.clone()).or_default().extend(others.filter(|other| *other != idea));
    }
    imports
}

/// Tells whether one module imports another one, directly or through others.
fn imports_indirectly(imports: &BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) -> bool {
    let (mut visited, mut pending) = (BTreeSet::new(), vec![from]);
    while let Some(module) = pending.pop() {
        if module == to {
            return true;
        }
        if visited.insert(module) {
            pending.extend(imports.get(module).into_iter().flatten().map(String::as_str));
        }
    }
    false
}

#[test]
fn no_modules_import_each_other_in_a_circle() {
    let imports = imports_of_ideas();
    let mut broken = Vec::new();
    for (module, others) in &imports {
        for other in others.iter().filter(|other| imports_indirectly(&imports, other, module)) {
            broken.push(format!("{module} imports {other}, which leads back to it"));
        }
    }
    expect_none(&broken, "modules import each other in a circle: move what both need into a third one");
}

/// The folders with files that are written by hand.
const FOLDERS: [&str; 6] = ["src", "tests", "benches", "xtask/src", "style", "public"];

/// The most columns of a line. Markdown is left out, since its tables cannot be broken.
const MAX_COLUMNS: usize = 110;

#[test]
fn no_line_is_longer_than_110_columns() {
    let mut files: Vec<Source> =
        FOLDERS.into_iter().flat_map(|folder| sources(folder, &["rs", "css", "js"])).collect();
    for path in ["index.html", "Cargo.toml", "Trunk.toml", "clippy.toml", "deny.toml", "xtask/Cargo.toml"] {
        files.push(Source { path: path.to_owned(), text: read(path) });
    }
    let mut broken = Vec::new();
    for source in files {
        for (line, text) in source.numbered_lines() {
            let columns = text.chars().count();
            // The policy is one line, as in the headers.
            if columns > MAX_COLUMNS && !text.contains("Content-Security-Policy") {
                broken.push(format!("{}:{line}: {columns} columns", source.path));
            }
        }
    }
    expect_none(&broken, "a line is longer than 110 columns: break it");
}

/// The most files side by side, so that a folder shows its ideas.
const MAX_FILES: usize = 16;

#[test]
fn no_folder_has_more_than_16_files() {
    let mut counts = BTreeMap::<PathBuf, usize>::new();
    for folder in ["src", "tests", "xtask/src"] {
        for path in paths_below(&root().join(folder)) {
            *counts.entry(path.parent().unwrap().to_owned()).or_default() += 1;
        }
    }
    let broken: Vec<String> = counts
        .into_iter()
        .filter(|(_, count)| *count > MAX_FILES)
        .map(|(folder, count)| format!("{}: {count} files", folder.strip_prefix(root()).unwrap().display()))
        .collect();
    expect_none(&broken, "a folder has more than 16 files: group them");
}

/// Words at the start of clauses that say neither what something is nor what it does.
const HEADLESS: [&str; 10] =
    ["What", "How", "Whether", "Where", "When", "One", "Which", "So", "Nothing", "Who"];

#[test]
fn no_doc_comment_begins_with_a_headless_clause() {
    let mut broken = Vec::new();
    for source in
        ["src", "tests", "benches", "xtask/src"].into_iter().flat_map(|folder| sources(folder, &["rs"]))
    {
        let mut is_inside = false;
        for (line, text) in source.numbered_lines() {
            let text = text.trim_start();
            let comment = text.strip_prefix("///").or_else(|| text.strip_prefix("//!"));
            if let Some(comment) = comment.filter(|_| !is_inside) {
                let (first, _) = comment.trim_start().split_once(' ').unwrap_or_default();
                if HEADLESS.contains(&first) {
                    broken.push(format!("{}:{line}: {text}", source.path));
                }
            }
            is_inside = comment.is_some();
        }
    }
    expect_none(
        &broken,
        "a doc comment begins with a clause that has no subject: write a sentence, or delete it",
    );
}
