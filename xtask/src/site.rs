//! The release site in `dist/`: building it with Trunk, and a table of its weight.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::step;
use crate::tools::Tools;

/// The folder of the release site.
pub(crate) fn dist() -> PathBuf {
    crate::root().join("dist")
}

/// Builds the release site with Trunk.
///
/// # Errors
/// Fails when a tool is missing or the build fails.
pub(crate) fn build(tools: &Tools) -> Result<()> {
    tools.ensure_builders()?;
    step::run("build the site", tools.trunk().args(["build", "--release", "--locked"]))
}

/// Prints the size of each file, plain and compressed by brotli at quality 11: the files of the first load,
/// then those of the simulation, which are fetched later.
///
/// # Errors
/// Fails when the site was not built.
pub(crate) fn print_weights() -> Result<()> {
    let page = fs::read_to_string(dist().join("index.html")).context("dist/ has no page")?;
    let mut files = Vec::new();
    for entry in fs::read_dir(dist())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let content = fs::read(dist().join(&name)).with_context(|| format!("cannot read {name}"))?;
        files.push((name, content.len(), compressed_size(&content)?));
    }
    files.sort();
    let is_simulation = |name: &str| name.starts_with("simulation");
    let is_page = |name: &str| name == "index.html" || page.contains(name) && !is_simulation(name);
    print_table("every visit", files.iter().filter(|(name, ..)| is_page(name)));
    print_table("the simulation", files.iter().filter(|(name, ..)| is_simulation(name)));
    Ok(())
}

fn print_table<'a>(title: &str, files: impl Iterator<Item = &'a (String, usize, usize)>) {
    let kib = |bytes: usize| format!("{:.1} KiB", bytes as f64 / 1024.0);
    let row = |name: &str, plain, brotli| println!("{name:52} {:>11} {:>11}", kib(plain), kib(brotli));
    println!("{title:52} {:>11} {:>11}", "plain", "brotli");
    let (mut plain_sum, mut brotli_sum) = (0, 0);
    for (name, plain, brotli) in files {
        row(name, *plain, *brotli);
        plain_sum += plain;
        brotli_sum += brotli;
    }
    row("in all", plain_sum, brotli_sum);
    println!();
}

fn compressed_size(content: &[u8]) -> Result<usize> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters).context("brotli fails")?;
    Ok(compressed.len())
}
