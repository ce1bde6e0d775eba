//! How fast it feels, as figures to write down: no test, for machines differ and are busy. `cargo xtask bench` runs this.

use std::env;
use std::fmt::Write;
use std::fs;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::explorer::named;
use crate::stage::{Browser, Input, Page, Screen, Stage, Theme, release_site};

/// Notes, for every input event of a slider, how long it takes until all charts are drawn, and until the frame that shows
/// them is laid out and painted; and every task that blocks for more than 50 ms. The work of an event is done when the next
/// animation frame begins, which is in the same task: the browser hands out input right before it.
const WATCH: &str = "
    window.drawn = []; window.framed = []; window.long = [];
    new PerformanceObserver((list) => { for (const task of list.getEntries()) long.push(task.duration) }).observe({ type: 'longtask' });
    const after = (work) => { const channel = new MessageChannel(); channel.port1.onmessage = work; channel.port2.postMessage(0) };
    addEventListener('input', () => {
      const start = performance.now();
      requestAnimationFrame(() => {
        drawn.push(performance.now() - start);
        after(() => framed.push(performance.now() - start));
      });
    }, true)";

/// Goes back and forth with the pointer down, in so many moves of one frame each.
fn drag(page: &Page, from: (f64, f64), width: f64, moves: u32) {
    let path: Vec<(f64, f64)> = (1..=moves)
        .map(|step| f64::from(step) / f64::from(moves) * std::f64::consts::TAU * 2.0)
        .map(|turn| (from.0 + width * (1.0 - turn.cos()) / 2.0, from.1))
        .collect();
    page.point(Input::Mouse, from, &path);
    page.run("await new Promise((done) => setTimeout(done, 200))");
}

/// The figures noted under a name since the last time, in order of size.
fn taken(page: &Page, name: &str) -> Vec<f64> {
    let mut figures: Vec<f64> =
        serde_json::from_value(page.value(&format!("window.{name}.splice(0)"))).unwrap();
    figures.sort_by(f64::total_cmp);
    figures
}

fn line(name: &str, figures: &[f64]) -> String {
    if figures.is_empty() {
        return format!("| {name} | 0 | – | – | – |\n");
    }
    let at = |share: f64| figures[((figures.len() - 1) as f64 * share).round() as usize];
    format!("| {name} | {} | {:.1} | {:.1} | {:.1} |\n", figures.len(), at(0.5), at(0.95), at(1.0))
}

/// What a person feels who drags: at the machine's own speed, and at a quarter of it.
fn drags() -> String {
    assert_eq!(Browser::present(), Browser::Chromium, "only Chromium can be slowed down");
    let mut report = String::from(
        "| a drag of 200 steps | times | median, ms | 95 %, ms | longest, ms |\n|---|---|---|---|---|\n",
    );
    // A machine is as slow as it is from the start, and the page adapts to that.
    for slowdown in [1, 4] {
        let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
        page.load_preset("hybrid");
        page.enter(&named("Users"), "100");
        page.run(WATCH);
        let users = page.middle(&named("Users, by slider"));
        page.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": slowdown }));
        let inventory = page.bar_end("Check inventory");
        for (name, from, width) in
            [("latency", inventory, 150.0), ("users", (users.0 - 60.0, users.1), 120.0)]
        {
            drag(&page, from, width, 200);
            for (figure, what) in [
                ("drawn", "input to charts drawn"),
                ("framed", "input to frame painted"),
                ("long", "tasks over 50 ms"),
            ] {
                report += &line(&format!("{name}, CPU ÷ {slowdown}: {what}"), &taken(&page, figure));
            }
        }
    }
    report
}

/// The scores of Lighthouse for a phone on a slow line and for a desktop.
fn lighthouse() -> String {
    const CATEGORIES: [&str; 4] = ["performance", "accessibility", "best-practices", "seo"];
    const METRICS: [&str; 4] = [
        "first-contentful-paint",
        "largest-contentful-paint",
        "total-blocking-time",
        "cumulative-layout-shift",
    ];
    let stage = Stage::release();
    let mut report = format!(
        "| Lighthouse | {} | {} |\n|---{}|\n",
        CATEGORIES.join(" | "),
        METRICS.join(" | "),
        "|---".repeat(8)
    );
    for preset in ["perf", "desktop"] {
        let output = Command::new(
            env::var_os("WAITING_LINE_LIGHTHOUSE").expect("`cargo xtask bench` says where it is"),
        )
        .arg(stage.url())
        .args(["--quiet", "--output=json", &format!("--only-categories={}", CATEGORIES.join(","))])
        .arg("--chrome-flags=--headless --no-sandbox --disable-gpu")
        .args((preset == "desktop").then_some("--preset=desktop"))
        .env("CHROME_PATH", env::var_os("WAITING_LINE_BROWSER_PROGRAM").unwrap())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        let score = |name: &str| {
            format!("{:.0}", told["categories"][name]["score"].as_f64().unwrap_or(f64::NAN) * 100.0)
        };
        let metric = |name: &str| told["audits"][name]["displayValue"].as_str().unwrap_or("–").to_owned();
        let cells: Vec<String> =
            CATEGORIES.into_iter().map(score).chain(METRICS.into_iter().map(metric)).collect();
        let place = if preset == "desktop" { "desktop" } else { "phone" };
        writeln!(report, "| {place} | {} |", cells.join(" | ")).unwrap();
        for category in CATEGORIES {
            for audit in told["categories"][category]["auditRefs"].as_array().unwrap() {
                let audit = &told["audits"][audit["id"].as_str().unwrap()];
                if category != "performance" && audit["score"].as_f64().is_some_and(|score| score < 1.0) {
                    writeln!(report, "\n{place}, {category}: {} ({})", audit["title"], audit["id"]).unwrap();
                }
            }
        }
    }
    report
}

#[test]
#[ignore = "measures: `cargo xtask bench` runs it"]
fn report() {
    let weights = release_site().weigh().unwrap();
    let report = format!("{}\n{}\n```text\n{weights}\n```\n", drags(), lighthouse());
    fs::write(xtask::root().join("target/browser-report.md"), &report).unwrap();
    println!("{report}");
}
