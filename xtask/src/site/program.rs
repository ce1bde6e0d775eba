//! The page's program and scripts made as small as they go: Trunk leaves them as compilers and people write them.
//!
//! wasm-opt shortens the program, and the names by which the program and the script that wasm-bindgen wrote call each other;
//! esbuild shortens the scripts. The names of the files and the hashes in the page follow what is in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::naming::{integrity, named, replaced};
use super::split::{Halves, Later, cut, ordered};
use crate::step;
use crate::tools::Tools;

/// What a compiler for browsers of these years may use; wasm-opt must be told.
pub(super) const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// How the program is shortened (`BENCHMARKS.md` has what was tried): code in its plainest shape first, and then not the smallest,
/// which compresses worse; the compiler leaves the lowest addresses empty; functions that are left whole, like ones side by side,
/// compress better; names of imports and exports are of a letter or two. Those of functions stay: they say where to cut.
const SMALL: [&str; 8] = [
    "--debuginfo",
    "--flatten",
    "--rereloop",
    "-Os",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=0",
    "--reorder-functions-by-name",
    "--minify-imports-and-exports-and-modules",
];

/// How each part is shortened once more: what only the other part has goes.
const SMALLER: [&str; 6] = [
    "--flatten",
    "--rereloop",
    "-Os",
    "-Os",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=0",
];

/// How the scripts are shortened.
const TERSE: [&str; 3] = ["--minify", "--charset=utf8", "--legal-comments=none"];

/// How wasm-bindgen ends the name of its program.
const BINARY: &str = "_bg.wasm";
/// How it writes the module that the program's imports come from, and what wasm-opt calls that.
const MODULE: (&str, &str) =
    ("\"./waiting-line_bg.js\": import0", "a: import0, rest: { bring: () => waitingLineBring(wasm) }");
/// What is left of that when esbuild has been over it.
pub(super) const BRINGS: &str = "bring:()=>waitingLineBring";
/// Where the program in one piece stays, with the names of its functions.
pub(super) const WHOLE: &str = "target/waiting-line-whole.wasm";
/// What stands in the page for the rest of the program.
const REST: (&str, &str) = ("rest.wasm", "rest-integrity");

