//! How fast it feels, as figures to write down: no test, for machines differ and are busy. `cargo xtask bench` runs this.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write;
use std::fs;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::explorer::named;
use crate::support::{Browser, Input, Page, Screen, Stage, Theme, release_site};

/// Notes every input event of a slider that changes it, everything that is drawn, with the frame that paints it, and every task that
/// blocks for more than 50 ms. What is drawn in the task of the input is done when the animation frame begins, which is in the same
/// task: the browser hands out input right before it. On a slow machine the page draws in tasks of its own after that: then it is done
/// when that task is, and painted with the next frame.
///
/// An input is drawn when both charts were drawn after it. A chart that does not change is not drawn anew: where the other comes a
/// second time before it, it had nothing to show.
const WATCH: &str = "
    window.long = [];
    new PerformanceObserver((list) => { for (const task of list.getEntries()) long.push(task.duration) }).observe({ type: 'longtask' });
    const after = (work) => { const channel = new MessageChannel(); channel.port1.onmessage = work; channel.port2.postMessage(0) };
    const inputs = [], works = [], [curve, bars] = document.querySelectorAll('.panels:not([data-row]) canvas');
    let work;
    const done = (isFrame) => {
      const ended = work;
      work = undefined;
      ended.drawn = performance.now();
      const paint = () => after(() => { ended.painted = performance.now() });
      if (isFrame) paint(); else requestAnimationFrame(paint);
    };
    const note = (part) => {
      if (!work) {
        const begun = work = { begun: performance.now(), parts: new Set() };
        works.push(work);
        requestAnimationFrame(() => { if (work === begun) done(true) });
        after(() => { if (work === begun) done(false) });
      }
      work.parts.add(part);
    };
    const { clearRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function (...sides) {
      if (this.canvas === curve || this.canvas === bars) note(this.canvas);
      return clearRect.apply(this, sides);
    };
    const flow = document.querySelector('.lanes');
    new MutationObserver(() => note(flow)).observe(flow, { attributes: true, subtree: true, attributeFilter: ['style'] });
    let last;
    addEventListener('input', ({ target }) => {
      const start = performance.now();
      queueMicrotask(() => {
        if (target.value !== last) inputs.push(start);
        last = target.value;
      });
    }, true);
    window.taken = () => {
      const taken = { drawn: [], flow: [], charts: [], long: long.splice(0) };
      for (const start of inputs.splice(0)) {
        const showing = (part) => works.filter((work) => work.begun >= start && work.painted && work.parts.has(part));
        const [flowed] = showing(flow), curves = showing(curve), rows = showing(bars);
        if (flowed) taken.flow.push(flowed.painted - start);
        const shows = ([first], [, second]) => first && !(second?.begun < first.begun);
        const shown = [shows(curves, rows) && curves[0], shows(rows, curves) && rows[0]].filter((work) => work);
        if (!shown.length) continue;
        const last = shown.reduce((a, b) => (a.begun > b.begun ? a : b));
        taken.drawn.push(last.drawn - start);
        taken.charts.push(last.painted - start);
      }
      works.length = 0;
      return taken;
    }";

/// Goes back and forth with the pointer down, in so many moves of one frame each.
fn drag(page: &Page, from: (f64, f64), width: f64, moves: u32) {
    let path: Vec<(f64, f64)> = (1..=moves)
        .map(|step| f64::from(step) / f64::from(moves) * std::f64::consts::TAU * 2.0)
        .map(|turn| (from.0 + width * (1.0 - turn.cos()) / 2.0, from.1))
        .collect();
    page.point(Input::Mouse, from, &path);
    page.run("await new Promise((done) => setTimeout(done, 200))");
}

/// What was noted since the last time, as figures under a name, in order of size.
fn taken(page: &Page) -> BTreeMap<String, Vec<f64>> {
    let mut taken: BTreeMap<String, Vec<f64>> = serde_json::from_value(page.value("window.taken()")).unwrap();
    for figures in taken.values_mut() {
        figures.sort_by(f64::total_cmp);
    }
    taken
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
            let taken = taken(&page);
            for (figure, what) in [
                ("drawn", "input to charts drawn"),
                ("flow", "input to flow painted"),
                ("charts", "input to charts painted"),
                ("long", "tasks over 50 ms"),
            ] {
                report += &line(&format!("{name}, CPU ÷ {slowdown}: {what}"), &taken[figure]);
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