/// Shortens the program and the scripts of the site.
///
/// # Errors
/// When a tool is missing or fails, or the files do not belong together.
pub(super) fn shrink(tools: &Tools, dist: &Path) -> Result<()> {
    let has_minifier = tools.ensure_esbuild()?;
    if !has_minifier {
        step::say("  the scripts stay as they were written: there is no npm to get esbuild from");
    }
    let terse = |name: &str| {
        let arguments: &[&str] = if has_minifier { &TERSE } else { return read(&dist.join(name)) };
        printed(tools.command("esbuild").args(arguments).arg(dist.join(name)))
    };
    let mut page = String::from_utf8(read(&dist.join("index.html"))?).context("index.html is not UTF-8")?;
    let files = fs::read_dir(dist).with_context(|| format!("cannot read {}", dist.display()))?;
    let names = files.map(|file| Ok(file?.file_name().to_string_lossy().into_owned()));
    let names = names.collect::<Result<Vec<String>>>()?;
    let program =
        names.iter().find_map(|name| name.strip_suffix(BINARY)).context("the site has no program")?;
    let (binary, glue) = (format!("{program}{BINARY}"), format!("{program}.js"));
    let scripts = names.iter().filter(|name| name.strip_suffix(".js").is_some_and(|stem| stem != program));

    let (whole, renames) = step::watched("shorten the program", || optimised(tools, &dist.join(&binary)))?;
    let later = Later::known();
    let Halves { opening, rest } = cut(&whole, &read(&dist.join(&binary))?, |function| later.has(function))?;
    let opening = step::watched("shorten what opens the page", || smaller(tools, "opening", &opening))?;
    let rest = step::watched("shorten the rest", || smaller(tools, "rest", &rest))?;
    let rest_name = named("waiting-line-rest", &rest, "wasm");
    page = replaced(&page, REST.0, &rest_name)?;
    page = replaced(&page, REST.1, &integrity(&rest))?;
    fs::write(dist.join(&rest_name), rest).with_context(|| format!("cannot write {rest_name}"))?;
    let old_glue = read(&dist.join(&glue))?;
    fs::write(dist.join(&glue), renames.applied(&String::from_utf8_lossy(&old_glue))?)?;
    let new_glue = terse(&glue)?;
    let name = named("waiting-line", &[opening.as_slice(), &new_glue].concat(), "js");
    let binary_name = name.replace(".js", BINARY);
    let old_binary = read(&dist.join(&binary))?;
    let mut put = |old: (&str, &[u8]), new: (&str, &[u8])| -> Result<()> {
        page = replaced(&page, old.0, new.0)?;
        page = replaced(&page, &integrity(old.1), &integrity(new.1))?;
        fs::remove_file(dist.join(old.0)).with_context(|| format!("cannot remove {}", old.0))?;
        fs::write(dist.join(new.0), new.1).with_context(|| format!("cannot write {}", new.0))
    };
    put((&binary, &old_binary), (&binary_name, &opening))?;
    put((&glue, &old_glue), (&name, &new_glue))?;
    for old in scripts {
        let (before, after) = (read(&dist.join(old))?, terse(old)?);
        let stem = old.split('-').next().unwrap_or_default();
        put((old, &before), (&named(stem, &after, "js"), &after))?;
    }
    fs::write(dist.join("index.html"), page).context("cannot write index.html")
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// What a program prints.
fn printed(command: &mut Command) -> Result<Vec<u8>> {
    let name = command.get_program().to_string_lossy().into_owned();
    let run = command.stderr(Stdio::inherit()).output().with_context(|| format!("{name} does not start"))?;
    if !run.status.success() {
        bail!("{name} ended with {}; what it printed above says why", run.status);
    }
    Ok(run.stdout)
}

/// The program, shortened, and what its imports and exports are called now.
fn optimised(tools: &Tools, binary: &Path) -> Result<(Vec<u8>, Renames)> {
    let small = crate::root().join(WHOLE);
    let mut optimise = tools.command("wasm-opt");
    let told = printed(optimise.args(SMALL).args(FEATURES).arg(binary).arg("-o").arg(&small))?;
    Ok((read(&small)?, Renames::told(&String::from_utf8_lossy(&told))))
}

/// A part of the program, shortened, with its functions in the order that compresses best.
fn smaller(tools: &Tools, name: &str, part: &[u8]) -> Result<Vec<u8>> {
    let [before, after] = ["whole", "small"]
        .map(|state| crate::root().join(format!("target/waiting-line-{name}-{state}.wasm")));
    fs::write(&before, part).with_context(|| format!("cannot write {}", before.display()))?;
    let mut optimise = tools.command("wasm-opt");
    printed(optimise.args(SMALLER).args(FEATURES).arg(&before).arg("-o").arg(&after))?;
    ordered(&read(&after)?)
}

/// The short names of the program's imports and exports, each by the long one.
struct Renames(BTreeMap<String, String>);

impl Renames {
    /// Reads what wasm-opt prints: on each line the long name and the short one stand last, whatever else there is.
    fn told(text: &str) -> Self {
        let pair = |line: &str| {
            let mut names = line.split(|letter| !is_of_name(letter)).filter(|name| !name.is_empty()).rev();
            let short = names.next()?;
            Some((names.next()?.to_owned(), short.to_owned()))
        };
        Self(text.lines().filter_map(pair).collect())
    }

    /// The script with the short names: `wasm.long` is an export, `long: function` an import.
    fn applied(&self, script: &str) -> Result<String> {
        let script = replaced(script, MODULE.0, MODULE.1)?;
        let (mut written, mut rest, mut before) = (String::new(), script.as_str(), "");
        while let Some(start) = rest.find(is_of_name) {
            let (between, from) = rest.split_at(start);
            let (word, after) = from.split_at(from.find(|letter| !is_of_name(letter)).unwrap_or(from.len()));
            let is_import = after.starts_with(": function");
            let is_export = before == "wasm" && between == ".";
            let short = self.0.get(word).filter(|_| is_import || is_export);
            if short.is_none() && (is_import || is_export) {
                bail!("the script calls {word}, which the program does not know");
            }
            written += between;
            written += short.map_or(word, String::as_str);
            (rest, before) = (after, word);
        }
        Ok(written + rest)
    }
}

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: &str = "{\n \"imports\": [\n  [\"./waiting-line_bg.js\", \"__wbg_log_1f\", \"$\"]\n ],\n \"exports\": [\n  [\"memory\", \"aa\"]\n ]\n}";

    #[test]
    fn imports_and_exports_get_their_short_names_and_nothing_else_does() {
        let script = "const memory = 1; const import0 = {\n  __wbg_log_1f: function(arg0) { memory; wasm.memory; }\n};\n\
                      return {\n  \"./waiting-line_bg.js\": import0,\n};";
        let short = Renames::told(TOLD).applied(script).unwrap();
        assert_eq!(
            short,
            "const memory = 1; const import0 = {\n  $: function(arg0) { memory; wasm.aa; }\n};\nreturn {\n  a: import0, rest: { bring: () => waitingLineBring(wasm) },\n};"
        );
    }

    #[test]
    fn older_optimisers_tell_the_names_another_way() {
        let renames = Renames::told("__wbg_log_1f => a\nmemory => b\n");
        assert_eq!(renames.0.len(), 2);
        assert_eq!(renames.0["memory"], "b");
    }

    #[test]
    fn a_script_of_another_program_is_refused() {
        let module = "\"./waiting-line_bg.js\": import0";
        for script in [
            format!("{module} wasm.other()"),
            format!("{module} __wbg_new_2a: function() {{}}"),
            String::new(),
        ] {
            assert!(Renames::told(TOLD).applied(&script).is_err(), "{script}");
        }
    }
}
